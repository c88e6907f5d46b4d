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

  /// - Parameter columns: the ids of the fields that there are columns for; nil for all.
  init(_ type: RecordType, columns known: Set<String>? = nil) {
    self.type = type
    let columns = type.fields.filter { known?.contains($0.id) ?? true }.map { Column($0) }
    single = columns.filter { $0.field.years == nil && $0.field.name != type.key }
    annual = columns.filter { $0.field.years != nil }
  }

  var name: String { Self.name(type.id) }
  var annualName: String { Self.annualName(type.id) }

  /// Two signs apart from the tables that every store has; no id begins with such a sign.
  static func name(_ id: String) -> String { "record__\(id)" }
  static func annualName(_ id: String) -> String { "annual__\(id)" }

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

  private var references: [String] { single.filter { $0.field.type.kind == .reference }.map(\.name) }

  func createIndexes(in connection: any SQLConnection) throws {
    try Self.createIndexes(of: type.id, references, in: connection)
  }

  static func createIndexes(
    of type: String, _ fields: [String: KnownDictionary.KnownField], in connection: any SQLConnection
  ) throws {
    let references = fields.filter { $1.kind == ValueType.Kind.reference.rawValue && !$1.isAnnual }.keys.sorted()
    try createIndexes(of: type, references, in: connection)
  }

  private static func createIndexes(
    of type: String, _ references: [String], in connection: any SQLConnection
  ) throws {
    let dialect = connection.dialect
    for column in ["_key", "_batch"] + references {
      // Statements of one key are asked for in order.
      let columns = ([column] + (column == "_key" ? ["_statement"] : [])).map(dialect.quoted).joined(separator: ", ")
      try connection.execute(
        """
        CREATE INDEX IF NOT EXISTS \(dialect.quoted(index(type, column))) ON \(dialect.quoted(name(type))) (\(columns))
        """)
    }
  }

  /// A name that no two columns share and every database has room for.
  private static func index(_ type: String, _ column: String) -> String {
    var digest = SHA256()
    digest.addPart(type)
    digest.addPart(column)
    return "ix__\(type)__\(digest.digits().prefix(8))"
  }

  /// Before very many rows, to be made again behind them.
  func dropIndexes(in connection: any SQLConnection) throws {
    for column in ["_key", "_batch"] + references {
      try connection.execute("DROP INDEX IF EXISTS \(connection.dialect.quoted(Self.index(type.id, column)))")
    }
  }
}

extension Unit {
  /// Digits behind the point of the smallest difference of stored facts, where it is finer than one.
  fileprivate var storedScale: Int? { step?.fractionDigits.flatMap { $0 > 0 ? $0 : nil } }
}
