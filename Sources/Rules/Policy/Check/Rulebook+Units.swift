import DMN
import Diagnostics
import FEEL

extension Rulebook {
  /// Two named quantities of different units compared, added, or chosen between are an error (DESIGN §6.8).
  func checkUnits() -> [Diagnostic] {
    var found: [Diagnostic] = []
    for decision in allDecisions {
      var inference = UnitInference(rulebook: self, about: decision.about, formals: decision.formals ?? [])
      switch decision.body {
      case .expression(let expression):
        let unit = inference.unit(of: expression)
        inference.requireSame(unit, decision.measure, at: expression.place)
      case .table(let table):
        for (index, input) in table.inputs.enumerated() {
          let unit = inference.unit(of: input.expression)
          for rule in table.rules { inference.check(rule.inputs[index], against: unit) }
        }
        guard table.outputs.count == 1 else { break }
        for rule in table.rules {
          inference.requireSame(inference.unit(of: rule.outputs[0]), decision.measure, at: rule.outputs[0].place)
        }
      }
      found += inference.diagnostics
    }
    for scheme in schemes {
      var inference = UnitInference(rulebook: self, about: scheme.about, formals: [])
      for expression in scheme.expressions { _ = inference.unit(of: expression) }
      if let amount = scheme.amount { inference.requireMoney(inference.unit(of: amount), at: amount.place) }
      found += inference.diagnostics
      guard let cap = scheme.cap else { continue }
      var ofSubject = UnitInference(rulebook: self, about: aboutOfCap(scheme), formals: [])
      ofSubject.requireMoney(ofSubject.unit(of: cap), at: cap.place)
      found += ofSubject.diagnostics
    }
    return found
  }
}

extension PolicyDecision {
  var measure: UnitInference.Measure { UnitInference.Measure(type) }
}

/// Infers what a FEEL expression measures, as far as the dictionary tells.
struct UnitInference {
  /// What is known of an expression's unit.
  enum Measure: Hashable {
    /// A plain literal: takes the other side's unit.
    case plain
    case unit(String)
    /// Not a number, or more than this inference knows.
    case unknown

    init(_ type: ValueType) {
      guard type.kind == .number else {
        self = .unknown
        return
      }
      self = type.unit.map { .unit($0.dimension) } ?? .plain
    }
  }

  let rulebook: Rulebook
  let about: String?
  let formals: [PolicyDecision.Formal]
  private(set) var diagnostics: [Diagnostic] = []
  private var place = SourcePlace(file: "")
  private var source = ""

  init(rulebook: Rulebook, about: String?, formals: [PolicyDecision.Formal]) {
    self.rulebook = rulebook
    self.about = about
    self.formals = formals
  }

  mutating func unit(of expression: Expression) -> Measure {
    (place, source) = (expression.place, expression.source)
    return measure(expression.root)
  }

  /// The endpoints of unary tests against the input they test.
  mutating func check(_ tests: UnaryTests, against input: Measure) {
    (place, source) = (tests.place, tests.source)
    for test in tests.tests { checkTest(test, input) }
  }

  private mutating func checkTest(_ node: Node, _ input: Measure) {
    switch node.kind {
    case .test(_, let end): require(input, measure(end), at: end)
    case .interval(let interval):
      require(input, measure(interval.start), at: interval.start)
      require(input, measure(interval.end), at: interval.end)
    case .negatedTests(let tests): for test in tests { checkTest(test, input) }
    default: _ = measure(node)
    }
  }

  mutating func requireSame(_ found: Measure, _ declared: Measure, at place: SourcePlace) {
    guard case .unit(let a) = found, case .unit(let b) = declared, a != b else { return }
    report(a, b, at: place)
  }

  mutating func requireMoney(_ found: Measure, at place: SourcePlace) {
    guard case .unit(let dimension) = found, dimension != "money" else { return }
    report(dimension, "money", at: place)
  }

  private mutating func require(_ a: Measure, _ b: Measure, at node: Node) {
    guard case .unit(let left) = a, case .unit(let right) = b, left != right else { return }
    report(left, right, at: place.advanced(by: node.span.lowerBound, in: source))
  }

  private mutating func report(_ left: String, _ right: String, at place: SourcePlace) {
    let names = [left, right].map { Unit.base(of: $0)?.symbol ?? $0 }
    diagnostics.append(Diagnostic("policy.unit.mismatch", at: place, ["left": names[0], "right": names[1]]))
  }

  private mutating func measure(_ node: Node) -> Measure {
    switch node.kind {
    case .literal(.number): return .plain
    case .name(let name): return name.slot == nil && name.filterSlots.isEmpty ? measure(name: name.text) : .unknown
    case .path(let base, let member): return measure(path: base, member)
    case .negation(let inner): return measure(inner)
    case .arithmetic(let sign, let left, let right): return measure(sign, left, right, node)
    case .comparison(_, let left, let right):
      require(measure(left), measure(right), at: node)
      return .unknown
    case .conditional(let condition, let yes, let no):
      _ = measure(condition)
      return same(measure(yes), measure(no), at: node)
    case .between(let value, let from, let to):
      let unit = measure(value)
      require(unit, measure(from), at: from)
      require(unit, measure(to), at: to)
      return .unknown
    case .call(let call): return measure(call, node)
    default:
      for child in node.children { _ = measure(child) }
      return .unknown
    }
  }

  private mutating func same(_ a: Measure, _ b: Measure, at node: Node) -> Measure {
    require(a, b, at: node)
    return a == .plain ? b : a
  }

  private mutating func measure(
    _ sign: ArithmeticOperator, _ left: Node, _ right: Node, _ node: Node
  ) -> Measure {
    let a = measure(left), b = measure(right)
    switch sign {
    case .add, .subtract: return a == .unknown || b == .unknown ? .unknown : same(a, b, at: node)
    case .multiply:
      if a == .plain || a == .unit("share") { return b == .plain ? a : b }
      if b == .plain || b == .unit("share") { return a }
      return .unknown
    case .divide:
      if a == b, a != .unknown { return a == .plain ? .plain : .unit("share") }
      return b == .plain || b == .unit("share") ? a : .unknown
    case .power: return .unknown
    }
  }

  /// Functions that keep the unit of their first argument, or compare all arguments.
  private mutating func measure(_ call: Call, _ node: Node) -> Measure {
    let arguments = call.arguments.map { measure($0) }
    guard case .name(let name) = call.callee.kind, name.builtin != nil else {
      if case .name(let name) = call.callee.kind { return measure(name: name.text) }
      return .unknown
    }
    switch name.text {
    case "min", "max", "sum":
      return arguments.dropFirst().reduce(arguments.first ?? .unknown) { same($0, $1, at: node) }
    case "decimal", "floor", "ceiling", "abs", "round up", "round down", "round half up", "round half down":
      return arguments.first ?? .unknown
    default: return .unknown
    }
  }

  private func measure(name: String) -> Measure {
    if let formal = formals.first(where: { $0.name == name }) { return Measure(formal.type) }
    if let about, let field = rulebook.dictionary[about]?.field(named: name) {
      return field.years == nil ? Measure(field.type) : .unknown
    }
    if let decision = rulebook.decisions[name]?.first { return decision.measure }
    if let parameter = rulebook.parametersByName[name]?.first { return Measure(parameter.type) }
    return .plain
  }

  /// `企业.营业收入`: the last member's unit, when every type that has such a field agrees.
  private mutating func measure(path base: Node, _ member: String) -> Measure {
    _ = measure(base)
    let fields = rulebook.dictionary.types.compactMap { $0.fields.first { $0.name == member } }
    let measures = Set(fields.map { Measure($0.type) })
    return measures.count == 1 ? measures.first ?? .unknown : .unknown
  }
}

extension Unit {
  static func base(of dimension: String) -> Unit? {
    Unit.symbols.lazy.compactMap(Unit.named).first { $0.dimension == dimension && $0.isBase }
  }
}
