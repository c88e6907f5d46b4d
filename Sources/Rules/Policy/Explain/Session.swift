import DMN
import Diagnostics
import FEEL

/// One evaluation of a rulebook over given facts: keeps every decision's result, and what each rested on.
/// Used from one thread at a time.
final class Session: @unchecked Sendable {
  let rulebook: Rulebook
  let facts: Facts
  let asOf: CalendarDate
  let overrides: [String: Value]
  let options: EvaluationOptions
  /// How much of the trees is kept; the numbers are the same without.
  let detail: TraceDetail

  private var absent: [MissingItem] = []
  private var absenceIDs: [MissingItem: Absence] = [:]
  private var results: [ResultKey: DecisionResult] = [:]
  private var running: Set<ResultKey> = []
  private var records: [RecordKey: FactRecord] = [:]
  private var frames: [TraceFrame] = []
  private(set) var depth = 0

  init(
    _ rulebook: Rulebook, facts: Facts, asOf: CalendarDate, overrides: [String: Value] = [:],
    detail: TraceDetail = .full
  ) {
    self.rulebook = rulebook
    self.facts = facts
    self.asOf = asOf
    self.overrides = overrides
    self.detail = detail
    let midnight = TimeOfDay(hour: 0, minute: 0, second: 0)
    options = EvaluationOptions(now: midnight.map { DateTime(date: asOf, time: $0) })
  }

  struct ResultKey: Hashable {
    var name: String
    var subject: RecordReference?
    var governedBy: CalendarDate
  }

  struct RecordKey: Hashable {
    var type: String
    var key: String
    var depth: Int
  }

  // MARK: absences

  /// The identity of something missing, the same each time it is asked for.
  func absence(_ item: MissingItem) -> Absence {
    if let known = absenceIDs[item] { return known }
    let absence = Absence(absent.count)
    absent.append(item)
    absenceIDs[item] = absence
    return absence
  }

  func items(_ absences: Set<Absence>) -> [MissingItem] {
    absences.sorted().compactMap { absent.indices.contains($0.id) ? absent[$0.id] : nil }
  }

  // MARK: records

  /// A record as FEEL sees it; `depth` counts the references followed so far.
  func record(_ type: RecordType, _ row: FactRow, depth: Int) -> FactRecord {
    let key = RecordKey(type: type.name, key: row.key, depth: depth)
    if let known = records[key] { return known }
    let record = FactRecord(session: self, type: type, row: row, depth: depth)
    records[key] = record
    return record
  }

  // MARK: decisions

  /// The value of a decision for a subject, evaluated once.
  func result(of decision: PolicyDecision, for subject: FactRecord?, governedBy date: CalendarDate) -> DecisionResult {
    let key = ResultKey(name: decision.name, subject: subject?.reference, governedBy: date)
    if let known = results[key] { return known }
    guard running.insert(key).inserted, depth < 100 else { return .circular(decision) }
    depth += 1
    defer {
      depth -= 1
      running.remove(key)
    }
    frames.append(TraceFrame())
    let scope = SubjectScope(session: self, subject: subject, governedBy: date)
    var result = evaluate(decision.body, in: scope)
    let frame = frames.removeLast()
    if detail != .none {
      result.node = TraceNode(
        kind: .decision, name: decision.name, subject: subject?.reference,
        value: detail == .full ? decision.type.text(of: result.value) : "",
        isOpen: !result.absences.isEmpty, unit: decision.type.unit?.symbol, citation: decision.citation,
        place: decision.place, origin: nil, rules: result.node?.rules ?? [], children: frame.nodes)
    }
    results[key] = result
    return result
  }

  /// The value of whichever version governs: on the day that the decision itself names (依据日期), or else on `date`.
  func result(of versions: [PolicyDecision], for subject: FactRecord?, governedBy date: CalendarDate) -> DecisionResult
  {
    var date = date
    var absences: Set<Absence> = []
    if let dated = versions.first(where: { $0.datedBy != nil }), let expression = dated.datedBy {
      guard depth < 100 else { return .circular(dated) }
      depth += 1
      defer { depth -= 1 }
      let scope = SubjectScope(session: self, subject: subject, governedBy: date)
      let evaluation = expression.evaluate(in: scope, options: options)
      guard case .date(let own) = evaluation.value else {
        return DecisionResult(
          Evaluation(.null(), absences: evaluation.allAbsences, warnings: evaluation.warnings))
      }
      date = own
      absences = evaluation.absences
    }
    guard let decision = versions.first(where: { $0.inForce.contains(date) }) else {
      return DecisionResult(Evaluation(.null(), absences: absences))
    }
    var result = result(of: decision, for: subject, governedBy: date)
    result.absences.formUnion(absences)
    return result
  }

  func evaluate(_ body: PolicyDecision.Body, in scope: SubjectScope) -> DecisionResult {
    switch body {
    case .expression(let expression):
      return DecisionResult(expression.evaluate(in: scope, options: options))
    case .table(let table):
      let evaluation = table.evaluate(in: scope, options: options)
      var result = DecisionResult(evaluation.evaluation)
      if detail != .none { result.node = .rules(table, evaluation.trace, detail) }
      return result
    }
  }

  /// Evaluates an expression of a scheme and keeps what it read.
  func traced(_ expression: Expression, in scope: SubjectScope) -> (Evaluation, [TraceNode]) {
    frames.append(TraceFrame())
    let evaluation = expression.evaluate(in: scope, options: options)
    return (evaluation, frames.removeLast().nodes)
  }

  // MARK: trace

  /// Notes which rules of a function's table fired in a call.
  func note(_ function: PolicyDecision, called table: DecisionTable, _ evaluation: TableEvaluation) {
    guard detail != .none else { return }
    let rules = TraceNode.rules(table, evaluation.trace, detail).rules
    let fired = rules.filter { $0.state == .fired }.map(\.label).joined(separator: ",")
    let value = detail == .full ? function.type.text(of: evaluation.value) : ""
    noteDecision(
      TraceNode(
        kind: .decision, name: function.name, subject: nil, value: value, isOpen: !evaluation.absences.isEmpty,
        unit: function.type.unit?.symbol, citation: function.citation, place: function.place, origin: nil, rules: rules,
        children: []), as: "b:\(function.name):\(fired):\(value)")
  }

  /// Notes a fact or a parameter that was read.
  func note(_ node: @autoclosure () -> TraceNode, as key: @autoclosure () -> String) {
    guard detail == .full, !frames.isEmpty else { return }
    frames[frames.count - 1].add(key(), node)
  }

  /// Notes a decision that was read, with the rules that fired in it.
  func noteDecision(_ node: @autoclosure () -> TraceNode, as key: @autoclosure () -> String) {
    guard detail != .none, !frames.isEmpty else { return }
    frames[frames.count - 1].add(key(), node)
  }
}

/// How much a session keeps of how values came about.
enum TraceDetail {
  case none
  /// Which rules of which decisions fired: what a check of examples asks for.
  case rules
  /// Every fact, parameter and decision with its value.
  case full
}

/// What a decision came to.
struct DecisionResult {
  var value: Value
  var absences: Set<Absence>
  var warnings: [Diagnostic]
  var node: TraceNode?

  init(_ evaluation: Evaluation) {
    value = evaluation.value
    absences = evaluation.absences
    warnings = evaluation.warnings
    if case .null(let absence?) = value { absences.insert(absence) }
  }

  static func circular(_ decision: PolicyDecision) -> DecisionResult {
    let warning = Diagnostic("policy.decision.cycle", at: decision.place, ["path": decision.name])
    return DecisionResult(Evaluation(.null(), warnings: [warning]))
  }
}

/// The nodes read while one expression was evaluated, each once.
struct TraceFrame {
  static let maximumNodes = 200
  private var keys: Set<String> = []
  private(set) var nodes: [TraceNode] = []

  mutating func add(_ key: String, _ node: () -> TraceNode) {
    guard nodes.count < Self.maximumNodes, keys.insert(key).inserted else { return }
    nodes.append(node())
  }
}
