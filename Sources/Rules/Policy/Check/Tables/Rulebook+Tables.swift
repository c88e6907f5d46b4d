import DMN
import Diagnostics
import FEEL

extension Rulebook {
  /// What is wrong with the form of each decision table, and its gaps, overlaps, dead and masked rules.
  func checkTables() -> [Diagnostic] {
    allDecisions.flatMap { decision -> [Diagnostic] in
      guard case .table(let table) = decision.body else { return [] }
      let days = moments(of: decision.inForce, reading: names(in: table.nameUses))
      let found = days.flatMap { TableCheck(decision: decision, table: table, on: $0, in: self).diagnostics }
      return table.problems + found.uniqued()
    }
  }
}

/// The check of one table with the figures of one day.
private struct TableCheck {
  let decision: PolicyDecision
  let table: DecisionTable
  let context: CheckContext
  let kinds: [InputKind]

  init(decision: PolicyDecision, table: DecisionTable, on day: CalendarDate, in rulebook: Rulebook) {
    self.decision = decision
    self.table = table
    let context = CheckContext(rulebook, about: decision.about, formals: decision.formals ?? [], on: day)
    self.context = context
    kinds = table.inputs.map { context.kind(of: $0.expression) }
  }

  var diagnostics: [Diagnostic] {
    do {
      let shape = try TableShape(table, domains: kinds.map(\.domain), reader: context.reader)
      let findings = try TableFindings(
        of: shape, wantsGaps: isAsked(.unique, .any, .first, .priority) && !hasDefault, conflict: conflict,
        order: order)
      return unread(shape) + gaps(findings, shape) + overlaps(findings, shape) + lost(findings)
    } catch {
      return [report("policy.table.too-large", .warning, at: table.place)]
    }
  }

  private func isAsked(_ policies: HitPolicy...) -> Bool { policies.contains(table.hitPolicy) }

  private var hasDefault: Bool { table.outputs.contains { $0.defaultValue != nil } }

  // MARK: which rules may match together, and which wins

  private var conflict: ((Int, Int) -> Bool)? {
    switch table.hitPolicy {
    case .unique: { _, _ in true }
    case .any: { first, second in areSame(first, second) != true }
    default: nil
    }
  }

  /// Whether two rules come to the same; nil when that shows at evaluation only.
  private func areSame(_ first: Int, _ second: Int) -> Bool? {
    var same: Bool? = true
    for (a, b) in zip(table.rules[first].outputs, table.rules[second].outputs) where a.source != b.source {
      guard let x = context.constant(a.root, of: a), let y = context.constant(b.root, of: b) else {
        same = nil
        continue
      }
      if x.isEqual(to: y) != true { return false }
    }
    return same
  }

  private var order: [Int]? {
    switch table.hitPolicy {
    case .first: Array(table.rules.indices)
    case .priority:
      table.rules.indices.compactMap { rule in ranks(of: table.rules[rule]).map { (rule, $0) } }
        .sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
    default: nil
    }
  }

  /// For a table with one output, the place of the rule's result among the allowed ones.
  private func ranks(of rule: DecisionTable.Rule) -> Int? {
    guard table.outputs.count == 1, let allowed = table.outputs[0].allowed, let cell = rule.outputs.first,
      let value = context.constant(cell.root, of: cell)
    else { return nil }
    return allowed.tests.firstIndex { allowed.value(of: $0, in: context.scope).value.isEqual(to: value) == true }
  }

  // MARK: telling

  private func unread(_ shape: TableShape) -> [Diagnostic] {
    shape.unread.map { cell in
      let arguments = ["decision": decision.name, "cell": cell.tests.source]
      switch cell.obstacle {
      case .name(let name):
        return Diagnostic(
          "policy.table.unanalysed", .note, at: cell.tests.place, arguments.merging(["name": name]) { $1 })
      case .form: return Diagnostic("policy.table.unanalysed.form", .note, at: cell.tests.place, arguments)
      }
    }
  }

  private func gaps(_ findings: TableFindings, _ shape: TableShape) -> [Diagnostic] {
    findings.gaps.map { report("policy.table.gap", at: table.place, ["case": witness(shape).text(of: $0)]) }
  }

  private func overlaps(_ findings: TableFindings, _ shape: TableShape) -> [Diagnostic] {
    findings.overlaps.map { overlap in
      let isCertain = table.hitPolicy == .unique || areSame(overlap.first, overlap.second) == false
      return report(
        "policy.table.overlap", isCertain ? .error : .warning, at: table.rules[overlap.second].place,
        [
          "rule": label(overlap.second), "other": label(overlap.first),
          "place": table.rules[overlap.first].place.description, "case": witness(shape).text(of: overlap.box),
        ])
    }
  }

  private func lost(_ findings: TableFindings) -> [Diagnostic] {
    findings.dead.map { rule, axis in
      report(
        "policy.rule.dead", .warning, at: table.rules[rule].inputs[axis].place,
        [
          "rule": label(rule), "input": table.inputs[axis].expression.source,
          "cell": table.rules[rule].inputs[axis].source,
        ])
    } + findings.masked.map { report("policy.rule.masked", .warning, at: table.rules[$0].place, ["rule": label($0)]) }
  }

  private func witness(_ shape: TableShape) -> Witness { Witness(table: table, shape: shape, kinds: kinds) }

  private func label(_ rule: Int) -> String { table.rules[rule].label ?? String(rule + 1) }

  private func report(
    _ code: String, _ severity: Diagnostic.Severity = .error, at place: SourcePlace, _ arguments: [String: String] = [:]
  ) -> Diagnostic {
    Diagnostic(code, severity, at: place, arguments.merging(["decision": decision.name]) { $1 })
  }
}
