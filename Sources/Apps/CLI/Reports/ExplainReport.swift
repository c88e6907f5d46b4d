import API
import Diagnostics
import FEEL
import Policy

/// A check-up for people: all schemes in a table, then each with its conditions and how its values came about.
struct ExplainReport {
  private let checkUp: CheckUp
  private let pack: Pack
  /// The decisions of the outcome being written whose trees have been shown.
  private var shown: Set<Shown> = []

  init(checkUp: CheckUp, pack: Pack) {
    self.checkUp = checkUp
    self.pack = pack
  }

  private struct Shown: Hashable {
    var name: String
    var subject: RecordReference?
    var value: String
  }

  mutating func write(to console: Console) {
    let subject = checkUp.enterprise
    console.print(
      console.text(
        "cli.explain.title", ["name": subject.display, "key": subject.key, "date": checkUp.asOf.description]))
    console.print(console.text("cli.explain.pack", ["title": pack.title, "id": pack.id, "version": pack.version]))
    console.print()
    var columns = TextColumns(.left, .left, .right, .left, .left)
    for scheme in checkUp.schemes {
      columns.add(
        verdict(scheme.verdict, console), scheme.scheme.name, money(scheme.amount, console),
        scheme.scheme.citation.clause ?? "",
        scheme.reasons.map { $0.text(in: console.language) }.joined(separator: "; "))
    }
    for line in columns.lines() { console.print(line) }
    console.print()
    console.print(console.text("cli.explain.total", ["amount": checkUp.total.moneyText]))
    for scheme in checkUp.schemes where !scheme.outcomes.isEmpty || !scheme.missing.isEmpty {
      write(scheme, to: console)
    }
  }

  private mutating func write(_ scheme: SchemeOutcome, to console: Console) {
    let citation = scheme.scheme.citation
    console.print()
    console.print(
      "── \(scheme.scheme.name) · \(citation.documentTitle) \(citation.clause ?? "") · \(scheme.scheme.place)")
    if scheme.outcomes.isEmpty { write(scheme.missing, indent: 2, to: console) }
    for outcome in scheme.outcomes { write(outcome, to: console) }
  }

  private mutating func write(_ outcome: Outcome, to console: Console) {
    shown = []
    let head = [
      verdict(outcome.verdict, console), "\(outcome.subject.type) \(outcome.subject.display)",
      money(outcome.amount, console), outcome.reason?.text(in: console.language) ?? "",
    ]
    console.print("  " + head.filter { !$0.isEmpty }.joined(separator: "  "))
    for adjustment in outcome.adjustments { console.print("    " + adjustment.text(in: console.language)) }
    if !outcome.conditions.isEmpty { console.print("    " + console.text("cli.explain.conditions")) }
    for condition in outcome.conditions { write(condition, to: console) }
    if !outcome.trace.isEmpty { console.print("    " + console.text("cli.explain.values")) }
    write(outcome.trace, indent: 6, to: console)
    if !outcome.suggested.isEmpty { console.print("    " + console.text("cli.explain.suggested")) }
    for use in outcome.suggested {
      console.print("      \(use.name) = \(use.value)  [--set \(use.id)=…]  \(use.note ?? "")")
    }
    write(outcome.missing, indent: 4, to: console)
    for warning in outcome.warnings { console.print("    ! " + warning.description(in: console.language)) }
  }

  private mutating func write(_ condition: ConditionResult, to console: Console) {
    let mark = console.text("cli.condition.\(condition.state.rawValue)")
    var line = "      \(mark) \(condition.name): \(condition.source)"
    if condition.state == .fails, let otherwise = condition.otherwise { line += "  → \(otherwise)" }
    console.print(line)
    write(condition.trace, indent: 8, to: console)
  }

  private mutating func write(_ nodes: [TraceNode], indent: Int, to console: Console) {
    let space = String(repeating: " ", count: indent)
    for node in nodes {
      let isNew = shown.insert(Shown(name: node.name, subject: node.subject, value: node.value)).inserted
      guard isNew || node.children.isEmpty && node.rules.isEmpty else {
        console.print(space + line(node, console) + " " + console.text("cli.trace.above"))
        continue
      }
      console.print(space + line(node, console))
      for rule in node.rules { console.print(space + "  " + line(rule, console)) }
      if indent < 80 { write(node.children, indent: indent + 2, to: console) }
    }
  }

  private func line(_ node: TraceNode, _ console: Console) -> String {
    var line = node.name
    if let subject = node.subject, subject != checkUp.enterprise { line += " [\(subject.display)]" }
    line += " = \(node.valueText)"
    if node.isOpen { line += " ?" }
    let kind = console.text("cli.trace.\(node.kind.rawValue)")
    let source = node.citation?.clause ?? ""
    return "\(line)  (\([kind, source, origin(node, console)].filter { !$0.isEmpty }.joined(separator: " "))"
      + ")"
  }

  /// A fact's origin is a place, a parameter's its state.
  private func origin(_ node: TraceNode, _ console: Console) -> String {
    guard let origin = node.origin else { return "" }
    let key = "cli.origin.\(origin)"
    return Catalogue.shared.has(key, in: console.language) ? console.text(key) : origin
  }

  private func line(_ rule: RuleTrace, _ console: Console) -> String {
    let annotations = rule.annotations.isEmpty ? "" : " (\(rule.annotations.joined(separator: "; ")))"
    guard let input = rule.failedInput else {
      return console.text("cli.rule.\(rule.state.rawValue)", ["label": rule.label]) + annotations
    }
    return console.text(
      "cli.rule.\(rule.state.rawValue)-by",
      ["label": rule.label, "input": input, "test": rule.failedTest ?? "", "value": rule.failedValue ?? "—"])
  }

  private func write(_ missing: [MissingItem], indent: Int, to console: Console) {
    guard !missing.isEmpty else { return }
    let space = String(repeating: " ", count: indent)
    console.print(space + console.text("cli.explain.missing"))
    for item in missing {
      let authority = item.authority.map { console.text("cli.authority.\($0.rawValue)") } ?? ""
      let record = item.record.map { "\($0.type) \($0.display)" } ?? ""
      let words = [console.text("cli.missing.\(item.kind.rawValue)"), record, item.name, item.unit ?? "", authority]
      let note = item.reason ?? item.meaning
      console.print(space + "  " + words.filter { !$0.isEmpty }.joined(separator: " ") + (note.map { ": \($0)" } ?? ""))
    }
  }

  private func verdict(_ verdict: Verdict, _ console: Console) -> String {
    "\(verdict.mark(in: console.language)) \(verdict.text(in: console.language))"
  }

  private func money(_ amount: Decimal128?, _ console: Console) -> String {
    amount.map { console.text("cli.money", ["amount": $0.moneyText]) } ?? ""
  }
}
