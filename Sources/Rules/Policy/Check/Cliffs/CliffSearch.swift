import DMN
import Diagnostics
import FEEL

/// Walks along the edges of one amount and looks for falls.
struct CliffSearch {
  let context: CheckContext
  /// What is computed: a table or an expression.
  let amount: (ProbeScope) -> Value
  /// The names it reads.
  let uses: [NameUse]

  /// - Parameter cases: what other names are held at, one case after the other.
  /// - Returns: for each edge its steepest fall, when it is steep.
  func cliffs(at edges: [Edge], holding cases: [[String: Value]]) -> [Cliff] {
    edges.compactMap { edge in
      cases.flatMap { cliffs(at: edge, holding: $0) }.max { $0.drop < $1.drop }
    }
  }

  private func cliffs(at edge: Edge, holding given: [String: Value]) -> [Cliff] {
    let held = samples(beside: edge, given)
    let values = Dictionary(held.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    let results = edge.tries.map { number -> (at: Decimal128, amount: Decimal128?) in
      var scope = ProbeScope(values: values, fixed: context.scope)
      scope.values[edge.name] = edge.binding(number)
      if case .number(let amount) = amount(scope) { return (number, amount) }
      return (number, nil)
    }
    return zip(results, results.dropFirst()).compactMap { low, high in
      guard let before = low.amount, let after = high.amount, Cliff.drop(from: before, to: after) >= Cliff.steepDrop
      else { return nil }
      return Cliff(edge: edge, from: low.at, to: high.at, before: before, after: after, held: held)
    }
  }

  // MARK: what the other names are taken to be

  private func samples(
    beside edge: Edge, _ given: [String: Value]
  ) -> [(name: String, value: Value, unit: Unit?)] {
    Set(uses.map(\.name)).union(given.keys).sorted().compactMap { name in
      guard name != edge.name, context.obstacle(name) != nil || given[name] != nil else { return nil }
      let unit = context.type(of: name)?.unit
      return (given[name] ?? sample(of: name)).map { (name, $0, unit) }
    }
  }

  private func sample(of name: String) -> Value? {
    guard let type = context.type(of: name) else { return nil }
    switch type.kind {
    case .number: return .number(type.unit.map { $0.isMoney ? 1_000_000 : $0.isShare ? Self.half : 10 } ?? 10)
    case .boolean: return .boolean(true)
    case .date: return .date(context.date)
    case .text: return context.outcomes(of: name).words?.first.map(Value.string)
    default: return nil
    }
  }

  private static let half = Decimal128(5, exponent: -1) ?? .one
}

extension CheckContext {
  /// The declared type of a name; nil for records and functions.
  func type(of name: String) -> ValueType? {
    if let formal = formals.first(where: { $0.name == name }) { return formal.type }
    if let field = recordType?.field(named: name) { return field.years == nil ? field.type : nil }
    if let decision = decision(named: name) {
      return decision.isFunction || decision.about != nil && decision.about != about ? nil : decision.type
    }
    return parameter(named: name)?.type
  }

  /// The edge at a node of the text, when the node is a number the pack names: a field, or a decision.
  func edge(_ node: Node, at value: Decimal128, place: SourcePlace) -> Edge? {
    // Zero is where something begins, not where a band ends.
    guard value > .zero, let name = node.numberName, obstacle(name) != nil else { return nil }
    if let field = recordType?.field(named: name), field.type.kind == .number {
      let unit = field.type.unit
      return Edge(
        name: name, isYearly: field.years != nil, value: value, step: unit?.cliffStep ?? .one, unit: unit, place: place)
    }
    guard let type = type(of: name), type.kind == .number else { return nil }
    return Edge(
      name: name, isYearly: false, value: value, step: type.unit?.cliffStep ?? .one, unit: type.unit, place: place)
  }
}

extension Unit {
  /// A cent, one person; a basis point of shares.
  fileprivate var cliffStep: Decimal128 { step ?? (isShare ? Decimal128(1, exponent: -4) : nil) ?? .one }
}

extension Node {
  /// The name of a name, or of a yearly list of which one element is taken.
  fileprivate var numberName: String? {
    switch kind {
    case .name(let name): readsLocals || name.builtin != nil ? nil : name.text
    case .filter(let base, _, _): base.numberName
    default: nil
    }
  }
}
