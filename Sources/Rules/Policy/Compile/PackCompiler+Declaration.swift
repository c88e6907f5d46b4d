import Diagnostics
import FEEL

extension PackCompiler {
  mutating func declaration(_ raw: RawConstruct, _ around: Surroundings) -> Declaration {
    let fields = DeclarationKinds.shared.fields(of: raw.keyword)
    allow(fields.map(\.id), in: raw)
    var expressions: [Expression] = []
    for field in fields {
      guard let entry = raw.fields[field.id] else { continue }
      for value in entry.values { check(value, as: field.kind, of: entry, into: &expressions) }
    }
    if raw.keyword == "case", let table = raw.tables.first { checkSteps(table) }
    let described = fields.map(\.id).filter { !["refs", "note", "lead", "responsible", "about"].contains($0) }
    return Declaration(
      kind: raw.keyword, name: raw.name.text, citation: around.citation, about: about(raw),
      details: details(raw, described), expressions: expressions, table: raw.tables.first,
      refs: raw.fields.names("refs"), lead: raw.fields.names("lead"), responsible: raw.fields.names("responsible"),
      note: raw.fields.value("note")?.raw, place: raw.place)
  }

  private mutating func check(
    _ value: FieldValue, as kind: DeclarationKinds.FieldKind, of entry: Fields.Entry,
    into expressions: inout [Expression]
  ) {
    switch kind {
    case .expression:
      if let expression = expression(value.raw, at: value.place) { expressions.append(expression) }
    case .quantity:
      if !keywords.isWord(value.text, "not-given") { _ = bounds(value.text, at: value.place) }
    case .date:
      if CalendarDate(value.text) == nil, !keywords.isWord(value.text, "not-given") {
        report("policy.facts.date", value.place, ["value": value.text])
      }
    case .interval:
      if Period(value.text) == nil { report("policy.period.form", value.place, ["text": value.text]) }
    case .refs, .text, .bodies, .record, .names: break
    }
  }

  /// Every next step must be a step of the table, or the end.
  private mutating func checkSteps(_ table: RawTable) {
    let ids = table.header.map { keywords.id(of: $0.text, as: .column) }
    guard let step = ids.firstIndex(of: "step"), let next = ids.firstIndex(of: "next") else {
      report("policy.case.table", table.place)
      return
    }
    let steps = table.rows.map { $0[step].text }
    for row in table.rows {
      for name in row[next].text.split(separator: "、").map({ $0.trimmed }) {
        guard !steps.contains(name), !keywords.isWord(name, "finish") else { continue }
        let near = nearWord(to: name, among: steps) ?? steps.joined(separator: "、")
        report("policy.case.step", row[next].place, ["step": name, "near": near])
      }
    }
  }
}
