import DMN
import FEEL

/// A pipe table to be written.
struct MarkdownTable {
  var header: [String]
  var rows: [[String]]

  init(header: [String], rows: [[String]]) {
    self.header = header
    self.rows = rows
  }

  /// A decision table in the shape of docs/pack-format.md §5.
  init(_ table: DecisionTable, named name: String) {
    let words = Keywords.shared
    let outputs = table.outputs.map { $0.name ?? $0.label ?? name }
    header = [table.hitPolicy.rawValue + (table.aggregation?.rawValue ?? "")]
    header += table.inputs.map { $0.expression.source } + outputs + table.annotations
    func allowed(_ tests: UnaryTests?) -> String {
      tests.map { " \(words.word("values", as: .word)) \($0.source)" } ?? ""
    }
    var marker = [""]
    marker += table.inputs.map { "i" + allowed($0.allowed) }
    marker += table.outputs.map { output in
      "o" + allowed(output.allowed)
        + (output.defaultValue.map { " \(words.word("default", as: .word)) \($0.source)" } ?? "")
    }
    marker += table.annotations.map { _ in "a" }
    rows = [marker]
    for (number, rule) in table.rules.enumerated() {
      let notes = table.annotations.indices.map { rule.annotations.indices.contains($0) ? rule.annotations[$0] : "" }
      let label = rule.label.map { $0.isEmpty ? String(number + 1) : $0 } ?? String(number + 1)
      rows.append([label] + rule.inputs.map(\.source) + rule.outputs.map(\.source) + notes)
    }
  }

  var text: String {
    let rule = header.map { _ in "---" }
    return ([header, rule] + rows).map { "| \($0.map(\.cell).joined(separator: " | ")) |\n" }.joined()
  }
}

extension String {
  fileprivate var cell: String { oneLine.replacing("|", with: "\\|") }
}
