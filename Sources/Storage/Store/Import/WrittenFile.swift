import Diagnostics
import Policy
import Population
import SQL

/// Where the rows of a file have gone, so that one that turns out to be wrong can be shown as it was given.
struct WrittenFile {
  let file: ImportFiles.File
  let table: RecordTable
  private var chunks: [Chunk] = []
  private var keys: Set<UInt64> = []
  /// Statements whose key may have come before.
  private var suspects: [Int] = []

  private struct Chunk {
    var first: Int
    var range: Range<Int>
    /// Where each of its rows stands; nil when all of its records are rows.
    var places: [SourcePlace]?
  }

  /// A row that has to go, and why.
  struct Stray {
    var statement: Int
    var problem: (SourcePlace) -> Diagnostic
  }

  init(file: ImportFiles.File, table: RecordTable) {
    self.file = file
    self.table = table
  }

  /// - Parameter first: the statement of its first row.
  mutating func note(_ chunk: ImportChunk, first: Int) {
    switch chunk.rows {
    case .pieces(let pieces, let count, _):
      chunks.append(Chunk(first: first, range: chunk.range))
      let piece = pieces[file.layout.key]
      for row in 0..<count {
        if !keys.insert(piece.texts.hashes[Int(piece.cells[row])]).inserted { suspects.append(first + row) }
      }
    case .single(let rows, _):
      chunks.append(Chunk(first: first, range: chunk.range, places: rows.map(\.place)))
      for (row, fact) in rows.enumerated() {
        var key = fact.key
        let hash = key.withUTF8 { TextSlice(base: $0.baseAddress ?? Self.nothing, count: $0.count).hash }
        if !keys.insert(hash).inserted { suspects.append(first + row) }
      }
    }
  }

  nonisolated(unsafe) private static let nothing = UnsafePointer(UnsafeMutablePointer<UInt8>.allocate(capacity: 1))

  // MARK: what is wrong

  /// Rows whose key stands in a row before them.
  func keysTwice(_ connection: any SQLConnection) throws -> [Stray] {
    let name = connection.dialect.quoted(table.name)
    return try suspects.compactMap { statement in
      let key = try connection.first(
        """
        SELECT s._key FROM \(name) s WHERE s._statement = ? AND EXISTS (SELECT 1 FROM \(name) o WHERE o._key = s._key
        AND o._batch = s._batch AND o._statement < s._statement)
        """, [.integer(statement)]
      ) { $0.text(0) ?? "" }
      guard let key else { return nil }
      let record = table.type.name
      return Stray(statement: statement) {
        Diagnostic("policy.facts.key-twice", at: $0, ["record": record, "key": key])
      }
    }
  }

  /// The fields of the file that lead to records.
  var references: [(field: Field, record: String)] {
    file.layout.entries.compactMap { entry in
      if case .reference(let record) = entry.form { (entry.column.field, record) } else { nil }
    }
  }

  /// Rows in which a reference leads to no record.
  func dangling(
    _ reference: (field: Field, record: String), _ batch: Int, _ connection: any SQLConnection,
    _ dictionary: DataDictionary
  ) throws -> [Stray] {
    guard let target = dictionary[reference.record] else { return [] }
    let dialect = connection.dialect
    let column = dialect.quoted(reference.field.id)
    return try connection.rows(
      """
      SELECT s._statement, s.\(column) FROM \(dialect.quoted(table.name)) s WHERE s._batch = ? AND s.\(column) IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM \(dialect.quoted(RecordTable.name(target.id))) t WHERE t._key = s.\(column)
      AND NOT t._retracts AND \(RegistryStore.counts("t._batch"))) ORDER BY s._statement
      """, [.integer(batch), .integer(Int.max)]
    ) { row in
      let key = row.text(1) ?? "", field = reference.field.name, record = reference.record
      return Stray(statement: Int(row.integer(0) ?? 0)) {
        Diagnostic("policy.facts.reference", at: $0, ["field": field, "key": key, "record": record, "near": "—"])
      }
    }
  }

  func remove(_ statements: Set<Int>, from connection: any SQLConnection) throws {
    let ordered = statements.sorted()
    for start in stride(from: 0, to: ordered.count, by: Self.portion) {
      let portion = ordered[start..<min(start + Self.portion, ordered.count)]
      let marks = portion.map { _ in "?" }.joined(separator: ", ")
      for name in [table.name, table.annualName] {
        try connection.execute(
          "DELETE FROM \(connection.dialect.quoted(name)) WHERE _statement IN (\(marks))",
          portion.map { .integer($0) })
      }
    }
  }

  private static let portion = 500

  /// How many rows of fiscal years a batch has.
  func yearCount(_ batch: Int, _ connection: any SQLConnection) throws -> Int {
    guard let first = chunks.first?.first else { return 0 }
    let count =
      try connection.first(
        "SELECT count(*) FROM \(connection.dialect.quoted(table.annualName)) WHERE _statement >= ?", [.integer(first)]
      ) { $0.integer(0) } ?? nil
    return Int(count ?? 0)
  }

  // MARK: as it was given

  /// Tells of rows that have to go, each as it was given; every part of the file is read once.
  func tell(_ strays: [Stray], _ refused: (RefusedRow) throws -> Void) throws {
    var rest = strays.sorted { $0.statement < $1.statement }[...]
    for (number, chunk) in chunks.enumerated() {
      let end = number + 1 < chunks.count ? chunks[number + 1].first : .max
      let own = rest.prefix { $0.statement < end }
      rest = rest.dropFirst(own.count)
      if own.isEmpty { continue }
      let rows = rows(of: chunk, Set(own.map(\.statement)))
      for stray in own {
        let (place, text) = rows[stray.statement] ?? (SourcePlace(file: file.file.path), "")
        try refused(RefusedRow(record: table.type.name, place: place, text: text, problems: [stray.problem(place)]))
      }
    }
  }

  private func rows(of chunk: Chunk, _ wanted: Set<Int>) -> [Int: (SourcePlace, String)] {
    let bytes = Array(file.file.bytes[chunk.range])
    let lines = chunk.places.map { Set($0.map(\.line)) }
    var csv = CSVReader(bytes, at: file.place(of: chunk.range))
    var rows: [Int: (SourcePlace, String)] = [:]
    var number = chunk.first, start = csv.offset
    while rows.count < wanted.count, let row = try? csv.nextRow() {
      defer { start = csv.offset }
      guard let place = row.first?.place, lines?.contains(place.line) ?? true else { continue }
      if wanted.contains(number) {
        rows[number] = (place, String(decoding: bytes[start..<csv.offset], as: UTF8.self).trimmingWhitespace)
      }
      number += 1
    }
    return rows
  }
}
