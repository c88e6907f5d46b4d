import CLibXML2

/// An XML Schema file, to validate documents against.
public final class XMLSchema {
  private let schema: xmlSchemaPtr

  /// nil when the schema or one it includes cannot be read.
  public init?(path: String) {
    guard let parser = xmlSchemaNewParserCtxt(path) else { return nil }
    defer { xmlSchemaFreeParserCtxt(parser) }
    guard let schema = xmlSchemaParse(parser) else { return nil }
    self.schema = schema
  }

  deinit { xmlSchemaFree(schema) }

  /// What the schema finds wrong, a line each; empty for a valid document.
  public func problems(in xml: String) -> [String] {
    let bytes = Array(xml.utf8)
    let document = bytes.withUnsafeBytes { buffer in
      xmlReadMemory(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), nil, nil, 0)
    }
    guard let document else { return ["the document is no XML"] }
    defer { xmlFreeDoc(document) }
    guard let context = xmlSchemaNewValidCtxt(schema) else { return ["no memory"] }
    defer { xmlSchemaFreeValidCtxt(context) }
    let found = Problems()
    xmlSchemaSetValidStructuredErrors(
      context,
      { target, error in
        guard let target, let error, let message = error.pointee.message else { return }
        let line = "\(error.pointee.line): " + String(cString: message)
        Unmanaged<Problems>.fromOpaque(target).takeUnretainedValue().lines.append(line)
      }, Unmanaged.passUnretained(found).toOpaque())
    let status = xmlSchemaValidateDoc(context, document)
    if status != 0, found.lines.isEmpty { return ["status \(status)"] }
    return found.lines
  }

  private final class Problems {
    var lines: [String] = []
  }
}
