public import Diagnostics
public import Policy

/// Facts as they were read, before the dictionary has a say: tables of text by record type.
public struct FactSource: Sendable {
  /// The record type's name or id, as the source gives it.
  public var tables: [(type: String, table: RawTable)] = []
  /// Record types known to have no rows.
  public var none: [(type: String, place: SourcePlace)] = []
  /// Examples may name enterprises by short words.
  public var allowsShortCodes = false
  public var diagnostics: [Diagnostic] = []

  public init() {}

  /// What a byte of a file takes as facts, about: each cell is a value of its own.
  static let bytesPerByte = 40

  /// Reads a folder of CSV files, a `.json` document, a `.md` document of record tables, or one `.csv` file.
  ///
  /// Problems are among the diagnostics: `store.memory` before anything is read.
  public static func read(path: String) -> FactSource { read(path: path, available: AvailableMemory.bytes) }

  /// - Parameter available: bytes of memory that may be taken; nil when that is not known.
  static func read(path: String, available: Int?) -> FactSource {
    let needed = FactFolder.size(of: path).multipliedReportingOverflow(by: bytesPerByte)
    do {
      try AvailableMemory.require(needed.overflow ? .max : needed.partialValue, for: path, available: available)
    } catch {
      return FactSource(problem: error)
    }
    if FileKind(path: path) == .folder { return FactFolder.read(path: path.withoutTrailingSlash) }
    switch path.split(separator: ".").last?.lowercased() {
    case "json": return FactDocument.read(path: path)
    case "md": return readMarkdown(path: path)
    case "csv": return FactFolder.read(files: [path])
    default:
      let code = FileKind(path: path) == .missing ? "store.file.missing" : "store.facts.kind"
      return FactSource(problem: Diagnostic(code, at: SourcePlace(file: path)))
    }
  }

  /// The facts by a dictionary, with the problems of the source and of the facts.
  public func facts(by dictionary: DataDictionary) -> (Facts, [Diagnostic]) {
    var reader = FactReader(dictionary: dictionary, allowsShortCodes: allowsShortCodes)
    for table in tables { reader.add(table.table, of: table.type) }
    for type in none { reader.setNone(type.type, at: type.place) }
    reader.close()
    return (reader.facts, (diagnostics + reader.diagnostics).sorted())
  }

  init(problem: Diagnostic) { diagnostics = [problem] }

  /// A document in the form of an example: a table per record type.
  private static func readMarkdown(path: String) -> FactSource {
    do {
      let file = try TextFile(path: path, maximumSize: PackSource.maximumFileSize)
      let document = RecordDocument(markdown: file.text, file: path)
      var source = FactSource()
      source.allowsShortCodes = true
      source.tables = document.tables
      source.none = document.none
      source.diagnostics = document.diagnostics
      return source
    } catch {
      return FactSource(problem: error)
    }
  }
}
