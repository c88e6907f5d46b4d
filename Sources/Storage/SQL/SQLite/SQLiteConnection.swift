import Foundation
import GRDB
import GRDBSQLite

/// A connection lent by the pool, with statements stepped by hand: a cell costs no object.
final class SQLiteConnection: SQLConnection {
  let dialect = SQLDialect.sqlite
  private let database: Database
  /// Told to listeners once the transaction is done.
  private(set) var announced: [String] = []

  private let mayWrite: Bool

  init(_ database: Database, mayWrite: Bool) {
    self.database = database
    self.mayWrite = mayWrite
  }

  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    guard !arguments.isEmpty else {
      // Several statements may stand in one text.
      try database.execute(sql: sql)
      return database.changesCount
    }
    let statement = try prepared(sql, arguments)
    defer { statement.reset() }
    while try statement.step() {}
    return database.changesCount
  }

  func forEachRow(_ sql: String, _ arguments: [SQLValue], _ body: (any SQLRow) throws -> Bool) throws {
    let statement = try prepared(sql, arguments)
    defer { statement.reset() }
    let row = SQLiteRow(statement.pointer)
    while try statement.step() {
      guard try body(row) else { return }
    }
  }

  func insertion(into table: String, columns: [String]) throws -> any SQLInsertion {
    try requireWriter()
    let names = columns.map { dialect.quoted($0) }.joined(separator: ", ")
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    let sql = "INSERT INTO \(dialect.quoted(table)) (\(names)) VALUES (\(marks))"
    return SQLiteInsertion(try statement(sql), width: columns.count)
  }

  func announce(_ name: String) throws {
    try requireWriter()
    // Others see that the file has changed, whatever else is written.
    if announced.isEmpty {
      let count = try Int64.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      try database.execute(sql: "PRAGMA user_version = \((count + 1) % Int64(Int32.max))")
    }
    announced.append(name)
  }

  private func requireWriter() throws {
    if !mayWrite { throw SQLError(.statement, "a reader may not write") }
  }

  private func statement(_ sql: String) throws -> SQLiteStatement {
    SQLiteStatement(try database.cachedStatement(sql: sql), of: database)
  }

  private func prepared(_ sql: String, _ arguments: [SQLValue]) throws -> SQLiteStatement {
    let statement = try statement(sql)
    let wanted = Int(sqlite3_bind_parameter_count(statement.pointer))
    guard wanted == arguments.count else {
      throw SQLError(.statement, "\(arguments.count) arguments for \(wanted)", sql: sql)
    }
    for (index, value) in arguments.enumerated() { try statement.bind(value, at: index) }
    return statement
  }
}

/// A statement of a connection at work.
final class SQLiteStatement {
  let pointer: OpaquePointer
  private let statement: Statement
  private let database: Database

  init(_ statement: Statement, of database: Database) {
    self.statement = statement
    self.database = database
    pointer = statement.sqliteStatement
  }

  /// - Returns: false at the end.
  func step() throws -> Bool {
    switch sqlite3_step(pointer) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw failure()
    }
  }

  func reset() {
    sqlite3_reset(pointer)
    sqlite3_clear_bindings(pointer)
  }

  func bind(_ value: SQLValue, at index: Int) throws {
    switch value {
    case .null: bindNull(at: index)
    case .integer(let number): bind(number, at: index)
    case .text(let text):
      var text = text
      try text.withUTF8 { try bind(utf8: UnsafeRawBufferPointer($0), at: index) }
    case .bytes(let bytes):
      let code = bytes.withUnsafeBytes {
        sqlite3_bind_blob64(pointer, Int32(index + 1), $0.baseAddress ?? Self.nothing, UInt64($0.count), Self.copied)
      }
      if code != SQLITE_OK { throw failure() }
    }
  }

  func bindNull(at index: Int) { sqlite3_bind_null(pointer, Int32(index + 1)) }

  func bind(_ number: Int64, at index: Int) { sqlite3_bind_int64(pointer, Int32(index + 1), number) }

  func bind(utf8 text: UnsafeRawBufferPointer, at index: Int) throws {
    if let start = text.baseAddress, memchr(start, 0, text.count) != nil {
      throw SQLError(.constraint, "a zero byte in a text", sql: statement.sql)
    }
    let start = (text.baseAddress ?? Self.nothing).assumingMemoryBound(to: CChar.self)
    let code = sqlite3_bind_text64(
      pointer, Int32(index + 1), start, UInt64(text.count), Self.copied, UInt8(SQLITE_UTF8))
    if code != SQLITE_OK { throw failure() }
  }

  private func failure() -> SQLError {
    let connection = database.sqliteConnection
    return SQLError(
      code: sqlite3_extended_errcode(connection), connection.map { String(cString: sqlite3_errmsg($0)) } ?? "",
      sql: statement.sql)
  }

  /// The database makes a copy before it returns.
  nonisolated(unsafe) private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  /// A null pointer would mean null.
  nonisolated(unsafe) private static let nothing = UnsafeRawPointer(
    UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))
}

/// The row that a statement stands at.
struct SQLiteRow: SQLRow {
  private let statement: OpaquePointer

  init(_ statement: OpaquePointer) { self.statement = statement }

  var count: Int { Int(sqlite3_column_count(statement)) }

  func isNull(_ column: Int) -> Bool { sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL }

  func integer(_ column: Int) -> Int64? { isNull(column) ? nil : sqlite3_column_int64(statement, Int32(column)) }

  func text(_ column: Int) -> String? { withUTF8(column) { String(decoding: $0, as: UTF8.self) } }

  func bytes(_ column: Int) -> [UInt8]? {
    if isNull(column) { return nil }
    let count = Int(sqlite3_column_bytes(statement, Int32(column)))
    return Array(UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, Int32(column)), count: count))
  }

  func withUTF8<R>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R? {
    guard let text = sqlite3_column_text(statement, Int32(column)) else { return nil }
    let count = Int(sqlite3_column_bytes(statement, Int32(column)))
    return try body(UnsafeRawBufferPointer(start: text, count: count))
  }
}

/// One prepared statement, bound and stepped for each row.
final class SQLiteInsertion: SQLInsertion {
  private let statement: SQLiteStatement
  private let width: Int
  private var column = 0
  private var count = 0

  init(_ statement: SQLiteStatement, width: Int) {
    self.statement = statement
    self.width = width
  }

  func addNull() throws {
    statement.bindNull(at: column)
    column += 1
  }

  func add(_ number: Int64) throws {
    statement.bind(number, at: column)
    column += 1
  }

  func add(utf8 text: UnsafeRawBufferPointer) throws {
    try statement.bind(utf8: text, at: column)
    column += 1
  }

  func endRow() throws {
    precondition(column == width, "a cell for each column")
    defer { sqlite3_reset(statement.pointer) }
    _ = try statement.step()
    column = 0
    count += 1
  }

  func finish() throws -> Int {
    statement.reset()
    return count
  }
}
