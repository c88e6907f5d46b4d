import Diagnostics
import FEEL
import Policy

extension ConstructView {
  /// An example stays folded: its date and count on one line, its records and expectations inside.
  func view(_ example: Example) -> View {
    let count = String(example.expectations.count)
    let summary =
      if let date = example.asOf {
        words("example.summary", ["date": date.description, "count": count])
      } else {
        words("example.summary-inherited", ["base": example.basedOn ?? "", "count": count])
      }
    var facts: [View] = []
    if !example.overrides.isEmpty {
      let values = words.packList(example.overrides.map { "\($0.parameter) = \($0.value)" })
      facts.append(["term": words("field.parameters"), "value": values])
    }
    if !example.none.isEmpty {
      facts.append(["term": words("example.none"), "value": words.packList(example.none)])
    }
    if let note = example.note { facts.append(["term": words("field.note"), "value": note]) }
    let tables = example.tables.map { PlainTable.view($0, label: "\(example.name) \($0.header.first?.text ?? "")") }
    return [
      "class": "example", "kind": words("construct.example"),
      "example": ["summary": summary, "facts": facts, "exampleTables": tables + [expectations(of: example)]] as View,
    ]
  }

  private func expectations(of example: Example) -> View {
    let keys = ["expect", "target", "verdict", "amount", "reason", "value", "missing"]
    let rows = example.expectations.map { expected -> [String] in
      [
        expected.subject ?? words("example.total"), expected.target ?? "",
        expected.verdict.map { Catalogue.shared.text("verdict.\($0.rawValue)", in: words.language) } ?? "",
        expected.amount.map(FigureText.amount) ?? "", expected.reason ?? "", expected.value?.source ?? "",
        words.packList(expected.missing),
      ]
    }
    let used = keys.indices.filter { column in column == 0 || rows.contains { !$0[column].isEmpty } }
    return PlainTable.view(
      header: used.map { words("example.\(keys[$0])") }, rows: rows.map { row in used.map { row[$0] } },
      label: "\(example.name) \(words("example.expect"))")
  }
}
