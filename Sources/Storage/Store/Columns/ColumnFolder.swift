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
  private var tables: [OpenTable] = []

  /// A file under its header.
  private struct OpenTable: Sendable {
    var file: MappedFile
    var base: UnsafeAddress
    var layout: TableLayout
    var chunks: [Range<Int>]
  }

  /// Where the bytes of a file begin.
  private struct UnsafeAddress: @unchecked Sendable { var bytes: UnsafePointer<UInt8> }

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

  static let chunkSize = 4 << 20
  /// What a byte of CSV takes while it is read, about: the columns, and their pieces beside them.
  static let bytesPerByte = 3

  /// - Returns: nil when only `FactReader` can tell what the folder holds, or what is wrong with it.
  /// - Throws: `store.memory`, and `store.file.…` of a file that is there and cannot be read.
  static func read(
    path: String, by dictionary: DataDictionary, threads: Int, chunkSize: Int = chunkSize
  ) throws(Diagnostic) -> Snapshot? {
    guard let files = FactFolder.files(in: path), !files.isEmpty else { return nil }
    try AvailableMemory.require(FactFolder.size(of: path) * bytesPerByte, for: path)
    let provenance = try Provenance.read(from: path)
    let reader = FactReader(dictionary: dictionary, allowsShortCodes: provenance?.example != nil)
    var mapped: [MappedFile] = []
    for file in files { mapped.append(try MappedFile(path: file)) }
    do {
      var folder = ColumnFolder()
      for file in mapped { try folder.open(file, reader, chunkSize) }
      let population = try folder.population(reader, threads)
      let digests = Threads.map(mapped, threads: threads) { ByteHash.of($0.bytes) }
      let sources = zip(mapped, digests).map { file, digest in
        Snapshot.Source(file: file.path.lastComponent, bytes: file.bytes.count, digest: digest.sixteenDigits)
      }
      return Snapshot(population, provenance: provenance, sources: sources)
    } catch {
      return nil
    }
  }

  private static let longestHeader = 1 << 20

  private mutating func open(_ file: MappedFile, _ reader: FactReader, _ chunkSize: Int) throws(Trouble) {
    let bytes = file.bytes
    let prefix = Array(bytes.prefix(Self.longestHeader))
    var csv = CSVReader(prefix, file: file.path)
    var reader = reader
    guard let header = try? csv.nextRow(), CSVTable.problems(inHeader: header).isEmpty,
      csv.offset < prefix.count || prefix.count == bytes.count,
      String(validating: prefix[..<csv.offset], as: UTF8.self) != nil,
      let layout = TableLayout(header: header, of: FactFolder.recordType(of: file.path), &reader),
      !tables.contains(where: { $0.layout.type.name == layout.type.name }),
      let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    else { throw Trouble() }
    let chunks = RecordCutter(bytes: base, end: bytes.count).chunks(from: csv.offset, size: chunkSize)
    tables.append(OpenTable(file: file, base: UnsafeAddress(bytes: base), layout: layout, chunks: chunks))
  }

  private func population(_ reader: FactReader, _ threads: Int) throws(Trouble) -> Population {
    let read = try readChunks(reader, threads)
    var rows = [Int](repeating: 0, count: tables.count)
    for chunk in read { rows[chunk.table] += chunk.rows }
    guard rows.allSatisfy({ $0 < Int(Int32.max) }) else { throw Trouble() }
    func pieces(_ table: Int, _ column: Int) -> [ColumnPiece] {
      read.filter { $0.table == table }.map { $0.pieces[column] }
    }
    let keyPieces = tables.indices.map { pieces($0, tables[$0].layout.key) }
    let keys = Threads.map(keyPieces, threads: threads) { JoinedTexts($0) }
    for table in tables.indices {
      // Every row has a key, and none has one that was there before: the number of a key is the number of its row.
      guard keys[table].all.count == rows[table], keyPieces[table].allSatisfy({ $0.occurring.isEmpty }) else {
        throw Trouble()
      }
    }
    let numbers = Dictionary(
      zip(tables, keys).map { ($0.layout.type.name, $1.all) }, uniquingKeysWith: { first, _ in first })
    var merges: [(table: Int, merge: ColumnMerge, joined: JoinedTexts?)] = []
    for (table, open) in tables.enumerated() {
      for (column, entry) in open.layout.entries.enumerated() {
        let merge = ColumnMerge(entry: entry, pieces: pieces(table, column), rows: rows[table])
        merges.append((table, merge, column == open.layout.key ? keys[table] : nil))
      }
    }
    let columns = Threads.map(merges, threads: threads) { job in
      Result { () throws(Trouble) in try job.merge.column(numbers, joined: job.joined) }
    }
    return try population(merges, columns, keys, rows, threads)
  }

  private func readChunks(_ reader: FactReader, _ threads: Int) throws(Trouble) -> [ReadChunk] {
    let chunks = tables.enumerated().flatMap { table, open in open.chunks.map { Chunk(table: table, range: $0) } }
    let isTroubled = Atomic(false)
    let tables = tables
    let read = Threads.map(chunks, threads: threads) { chunk -> ReadChunk? in
      if isTroubled.load(ordering: .relaxed) { return nil }
      let arena = Arena(), open = tables[chunk.table]
      var reader = ChunkReader(open.layout, open.base.bytes, arena, reader)
      guard let (rows, pieces) = try? reader.read(chunk.range) else {
        isTroubled.store(true, ordering: .relaxed)
        return nil
      }
      return ReadChunk(table: chunk.table, rows: rows, pieces: pieces, arena: arena)
    }
    if isTroubled.load(ordering: .relaxed) { throw Trouble() }
    return read.compactMap(\.self)
  }

  private func population(
    _ merges: [(table: Int, merge: ColumnMerge, joined: JoinedTexts?)], _ columns: [Result<Column?, Trouble>],
    _ keys: [JoinedTexts], _ rows: [Int], _ threads: Int
  ) throws(Trouble) -> Population {
    var found = [[ColumnTable.Key: Column]](repeating: [:], count: tables.count)
    var unsuitable: [String: Set<String>] = [:]
    for (job, result) in zip(merges, columns) {
      let key = job.merge.entry.key, type = tables[job.table].layout.type
      guard let column = try result.get() else {
        unsuitable[type.name, default: []].insert(key.field)
        continue
      }
      // Of a year that no row knows of, there is no column.
      if key.year != nil, column.isUnknown { continue }
      found[job.table][key] = column
    }
    for open in tables {
      for field in open.layout.type.fields where field.years == nil && [.list, .context].contains(field.type.kind) {
        unsuitable[open.layout.type.name, default: []].insert(field.name)
      }
    }
    let parents = Dictionary(
      zip(tables, rows).map { ($0.layout.type.name, $1) }, uniquingKeysWith: { first, _ in first })
    let names = tables.map(\.layout.type.name)
    let all = found
    let done = Threads.map(Array(tables.indices), threads: threads) { table in
      ColumnTable(type: names[table], keys: keys[table].pool.texts, columns: all[table], parents: parents)
    }
    return Population(
      tables: Dictionary(zip(names, done), uniquingKeysWith: { first, _ in first }), unsuitable: unsuitable)
  }
}

extension Column {
  /// Whether nothing is known of any row.
  fileprivate var isUnknown: Bool {
    bounds == nil && occurring.subtracting([State.unknown.rawValue]).isEmpty
  }
}
