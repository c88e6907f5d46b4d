import Diagnostics
import FEEL
import Policy
import Population

/// Makes a population of the pieces that the chunks of a folder came to.
struct ColumnJoin {
  let folder: ColumnFolder
  /// By table.
  let rows: [Int]
  let pieces: PieceShelf

  private struct Job: Sendable {
    var table: Int
    var column: Int
  }

  func population() throws(Trouble) -> Population {
    let tables = folder.tables
    let keys = try keys()
    let numbers = Dictionary(zip(tables, keys).map { ($0.name, $1.all) }, uniquingKeysWith: { first, _ in first })
    let jobs = tables.enumerated().flatMap { table, open in
      open.layout.entries.indices.map { Job(table: table, column: $0) }
    }
    let results = Threads.map(jobs, threads: folder.threads) { job in
      Result { () throws(Trouble) in try column(job, numbers, keys) }
    }
    var columns: [Column?] = []
    for result in results { columns.append(try result.get()) }
    return population(zip(jobs, columns), keys)
  }

  /// The keys of each table: every row has one, and none has one that was there before, so that the number of a key is the number
  /// of its row.
  private func keys() throws(Trouble) -> [JoinedTexts] {
    let tables = folder.tables
    let results = Threads.map(Array(tables.indices), threads: folder.threads) { table in
      Result { () throws(Trouble) in
        let own = pieces.pieces(table, tables[table].layout.key), joined = JoinedTexts(own)
        guard joined.all.count == rows[table], own.allSatisfy({ $0.occurring.isEmpty }) else {
          throw trouble(table, own, joined)
        }
        return joined
      }
    }
    var keys: [JoinedTexts] = []
    for result in results { keys.append(try result.get()) }
    return keys
  }

  private func column(
    _ job: Job, _ keys: [String: TextNumbers], _ joined: [JoinedTexts]
  ) throws(Trouble) -> Column? {
    let layout = folder.tables[job.table].layout, entry = layout.entries[job.column]
    let merge = ColumnMerge(entry: entry, pieces: pieces.take(job.table, job.column), rows: rows[job.table])
    do throws(MergeTrouble) {
      return try merge.column(keys, joined: job.column == layout.key ? joined[job.table] : nil)
    } catch {
      switch error {
      case .spelling: throw Trouble(cause: .spelling, file: job.table)
      case .dangling(let text):
        let field = entry.column.field, file = folder.tables[job.table].file
        let key = String(decoding: text.bytes, as: UTF8.self)
        throw Trouble(
          cause: .reference(field: field.name, key: key, record: field.type.record ?? ""),
          offset: file.offset(of: text), file: job.table)
      }
    }
  }

  private func population(_ columns: some Sequence<(Job, Column?)>, _ keys: [JoinedTexts]) -> Population {
    let tables = folder.tables
    var found = [[ColumnTable.Key: Column]](repeating: [:], count: tables.count)
    var unsuitable: [String: Set<String>] = [:]
    for (job, column) in columns {
      let key = tables[job.table].layout.entries[job.column].key
      guard let column else {
        unsuitable[tables[job.table].name, default: []].insert(key.field)
        continue
      }
      // Of a year that no row knows of, there is no column.
      if key.year != nil, column.isUnknown { continue }
      found[job.table][key] = column
    }
    for open in tables {
      for field in open.layout.type.fields where field.years == nil && [.list, .context].contains(field.type.kind) {
        unsuitable[open.name, default: []].insert(field.name)
      }
    }
    let parents = Dictionary(zip(tables, rows).map { ($0.name, $1) }, uniquingKeysWith: { first, _ in first })
    let all = found
    let done = Threads.map(Array(tables.indices), threads: folder.threads) { table in
      ColumnTable(
        type: tables[table].name, keys: keys[table].pool.texts, columns: all[table], parents: parents)
    }
    return Population(
      tables: Dictionary(zip(tables.map(\.name), done), uniquingKeysWith: { first, _ in first }),
      unsuitable: unsuitable)
  }

  // MARK: what is wrong with keys

  /// The first row without a key of its own.
  private func trouble(_ table: Int, _ pieces: [ColumnPiece], _ keys: JoinedTexts) -> Trouble {
    let open = folder.tables[table]
    var next: Int64 = 0
    for (number, piece) in pieces.enumerated() {
      for row in 0..<piece.cells.count {
        let isGiven = (piece.states?[row] ?? 0) == 0
        guard isGiven, keys.renumbered[number][Int(piece.cells[row])] == next else {
          return Trouble(
            cause: isGiven ? .keyTwice : .record, offset: open.offset(ofRow: row, inChunk: number), file: table)
        }
        next += 1
      }
    }
    return Trouble(cause: .spelling, file: table)
  }
}

extension ColumnFolder.OpenTable {
  /// Where a record of a chunk that was read begins.
  fileprivate func offset(ofRow row: Int, inChunk number: Int) -> Int? {
    let chunk = chunks[number]
    var index = CellIndex(base.bytes + chunk.lowerBound, count: chunk.count, width: layout.entries.count)
    var rest = row
    while (try? index.next()) == true {
      if rest < index.rows { return chunk.lowerBound + index.start(ofRow: rest) }
      rest -= index.rows
    }
    return nil
  }
}

extension MappedFile {
  /// Where a text begins; nil when it stands elsewhere.
  fileprivate func offset(of text: TextSlice) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    let offset = base.distance(to: UnsafeRawPointer(text.base))
    return bytes.indices.contains(offset) ? offset : nil
  }
}

extension Column {
  /// Whether nothing is known of any row.
  fileprivate var isUnknown: Bool {
    bounds == nil && occurring.subtracting([State.unknown.rawValue]).isEmpty
  }
}
