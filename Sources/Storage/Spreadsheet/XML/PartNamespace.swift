/// What the elements of a part may be called by; those of other namespaces are passed over.
enum PartNamespace {
  /// Of spreadsheets, and of spreadsheets that keep to the letter of ISO/IEC 29500.
  case main
  case relations
  /// Whatever there is.
  case any

  func holds(_ name: UnsafePointer<UInt8>) -> Bool {
    switch self {
    case .main:
      name.isEqual(to: "http://schemas.openxmlformats.org/spreadsheetml/2006/main")
        || name.isEqual(to: "http://purl.oclc.org/ooxml/spreadsheetml/main")
    case .relations: name.isEqual(to: "http://schemas.openxmlformats.org/package/2006/relationships")
    case .any: true
    }
  }
}
