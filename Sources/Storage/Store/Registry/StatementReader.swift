import FEEL
import Policy
import Registry
import SQL

/// Reads what the tables of a record type hold.
struct StatementReader {
  private let table: RecordTable
  private let connection: any SQLConnection

  init(_ table: RecordTable, _ connection: any SQLConnection) {
    self.table = table
    self.connection = connection
  }

  /// A row of the tables: what one batch says of a record.
  struct Row {
    var id: Int
    var key: String
    var batch: Int
    var validity: Validity
    var isRetraction: Bool
    var cells: [String: FactRow.Cell]
  }

  /// In the order of recording, with the fiscal years they speak of.
  /// - Parameter condition: about `s`, the row of the record table.
  func statements(where condition: String, _ arguments: [SQLValue]) throws -> [Row] {
    var rows = try connection.rows(
      """
      SELECT \(list(RecordTable.own, table.single)) FROM \(quoted(table.name)) s WHERE \(condition) ORDER BY s._statement
      """, arguments, row)
    try addYears(to: &rows)
    return rows
  }

  private func list(_ own: [String], _ columns: [RecordTable.Column]) -> String {
    (own + columns.map { quoted($0.name) }).map { "s.\($0)" }.joined(separator: ", ")
  }

  private func quoted(_ name: String) -> String { connection.dialect.quoted(name) }

  private func row(_ row: any SQLRow) -> Row {
    var cells: [String: FactRow.Cell] = [:]
    for field in (row.text(6) ?? "").split(separator: " ") {
      if let field = table.type.field(named: String(field)) { cells[field.name] = FactRow.Cell.none }
    }
    for (index, column) in table.single.enumerated() {
      if let cell = column.cell(row, RecordTable.own.count + index) { cells[column.field.name] = cell }
    }
    let key = row.text(1) ?? ""
    let isRetraction = row.integer(5) == 1
    if !isRetraction, let field = table.type.field(named: table.type.key) { cells[field.name] = .value(.string(key)) }
    return Row(
      id: Int(row.integer(0) ?? 0), key: key, batch: Int(row.integer(2) ?? 0),
      validity: Validity(from: row.date(3), to: row.date(4)), isRetraction: isRetraction, cells: cells)
  }

  private func addYears(to rows: inout [Row]) throws {
    guard !table.annual.isEmpty, !rows.isEmpty else { return }
    let places = Dictionary(uniqueKeysWithValues: rows.indices.map { (rows[$0].id, $0) })
    let marks = rows.map { _ in "?" }.joined(separator: ", ")
    let sql = """
      SELECT \(list(RecordTable.annualOwn, table.annual)) FROM \(quoted(table.annualName)) s WHERE s._statement IN (\(marks))
      """
    try connection.forEachRow(sql, rows.map { .integer($0.id) }) { row in
      guard let place = places[Int(row.integer(0) ?? 0)], let year = row.integer(1).map(Int.init) else { return true }
      for field in (row.text(2) ?? "").split(separator: " ") {
        if let field = table.type.field(named: String(field)) {
          rows[place].cells.set(nil, in: year, of: field.name)
        }
      }
      for (index, column) in table.annual.enumerated() {
        if case .value(let value)? = column.cell(row, RecordTable.annualOwn.count + index) {
          rows[place].cells.set(value, in: year, of: column.field.name)
        }
      }
      return true
    }
  }
}

extension [String: FactRow.Cell] {
  fileprivate mutating func set(_ value: FEEL.Value?, in year: Int, of field: String) {
    var years: [Int: FEEL.Value?] = [:]
    if case .annual(let known)? = self[field] { years = known }
    years.updateValue(value, forKey: year)
    self[field] = .annual(years)
  }
}

extension RecordTable.Column {
  /// What a column of a row says; nil where it is null.
  fileprivate func cell(_ row: any SQLRow, _ index: Int) -> FactRow.Cell? {
    switch field.type.kind {
    case .number:
      guard let scale else { return row.text(index).flatMap { Decimal128($0) }.map { .value(.number($0)) } }
      return row.integer(index).flatMap { Decimal128(Int128($0), exponent: -scale) }.map { .value(.number($0)) }
    case .boolean: return row.integer(index).map { .value(.boolean($0 != 0)) }
    case .date: return row.date(index).map { .value(.date($0)) }
    case .reference: return row.text(index).map { .reference($0) }
    case .text, .uscc, .list, .context: return row.text(index).map { .value(.string($0)) }
    }
  }
}
