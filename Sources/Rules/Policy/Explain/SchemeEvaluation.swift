import Diagnostics
package import FEEL

/// Evaluates one scheme for one enterprise (DESIGN §6.2).
struct SchemeEvaluation {
  let session: Session
  /// The scheme's versions, over disjoint intervals.
  private let versions: [Scheme]
  /// The version at hand: the one in force on the as-of date, and for each record the one that governs it.
  private var scheme: Scheme

  /// - Parameter versions: at least one.
  init(session: Session, versions: [Scheme]) {
    self.session = session
    self.versions = versions
    scheme = versions.present(on: session.asOf)
  }

  /// One outcome per record the scheme is about, and what they come to together.
  func outcome(for subject: FactRecord) -> SchemeOutcome {
    switch records(of: subject) {
    case .foreign:
      return summary(.notApplicable, reason: .catalogue("policy.outcome.foreign", ["record": scheme.about]))
    case .unknown(let item):
      return summary(item.needsPerson ? .review : .undetermined, missing: [item])
    case .known(let records) where records.isEmpty:
      return summary(.notApplicable, reason: .catalogue("policy.outcome.none", ["record": scheme.about]))
    case .known(let records):
      return SchemeOutcome(scheme, records.map(outcome(of:)))
    }
  }

  private enum Records {
    case known([FactRecord])
    case unknown(MissingItem)
    /// Nothing leads from such a record to the subject.
    case foreign
  }

  /// The records the scheme is about that belong to the subject, found along the owner fields.
  private func records(of subject: FactRecord) -> Records {
    guard let type = session.rulebook.dictionary[scheme.about] else { return .foreign }
    return records(of: type, belongingTo: subject, steps: 0)
  }

  private func records(of type: RecordType, belongingTo subject: FactRecord, steps: Int) -> Records {
    if type.name == subject.type.name { return .known([subject]) }
    guard steps < RecordType.deepestReference, let owner = type.owner, let field = type.field(named: owner),
      let parent = field.type.record.flatMap({ session.rulebook.dictionary[$0] })
    else { return .foreign }
    let above = records(of: parent, belongingTo: subject, steps: steps + 1)
    guard case .known(let parents) = above else { return above }
    guard let table = session.facts[type.name] else {
      return .unknown(MissingItem.records(of: type, for: subject.reference, by: field))
    }
    let rows = parents.flatMap { table.rows(where: field.name, refersTo: $0.row.key) }
    return .known(rows.map { session.record(type, $0, depth: 0) })
  }

  private func summary(_ verdict: Verdict, reason: Reason? = nil, missing: [MissingItem] = []) -> SchemeOutcome {
    SchemeOutcome(
      scheme: scheme, verdict: verdict, amount: nil, reasons: reason.map { [$0] } ?? [], outcomes: [], missing: missing)
  }

  // MARK: one record

  /// By the version whose interval holds its governing date; by the present one when none does.
  func outcome(of record: FactRecord) -> Outcome {
    var own = self
    for version in versions {
      own.scheme = version
      let (date, open) = own.governingDate(record)
      if !open.isEmpty, versions.count > 1 { return own.undated(record, date, open) }
      if version.inForce.contains(date) { return own.outcome(of: record, on: date, open) }
    }
    let (date, open) = governingDate(record)
    return outcome(of: record, on: date, open)
  }

  /// Which version governs is not known.
  private func undated(_ record: FactRecord, _ date: CalendarDate, _ open: Set<Absence>) -> Outcome {
    var draft = Draft()
    draft.note(open)
    let needsPerson = session.items(open).allSatisfy(\.needsPerson)
    return finish(draft, record, date, needsPerson ? .review : .undetermined, reason: nil)
  }

  private func outcome(of record: FactRecord, on date: CalendarDate, _ open: Set<Absence>) -> Outcome {
    let scope = SubjectScope(session: session, subject: record, governedBy: date)
    var draft = Draft()
    draft.note(open)
    guard scheme.inForce.contains(date) else {
      let reason = Reason.catalogue(
        "policy.outcome.not-in-force", ["date": date.description, "period": scheme.inForce.description])
      return finish(draft, record, date, .notApplicable, reason: reason)
    }
    if let applies = scheme.applies {
      let result = decide(applies, in: scope, &draft)
      if result == .fails {
        let reason = Reason.catalogue("policy.outcome.does-not-apply", ["test": applies.source])
        return finish(draft, record, date, .notApplicable, reason: reason)
      }
    }
    let conditions = scheme.conditions.map { check($0, in: scope, &draft) }
    draft.conditions = conditions
    if let failed = conditions.first(where: { $0.state == .fails }) {
      return finish(draft, record, date, .unmet, reason: .pack(failed.otherwise ?? failed.name), decidedBy: failed)
    }
    return payable(draft, record, date, scope)
  }

  /// Everything that could refuse has been asked: what remains is whether all is known, and how much.
  private func payable(_ draft: Draft, _ record: FactRecord, _ date: CalendarDate, _ scope: SubjectScope) -> Outcome {
    var draft = draft
    var needsReview = false
    if let review = scheme.review { needsReview = decide(review, in: scope, &draft) != .fails }
    var amount: Decimal128?
    if let expression = scheme.amount {
      let evaluation = evaluate(expression, in: scope, &draft)
      if case .number(let number) = evaluation.value { amount = number }
      if amount == nil, evaluation.absences.isEmpty { draft.isIncalculable = true }
    }
    let missing = session.items(draft.absences)
    if !missing.isEmpty || draft.isIncalculable {
      let verdict: Verdict = !draft.isIncalculable && missing.allSatisfy(\.needsPerson) ? .review : .undetermined
      let reason: Reason? = draft.isIncalculable ? .catalogue("policy.outcome.no-amount") : missing.reason
      return finish(draft, record, date, verdict, reason: reason)
    }
    let verdict: Verdict = needsReview ? .review : .met
    return finish(
      draft, record, date, verdict, reason: needsReview ? .catalogue("policy.outcome.review") : nil, amount: amount)
  }

  /// The date whose version governs, and what was missing to know it.
  private func governingDate(_ record: FactRecord) -> (CalendarDate, Set<Absence>) {
    guard let expression = scheme.datedBy else { return (session.asOf, []) }
    let scope = SubjectScope(session: session, subject: record, governedBy: session.asOf)
    let (evaluation, _) = session.traced(expression, in: scope)
    if case .date(let date) = evaluation.value { return (date, evaluation.absences) }
    return (session.asOf, evaluation.allAbsences)
  }

  private func check(_ condition: Scheme.Condition, in scope: SubjectScope, _ draft: inout Draft) -> ConditionResult {
    let before = draft.trace.count
    let state = decide(condition.test, in: scope, &draft)
    let trace = Array(draft.trace[before...])
    draft.trace.removeSubrange(before...)
    return ConditionResult(
      name: condition.name, state: state, otherwise: condition.otherwise, source: condition.test.source,
      place: condition.place, trace: trace)
  }

  private func decide(_ expression: Expression, in scope: SubjectScope, _ draft: inout Draft) -> ConditionResult.State {
    var own = Draft()
    let evaluation = evaluate(expression, in: scope, &own)
    draft.trace += own.trace
    draft.warnings += own.warnings
    guard evaluation.absences.isEmpty, own.absences.isEmpty else {
      draft.absences.formUnion(own.absences)
      return .open
    }
    if case .boolean(true) = evaluation.value { return .holds }
    return .fails
  }

  private func evaluate(_ expression: Expression, in scope: SubjectScope, _ draft: inout Draft) -> Evaluation {
    let (evaluation, nodes) = session.traced(expression, in: scope)
    draft.trace += nodes
    draft.warnings += evaluation.warnings
    draft.absences.formUnion(evaluation.allAbsences)
    return evaluation
  }

  /// What is gathered on the way to an outcome.
  private struct Draft {
    var absences: Set<Absence> = []
    var warnings: [Diagnostic] = []
    var trace: [TraceNode] = []
    var conditions: [ConditionResult] = []
    var isIncalculable = false

    mutating func note(_ more: Set<Absence>) { absences.formUnion(more) }
  }

  private func finish(
    _ draft: Draft, _ record: FactRecord, _ date: CalendarDate, _ verdict: Verdict, reason: Reason?,
    decidedBy: ConditionResult? = nil, amount: Decimal128? = nil
  ) -> Outcome {
    let nodes = draft.conditions.flatMap(\.trace) + draft.trace
    let decided = verdict == .met || verdict == .unmet || verdict == .notApplicable
    return Outcome(
      scheme: scheme, subject: record.reference, verdict: verdict, amount: amount, decidedBy: decidedBy, reason: reason,
      conditions: draft.conditions, missing: decided ? [] : session.items(draft.absences),
      adjustments: [], suggested: session.rulebook.suggested(in: nodes), warnings: draft.warnings.uniqued(),
      trace: draft.trace,
      governedBy: date)
  }

}

extension SchemeOutcome {
  /// The outcomes of one scheme together: the best of them, and the sum of those that are met.
  init(_ scheme: Scheme, _ outcomes: [Outcome]) {
    let order: [Verdict] = [.met, .review, .undetermined, .unmet, .notApplicable]
    let verdict = order.first { verdict in outcomes.contains { $0.verdict == verdict } } ?? .notApplicable
    let deciding = outcomes.filter { $0.verdict == verdict }
    let amounts = outcomes.filter { $0.verdict == .met }.compactMap(\.amount)
    self.init(
      scheme: scheme, verdict: verdict,
      amount: amounts.isEmpty ? nil : amounts.reduce(.zero) { ($0 + $1) ?? $0 },
      reasons: (deciding.compactMap(\.reason) + deciding.flatMap(\.adjustments)).uniqued(), outcomes: outcomes,
      missing: outcomes.flatMap(\.missing).uniqued())
  }
}

extension [Scheme] {
  /// The version in force on a day; else the last that was, else the first.
  package func present(on day: CalendarDate) -> Scheme {
    if let present = first(where: { $0.inForce.contains(day) }) { return present }
    let past = filter { $0.inForce.from.map { $0 <= day } ?? true }
    return past.max { a, b in (a.inForce.from ?? day) < (b.inForce.from ?? day) } ?? self[0]
  }
}

extension Evaluation {
  /// With the absence that the value itself may carry.
  var allAbsences: Set<Absence> {
    if case .null(let absence?) = value { return absences.union([absence]) }
    return absences
  }
}

extension MissingItem {
  /// Only an office or an expert can give it.
  var needsPerson: Bool { authority == .office || authority == .expert }
}

extension [MissingItem] {
  /// 参数未定, when the policy itself leaves something open.
  fileprivate var reason: Reason? {
    let open = filter { $0.kind == .parameter }.map(\.name)
    guard !open.isEmpty else { return nil }
    return .catalogue("policy.outcome.parameter", ["names": open.joined(separator: "、")])
  }
}

extension Rulebook {
  /// The suggested readings that a tree rests on, each once.
  func suggested(in nodes: [TraceNode]) -> [ParameterUse] {
    var found: [ParameterUse] = []
    var stack = nodes
    while let node = stack.popLast() {
      if node.kind == .parameter, node.origin == "suggested", !found.contains(where: { $0.name == node.name }),
        let parameter = parametersByName[node.name]?.first
      {
        found.append(ParameterUse(name: node.name, id: parameter.id, value: node.value, note: parameter.note))
      }
      stack += node.children
    }
    return found.sorted { $0.id < $1.id }
  }
}
