public import Diagnostics
import Foundation
import SQL

extension RegistryStore {
  /// What a look at a whole store has found.
  public struct CheckReport: Sendable {
    /// SHA-256 over all rows, the same whichever database holds them.
    public var digest: String
    public var rows: Int
    public var problems: [Diagnostic]
  }

  /// Reads everything: whether the database is sound, the log of changes holds, and every batch is whole.
  public func check() throws(Diagnostic) -> CheckReport {
    var problems = try verifyAudit().problems
    problems += try read { connection in try self.damage(in: connection) + self.brokenBatches(in: connection) }
    let (digest, rows) = try digest()
    return CheckReport(digest: digest, rows: rows, problems: problems)
  }

  func digest() throws(Diagnostic) -> (String, Int) { try read { try StoreDigest(connection: $0).digest() } }

  /// What the database says of its own file.
  private func damage(in connection: any SQLConnection) throws -> [Diagnostic] {
    guard connection.dialect == .sqlite else { return [] }
    return try connection.rows("PRAGMA quick_check(10)") { $0.text(0) ?? "" }.filter { $0 != "ok" }.map {
      Diagnostic("store.database.damaged", at: SourcePlace(file: self.address), ["message": $0])
    }
  }

  /// Batches of which there are more or fewer rows than were recorded, and rows of no batch.
  private func brokenBatches(in connection: any SQLConnection) throws -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for type in try KnownDictionary(connection).types.keys.sorted() {
      let table = connection.dialect.quoted(RecordTable.name(type))
      let annual = connection.dialect.quoted(RecordTable.annualName(type))
      func counts(_ sql: String, _ arguments: [SQLValue] = []) throws -> [Int: Int] {
        Dictionary(
          try connection.rows(sql, arguments) { (Int($0.integer(0) ?? 0), Int($0.integer(1) ?? 0)) },
          uniquingKeysWith: +)
      }
      let known = try counts(
        """
        SELECT t.batch, t.row_count + t.year_count FROM batch_type t JOIN batch b ON b.id = t.batch WHERE t.type = ?
        """, [.text(type)])
      let there = try counts("SELECT _batch, count(*) FROM \(table) GROUP BY _batch").merging(
        try counts(
          "SELECT s._batch, count(*) FROM \(annual) a JOIN \(table) s ON s._statement = a._statement GROUP BY s._batch"),
        uniquingKeysWith: +)
      for batch in Set(there.keys).union(known.keys).sorted() where there[batch, default: 0] != known[batch] {
        problems.append(
          Diagnostic(
            "store.batch.rows", at: SourcePlace(file: address),
            [
              "batch": String(batch), "record": type, "rows": String(there[batch, default: 0]),
              "told": known[batch].map { String($0) } ?? "—",
            ]))
      }
    }
    return problems
  }

  /// Copies all into an empty database and holds the two against each other.
  /// - Returns: the digest of both.
  /// - Throws: `store.copy.…`; the copy is not to be used then.
  public func copy(to address: String) throws(Diagnostic) -> CheckReport {
    let target = try RegistryStore.open(address, creates: true)
    defer { target.close() }
    if try target.hasRecords {
      throw Diagnostic("store.copy.not-empty", at: SourcePlace(file: target.address))
    }
    // By one state of the source, whoever writes meanwhile.
    let (own, rows) = try read { source in
      try self.fill(target, from: source)
      return try StoreDigest(connection: source).digest()
    }
    let (other, _) = try target.digest()
    guard own == other else {
      throw Diagnostic("store.copy.differs", at: SourcePlace(file: target.address), ["own": own, "other": other])
    }
    return CheckReport(digest: own, rows: rows, problems: [])
  }

  private var hasRecords: Bool {
    get throws(Diagnostic) { try read { try !KnownDictionary($0).types.isEmpty } }
  }

  /// Copies all into a file that is there when it is whole.
  /// - Throws: `store.file.exists`, and what ``copy(to:)`` throws.
  public func backUp(to path: String) throws(Diagnostic) -> CheckReport {
    guard FileKind(linkAt: path) == .missing else {
      throw Diagnostic("store.file.exists", at: SourcePlace(file: path))
    }
    let draft = path + ".\(getpid()).part"
    defer { for ending in ["", "-wal", "-shm"] { unlink(draft + ending) } }
    let report = try copy(to: draft)
    // What stays in the log beside the file had no room in the file itself.
    guard FileKind(linkAt: draft + "-wal") == .missing else {
      throw Diagnostic("store.database.full", at: SourcePlace(file: path), ["message": draft])
    }
    guard rename(draft, path) == 0 else { throw Diagnostic("store.file.unwritable", at: SourcePlace(file: path)) }
    return report
  }

  private func fill(_ target: RegistryStore, from source: any SQLConnection) throws {
    let tables = try StoreTables(source)
    let known = try KnownDictionary(source)
    try target.database.write { connection in
      for name in ["store", "audit"] { try connection.execute("DELETE FROM \(name)") }
      for table in tables.all {
        if table.name.hasPrefix(RecordTable.annualName("")) || table.name.hasPrefix(RecordTable.name("")) {
          try table.create(in: connection)
        }
        try self.copy(table, from: source, to: connection)
      }
      for type in known.types.keys {
        try RecordTable.createIndexes(of: type, known.fields[type] ?? [:], in: connection)
      }
    }
  }

  private func copy(_ table: StoreTables.Table, from source: any SQLConnection, to target: any SQLConnection) throws {
    let columns = table.columns.map(\.name)
    if table.columns.contains(where: { $0.type == .bytes }) { return try copyFew(table, from: source, to: target) }
    let rows = try target.insertion(into: table.name, columns: columns)
    try source.forEachRow(selection(table, source), []) { row in
      for (index, column) in table.columns.enumerated() {
        if row.isNull(index) {
          try rows.addNull()
        } else if [.integer, .truth].contains(column.type) {
          try rows.add(row.integer(index))
        } else {
          _ = try row.withUTF8(index) { try rows.add(utf8: $0) }
        }
      }
      try rows.endRow()
      return true
    }
    _ = try rows.finish()
  }

  /// Rows with bytes, one by one.
  private func copyFew(_ table: StoreTables.Table, from source: any SQLConnection, to target: any SQLConnection) throws
  {
    let names = table.columns.map { target.dialect.quoted($0.name) }.joined(separator: ", ")
    let marks = table.columns.map { _ in "?" }.joined(separator: ", ")
    try source.forEachRow(selection(table, source), []) { row in
      let values = table.columns.enumerated().map { index, column -> SQLValue in
        if row.isNull(index) { return .null }
        switch column.type {
        case .bytes: return .bytes(row.bytes(index) ?? [])
        case .integer, .truth: return .optional(row.integer(index))
        case .text, .date, .decimal: return .optional(row.text(index))
        }
      }
      try target.execute("INSERT INTO \(target.dialect.quoted(table.name)) (\(names)) VALUES (\(marks))", values)
      return true
    }
  }

  private func selection(_ table: StoreTables.Table, _ connection: any SQLConnection) -> String {
    let quoted = { connection.dialect.quoted($0) as String }
    return """
      SELECT \(table.columns.map { quoted($0.name) }.joined(separator: ", ")) FROM \(quoted(table.name))
      ORDER BY \(table.key.map(quoted).joined(separator: ", "))
      """
  }
}

extension StoreTables.Table {
  /// Makes a table of records.
  fileprivate func create(in connection: any SQLConnection) throws {
    let dialect = connection.dialect
    let needed: Set<String> = ["_statement", "_key", "_batch", "_retracts", "_year"]
    let definitions = columns.map { column in
      "\(dialect.quoted(column.name)) \(dialect.name(of: column.type))\(needed.contains(column.name) ? " NOT NULL" : "")"
    }
    let key = key.map { dialect.quoted($0) }.joined(separator: ", ")
    try connection.execute(
      "CREATE TABLE \(dialect.quoted(name)) (\(definitions.joined(separator: ", ")), PRIMARY KEY (\(key)))\(dialect.tableOptions)"
    )
  }
}
