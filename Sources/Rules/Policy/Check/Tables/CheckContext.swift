import Diagnostics
import FEEL

/// What can be said of a decision before any facts are known: which names have a fixed value, and what others can be.
struct CheckContext {
  let rulebook: Rulebook
  /// The record type whose fields are in scope.
  let about: String?
  let formals: [PolicyDecision.Formal]
  /// The day whose versions of parameters and decisions count.
  let date: CalendarDate
  private let session: Session

  init(_ rulebook: Rulebook, about: String?, formals: [PolicyDecision.Formal] = [], on date: CalendarDate) {
    self.rulebook = rulebook
    self.about = about
    self.formals = formals
    self.date = date
    session = Session(rulebook, facts: Facts(), asOf: date, detail: .none)
  }

  /// The same day and figures, with other names in scope.
  init(_ outer: CheckContext, about: String?, formals: [PolicyDecision.Formal]) {
    rulebook = outer.rulebook
    date = outer.date
    session = outer.session
    self.about = about
    self.formals = formals
  }

  /// Answers for parameters, constants, and decisions that depend on nothing else.
  var scope: SubjectScope { SubjectScope(session: session, subject: nil, governedBy: date) }

  var reader: CellReader { CellReader(scope: scope) { obstacle($0) } }

  var recordType: RecordType? { about.flatMap { rulebook.dictionary[$0] } }

  /// Why a name has no fixed value; nil when it has one.
  func obstacle(_ name: String) -> CellReader.Obstacle? { isFixed(name, seen: []) ? nil : .name(name) }

  private func isFixed(_ name: String, seen: Set<String>) -> Bool {
    if formals.contains(where: { $0.name == name }) || recordType?.has(name) == true || seen.contains(name) {
      return false
    }
    if let decision = decision(named: name) {
      guard decision.about == nil, !decision.isFunction, !decision.readsClock else { return false }
      return decision.expressionUses.allSatisfy { isFixed($0.name, seen: seen.union([name])) }
    }
    if let parameter = parameter(named: name) { return parameter.value != nil }
    return Keywords.shared.id(of: name, as: .constant) != nil
  }

  func decision(named name: String) -> PolicyDecision? {
    rulebook.decisions[name]?.first { $0.inForce.contains(date) }
  }

  func parameter(named name: String) -> Parameter? {
    rulebook.parametersByName[name]?.first { $0.inForce.contains(date) }
  }

  /// The value of a part that nothing but fixed names decides; nil otherwise.
  func constant(_ node: Node, of expression: Expression) -> Value? {
    guard !node.readsLocals, reader.firstObstacle(in: node) == nil else { return nil }
    let binding = expression.value(of: node, in: scope)
    return binding.absences.isEmpty ? binding.value : nil
  }
}

extension PolicyDecision {
  /// Whether its value depends on when it is asked for.
  fileprivate var readsClock: Bool {
    nodes.contains { node in
      guard case .name(let name) = node.kind, let builtin = name.builtin else { return false }
      return ["now", "today"].contains(builtin.name)
    }
  }
}

extension Rulebook {
  /// Days on which the figures behind a decision differ: its first, and the first of each version of what it reads.
  func moments(of period: Period, reading names: Set<String>) -> [CalendarDate] {
    let starts = names.flatMap { name in
      (parametersByName[name] ?? []).map(\.inForce.from) + (decisions[name] ?? []).map(\.inForce.from)
    }.compactMap { $0 }
    let all = Set(starts + [period.from].compactMap { $0 }).filter(period.contains).sorted()
    if !all.isEmpty { return Array(all.prefix(Self.maximumMoments)) }
    return [period.until?.adding(days: -1) ?? starts.max()].compactMap { $0 } + (starts.isEmpty ? Self.anyDay : [])
  }

  /// Most versions that are looked at.
  private static let maximumMoments = 12
  /// Where nothing has a date, any will do.
  private static let anyDay = [CalendarDate(year: 2000, month: 1, day: 1)].compactMap { $0 }
}
