import Diagnostics
import FEEL

/// What one subject may have of several schemes together, once each has been decided by itself (DESIGN §6.15): caps
/// first, then what excludes each other.
struct Stacking {
  let session: Session

  func resolve(_ outcomes: [SchemeOutcome], of subject: FactRecord) -> [SchemeOutcome] {
    var resolved = outcomes.map { capped($0, subject) }
    let rivals = session.rulebook.rivals
    guard !rivals.isEmpty else { return resolved }
    let byAmount = resolved.indices.filter { resolved[$0].verdict == .met }.sorted { a, b in
      let (first, second) = (resolved[a].worth, resolved[b].worth)
      return first == second ? a < b : first > second
    }
    var kept: [Int] = []
    for weaker in byAmount {
      for stronger in kept where rivals[resolved[weaker].scheme.name]?.contains(resolved[stronger].scheme.name) == true
      {
        settle(&resolved, stronger, weaker)
      }
      kept.append(weaker)
    }
    return resolved
  }

  // MARK: caps

  /// Cuts the amounts of one scheme, record by record in their order, to the most they may come to.
  private func capped(_ outcome: SchemeOutcome, _ subject: FactRecord) -> SchemeOutcome {
    guard let cap = outcome.scheme.cap, outcome.verdict == .met else { return outcome }
    let scope = SubjectScope(session: session, subject: subject, governedBy: session.asOf)
    let (evaluation, trace) = session.traced(cap, in: scope)
    let missing = session.items(evaluation.allAbsences), readings = session.rulebook.suggested(in: trace)
    guard case .number(let limit) = evaluation.value, missing.isEmpty else {
      return outcome.changed { $0.becomeOpen(missing, trace, readings) }
    }
    var left = limit
    return outcome.changed { one in
      guard let amount = one.amount else { return }
      if amount > left { one.cut(to: max(left, .zero), cap: limit, trace, readings) }
      left = (left - (one.amount ?? .zero)) ?? .zero
    }
  }

  // MARK: exclusion

  /// Of two schemes about the same records, the better counts for each record; of others, the better counts.
  private func settle(_ all: inout [SchemeOutcome], _ stronger: Int, _ weaker: Int) {
    guard all[stronger].scheme.about == all[weaker].scheme.about else {
      let (name, worth) = (all[stronger].scheme.name, all[stronger].worth)
      if all[stronger].verdict == .met { all[weaker] = all[weaker].changed { $0.yield(to: name, worth) } }
      return
    }
    for subject in all[weaker].outcomes.map(\.subject) {
      guard let ours = all[stronger].met(subject), let theirs = all[weaker].met(subject) else { continue }
      let (winner, loser) = ours >= theirs ? (stronger, weaker) : (weaker, stronger)
      let (name, worth) = (all[winner].scheme.name, max(ours, theirs))
      all[loser] = all[loser].changed { if $0.subject == subject { $0.yield(to: name, worth) } }
    }
  }
}

extension SchemeOutcome {
  /// What it comes to, for comparison.
  fileprivate var worth: Decimal128 { amount ?? .zero }

  /// The amount of a record's outcome that is met.
  fileprivate func met(_ subject: RecordReference) -> Decimal128? {
    outcomes.first { $0.subject == subject && $0.verdict == .met }.map { $0.amount ?? .zero }
  }

  /// With each outcome that is met changed, and the whole summed up again.
  fileprivate func changed(_ change: (inout Outcome) -> Void) -> SchemeOutcome {
    var outcomes = outcomes
    for index in outcomes.indices where outcomes[index].verdict == .met { change(&outcomes[index]) }
    return SchemeOutcome(scheme, outcomes)
  }
}

extension Outcome {
  fileprivate mutating func cut(to less: Decimal128, cap: Decimal128, _ trace: [TraceNode], _ readings: [ParameterUse])
  {
    let figures = ["from": amount?.description ?? "", "to": less.description, "cap": cap.description]
    adjustments.append(.catalogue("policy.outcome.capped", figures))
    amount = less
    self.trace += trace
    suggested = (suggested + readings).uniqued()
  }

  /// The cap is not known, so that the amount is not.
  fileprivate mutating func becomeOpen(_ missing: [MissingItem], _ trace: [TraceNode], _ readings: [ParameterUse]) {
    verdict = !missing.isEmpty && missing.allSatisfy(\.needsPerson) ? .review : .undetermined
    reason = .catalogue("policy.outcome.no-cap")
    self.missing = (self.missing + missing).uniqued()
    self.trace += trace
    suggested = (suggested + readings).uniqued()
    amount = nil
  }

  fileprivate mutating func yield(to scheme: String, _ worth: Decimal128) {
    verdict = .unmet
    reason = .catalogue(
      "policy.outcome.excluded",
      ["scheme": scheme, "amount": worth.description, "own": amount?.description ?? Decimal128.zero.description])
    amount = nil
  }
}

extension [Scheme] {
  /// Which schemes exclude each other: by 不叠加, in either direction, or as members of one 择优 group.
  var rivals: [String: Set<String>] {
    var rivals: [String: Set<String>] = [:]
    func note(_ a: String, _ b: String) {
      guard a != b else { return }
      rivals[a, default: []].insert(b)
      rivals[b, default: []].insert(a)
    }
    let names = Set(map(\.name))
    var groups: [String: Set<String>] = [:]
    for scheme in self {
      for mention in scheme.mentions(in: "excludes") where names.contains(mention.name) {
        note(scheme.name, mention.name)
      }
      for mention in scheme.mentions(in: "best-of") {
        groups[mention.name, default: names.contains(mention.name) ? [mention.name] : []].insert(scheme.name)
      }
    }
    for group in groups.values {
      for a in group { for b in group { note(a, b) } }
    }
    return rivals
  }
}
