public import Diagnostics
public import Policy

extension TableShape {
  /// Reads a column as what a heading says, written as canonical headers are: `营业收入@2023（万元）`. A year and a unit that it
  /// leaves out are those of the column's own heading, or of the table's title; a year of the title waits for a confirmation.
  /// - Parameter place: of the heading, for messages.
  /// - Throws: `tabulation.column.none`, `policy.facts.column`, `policy.facts.year`, `policy.facts.unit`,
  ///   `tabulation.year.missing`, `tabulation.unit.unknown`; nothing is changed then.
  public mutating func assign(
    heading text: String, toColumn number: Int, of type: RecordType, at place: SourcePlace
  ) throws(Diagnostic) {
    let column = try column(number, at: place)
    let heading = HeaderLabel(text)
    guard let field = type.fields.first(where: { heading.isExactly($0) }) else {
      let near = nearWord(to: heading.exactName, among: type.fields.map(\.name)) ?? "—"
      throw Diagnostic(
        "policy.facts.column", at: place, ["column": heading.exactName, "record": type.name, "near": near])
    }
    let path = HeaderPath(column.label.split(separator: "\n").map { HeaderLabel(String($0)) })
    let (year, isAssumed) = try year(of: field, heading, path, at: place)
    let unit = try unit(of: field, heading, path, at: place)
    assign(field.id, year: year, unit: unit, toColumn: number)
    if isAssumed { assumeYear(ofColumn: number) }
  }

  /// - Throws: `tabulation.column.none`.
  public func column(_ number: Int, at place: SourcePlace) throws(Diagnostic) -> Column {
    if let column = columns.first(where: { $0.number == number }) { return column }
    let known = columns.map { "\($0.number)" }.joined(separator: "、")
    throw Diagnostic("tabulation.column.none", at: place, ["column": String(number), "columns": known])
  }

  private func year(
    of field: Field, _ heading: HeaderLabel, _ path: HeaderPath, at place: SourcePlace
  ) throws(Diagnostic) -> (Int?, isAssumed: Bool) {
    guard field.years != nil else {
      if heading.exactYear == nil { return (nil, false) }
      throw Diagnostic("policy.facts.year", at: place, ["column": field.name])
    }
    if let year = heading.exactYear { return (year, false) }
    if path.years.count == 1 { return (path.years.first, false) }
    if path.years.isEmpty, let years = title?.years, years.count == 1 {
      return (years[0] - (path.yearsAgo ?? 0), true)
    }
    throw Diagnostic("tabulation.year.missing", at: place, ["label": path.shown, "field": field.name])
  }

  private func unit(
    of field: Field, _ heading: HeaderLabel, _ path: HeaderPath, at place: SourcePlace
  ) throws(Diagnostic) -> String? {
    guard let own = field.type.unit else {
      guard let unit = heading.unit else { return nil }
      throw Diagnostic(
        "policy.facts.unit", at: place, ["column": field.name, "unit": unit.symbol, "expected": "—"])
    }
    if let unit = heading.unit {
      if unit.dimension == own.dimension { return unit.symbol }
      throw Diagnostic(
        "policy.facts.unit", at: place, ["column": field.name, "unit": unit.symbol, "expected": own.symbol])
    }
    if let unit = path.unit(of: own.dimension) { return unit.symbol }
    let others = (path.unknownUnit.map { [$0.symbol] } ?? []) + (title?.units ?? [])
    if let unknown = others.compactMap({ UnknownUnit($0) }).first(where: { $0.dimension == own.dimension }) {
      throw Diagnostic(
        "tabulation.unit.unknown", at: place,
        ["label": path.shown, "unit": unknown.symbol, "expected": own.symbol])
    }
    let known = (title?.units ?? []).compactMap { Unit.named($0) }.filter { $0.dimension == own.dimension }
    return known.count == 1 ? known[0].symbol : own.symbol
  }

  private mutating func assumeYear(ofColumn number: Int) {
    if let index = columns.firstIndex(where: { $0.number == number }) { columns[index].isYearAssumed = true }
  }
}
