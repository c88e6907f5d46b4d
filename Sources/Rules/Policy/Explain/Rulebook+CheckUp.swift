public import Diagnostics
public import FEEL

extension Rulebook {
  /// Every scheme of the packs for one enterprise (or whatever the subject type is).
  /// - Parameters:
  ///   - key: the key of the subject's record.
  ///   - parameters: overrides by parameter name or id, as typed: `["discount.mode": "分段"]`.
  ///   - keepsTrace: false gives the same outcomes without their trees, for many subjects.
  /// - Throws: `policy.as-of.before`, `policy.subject.unknown`, `policy.parameter.*`.
  public func checkUp(
    of key: String, facts: Facts, asOf: CalendarDate, parameters: [String: String] = [:], keepsTrace: Bool = true
  ) throws(Diagnostic) -> CheckUp {
    try requireInForce(asOf)
    let overrides = try overrides(parameters)
    let session = Session(
      self, facts: facts, asOf: asOf, overrides: overrides, detail: keepsTrace ? .full : .none)
    return try checkUp(of: key, in: session)
  }

  /// The same without traces, for overrides that are read already (``overrides(_:)``).
  /// - Parameter schemes: those asked for; those that may exclude them come along.
  public func checkUp(
    of key: String, facts: Facts, asOf: CalendarDate, overrides: [String: Value], schemes: Set<String>
  ) throws(Diagnostic) -> CheckUp {
    let session = Session(self, facts: facts, asOf: asOf, overrides: overrides, detail: .none)
    return try checkUp(of: key, in: session, only: schemes)
  }

  /// The value of a decision for one record, where it is a plain one: no list, no context, no record.
  /// - Returns: nil when there is no such decision, or no such record.
  public func value(
    ofDecision name: String, for key: String, facts: Facts, asOf: CalendarDate, overrides: [String: Value]
  ) -> Value? {
    let session = Session(self, facts: facts, asOf: asOf, overrides: overrides, detail: .none)
    return withValue(of: name, subject: key, in: session) { $0.value.plain }
  }

  /// - Parameter names: the schemes asked for; nil for all; those that may exclude them are evaluated as well.
  func checkUp(of key: String, in session: Session, only names: Set<String>? = nil) throws(Diagnostic) -> CheckUp {
    let facts = session.facts
    guard let type = subjectType, let row = facts.record(type.name, key: key) else {
      let keys = facts[subjectType?.name ?? ""]?.rows.prefix(1000).map(\.key) ?? []
      throw Diagnostic(
        "policy.subject.unknown", at: main.place, ["key": key, "near": nearWord(to: key, among: keys) ?? "—"])
    }
    let subject = session.record(type, row, depth: 0)
    let asked = names.map(withRivals)
    let wanted = schemeVersions.filter { asked?.contains($0[0].name) ?? true }
    let outcomes = wanted.map { SchemeEvaluation(session: session, versions: $0).outcome(for: subject) }
    let stacked = Stacking(session: session).resolve(outcomes, of: subject)
    return CheckUp(enterprise: subject.reference, asOf: session.asOf, schemes: stacked)
  }

  /// The schemes, those that exclude each other with them, and so on.
  package func withRivals(_ names: Set<String>) -> Set<String> {
    var found = names
    var waiting = Array(names)
    while let name = waiting.popLast() { waiting += (rivals[name] ?? []).filter { found.insert($0).inserted } }
    return found
  }

  /// Refuses a date before anything of the main pack was in force.
  public func requireInForce(_ asOf: CalendarDate) throws(Diagnostic) {
    let starts = main.documents.map(\.inForce.from)
    guard !starts.isEmpty, !starts.contains(nil), let first = starts.compactMap({ $0 }).min(), asOf < first else {
      return
    }
    throw Diagnostic(
      "policy.as-of.before", at: main.documents[0].place,
      ["date": asOf.description, "from": first.description, "title": main.documents[0].title])
  }

  /// Parameters by name or id, each value checked against its choices or bounds.
  public func overrides(_ parameters: [String: String]) throws(Diagnostic) -> [String: Value] {
    var values: [String: Value] = [:]
    for (name, text) in parameters.sorted(by: { $0.key < $1.key }) {
      guard let parameter = self.parameters.first(where: { $0.name == name || $0.id == name }) else {
        let near = nearWord(to: name, among: self.parameters.flatMap { [$0.name, $0.id] }) ?? "—"
        throw Diagnostic("policy.parameter.unknown", at: main.place, ["name": name, "near": near])
      }
      values[parameter.name] = try parameter.value(from: text, at: parameter.place)
    }
    return values
  }

  /// One scheme for one record that belongs to no subject: a bank, a fund, a district (DESIGN §6.16).
  func outcome(of scheme: Scheme, for key: String, in session: Session) -> Outcome? {
    guard let type = dictionary[scheme.about], let row = session.facts.record(type.name, key: key) else { return nil }
    let versions = schemeVersions.first { $0.contains { $0.name == scheme.name } } ?? [scheme]
    return SchemeEvaluation(session: session, versions: versions).outcome(of: session.record(type, row, depth: 0))
  }

  /// Lends the value of a decision for one record; nil when there is no such decision or record. Records in the value
  /// live as long as the evaluation, so the value must not leave `body`.
  func withValue<R>(
    of name: String, subject key: String, in session: Session, _ body: (DecisionValue) -> R
  ) -> R? {
    let versions = versions(ofDecision: name)
    guard let first = versions.first else { return nil }
    var subject: FactRecord?
    if let about = first.about {
      guard let type = dictionary[about], let row = session.facts.record(about, key: key) else { return nil }
      subject = session.record(type, row, depth: 0)
    }
    let result = session.result(of: versions, for: subject, governedBy: session.asOf)
    return withExtendedLifetime(session) {
      body(
        DecisionValue(value: result.value, missing: session.items(result.absences), node: result.node))
    }
  }
}

/// What a decision comes to for one record.
struct DecisionValue {
  var value: Value
  var missing: [MissingItem]
  var node: TraceNode?
}

extension Pack {
  var place: SourcePlace { documents.first?.place ?? SourcePlace(file: "\(id)/\(PackSource.manifestName)") }
}
