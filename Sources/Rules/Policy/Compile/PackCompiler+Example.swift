import Diagnostics
import FEEL

extension PackCompiler {
  mutating func example(_ raw: RawConstruct, _ around: Surroundings) -> Example {
    allow(["as-of", "parameters", "none", "based-on", "refs", "note"], in: raw)
    var example = Example(
      name: raw.name.text, citation: around.citation, asOf: asOf(raw), basedOn: raw.fields.text("based-on"),
      overrides: overrides(raw), none: raw.fields.names("none"), tables: [], expectations: [],
      refs: raw.fields.names("refs"), note: raw.fields.value("note")?.raw, place: raw.place)
    for table in raw.tables {
      if let corner = table.header.first, keywords.id(of: corner.text, as: .column) == "expect" {
        example.expectations += expectations(table)
      } else {
        example.tables.append(table)
      }
    }
    if example.expectations.isEmpty { report("policy.example.expects", raw.place, ["name": raw.name.text]) }
    if example.asOf == nil, example.basedOn == nil { report("policy.example.date", raw.place, ["name": raw.name.text]) }
    return example
  }

  private mutating func asOf(_ raw: RawConstruct) -> CalendarDate? {
    guard let value = raw.fields.value("as-of") else { return nil }
    if let date = CalendarDate(value.text) { return date }
    report("policy.facts.date", value.place, ["value": value.text])
    return nil
  }

  private mutating func overrides(_ raw: RawConstruct) -> [Example.Override] {
    (raw.fields["parameters"]?.values ?? []).flatMap { value in
      value.text.split(whereSeparator: { $0 == "；" || $0 == ";" }).compactMap { part in
        override(String(part), at: value.place)
      }
    }
  }

  private mutating func override(_ text: String, at place: SourcePlace) -> Example.Override? {
    guard let equal = text.firstIndex(of: "=") else {
      report("policy.example.override", place, ["text": text])
      return nil
    }
    return Example.Override(
      parameter: text[..<equal].trimmed, value: text[text.index(after: equal)...].trimmed, place: place)
  }

  private mutating func expectations(_ table: RawTable) -> [Example.Expectation] {
    var columns: [(index: Int, id: String, unit: Unit?)] = []
    for (index, cell) in table.header.enumerated() {
      let header = HeaderCell(cell.text)
      guard let id = keywords.id(of: header.name, as: .column) else {
        let near = nearWord(to: header.name, among: keywords.words(as: .column)) ?? "—"
        report("policy.column.unknown", cell.place, ["column": cell.text, "near": near])
        continue
      }
      columns.append((index, id, header.unit.flatMap(Unit.named)))
    }
    return table.rows.map { row in
      var expectation = Example.Expectation(
        subject: keywords.isWord(row[0].text, "total") ? nil : row[0].text, targetIsDecision: false, missing: [],
        place: row[0].place)
      for column in columns where !row[column.index].text.isEmpty {
        read(row[column.index], column.id, unit: column.unit, into: &expectation)
      }
      return expectation
    }
  }

  private mutating func read(
    _ cell: RawTable.Cell, _ id: String, unit: Unit?, into expectation: inout Example.Expectation
  ) {
    switch id {
    case "benefit", "title": expectation.target = cell.text
    case "decision":
      expectation.target = cell.text
      expectation.targetIsDecision = true
    case "verdict":
      guard let verdict = keywords.id(of: cell.text, as: .verdict).flatMap(Verdict.init) else {
        report("policy.example.verdict", cell.place, ["word": cell.text])
        return
      }
      expectation.verdict = verdict
    case "amount":
      guard let quantity = Quantity(cell.text), let amount = quantity.number * (unit?.factor ?? .one) else {
        report("policy.facts.number", cell.place, ["value": cell.text])
        return
      }
      expectation.amount = amount
    case "reason": expectation.reason = cell.text
    case "value": expectation.value = expression(cell.text, at: cell.place)
    case "missing": expectation.missing = cell.text.split(separator: "、").map { $0.trimmed }
    default: break
    }
  }
}
