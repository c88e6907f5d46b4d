import Diagnostics
import FEEL
import Policy
import Population
import Synchronization

/// A folder of CSV files read straight into columns: chunks side by side, no value per cell.
///
/// What it reads is what `FactReader` reads. Anything that is not plain is a matter for `FactReader`: a cell, or, where a row is
/// broken, a key given twice or a value refused, the whole folder, so that no message is told in two ways.
struct ColumnFolder {
  /// A file under its header.
  struct OpenTable: Sendable {
    var file: MappedFile
    var base: UnsafeAddress
    var layout: TableLayout
    var chunks: [Range<Int>]

    var name: String { layout.type.name }
  }

  /// Where the bytes of a file begin.
  struct UnsafeAddress: @unchecked Sendable { var bytes: UnsafePointer<UInt8> }

  let files: [MappedFile]
  let reader: FactReader
  let threads: Int
  private(set) var tables: [OpenTable] = []

  static let chunkSize = 4 << 20
  /// - Parameter available: bytes of memory that may be taken; nil when that is not known.
  /// - Returns: the trouble when only `FactReader` can tell what the folder holds, or what is wrong with it.
  /// - Throws: `store.memory`, and `store.file.…` of a file that is there and cannot be read.
  static func read(
    path: String, by dictionary: DataDictionary, threads: Int, chunkSize: Int = chunkSize,
    available: Int? = AvailableMemory.bytes
  ) throws(Diagnostic) -> Result<Snapshot, TroubledFolder> {
    let provenance = try Provenance.read(from: path)
    let reader = FactReader(dictionary: dictionary, allowsShortCodes: provenance?.example != nil)
    var files: [MappedFile] = []
    for file in FactFolder.files(in: path) ?? [] { files.append(try MappedFile(path: file)) }
    try AvailableMemory.require(files.reduce(0) { $0 + $1.bytesAsColumns }, for: path, available: available)
    var folder = ColumnFolder(files: files, reader: reader, threads: threads)
    do throws(Trouble) {
      if files.isEmpty { throw Trouble(cause: .file) }
      for index in files.indices { try folder.open(index, chunkSize) }
      let population = try folder.population()
      return .success(Snapshot(population, provenance: provenance, sources: folder.sources))
    } catch {
      return .failure(TroubledFolder(path: path, files: files, reader: reader, trouble: error))
    }
  }

  private init(files: [MappedFile], reader: FactReader, threads: Int) {
    (self.files, self.reader, self.threads) = (files, reader, threads)
  }

  private var sources: [Snapshot.Source] {
    let digests = Threads.map(files, threads: threads) { ByteHash.of($0.bytes) }
    return zip(files, digests).map { file, digest in
      Snapshot.Source(file: file.path.lastComponent, bytes: file.bytes.count, digest: digest.sixteenDigits)
    }
  }

  // MARK: headers

  private mutating func open(_ index: Int, _ chunkSize: Int) throws(Trouble) {
    let file = files[index], bytes = file.bytes
    var reader = reader
    guard let header = CSVHeader(file),
      let layout = TableLayout(header: header.cells, of: FactFolder.recordType(of: file.path), &reader),
      !tables.contains(where: { $0.name == layout.type.name }),
      let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    else { throw Trouble(cause: .file, file: index) }
    let chunks = RecordCutter(bytes: base, end: bytes.count).chunks(from: header.end, size: chunkSize)
    tables.append(OpenTable(file: file, base: UnsafeAddress(bytes: base), layout: layout, chunks: chunks))
  }

  // MARK: chunks

  private struct Chunk: Sendable {
    var table: Int
    var range: Range<Int>
  }

  /// What a chunk came to. The arena keeps texts that its pieces lead to.
  private struct ReadChunk: Sendable {
    var table: Int
    var rows: Int
    var pieces: [ColumnPiece]
    var arena: Arena
  }

  private func population() throws(Trouble) -> Population {
    var chunks = try readChunks()
    // Pieces lead to texts in the files and in the arenas.
    let arenas = chunks.map(\.arena)
    defer { withExtendedLifetime((files, arenas)) {} }
    var rows = [Int](repeating: 0, count: tables.count)
    for chunk in chunks { rows[chunk.table] += chunk.rows }
    guard rows.allSatisfy({ $0 < Int(Int32.max) }) else { throw Trouble(cause: .file) }
    let pieces = shelf(of: chunks)
    // From now on the shelf alone keeps the pieces.
    chunks = []
    return try ColumnJoin(folder: self, rows: rows, pieces: pieces).population()
  }

  private func shelf(of chunks: [ReadChunk]) -> PieceShelf {
    PieceShelf(
      tables.enumerated().map { table, open in
        let own = chunks.filter { $0.table == table }
        return open.layout.entries.indices.map { column in own.map { $0.pieces[column] } }
      })
  }

  private func readChunks() throws(Trouble) -> [ReadChunk] {
    let chunks = tables.enumerated().flatMap { table, open in open.chunks.map { Chunk(table: table, range: $0) } }
    let isTroubled = Atomic(false)
    let read = Threads.map(chunks, threads: threads) { chunk -> Result<ReadChunk, Trouble>? in
      // Chunks are begun in order: the first that is broken is read to its end.
      if isTroubled.load(ordering: .relaxed) { return nil }
      let result = Result { () throws(Trouble) in try self.read(chunk) }
      if case .failure = result { isTroubled.store(true, ordering: .relaxed) }
      return result
    }
    var done: [ReadChunk] = []
    for result in read { if let result { done.append(try result.get()) } }
    return done
  }

  private func read(_ chunk: Chunk) throws(Trouble) -> ReadChunk {
    let arena = Arena(), open = tables[chunk.table]
    var reader = ChunkReader(open.layout, arena, reader)
    do throws(BrokenRecord) {
      let (rows, pieces) = try reader.read(open.base.bytes + chunk.range.lowerBound, count: chunk.range.count)
      return ReadChunk(table: chunk.table, rows: rows, pieces: pieces, arena: arena)
    } catch {
      throw Trouble(cause: .record, offset: chunk.range.lowerBound + error.offset, file: chunk.table)
    }
  }
}

extension MappedFile {
  /// What the file takes while it is read into columns, about: half as much again as its size for the columns and their pieces, which
  /// go as columns come, and for each row what finds its key.
  fileprivate var bytesAsColumns: Int {
    let sample = bytes.prefix(1 << 20)
    let lines = sample.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    let rows = sample.isEmpty ? 0 : Double(lines) * Double(bytes.count) / Double(sample.count)
    return bytes.count + bytes.count / 2 + Int(rows) * Self.bytesPerRow
  }

  private static let bytesPerRow = 100
}

/// The header of a CSV file, when nothing is wrong with it.
struct CSVHeader {
  let cells: [RawTable.Cell]
  /// Where the records begin.
  let end: Int

  static let longest = 1 << 20

  init?(_ file: MappedFile) {
    let prefix = Array(file.bytes.prefix(Self.longest))
    var csv = CSVReader(prefix, file: file.path)
    guard let cells = try? csv.nextRow(), CSVTable.problems(inHeader: cells).isEmpty,
      csv.offset < prefix.count || prefix.count == file.bytes.count,
      String(validating: prefix[..<csv.offset], as: UTF8.self) != nil
    else { return nil }
    (self.cells, end) = (cells, csv.offset)
  }
}
