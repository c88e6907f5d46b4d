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
    if raw.keyword == "case", let table = raw.tables.first { checkSteps(table, of: raw.name.text) }
    let described = fields.map(\.id).filter { !["refs", "note", "lead", "responsible", "about"].contains($0) }
    let naming = DeclarationKinds.shared.naming.keys.sorted() + DeclarationKinds.shared.attributes.sorted()
    return Declaration(
      kind: raw.keyword, name: raw.name.text, citation: around.citation, about: about(raw),
      details: details(raw, described), expressions: expressions, table: raw.tables.first,
      refs: raw.fields.names("refs"), lead: raw.fields.names("lead"), responsible: raw.fields.names("responsible"),
      mentions: (["lead", "responsible"] + naming).flatMap { raw.fields.mentions($0) },
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
    case .natures: checkWords(value, of: .nature)
    case .pointing: checkWords(value, of: .pointing)
    case .refs, .text, .bodies, .record, .names, .attributes: break
    }
  }

  /// Each word of a closed list.
  private mutating func checkWords(_ value: FieldValue, of place: Keywords.Place) {
    for word in value.names where keywords.id(of: word.text, as: place) == nil {
      guard !keywords.isWord(word.text, "not-given") else { continue }
      let words = keywords.ids(as: place).map { keywords.word($0, as: place) }.sorted().joined(separator: "、")
      report("policy.word.unknown", word.place, ["word": word.text, "words": words])
    }
  }

  /// Every next step must be a step of the table or the end; every step must be reached, and lead to the end.
  private mutating func checkSteps(_ table: RawTable, of name: String) {
    let ids = table.header.map { keywords.id(of: $0.text, as: .column) }
    guard let step = ids.firstIndex(of: "step"), let next = ids.firstIndex(of: "next") else {
      report("policy.case.table", table.place)
      return
    }
    let rows = table.rows.map { CaseSteps.Row(step: $0[step], next: $0[next]) }
    let steps = CaseSteps(rows)
    for unknown in steps.unknown {
      let near = nearWord(to: unknown.text, among: steps.names) ?? steps.names.joined(separator: "、")
      report("policy.case.step", unknown.place, ["step": unknown.text, "near": near])
    }
    guard steps.unknown.isEmpty else { return }
    for row in steps.unreachable {
      report("policy.case.unreachable", row.step.place, ["case": name, "step": row.step.text], severity: .warning)
    }
    for row in steps.stuck {
      report("policy.case.stuck", row.next.place, ["case": name, "step": row.step.text])
    }
  }
}
