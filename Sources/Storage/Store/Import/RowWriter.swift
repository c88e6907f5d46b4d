import FEEL
import Policy
import Population
import Registry
import SQL

/// Writes rows of one record type into its tables, as statements of one batch.
struct RowWriter {
  private let table: RecordTable
  private let layout: TableLayout
  private let connection: any SQLConnection
  private let batch: Int
  private let validity: (from: String?, to: String?)
  /// Columns of the layout by where their values go.
  private let single: [(entry: Int, column: RecordTable.Column)]
  /// The columns of each fiscal year, in the order of ``annualColumns``; nil where the file has none.
  private let years: [(year: Int, entries: [Int?])]
  private let annualColumns: [RecordTable.Column]
  /// The number of the next statement.
  private(set) var next: Int

  init(
    _ layout: TableLayout, _ connection: any SQLConnection, batch: Int, _ validity: Validity, next: Int
  ) {
    let table = RecordTable(layout.type)
    self.table = table
    self.layout = layout
    self.connection = connection
    self.batch = batch
    self.validity = (validity.from?.description, validity.to?.description)
    self.next = next
    let entries = layout.entries.enumerated()
    single = table.single.compactMap { column in
      entries.first { $0.element.column.field.id == column.field.id && $0.offset != layout.key }.map {
        ($0.offset, column)
      }
    }
    let annual = table.annual.filter { column in entries.contains { $0.element.column.field.id == column.field.id } }
    annualColumns = annual
    years = Set(layout.entries.compactMap(\.column.year)).sorted().map { year in
      (
        year,
        annual.map { column in
          entries.first { $0.element.column.year == year && $0.element.column.field.id == column.field.id }?.offset
        }
      )
    }
  }

  // MARK: rows as columns

  mutating func write(_ pieces: [ColumnPiece], count: Int) throws {
    let rows = try connection.insertion(
      into: table.name, columns: RecordTable.own + single.map(\.column.name))
    let keys = PieceCells(pieces[layout.key], for: nil)
    let cells = single.map { PieceCells(pieces[$0.entry], for: $0.column) }
    let nones = zip(single, cells).filter { $1.mayBeNone }
    for row in 0..<count {
      try begin(rows, row, utf8: keys.text(row))
      try none(nones.filter { $1.isNone(row) }.map(\.0.column), into: rows)
      for cells in cells { try cells.add(row, to: rows) }
      try rows.endRow()
    }
    _ = try rows.finish()
    try writeYears(pieces, count)
    next += count
  }

  private func writeYears(_ pieces: [ColumnPiece], _ count: Int) throws {
    guard !years.isEmpty else { return }
    let rows = try connection.insertion(
      into: table.annualName, columns: RecordTable.annualOwn + annualColumns.map(\.name))
    let years = years.map { year, entries in
      (year, zip(entries, annualColumns).map { entry, column in entry.map { PieceCells(pieces[$0], for: column) } })
    }
    for row in 0..<count {
      for (year, cells) in years where cells.contains(where: { $0?.isUnknown(row) == false }) {
        try rows.add(Int64(next + row))
        try rows.add(Int64(year))
        try none(zip(cells, annualColumns).filter { $0.0?.isNone(row) == true }.map(\.1), into: rows)
        for cells in cells { if let cells { try cells.add(row, to: rows) } else { try rows.addNull() } }
        try rows.endRow()
      }
    }
    _ = try rows.finish()
  }

  // MARK: rows one by one

  mutating func write(_ facts: [FactRow]) throws {
    let rows = try connection.insertion(
      into: table.name, columns: RecordTable.own + single.map(\.column.name))
    for (row, fact) in facts.enumerated() {
      var key = fact.key
      try key.withUTF8 { try begin(rows, row, utf8: UnsafeRawBufferPointer($0)) }
      try none(single.map(\.column).filter { fact[$0.field.name].isNone }, into: rows)
      for (_, column) in single { try column.add(fact[column.field.name], to: rows) }
      try rows.endRow()
    }
    _ = try rows.finish()
    try writeYears(facts)
    next += facts.count
  }

  private func writeYears(_ facts: [FactRow]) throws {
    guard !years.isEmpty else { return }
    let rows = try connection.insertion(
      into: table.annualName, columns: RecordTable.annualOwn + annualColumns.map(\.name))
    for (row, fact) in facts.enumerated() {
      for (year, _) in years {
        let values = annualColumns.map { fact[$0.field.name]?.value(of: year) }
        guard values.contains(where: { $0 != nil }) else { continue }
        try rows.add(Int64(next + row))
        try rows.add(Int64(year))
        try none(zip(annualColumns, values).filter { $1.isNone }.map(\.0), into: rows)
        for (column, value) in zip(annualColumns, values) { try column.add(value, to: rows) }
        try rows.endRow()
      }
    }
    _ = try rows.finish()
  }

  // MARK: what every row has

  private func begin(_ rows: any SQLInsertion, _ row: Int, utf8 key: UnsafeRawBufferPointer) throws {
    try rows.add(Int64(next + row))
    try rows.add(utf8: key)
    try rows.add(Int64(batch))
    try rows.add(validity.from)
    try rows.add(validity.to)
    try rows.add(Int64(0))
  }

  /// The fields known to be none, by their ids.
  private func none(_ columns: [RecordTable.Column], into rows: any SQLInsertion) throws {
    if columns.isEmpty { try rows.addNull() } else { try rows.add(columns.map(\.name).joined(separator: " ")) }
  }
}

extension RecordTable.Column {
  /// What a cell says, with null for what is unknown or none.
  fileprivate func add(_ cell: FactRow.Cell?, to rows: any SQLInsertion) throws {
    switch cell {
    case .value(.number(let number)):
      guard let scale else { return try rows.add(number.description) }
      guard let units = number.scaled(by: scale).flatMap({ Int64(exactly: $0) }) else {
        throw SQLError(.constraint, "\(name): \(number)")
      }
      try rows.add(units)
    case .value(.boolean(let truth)): try rows.add(Int64(truth ? 1 : 0))
    case .value(.date(let date)): try rows.add(date.description)
    case .value(.string(let text)), .reference(let text): try rows.add(text)
    default: try rows.addNull()
    }
  }
}

extension FactRow.Cell? {
  fileprivate var isNone: Bool { if case .some(FactRow.Cell.none) = self { true } else { false } }
}

extension FactRow.Cell {
  /// What is said of one fiscal year; nil for nothing.
  fileprivate func value(of year: Int) -> FactRow.Cell? {
    guard case .annual(let years) = self, let value = years[year] else { return nil }
    return value.map { .value($0) } ?? FactRow.Cell.none
  }
}
