import Diagnostics
import Policy
import Spreadsheet

/// Sees to it that a shape, perhaps one that was kept, is of this table.
struct ShapeCheck {
  private let source: TableSource
  private let type: RecordType

  init(_ source: TableSource, _ type: RecordType) {
    self.source = source
    self.type = type
  }

  /// - Returns: the rows above the records. The sheet's name is set right when there is only one.
  func check(_ shape: inout TableShape) throws(Diagnostic) -> HeaderGrid {
    try checkForm(shape)
    chooseSheet(&shape)
    let grid = try HeaderGrid(source, sheet: shape.sheet, separator: shape.separator)
    try checkHeader(shape, grid)
    try checkTitle(shape, grid)
    try checkConfirmed(shape)
    try checkFields(shape)
    return grid
  }

  private func checkForm(_ shape: TableShape) throws(Diagnostic) {
    let place = SourcePlace(file: source.name)
    guard shape.record == type.id else {
      throw Diagnostic("tabulation.shape.record", at: place, ["expected": shape.record, "record": type.id])
    }
    let rows = [1, shape.firstHeaderRow, shape.lastHeaderRow, HeaderGrid.mostRows]
    let numbers = shape.columns.map(\.number)
    let isSound =
      rows == rows.sorted() && shape.firstDataRow > shape.lastHeaderRow && shape.firstDataRow <= CellReference.lastRow
      && Set(numbers).count == numbers.count && numbers.allSatisfy { 1...CellReference.lastColumn ~= $0 }
    guard isSound else {
      let detail = "\(shape.firstHeaderRow), \(shape.lastHeaderRow), \(shape.firstDataRow)"
      throw Diagnostic("tabulation.shape.form", at: place, ["detail": detail])
    }
  }

  /// A sheet may be called otherwise the next time.
  private func chooseSheet(_ shape: inout TableShape) {
    let names = source.sheets.filter { !$0.isHidden }.map(\.name)
    if names.count == 1, !source.sheets.contains(where: { $0.name == shape.sheet }) { shape.sheet = names[0] }
  }

  private func checkHeader(_ shape: TableShape, _ grid: HeaderGrid) throws(Diagnostic) {
    for column in shape.columns where column.field != nil {
      let path = HeaderPath(grid.path(to: column.number, in: shape.firstHeaderRow...shape.lastHeaderRow))
      guard path.text.compact != column.label.compact else { continue }
      let arguments = ["expected": column.label.oneLine, "found": path.text.isEmpty ? "—" : path.shown]
      throw Diagnostic("tabulation.shape.header", at: place(column, shape), arguments)
    }
  }

  /// Years and units of the title hold for columns that name none.
  private func checkTitle(_ shape: TableShape, _ grid: HeaderGrid) throws(Diagnostic) {
    guard let expected = shape.title else { return }
    let found = TableTitle(grid, above: shape.firstHeaderRow).summary
    guard expected != found else { return }
    let place = SourcePlace(file: source.file(of: shape.sheet))
    throw Diagnostic("tabulation.shape.title", at: place, ["expected": expected.text, "found": found.text])
  }

  private func checkConfirmed(_ shape: TableShape) throws(Diagnostic) {
    guard let column = shape.columns.first(where: { $0.match == .near || $0.isYearAssumed == true }) else { return }
    let label = column.label.oneLine
    if column.match == .near {
      let field = column.field.flatMap { type.field(named: $0)?.name } ?? "—"
      let arguments = ["label": label, "field": field, "measure": String(column.nearness ?? 0)]
      throw Diagnostic("tabulation.column.near", at: place(column, shape), arguments)
    }
    let arguments = ["label": label, "year": column.year.map(String.init) ?? "—"]
    throw Diagnostic("tabulation.year.assumed", at: place(column, shape), arguments)
  }

  private func checkFields(_ shape: TableShape) throws(Diagnostic) {
    var seen: [String: Int] = [:]
    for column in shape.columns {
      guard let id = column.field else { continue }
      guard let field = type.field(named: id) else {
        let near = nearWord(to: id, among: type.fields.map(\.id)) ?? "—"
        let arguments = ["column": id, "record": type.name, "near": near]
        throw Diagnostic("policy.facts.column", at: place(column, shape), arguments)
      }
      try checkYear(column, field, shape)
      if let other = seen.updateValue(column.number, forKey: "\(field.id)@\(column.year ?? 0)") {
        let columns = "\(ColumnName.of(other))、\(ColumnName.of(column.number))"
        let arguments = ["field": field.name, "columns": columns]
        throw Diagnostic("tabulation.column.twice", at: place(column, shape), arguments)
      }
    }
    guard let key = type.field(named: type.key), seen["\(key.id)@0"] != nil else {
      let arguments = ["record": type.name, "field": type.key]
      throw Diagnostic("policy.facts.key-column", at: SourcePlace(file: source.file(of: shape.sheet)), arguments)
    }
  }

  private func checkYear(_ column: TableShape.Column, _ field: Field, _ shape: TableShape) throws(Diagnostic) {
    guard field.years != nil, column.year == nil else { return }
    let arguments = ["label": column.label.oneLine, "field": field.name]
    throw Diagnostic("tabulation.year.missing", at: place(column, shape), arguments)
  }

  private func place(_ column: TableShape.Column, _ shape: TableShape) -> SourcePlace {
    SourcePlace(file: source.file(of: shape.sheet), line: shape.lastHeaderRow, column: column.number)
  }
}

extension TableShape.Title {
  /// For messages.
  fileprivate var text: String {
    let words = years.map(String.init) + units
    return words.isEmpty ? "—" : words.joined(separator: "、")
  }
}

extension String {
  /// For messages.
  fileprivate var oneLine: String { split(separator: "\n").joined(separator: "/") }
}
