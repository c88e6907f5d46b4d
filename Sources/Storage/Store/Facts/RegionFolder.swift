public import Diagnostics
public import Policy

/// The folder of a synthetic region: `region.yaml`, and the rows written out under `fixed`. It lies inside its pack.
public struct RegionFolder: Sendable {
  public let path: String

  private static let rulesName = "region.yaml"

  /// - Parameter path: the folder, or its `region.yaml`.
  public init(path: String) {
    let path = path.withoutTrailingSlash
    self.path =
      path.lastComponent == RegionFolder.rulesName && FileKind(path: path) == .regular ? path.parentPath : path
  }

  public func rules() throws(Diagnostic) -> TextFile {
    try TextFile(path: path.child(RegionFolder.rulesName), maximumSize: PackSource.maximumFileSize)
  }

  /// The nearest folder above that holds a pack.
  public func packPath() throws(Diagnostic) -> String {
    var folder = path
    for _ in 0..<PackFolder.maximumDepth {
      if FileKind(path: folder.child(PackSource.manifestName)) == .regular { return folder }
      folder = folder.parentPath
    }
    throw Diagnostic("store.region.pack", at: SourcePlace(file: path))
  }

  /// The rows by record type; a file of no known type is refused.
  public func fixedRows(_ dictionary: DataDictionary) throws(Diagnostic) -> [String: RawTable] {
    let folder = path.child("fixed")
    guard FileKind(path: folder) == .folder else { return [:] }
    let source = FactFolder.read(path: folder)
    if let problem = source.facts(by: dictionary).1.first(where: { $0.severity == .error }) { throw problem }
    var tables: [String: RawTable] = [:]
    for (name, table) in source.tables {
      guard let type = dictionary[name] ?? dictionary.type(withID: name) else { continue }
      tables[type.name] = table
    }
    return tables
  }
}
