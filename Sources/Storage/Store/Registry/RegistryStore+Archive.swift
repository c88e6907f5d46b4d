public import Diagnostics
import FEEL
public import Policy
public import Registry
import SQL
import Synchronization

extension RegistryStore: RecordArchive {
  public func lastBatch(upTo time: RecordedTime?) throws(Diagnostic) -> Int {
    try read { connection in
      guard let time else { return try BatchRow.last(in: connection) }
      let number = try connection.first(
        "SELECT max(id) FROM batch WHERE recorded <= ?", [.integer(time.microseconds)]
      ) { $0.integer(0) }
      return Int((number ?? nil) ?? 0)
    }
  }

  public func isKnown(_ type: RecordType, at moment: Moment) throws(Diagnostic) -> Bool {
    guard try table(type) != nil else { return false }
    let known = SQLValue.integer(moment.known), day = SQLValue.text(moment.asOf.description)
    return try read { connection in
      try connection.first(
        """
        SELECT 1 FROM batch_type s JOIN batch b ON b.id = s.batch WHERE s.type = ? AND s.batch <= ?
        AND \(Self.counts("s.batch")) AND (b.valid_from IS NULL OR b.valid_from <= ?)
        AND (b.valid_to IS NULL OR b.valid_to > ?) LIMIT 1
        """, [.text(type.id), known, known, day, day]
      ) { _ in true } ?? false
    }
  }

  public func history(of key: String, _ type: RecordType, by batch: Int) throws(Diagnostic) -> RecordHistory {
    try read { try self.history(of: key, type, by: batch, in: $0) }
  }

  func history(
    of key: String, _ type: RecordType, by batch: Int, in connection: any SQLConnection
  ) throws -> RecordHistory {
    guard let table = try table(type) else { return RecordHistory(type: type, key: key, statements: []) }
    let keys = try identities(type.id, by: batch, in: connection).keys(of: key)
    let isKey = keys.count == 1 ? "= ?" : "IN (\(keys.map { _ in "?" }.joined(separator: ", ")))"
    let rows = try StatementReader(table, connection).statements(
      where: "s._key \(isKey) AND s._batch <= ? AND \(Self.counts("s._batch"))",
      keys.map { .text($0) } + [.integer(batch), .integer(batch)])
    let batches = try batches(Set(rows.map(\.batch)), in: connection)
    let referred = try ReferredIdentities(table, by: batch, self, connection)
    let statements = rows.compactMap { row in
      batches[row.batch].map { batch in
        var cells = referred.leading(row.cells)
        if cells[type.key] != nil { cells[type.key] = .value(.string(keys[0])) }
        return Statement(
          id: row.id, otherKey: row.key == keys[0] ? nil : row.key, batch: batch, validity: row.validity, cells: cells,
          isRetraction: row.isRetraction)
      }
    }
    return RecordHistory(type: type, key: keys[0], statements: statements)
  }

  public func keys(of type: RecordType, at moment: Moment) throws(Diagnostic) -> [String] {
    guard try table(type) != nil else { return [] }
    return try read { connection in
      let table = connection.dialect.quoted(RecordTable.name(type.id))
      let day = SQLValue.text(moment.asOf.description), known = SQLValue.integer(moment.known)
      let isValid = "(s._from IS NULL OR s._from <= ?) AND (s._to IS NULL OR s._to > ?)"
      let keys = try connection.rows(
        """
        SELECT s._key FROM \(table) s WHERE s._batch <= ? AND \(Self.counts("s._batch")) GROUP BY s._key
        HAVING max(CASE WHEN \(isValid) AND NOT s._retracts THEN s._statement ELSE 0 END)
        > max(CASE WHEN \(isValid) AND s._retracts THEN s._statement ELSE 0 END)
        ORDER BY min(s._statement)
        """, [known, known, day, day, day, day]
      ) { $0.text(0) ?? "" }
      return try self.identities(type.id, by: moment.known, in: connection).mains(of: keys)
    }
  }

  public func keys(
    of type: RecordType, where field: Field, refersTo key: String, by batch: Int
  ) throws(Diagnostic) -> [String] {
    guard try table(type)?.single.contains(where: { $0.name == field.id }) ?? false else { return [] }
    return try read { connection in
      let table = connection.dialect.quoted(RecordTable.name(type.id)), column = connection.dialect.quoted(field.id)
      let target = try self.identities(self.target(of: field, type), by: batch, in: connection).keys(of: key)
      let isKey = target.count == 1 ? "= ?" : "IN (\(target.map { _ in "?" }.joined(separator: ", ")))"
      let keys = try connection.rows(
        """
        SELECT DISTINCT s._key FROM \(table) s WHERE s.\(column) \(isKey) AND s._batch <= ? AND \(Self.counts("s._batch"))
        ORDER BY s._key
        """, target.map { .text($0) } + [.integer(batch), .integer(batch)]
      ) { $0.text(0) ?? "" }
      return try self.identities(type.id, by: batch, in: connection).mains(of: keys)
    }
  }

  /// Whether a batch was not taken back by the batch that is the next argument.
  static func counts(_ batch: String) -> String {
    "NOT EXISTS (SELECT 1 FROM batch w WHERE w.withdraws = \(batch) AND w.id <= ?)"
  }

  func batches(_ ids: Set<Int>, in connection: any SQLConnection) throws -> [Int: Batch] {
    let known = batches.withLock { $0 }
    if ids.allSatisfy({ known[$0] != nil }) { return known }
    let all = try connection.rows(
      """
      SELECT b.id, b.source, c.title, c.authority, b.recorded, b.confidence, b.valid_from, b.valid_to, b.origin, b.actor,
      b.digest, b.row_count, b.withdraws FROM batch b JOIN source c ON c.id = b.source ORDER BY b.id
      """, [], Batch.init)
    let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
    batches.withLock { $0 = byID }
    return byID
  }

  /// A source that has said something; nil when it is not known.
  public func source(_ id: String) throws(Diagnostic) -> Source? {
    try read { connection in
      try connection.first("SELECT title, authority FROM source WHERE id = ?", [.text(id)]) { row in
        Source(
          id: id, title: row.text(0) ?? "",
          authority: Field.Authority(rawValue: row.text(1) ?? "") ?? .enterprise)
      }
    }
  }

  /// Every batch, in the order of recording.
  public func allBatches() throws(Diagnostic) -> [Batch] {
    batches.withLock { $0 = [:] }
    return try read { connection in
      try self.batches([-1], in: connection).values.sorted { $0.id < $1.id }
    }
  }
}

extension Batch {
  fileprivate init(_ row: any SQLRow) {
    self.init(
      id: Int(row.integer(0) ?? 0),
      source: Source(
        id: row.text(1) ?? "", title: row.text(2) ?? "",
        authority: Field.Authority(rawValue: row.text(3) ?? "") ?? .enterprise),
      recorded: RecordedTime(microseconds: row.integer(4) ?? 0),
      confidence: Confidence(rawValue: row.text(5) ?? "") ?? .stated,
      validity: Validity(from: row.date(6), to: row.date(7)), origin: row.text(8) ?? "", actor: row.text(9) ?? "",
      digest: row.text(10) ?? "", rows: Int(row.integer(11) ?? 0), withdraws: row.integer(12).map(Int.init))
  }
}

extension SQLRow {
  func date(_ column: Int) -> CalendarDate? { text(column).flatMap { CalendarDate($0) } }
}
