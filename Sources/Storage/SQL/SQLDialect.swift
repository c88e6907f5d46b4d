/// Where the two databases differ in words.
public enum SQLDialect: String, CaseIterable, Sendable {
  case sqlite, postgreSQL

  /// The type of a column that holds such values.
  public func name(of type: SQLType) -> String {
    switch (self, type) {
    case (.sqlite, .integer), (.sqlite, .truth): "INTEGER"
    case (.sqlite, .text), (.sqlite, .decimal), (.sqlite, .date): "TEXT"
    case (.sqlite, .bytes): "BLOB"
    case (.postgreSQL, .integer): "BIGINT"
    case (.postgreSQL, .truth): "BOOLEAN"
    // Compared by bytes, as in SQLite.
    case (.postgreSQL, .text): "TEXT COLLATE \"C\""
    case (.postgreSQL, .decimal): "NUMERIC"
    case (.postgreSQL, .date): "DATE"
    case (.postgreSQL, .bytes): "BYTEA"
    }
  }

  /// What stands behind the columns of a table: SQLite holds values to the types of their columns.
  public var tableOptions: String { self == .sqlite ? " STRICT" : "" }

  /// A name as a part of a statement, whatever letters it has.
  public func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

/// What a column holds.
public enum SQLType: String, Sendable {
  case integer, truth, text, bytes
  /// An exact decimal, handed over as its text.
  case decimal
  /// A day, handed over as `2024-02-29`.
  case date
}
