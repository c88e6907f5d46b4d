import Dispatch
import Foundation
import SQL
import TestKit
import Testing

/// A table with a column of each type, and some letters in its names.
enum Everything {
  static let table = "所有\"的\" ?"
  static let columns: [(name: String, type: SQLType)] = [
    ("id", .integer), ("企业 名称", .text), ("amount", .decimal), ("day", .date), ("isTrue", .truth), ("raw", .bytes),
  ]

  static func create(_ connection: any SQLConnection) throws {
    let dialect = connection.dialect
    let list = columns.map { "\(dialect.quoted($0.name)) \(dialect.name(of: $0.type))" }.joined(separator: ", ")
    try connection.execute("CREATE TABLE \(dialect.quoted(table)) (\(list))\(dialect.tableOptions)")
  }

  static func insert(_ values: [SQLValue], _ connection: any SQLConnection) throws {
    let places = columns.map { _ in "?" }.joined(separator: ", ")
    try connection.execute("INSERT INTO \(connection.dialect.quoted(table)) VALUES (\(places))", values)
  }

  /// All rows, cell by cell; the order is that of the first column.
  static func rows(_ connection: any SQLConnection) throws -> [[SQLValue]] {
    try connection.rows("SELECT * FROM \(connection.dialect.quoted(table)) ORDER BY id") { row in
      (0..<row.count).map { value(row, $0) }
    }
  }

  private static func value(_ row: any SQLRow, _ column: Int) -> SQLValue {
    if row.isNull(column) { return .null }
    switch columns[column].type {
    case .integer, .truth: return row.integer(column).map { .integer($0) } ?? .null
    case .text, .decimal, .date: return .optional(row.text(column))
    case .bytes: return row.bytes(column).map { .bytes($0) } ?? .null
    }
  }
}

extension SQLDatabase {
  /// A table `numbers` with a column `n` that is unique, and 0..<count in it.
  func makeNumbers(_ count: Int = 0) throws {
    try write { connection in
      let type = dialect.name(of: .integer)
      try connection.execute("CREATE TABLE numbers (n \(type) NOT NULL PRIMARY KEY)\(dialect.tableOptions)")
      let insertion = try connection.insertion(into: "numbers", columns: ["n"])
      for number in 0..<count {
        try insertion.add(Int64(number))
        try insertion.endRow()
      }
      #expect(try insertion.finish() == count)
    }
  }

  func count() throws -> Int64? { try read { try $0.first("SELECT count(*) FROM numbers") { $0.integer(0) } } ?? nil }
}

/// The kind of error that `body` ends with; nil when it does not.
func kind(_ body: () throws -> Void) -> SQLError.Kind? {
  do {
    try body()
    return nil
  } catch {
    return (error as? SQLError)?.kind
  }
}

/// Runs `body` on so many threads at once.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  let group = DispatchGroup()
  for number in 0..<count {
    group.enter()
    Thread.detachNewThread {
      body(number)
      group.leave()
    }
  }
  group.wait()
}

struct Unwilling: Error, Equatable {}
