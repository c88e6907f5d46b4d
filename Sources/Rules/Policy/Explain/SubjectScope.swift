import DMN
import Diagnostics
import FEEL

/// The names an expression about one record sees (docs/pack-format.md §5).
struct SubjectScope: Scope {
  let session: Session
  let subject: FactRecord?
  /// The date whose version of rules and parameters governs.
  let governedBy: CalendarDate

  func binding(for name: String) -> Binding? {
    if let subject, subject.type.has(name), let value = subject[name] { return Binding(value) }
    if let versions = session.rulebook.decisions[name] { return decision(versions) }
    if let versions = session.rulebook.parametersByName[name] { return parameter(versions) }
    if let subject, subject.type.name == name { return Binding(.context(Context(subject))) }
    return constant(name)
  }

  /// A decision about a record is called as a function of one such record, also from a decision about another record of
  /// the same type.
  func callable(named name: String) -> FunctionValue? {
    if let subject, subject.type.has(name) { return nil }
    guard let versions = session.rulebook.decisions[name], let first = versions.first, !first.isFunction,
      let about = first.about
    else { return nil }
    return byRecord(name, versions, about)
  }

  private func constant(_ name: String) -> Binding? {
    let keywords = Keywords.shared
    if let number = keywords.id(of: name, as: .constant).flatMap({ Decimal128($0) }) { return Binding(.number(number)) }
    return keywords.isWord(name, "as-of") ? Binding(.date(session.asOf)) : nil
  }

  private func decision(_ versions: [PolicyDecision]) -> Binding? {
    guard let first = versions.first else { return nil }
    if first.isFunction {
      let version = versions.first { $0.inForce.contains(governedBy) }
      return Binding(version.map { .function(function($0)) } ?? .null())
    }
    if let about = first.about, about != subject?.type.name {
      return Binding(.function(byRecord(first.name, versions, about)))
    }
    let result = session.result(of: versions, for: first.about == nil ? nil : subject, governedBy: governedBy)
    if let node = result.node { session.noteDecision(node, as: "d:\(first.name)") }
    return Binding(result.value, absences: result.absences)
  }

  /// A decision about a record, as a function of one such record.
  private func byRecord(_ name: String, _ versions: [PolicyDecision], _ about: String) -> FunctionValue {
    let session = session, date = governedBy
    return FunctionValue(name: name, parameters: [FunctionParameter(about)]) { arguments, invocation in
      guard let argument = arguments.first, case .context(let context) = argument.value,
        let given = context.record as? FactRecord, given.type.name == about
      else {
        if let argument = arguments.first { invocation.note(argument.value) }
        return .null()
      }
      invocation.absences.formUnion(argument.absences)
      // A subject of its own: references are counted from it anew.
      let record = session.record(given.type, given.row, depth: 0)
      let result = session.result(of: versions, for: record, governedBy: date)
      if let node = result.node { session.noteDecision(node, as: "d:\(name):\(record.row.key)") }
      invocation.absences.formUnion(result.absences)
      return result.value
    }
  }

  /// A business knowledge model.
  private func function(_ decision: PolicyDecision) -> FunctionValue {
    let session = session, outer = self
    let formals = decision.formals ?? []
    return FunctionValue(name: decision.name, parameters: formals.map { FunctionParameter($0.name) }) {
      arguments, invocation in
      guard invocation.spend(1), session.depth < 100 else { return .null() }
      let scope = CallScope(
        arguments: Swift.Dictionary(zip(formals.map(\.name), arguments), uniquingKeysWith: { $1 }), outer: outer)
      switch decision.body {
      case .expression(let expression):
        let binding = expression.evaluate(in: scope, with: &invocation)
        invocation.absences.formUnion(binding.absences)
        return binding.value
      case .table(let table):
        let evaluation = table.evaluate(in: scope, with: &invocation)
        session.note(decision, called: table, evaluation)
        invocation.absences.formUnion(evaluation.absences)
        return evaluation.value
      }
    }
  }

  private func parameter(_ versions: [Parameter]) -> Binding? {
    guard let parameter = versions.first(where: { $0.inForce.contains(governedBy) }) else { return Binding(.null()) }
    let overridden = session.overrides[parameter.name]
    let value = overridden ?? parameter.value ?? .null(session.absence(parameter.missing))
    session.note(parameter.node(value, isOverridden: overridden != nil), as: "p:\(parameter.name)")
    return Binding(value)
  }
}

/// The arguments of a function over the scope of its caller.
private struct CallScope: Scope {
  let arguments: [String: Binding]
  let outer: SubjectScope

  func binding(for name: String) -> Binding? { arguments[name] ?? outer.binding(for: name) }
  func callable(named name: String) -> FunctionValue? { arguments[name] == nil ? outer.callable(named: name) : nil }
}

extension Parameter {
  /// Names the parameter as what an outcome still needs.
  var missing: MissingItem {
    var reason: String?
    if case .undetermined(let text) = state { reason = text }
    return MissingItem(
      kind: .parameter, record: nil, name: name, unit: type.unit?.symbol, type: type, meaning: nil, authority: nil,
      reason: reason)
  }

  func node(_ value: Value, isOverridden: Bool) -> TraceNode {
    let origin: String
    switch state {
    case _ where isOverridden: origin = "overridden"
    case .fixed: origin = "fixed"
    case .suggested: origin = "suggested"
    case .undetermined: origin = "undetermined"
    }
    return TraceNode(
      kind: .parameter, name: name, subject: nil, value: type.text(of: value),
      isOpen: self.value == nil && !isOverridden,
      unit: type.unit?.symbol, citation: citation, place: place, origin: origin, rules: [], children: [])
  }
}
