import Diagnostics
import FEEL
import Policy
import Population
import SQL

/// The tables that hold what is said of one type of record: one for what holds at a point in time, one for fiscal years.
struct RecordTable: Sendable {
  /// A field's column.
  struct Column: Sendable {
    let field: Field
    /// Digits behind the point of what is kept as a whole number, such as 2 for money in fen; nil for what is kept as it is.
    let scale: Int?

    init(_ field: Field) {
      self.field = field
      scale = field.type.unit?.storedScale
    }

    var name: String { field.id }

    var type: SQLType {
      switch field.type.kind {
      case .number: scale == nil ? .decimal : .integer
      case .boolean: .truth
      case .date: .date
      case .text, .uscc, .reference, .list, .context: .text
      }
    }
  }

  let type: RecordType
  let single: [Column]
  let annual: [Column]

  init(_ type: RecordType) {
    self.type = type
    let columns = type.fields.map { Column($0) }
    single = columns.filter { $0.field.years == nil && $0.field.name != type.key }
    annual = columns.filter { $0.field.years != nil }
  }

  var name: String { Self.name(type.id) }
  var annualName: String { Self.annualName(type.id) }

  static func name(_ id: String) -> String { "record_\(id)" }
  static func annualName(_ id: String) -> String { "annual_\(id)" }

  /// Columns of every record table, before those of the fields. Fields cannot have such names: they begin with a letter.
  static let own = ["_statement", "_key", "_batch", "_from", "_to", "_retracts", "_none"]
  static let annualOwn = ["_statement", "_year", "_none"]

  // MARK: statements that make the tables

  func create(in connection: any SQLConnection) throws {
    let dialect = connection.dialect
    func name(_ type: SQLType) -> String { dialect.name(of: type) }
    try connection.execute(
      """
      CREATE TABLE \(dialect.quoted(self.name)) (_statement \(name(.integer)) PRIMARY KEY, _key \(name(.text)) NOT NULL,
      _batch \(name(.integer)) NOT NULL, _from \(name(.date)), _to \(name(.date)), _retracts \(name(.truth)) NOT NULL,
      _none \(name(.text))\(definitions(single, dialect)))\(dialect.tableOptions)
      """)
    try connection.execute(
      """
      CREATE TABLE \(dialect.quoted(annualName)) (_statement \(name(.integer)) NOT NULL, _year \(name(.integer)) NOT NULL,
      _none \(name(.text))\(definitions(annual, dialect)), PRIMARY KEY (_statement, _year))\(dialect.tableOptions)
      """)
    try createIndexes(in: connection)
  }

  private func definitions(_ columns: [Column], _ dialect: SQLDialect) -> String {
    columns.map { ", \(dialect.quoted($0.name)) \(dialect.name(of: $0.type))" }.joined()
  }

  func add(_ column: Column, in connection: any SQLConnection) throws {
    let dialect = connection.dialect
    let table = column.field.years == nil ? name : annualName
    try connection.execute(
      "ALTER TABLE \(dialect.quoted(table)) ADD COLUMN \(dialect.quoted(column.name)) \(dialect.name(of: column.type))")
  }

  /// By key, by batch, and by what each reference leads to.
  private static func indexes(_ references: [String]) -> [(name: String, columns: String)] {
    [("key", "_key, _statement"), ("batch", "_batch")] + references.map { ($0, "\"\($0)\"") }
  }

  private var references: [String] { single.filter { $0.field.type.kind == .reference }.map(\.name) }

  func createIndexes(in connection: any SQLConnection) throws {
    try Self.createIndexes(on: name, references, in: connection)
  }

  static func createIndexes(
    of type: String, _ fields: [String: KnownDictionary.KnownField], in connection: any SQLConnection
  ) throws {
    let references = fields.filter { $1.kind == ValueType.Kind.reference.rawValue && !$1.isAnnual }.keys.sorted()
    try createIndexes(on: name(type), references, in: connection)
  }

  private static func createIndexes(
    on table: String, _ references: [String], in connection: any SQLConnection
  ) throws {
    let dialect = connection.dialect
    for (suffix, columns) in indexes(references) {
      try connection.execute(
        "CREATE INDEX IF NOT EXISTS \(dialect.quoted("\(table)_\(suffix)")) ON \(dialect.quoted(table)) (\(columns))")
    }
  }

  /// Before very many rows, to be made again behind them.
  func dropIndexes(in connection: any SQLConnection) throws {
    for (suffix, _) in Self.indexes(references) {
      try connection.execute("DROP INDEX IF EXISTS \(connection.dialect.quoted("\(name)_\(suffix)"))")
    }
  }
}

extension Unit {
  /// Digits behind the point of the smallest difference of stored facts, where it is finer than one.
  fileprivate var storedScale: Int? { step?.fractionDigits.flatMap { $0 > 0 ? $0 : nil } }
}
