/// A database behind the one door: SQLite in a file, or PostgreSQL by a URL.
///
/// Calls block their thread; ``reading(_:)`` and ``writing(_:)`` are for those that must not.
public protocol SQLDatabase: AnyObject, Sendable {
  var dialect: SQLDialect { get }

  /// Lends a connection that sees one state of the database until `body` ends, and may not change it.
  func read<R>(_ body: (any SQLConnection) throws -> R) throws -> R

  /// Lends the connection of the only writer: what `body` does is there wholly and durably when this returns, and not at all when it
  /// throws.
  /// - Throws: ``SQLError`` of kind `busy` when another writer does not end in time.
  func write<R>(_ body: (any SQLConnection) throws -> R) throws -> R

  /// Names that writers have announced (``SQLConnection/announce(_:)``), by whichever process, as they come; `*` where it cannot be
  /// told what has changed. Ends with the task, and when the database is closed.
  func announcements() -> AsyncStream<String>

  /// Ends all connections; nothing may be asked afterwards.
  func close()
}

extension SQLDatabase {
  /// ``read(_:)`` on a thread of its own.
  public func reading<R: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> R) async throws -> R {
    try await SQLThreads.run { try self.read(body) }
  }

  /// ``write(_:)`` on a thread of its own.
  public func writing<R: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> R) async throws -> R {
    try await SQLThreads.run { try self.write(body) }
  }
}

/// A connection while it is lent: use it on the thread that got it, and do not keep it.
///
/// A statement that fails ends the transaction: throw what it threw.
///
/// Arguments stand in the text as `?`, in order; a `?` between quotes is a letter.
public protocol SQLConnection: AnyObject {
  var dialect: SQLDialect { get }

  /// - Returns: how many rows were changed.
  @discardableResult
  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int

  /// Hands out rows one after another, in bounded memory.
  /// - Parameter body: the row is good until it returns; false ends the query.
  func forEachRow(_ sql: String, _ arguments: [SQLValue], _ body: (any SQLRow) throws -> Bool) throws

  /// Begins to add many rows to a table as fast as the database can; nothing else may be asked until it is finished.
  func insertion(into table: String, columns: [String]) throws -> any SQLInsertion

  /// Tells those who listen, in every process, once what was written is there.
  func announce(_ name: String) throws
}

extension SQLConnection {
  @discardableResult
  public func execute(_ sql: String) throws -> Int { try execute(sql, []) }

  /// All rows, each as `make` has it; for few.
  public func rows<R>(_ sql: String, _ arguments: [SQLValue] = [], _ make: (any SQLRow) throws -> R) throws -> [R] {
    var rows: [R] = []
    try forEachRow(sql, arguments) { row in
      rows.append(try make(row))
      return true
    }
    return rows
  }

  /// The first row; nil when there is none. Where there may be many, let the text end in `LIMIT 1`.
  public func first<R>(_ sql: String, _ arguments: [SQLValue] = [], _ make: (any SQLRow) throws -> R) throws -> R? {
    var first: R?
    try forEachRow(sql, arguments) { row in
      first = try make(row)
      return false
    }
    return first
  }
}

/// A row of a query. Columns count from 0; what is null is nil.
public protocol SQLRow {
  var count: Int { get }

  func isNull(_ column: Int) -> Bool
  /// A whole number; a truth as 0 or 1.
  func integer(_ column: Int) -> Int64?
  /// A text, and a decimal or a date as its text.
  func text(_ column: Int) -> String?
  func bytes(_ column: Int) -> [UInt8]?
  /// The bytes of what ``text(_:)`` would give, without a copy.
  func withUTF8<R>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R?
}

/// Many rows on their way into a table: the cells of a row in the order of the columns, then ``endRow()``.
public protocol SQLInsertion: AnyObject {
  func addNull() throws
  /// A whole number; into a column of truths 0 or 1.
  func add(_ number: Int64) throws
  /// UTF-8 without zero bytes: a text, or the text of a decimal or of a date.
  func add(utf8 text: UnsafeRawBufferPointer) throws
  func endRow() throws
  /// Call once all rows are in. Without it they may be lost.
  /// - Returns: how many rows were added.
  func finish() throws -> Int
}

extension SQLInsertion {
  public func add(_ text: String) throws {
    var text = text
    try text.withUTF8 { try add(utf8: UnsafeRawBufferPointer($0)) }
  }

  public func add(_ text: String?) throws {
    if let text { try add(text) } else { try addNull() }
  }

  public func add(_ number: Int64?) throws {
    if let number { try add(number) } else { try addNull() }
  }
}

/// What is handed to a statement.
public enum SQLValue: Hashable, Sendable {
  case null
  /// Also 0 and 1 for a truth.
  case integer(Int64)
  /// Also the text of a decimal or of a date.
  case text(String)
  case bytes([UInt8])

  public static func integer(_ number: Int) -> SQLValue { .integer(Int64(number)) }
  public static func optional(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
  public static func optional(_ number: Int64?) -> SQLValue { number.map { .integer($0) } ?? .null }
}

/// What went wrong in a database.
public struct SQLError: Error, Sendable {
  public enum Kind: Sendable {
    /// Another writer has not ended in time.
    case busy
    /// The database cannot be reached, or was lost on the way.
    case gone
    /// No room on the disk, or in what the server may take.
    case full
    /// What was written would break a rule of the tables.
    case constraint
    /// The file or the server holds something else than expected.
    case damaged
    /// The database understands the statement otherwise, or not at all: our own mistake.
    case statement
  }

  public var kind: Kind
  /// In the database's own words.
  public var message: String
  /// The statement that failed, where there is one.
  public var sql: String?

  public init(_ kind: Kind, _ message: String, sql: String? = nil) {
    self.kind = kind
    self.message = message
    self.sql = sql
  }
}

extension SQLError: CustomStringConvertible {
  public var description: String { sql.map { "\(message) (\($0.prefix(200)))" } ?? message }
}
