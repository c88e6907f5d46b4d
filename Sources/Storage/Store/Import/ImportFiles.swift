import Diagnostics
import Policy
import Tabulation

/// The CSV files of an import under their headers.
struct ImportFiles {
  struct File {
    var file: MappedFile
    var header: CSVHeader
    var layout: TableLayout
    var chunks: [Range<Int>]
    /// The line that each chunk begins with.
    var lines: [Int]

    /// Where a chunk begins.
    func place(of chunk: Range<Int>) -> SourcePlace {
      let number = chunks.firstIndex(of: chunk)
      return SourcePlace(file: file.path, line: number.map { lines[$0] } ?? 1)
    }
  }

  let files: [File]
  /// The tables that files were rewritten from, by the names of their record types.
  let originals: [String: RewrittenTable]
  /// SHA-256 over the names and the bytes of all; of tables, over their bytes and shapes.
  let digest: String
  let origin: String
  /// What the folder says of itself.
  let provenance: Provenance?
  let reader: FactReader

  private static let chunkSize = 2 << 20

  /// - Throws: what is wrong with the files as a whole, with their headers, or `store.import.empty`.
  init(path: String, by dictionary: DataDictionary) throws(Diagnostic) {
    let place = SourcePlace(file: path)
    let paths = FileKind(path: path) == .folder ? FactFolder.files(in: path) ?? [] : [path]
    guard !paths.isEmpty else { throw Diagnostic("store.import.empty", at: place) }
    let provenance = try Provenance.read(beside: path)
    let reader = FactReader(dictionary: dictionary, allowsShortCodes: provenance?.example != nil)
    var files: [File] = []
    var digest = SHA256()
    for path in paths {
      let file = try Self.file(path, reader)
      if files.contains(where: { $0.layout.type.name == file.layout.type.name }) {
        throw Diagnostic("store.import.type-twice", at: SourcePlace(file: path), ["record": file.layout.type.name])
      }
      digest.addPart(path.lastComponent)
      digest.addPart(String(file.file.bytes.count))
      digest.add(contentsOf: file.file)
      files.append(file)
    }
    self.files = files
    originals = [:]
    self.digest = digest.digits()
    self.reader = reader
    origin = path.lastComponent
    self.provenance = provenance
  }

  /// Tables that were rewritten as canonical CSV files.
  init(
    _ tables: [RewrittenTable], of facts: FactImport, digest: String, by dictionary: DataDictionary
  ) throws(Diagnostic) {
    provenance = try Provenance.read(beside: facts.path)
    reader = FactReader(dictionary: dictionary, allowsShortCodes: provenance?.example != nil)
    var files: [File] = []
    for table in tables { files.append(try Self.file(table.path, reader)) }
    self.files = files
    originals = Dictionary(tables.map { ($0.type.name, $0) }) { first, _ in first }
    self.digest = digest
    // One table is named with its sheet.
    origin = tables.count == 1 ? tables[0].report.file : facts.path.lastComponent
  }

  private static func file(_ path: String, _ reader: FactReader) throws(Diagnostic) -> File {
    let file = try MappedFile(path: path)
    var reader = reader
    guard let header = CSVHeader(file),
      let layout = TableLayout(header: header.cells, of: FactFolder.recordType(of: path), &reader)
    else { throw file.headerProblems(reader)[0] }
    let chunks =
      file.bytes.baseAddress.map {
        RecordCutter(bytes: $0.assumingMemoryBound(to: UInt8.self), end: file.bytes.count)
          .chunks(from: header.end, size: chunkSize)
      } ?? []
    var line = 1 + file.lineFeeds(in: 0..<(chunks.first?.lowerBound ?? 0))
    let lines = chunks.map { chunk in
      defer {
        line += file.lineFeeds(in: chunk)
        file.release(chunk)
      }
      return line
    }
    return File(file: file, header: header, layout: layout, chunks: chunks, lines: lines)
  }
}

extension MappedFile {
  fileprivate func lineFeeds(in range: Range<Int>) -> Int {
    var count = 0
    for byte in UnsafeRawBufferPointer(rebasing: bytes[range]) { count &+= byte == UInt8(ascii: "\n") ? 1 : 0 }
    return count
  }
}

extension SHA256 {
  /// Reads a file from end to end, without keeping it in memory.
  mutating func add(contentsOf file: MappedFile) {
    let portion = 8 << 20
    for start in stride(from: 0, to: file.bytes.count, by: portion) {
      let range = start..<min(start + portion, file.bytes.count)
      add(UnsafeRawBufferPointer(rebasing: file.bytes[range]))
      file.release(range)
    }
  }
}
