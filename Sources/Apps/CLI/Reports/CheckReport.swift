import API
import DMN
import Diagnostics
import FEEL
import JSON
import Policy

/// What checking a pack found.
struct CheckReport {
  let rulebook: Rulebook
  let diagnostics: [Diagnostic]
  let examples: ExamplesReport
  /// nil when it was not asked for.
  let plan: PlanReport?

  init(rulebook: Rulebook, diagnostics: [Diagnostic], examples: ExamplesReport, plan: PlanReport? = nil) {
    self.plan = plan
    self.rulebook = rulebook
    self.diagnostics = (diagnostics + examples.failures).sorted()
    self.examples = examples
  }

  var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
  var warnings: [Diagnostic] { diagnostics.filter { $0.severity == .warning } }

  var status: CommandStatus { errors.isEmpty ? .fine : CommandStatus(errors) }

  /// The table rules of the main pack that fired in no example.
  var rulesNeverHit: [SourcePlace] {
    let own = rulebook.allDecisions.filter { $0.citation.pack == rulebook.main.id }
    let places = own.flatMap { decision -> [SourcePlace] in
      guard case .table(let table) = decision.body else { return [] }
      return table.rules.map(\.place)
    }
    return places.filter { !examples.rulesHit.contains($0) }.sorted()
  }

  func write(to console: Console) {
    for diagnostic in diagnostics { console.print(diagnostic.description(in: console.language)) }
    if !diagnostics.isEmpty { console.print() }
    let pack = rulebook.main
    console.print(console.text("cli.check.pack", ["title": pack.title, "id": pack.id, "version": pack.version]))
    for document in pack.documents { write(document, to: console) }
    console.print(
      console.text("cli.check.examples", ["passed": String(examples.passed), "count": String(examples.count)]))
    let unhit = rulesNeverHit
    if !unhit.isEmpty {
      console.print(console.text("cli.check.never-hit", ["count": String(unhit.count)]))
      for place in unhit { console.print("  \(place)") }
    }
    plan?.write(to: console)
    let counts = ["errors": String(errors.count), "warnings": String(warnings.count)]
    console.print(console.text(errors.isEmpty ? "cli.check.passed" : "cli.check.failed", counts))
  }

  private func write(_ document: PolicyDocument, to console: Console) {
    let coverage = rulebook.coverage(of: document)
    console.print(
      console.text(
        "cli.check.document",
        ["title": document.title, "accounted": String(coverage.accounted), "total": String(coverage.total)]))
    var columns = TextColumns(.left, .right)
    for state in Coverage.State.allCases {
      columns.add(console.text("cli.coverage.\(state.rawValue)"), String(coverage.counts[state] ?? 0))
    }
    for line in columns.lines(indent: 2) { console.print(line) }
  }

  func json(in language: Language) -> JSONValue {
    let answer: JSONValue = [
      "pack": .string(rulebook.main.id), "version": .string(rulebook.main.version),
      "diagnostics": .array(diagnostics.map { $0.json(in: language) }), "errors": .integer(errors.count),
      "warnings": .integer(warnings.count), "coverage": coverage(rulebook.coverage),
      "documents": .array(
        rulebook.main.documents.map { document in
          [
            "id": .string(document.id), "title": .string(document.title),
            "coverage": coverage(rulebook.coverage(of: document)),
          ]
        }),
      "examples": ["count": .integer(examples.count), "passed": .integer(examples.passed)],
      "rulesNeverHit": .strings(rulesNeverHit.map(\.description)),
    ]
    guard let plan, case .object(let members) = answer else { return answer }
    return .object(members + [JSONValue.Member("plan", plan.json(in: language))])
  }

  private func coverage(_ coverage: Coverage) -> JSONValue {
    let classes = Coverage.State.allCases.map { state in
      JSONValue.Member(
        state == .notComputable ? "notComputable" : state.rawValue, .integer(coverage.counts[state] ?? 0))
    }
    return .object(
      [.init("clauses", .integer(coverage.total)), .init("accounted", .integer(coverage.accounted))] + classes)
  }
}
