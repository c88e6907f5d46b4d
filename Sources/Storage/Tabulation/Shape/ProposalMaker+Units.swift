import Diagnostics
import Policy

/// The year and the unit of each column.
extension ProposalMaker {
  mutating func completed(_ column: TableShape.Column) -> TableShape.Column {
    guard let id = column.field, let field = type.field(named: id) else { return column }
    var column = column
    addYear(to: &column, of: field)
    addUnit(to: &column, of: field)
    if column.match == .near {
      let arguments = ["label": path(column).shown, "field": field.name, "measure": String(column.nearness ?? 0)]
      report("tabulation.column.near", column: column.number, arguments)
    }
    return column
  }

  private mutating func addYear(to column: inout TableShape.Column, of field: Field) {
    let path = path(column)
    let years = path.years(beside: field).sorted(), yearsAgo = path.yearsAgo(beside: field)
    guard field.years != nil else {
      // The number of one year is perhaps not that of now.
      if !years.isEmpty || yearsAgo != nil { doubt(&column) }
      return
    }
    if years.count > 1 {
      let all = years.map(String.init).joined(separator: "、")
      return report("tabulation.column.years", column: column.number, ["label": path.shown, "years": all])
    }
    if let year = years.first {
      column.year = year
    } else if let year = title.year.map({ $0 - (yearsAgo ?? 0) }) {
      (column.year, column.isYearAssumed) = (year, true)
      let arguments = ["label": path.shown, "year": String(year)]
      report("tabulation.year.assumed", column: column.number, arguments)
    } else {
      report("tabulation.year.missing", column: column.number, ["label": path.shown, "field": field.name])
    }
  }

  private func doubt(_ column: inout TableShape.Column) {
    column.nearness = min(column.nearness ?? 100, 90)
    column.match = .near
  }

  private mutating func addUnit(to column: inout TableShape.Column, of field: Field) {
    let path = path(column)
    guard let own = field.type.unit else {
      if let unit = path.ownUnit { reportUnfit(unit, &column, "—") }
      return
    }
    if let unknown = unknownUnit(path, own) {
      let arguments = ["label": path.shown, "unit": unknown.symbol, "expected": own.symbol]
      report("tabulation.unit.unknown", column: column.number, arguments)
      return leaveOut(&column)
    }
    let unit = path.unit(of: own.dimension)
    if let other = path.ownUnit, unit == nil { return reportUnfit(other, &column, own.symbol) }
    if let unit = unit ?? title.unit(of: own.dimension) {
      column.unit = unit.symbol
    } else {
      column.unit = own.symbol
      guard own.hasOthers else { return }
      let arguments = ["label": path.shown, "unit": own.symbol]
      report("tabulation.unit.assumed", .warning, column: column.number, arguments)
    }
  }

  private func unknownUnit(_ path: HeaderPath, _ own: Unit) -> UnknownUnit? {
    if path.unit(of: own.dimension) != nil { return nil }
    if let unknown = path.unknownUnit, unknown.dimension == own.dimension { return unknown }
    return title.unit(of: own.dimension) == nil ? title.unknownUnit(of: own.dimension) : nil
  }

  private mutating func reportUnfit(_ unit: Unit, _ column: inout TableShape.Column, _ expected: String) {
    let arguments = ["column": path(column).shown, "unit": unit.symbol, "expected": expected]
    report("policy.facts.unit", column: column.number, arguments)
    leaveOut(&column)
  }

  /// Numbers of which nobody knows how much they are must not be read, whatever else is confirmed.
  private func leaveOut(_ column: inout TableShape.Column) {
    column = TableShape.Column(number: column.number, label: column.label, ignored: .unknown)
  }
}

extension Unit {
  /// Whether numbers of the dimension are also given in units that are larger or smaller.
  var hasOthers: Bool {
    Unit.symbols.contains { symbol in
      guard let other = Unit.named(symbol) else { return false }
      return other.dimension == dimension && other.factor != factor
    }
  }
}
