import DMN
public import Diagnostics
public import FEEL

/// What running the 例 of a pack came to.
public struct ExamplesReport: Sendable {
  public var count = 0
  public var passed = 0
  public var failures: [Diagnostic] = []
  /// The places of the table rules that fired in some example.
  public var rulesHit: Set<SourcePlace> = []
  /// Warnings for rules that fired in none.
  public var unhit: [Diagnostic] = []
}

extension Rulebook {
  /// Runs the examples of the main pack. Those of the packs it uses are run when these are checked.
  public func checkExamples() -> ExamplesReport {
    var report = ExamplesReport()
    for example in examples where example.citation.pack == main.id {
      var runner = ExampleRunner(rulebook: self, example: example)
      let failures = runner.run()
      report.count += 1
      if failures.isEmpty { report.passed += 1 }
      report.failures += failures
      report.rulesHit.formUnion(runner.rulesHit)
    }
    report.failures.sort()
    report.unhit = unhitRules(report.rulesHit)
    return report
  }

  /// Rules of the packs' tables that no example reaches: nobody has shown that they are right.
  private func unhitRules(_ hit: Set<SourcePlace>) -> [Diagnostic] {
    allDecisions.filter { $0.citation.pack == main.id }.flatMap { decision -> [Diagnostic] in
      guard case .table(let table) = decision.body else { return [] }
      return table.rules.filter { !hit.contains($0.place) }.map { rule in
        Diagnostic(
          "policy.rule.unhit", .warning, at: rule.place, ["rule": rule.label ?? "", "decision": decision.name])
      }
    }
  }

  /// The facts of an example, with those of the examples it is based on.
  public func facts(of example: Example) -> (facts: Facts, diagnostics: [Diagnostic]) {
    let chain = chain(of: example)
    var reader = FactReader(dictionary: dictionary, allowsShortCodes: true)
    for step in chain {
      for table in step.tables { reader.add(table, of: table.header.first?.text ?? "") }
      for name in step.none { reader.setNone(name, at: step.place) }
    }
    reader.close()
    return (reader.facts, reader.diagnostics)
  }

  /// The date of an example: its own, or that of the nearest example it is based on.
  public func asOf(of example: Example) -> CalendarDate? { chain(of: example).compactMap(\.asOf).last }

  /// The parameters an example sets, those of the examples it is based on first.
  public func overrides(of example: Example) -> [Example.Override] { chain(of: example).flatMap(\.overrides) }

  /// The example and those it is based on, the first first. A chain that circles ends.
  func chain(of example: Example) -> [Example] {
    var chain = [example]
    while let name = chain[0].basedOn, let base = examples.first(where: { $0.name == name }), chain.count < 20,
      !chain.contains(where: { $0.place == base.place })
    {
      chain.insert(base, at: 0)
    }
    return chain
  }
}

/// Runs one example and compares what comes out with what it expects.
struct ExampleRunner {
  let rulebook: Rulebook
  let example: Example
  private(set) var rulesHit: Set<SourcePlace> = []
  private var failures: [Diagnostic] = []
  private var facts = Facts()
  private var asOf: CalendarDate?
  private var overrides: [String: Value] = [:]
  private var checkUps: [String: CheckUp] = [:]

  init(rulebook: Rulebook, example: Example) {
    self.rulebook = rulebook
    self.example = example
  }

  mutating func run() -> [Diagnostic] {
    if let name = example.basedOn, !rulebook.examples.contains(where: { $0.name == name }) {
      let near = nearWord(to: name, among: rulebook.examples.map(\.name)) ?? "—"
      report("policy.example.base", example.place, ["name": name, "near": near])
    }
    let (facts, problems) = rulebook.facts(of: example)
    failures += problems
    self.facts = facts
    asOf = rulebook.asOf(of: example)
    readOverrides()
    guard failures.isEmpty, let asOf else { return failures }
    // One session for all that is expected, so that nothing is computed twice.
    let session = Session(rulebook, facts: facts, asOf: asOf, overrides: overrides, detail: .rules)
    for expectation in example.expectations { check(expectation, session) }
    return failures
  }

  private mutating func readOverrides() {
    for override in rulebook.overrides(of: example) {
      do {
        overrides.merge(try rulebook.overrides([override.parameter: override.value])) { $1 }
      } catch {
        var moved = error
        moved.place = override.place
        failures.append(moved)
      }
    }
  }

  private mutating func check(_ expectation: Example.Expectation, _ session: Session) {
    if expectation.targetIsDecision {
      checkDecision(expectation, session)
    } else if let subject = expectation.subject {
      checkOutcome(expectation, subject, session)
    } else {
      checkTotal(expectation, session)
    }
  }

  // MARK: decisions

  private mutating func checkDecision(_ expectation: Example.Expectation, _ session: Session) {
    let name = expectation.target ?? ""
    let seen = rulebook.withValue(of: name, subject: expectation.subject ?? "", in: session) { result in
      let isEqual = expectation.value.map { $0.evaluate(in: Bindings()).value.isEqual(to: result.value) == true }
      let nodes = result.node.map { [$0] } ?? []
      return (isEqual: isEqual, text: result.value.feelDescription, missing: result.missing, nodes: nodes)
    }
    guard let seen else {
      report("policy.example.subject", expectation.place, ["subject": expectation.subject ?? "", "target": name])
      return
    }
    note(seen.nodes)
    if seen.isEqual == false { fail(expectation, "value", expectation.value?.source ?? "", seen.text, seen.nodes) }
    if let verdict = expectation.verdict, (verdict == .undetermined) == seen.missing.isEmpty {
      fail(expectation, "verdict", word(verdict), seen.text, seen.nodes)
    }
    checkMissing(expectation, seen.missing)
  }

  // MARK: schemes

  private mutating func checkOutcome(_ expectation: Example.Expectation, _ subject: String, _ session: Session) {
    guard let scheme = scheme(of: expectation) else { return }
    let owner = rulebook.owner(of: subject, scheme: scheme, facts: facts)
    if owner == nil,
      let outcome = rulebook.outcome(of: scheme, for: subject, in: session)
    {
      compare(expectation, Seen(outcome))
      return
    }
    guard let owner, let checkUp = checkUp(of: owner, session),
      let found = checkUp.schemes.first(where: { $0.scheme.name == scheme.name })
    else {
      report("policy.example.subject", expectation.place, ["subject": subject, "target": scheme.name])
      return
    }
    if scheme.about == rulebook.subjectType?.name || subject != owner {
      if let outcome = found.outcomes.first(where: { $0.subject.key == subject }) {
        compare(expectation, Seen(outcome))
        return
      }
    }
    compare(expectation, Seen(found))
  }

  /// One outcome, or a scheme's outcomes together, for comparison.
  private struct Seen {
    var verdict: Verdict
    var amount: Decimal128?
    var reasons: [String]
    var missing: [MissingItem]
    var nodes: [TraceNode]

    init(_ outcome: Outcome) {
      verdict = outcome.verdict
      amount = outcome.amount
      reasons = outcome.reason.map { [$0.text(in: .chinese)] } ?? []
      missing = outcome.missing
      nodes = outcome.conditions.flatMap(\.trace) + outcome.trace
    }

    init(_ outcome: SchemeOutcome) {
      verdict = outcome.verdict
      amount = outcome.amount
      reasons = outcome.reasons.map { $0.text(in: .chinese) }
      missing = outcome.missing
      nodes = outcome.outcomes.flatMap { $0.conditions.flatMap(\.trace) + $0.trace }
    }
  }

  private mutating func compare(_ expectation: Example.Expectation, _ seen: Seen) {
    note(seen.nodes)
    if let verdict = expectation.verdict, verdict != seen.verdict {
      let got = ([word(seen.verdict)] + seen.reasons + seen.missing.map(\.name)).joined(separator: "；")
      fail(expectation, "verdict", word(verdict), got, seen.nodes)
    }
    if let amount = expectation.amount, seen.amount ?? .zero != amount {
      fail(expectation, "amount", amount.description, seen.amount?.description ?? "—", seen.nodes)
    }
    if let reason = expectation.reason, !seen.reasons.contains(reason) {
      fail(expectation, "reason", reason, seen.reasons.joined(separator: "；"), seen.nodes)
    }
    checkMissing(expectation, seen.missing)
  }

  private mutating func checkMissing(_ expectation: Example.Expectation, _ missing: [MissingItem]) {
    let names = missing.map(\.name)
    for name in expectation.missing where !names.contains(name) {
      fail(expectation, "missing", name, names.joined(separator: "、"), [])
    }
  }

  private mutating func checkTotal(_ expectation: Example.Expectation, _ session: Session) {
    var sum = Decimal128.zero
    let wanted = expectation.target == nil ? nil : scheme(of: expectation)
    if expectation.target != nil, wanted == nil { return }
    for row in facts[rulebook.subjectType?.name ?? ""]?.rows ?? FactRows() {
      guard let checkUp = checkUp(of: row.key, session) else { continue }
      for outcome in checkUp.schemes where wanted == nil || outcome.scheme.name == wanted?.name {
        sum = (sum + (outcome.amount ?? .zero)) ?? sum
        note(outcome.outcomes.flatMap { $0.conditions.flatMap(\.trace) + $0.trace })
      }
    }
    if let amount = expectation.amount, amount != sum {
      fail(expectation, "amount", amount.description, sum.description, [])
    }
  }

  private mutating func scheme(of expectation: Example.Expectation) -> Scheme? {
    let name = expectation.target ?? ""
    if let scheme = rulebook.schemes.first(where: { $0.name == name }) { return scheme }
    let near = nearWord(to: name, among: rulebook.schemes.map(\.name)) ?? "—"
    report("policy.example.target", expectation.place, ["name": name, "near": near])
    return nil
  }

  /// The schemes that the example speaks of, for one subject.
  private mutating func checkUp(of key: String, _ session: Session) -> CheckUp? {
    if let known = checkUps[key] { return known }
    do {
      try rulebook.requireInForce(session.asOf)
      let checkUp = try rulebook.checkUp(of: key, in: session, only: schemesAsked)
      checkUps[key] = checkUp
      return checkUp
    } catch {
      if !failures.contains(error) { failures.append(error) }
      return nil
    }
  }

  /// The schemes whose outcomes the example expects; nil when it expects a total of all.
  private var schemesAsked: Set<String>? {
    let asked = example.expectations.filter { !$0.targetIsDecision }
    return asked.contains { $0.target == nil } ? nil : Set(asked.compactMap(\.target))
  }

  // MARK: telling

  private mutating func note(_ nodes: [TraceNode]) {
    for node in nodes {
      for rule in node.rules where rule.state == .fired { rulesHit.insert(rule.place) }
      note(node.children)
    }
  }

  private func word(_ verdict: Verdict) -> String { Catalogue.shared.text("verdict.\(verdict.rawValue)", in: .chinese) }

  private mutating func fail(
    _ expectation: Example.Expectation, _ what: String, _ expected: String, _ got: String, _ nodes: [TraceNode]
  ) {
    let rules = firedRules(nodes)
    report(
      "policy.example.failed", expectation.place,
      [
        "example": example.name, "subject": expectation.subject ?? Keywords.shared.word("total", as: .word),
        "what": Keywords.shared.word(what, as: .column), "expected": expected, "got": got,
        "rules": rules.isEmpty ? "—" : rules.joined(separator: "；"),
      ])
  }

  /// `贴息比例 1 (file:line)` for each table rule that fired on the way, `贴息比例 — (file:line)` for a table where none did.
  private func firedRules(_ nodes: [TraceNode]) -> [String] {
    nodes.flatMap { node -> [String] in
      let fired = node.rules.filter { $0.state == .fired }.map { "\(node.name) \($0.label) (\($0.place))" }
      let none = fired.isEmpty && !node.rules.isEmpty ? ["\(node.name) — (\(node.place.map(\.description) ?? ""))"] : []
      return fired + none + firedRules(node.children)
    }.uniqued()
  }

  private mutating func report(_ code: String, _ place: SourcePlace, _ arguments: [String: String]) {
    failures.append(Diagnostic(code, at: place, arguments))
  }
}

extension Rulebook {
  /// The subject-type record a scheme's record belongs to; the key itself when it is a subject's.
  func owner(of key: String, scheme: Scheme, facts: Facts) -> String? {
    guard let subject = subjectType else { return nil }
    if let type = dictionary[scheme.about], type.name != subject.name, let owner = type.owner,
      let row = facts.record(type.name, key: key), case .reference(let parent)? = row[owner]
    {
      return parent
    }
    return facts.record(subject.name, key: key) == nil ? nil : key
  }
}
