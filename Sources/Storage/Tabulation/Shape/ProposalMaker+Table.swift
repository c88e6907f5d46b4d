import Diagnostics
import Policy
import Spreadsheet

/// What is open about the table as a whole.
extension ProposalMaker {
  mutating func checkTwins() {
    let twins = twins().map { $0.map { shape.columns[$0] } }
    guard let first = twins.first, let column = first.last else { return }
    if twins.count > 1 {
      let fields = twins.map { name(of: $0[0]) }.joined(separator: "、")
      return report("tabulation.records.beside", column: column.number, ["fields": fields])
    }
    let columns = first.prefix(5).map { ColumnName.of($0.number) }.joined(separator: "、")
    report("tabulation.column.twice", column: column.number, ["field": name(of: column), "columns": columns])
  }

  private func name(of column: TableShape.Column) -> String {
    column.field.flatMap { type.field(named: $0)?.name } ?? ""
  }

  mutating func checkKey() {
    let key = type.field(named: type.key)?.id
    if shape.columns.contains(where: { $0.field == key }) { return }
    report("policy.facts.key-column", column: 1, ["record": type.name, "field": type.key])
  }

  mutating func reportNameless() {
    let used = Set(grid.rows.flatMap { $0.entries.map(\.column) }).subtracting(paths.keys)
    for number in used.sorted() where grid.holds(number, below: rows.upperBound) {
      shape.columns.append(TableShape.Column(number: number, label: "", ignored: .nameless))
      report("tabulation.column.nameless", .warning, column: number)
    }
    shape.columns.sort { $0.number < $1.number }
  }

  mutating func reportHidden() {
    for column in shape.columns where column.field != nil && grid.hiddenColumns.contains(where: { $0 ~= column.number })
    {
      report("tabulation.column.hidden", .warning, column: column.number, ["label": path(column).shown])
    }
  }

  mutating func reportOthers() {
    guard !others.isEmpty else { return }
    let arguments = ["record": type.name, "sheet": sheet, "sheets": others.joined(separator: "、")]
    report("tabulation.sheet.more", .warning, column: 1, arguments)
  }
}
