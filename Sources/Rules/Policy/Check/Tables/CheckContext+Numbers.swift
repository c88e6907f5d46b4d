import DMN
import FEEL

extension CheckContext {
  /// What the text of a decision tells of the number it comes to.
  func range(of name: String) -> NumberRange { range(ofName: name, seen: []) }

  private func range(ofName name: String, seen: Set<String>) -> NumberRange {
    guard !seen.contains(name), seen.count < 16, !formals.contains(where: { $0.name == name }) else { return .any }
    if let field = recordType?.field(named: name) { return NumberRange(of: field) }
    guard let decision = decision(named: name) else { return .any }
    // Inside another record's decision or a function, other names hold.
    let inner = CheckContext(self, about: decision.about, formals: decision.formals ?? [])
    return inner.range(of: decision, seen.union([name]))
  }

  private func range(of decision: PolicyDecision, _ seen: Set<String>) -> NumberRange {
    switch decision.body {
    case .expression(let expression): return range(of: expression.root, seen)
    case .table(let table):
      guard table.outputs.count == 1, !table.hitPolicy.isMultiple else { return .any }
      let cells = table.rules.compactMap(\.outputs.first) + [table.outputs[0].defaultValue].compactMap { $0 }
      return either(cells.map(\.root), seen)
    }
  }

  /// A null among the alternatives is no number, and says nothing.
  private func either(_ nodes: [Node], _ seen: Set<String>) -> NumberRange {
    let ranges = nodes.filter { if case .literal(.null) = $0.kind { false } else { true } }.map { range(of: $0, seen) }
    return ranges.dropFirst().reduce(ranges.first ?? .any) { $0 | $1 }
  }

  private func range(of node: Node, _ seen: Set<String>) -> NumberRange {
    switch node.kind {
    case .literal(.number(let number)): return NumberRange(number)
    case .name(let name) where !node.readsLocals && name.builtin == nil: return range(ofName: name.text, seen: seen)
    case .conditional(_, let yes, let no): return either([yes, no], seen)
    case .negation(let inner): return -range(of: inner, seen)
    case .arithmetic(.add, let a, let b): return range(of: a, seen) + range(of: b, seen)
    case .arithmetic(.subtract, let a, let b): return range(of: a, seen) + -range(of: b, seen)
    case .arithmetic(.multiply, let a, let b): return range(of: a, seen) * range(of: b, seen)
    case .path(_, let member): return ofMember(member)
    case .filter(let base, _, _): return range(of: base, seen)
    case .call(let call): return range(of: call, seen)
    default: return .any
    }
  }

  /// Calendar parts are whole; a field is what all fields of its name are.
  private func ofMember(_ member: String) -> NumberRange {
    let fields = rulebook.dictionary.types.flatMap(\.fields).filter { $0.name == member }
    let ranges = fields.map(NumberRange.init(of:))
    if ranges.isEmpty { return NumberRange(isWhole: ["year", "month", "day", "weekday"].contains(member)) }
    return ranges.dropFirst().reduce(ranges[0]) { $0 | $1 }
  }

  private func range(of call: Call, _ seen: Set<String>) -> NumberRange {
    guard case .name(let name) = call.callee.kind else { return .any }
    guard let builtin = name.builtin else {
      return name.slot == nil ? range(ofName: name.text, seen: seen) : .any
    }
    let arguments = call.arguments.map { range(of: $0, seen) }
    guard let first = arguments.first else { return .any }
    switch builtin.name {
    case "count": return NumberRange(isWhole: true, low: .zero)
    case "min" where arguments.count > 1: return arguments.dropFirst().reduce(first, NumberRange.lesser)
    case "max" where arguments.count > 1: return arguments.dropFirst().reduce(first, NumberRange.greater)
    case "sum" where arguments.count == 1:
      return NumberRange(isWhole: first.isWhole, low: first.low.flatMap { $0.isNegative ? nil : .zero })
    case "floor", "ceiling": return NumberRange(isWhole: call.arguments.count == 1)
    case "abs": return NumberRange(isWhole: first.isWhole, low: .zero)
    default: return .any
    }
  }
}

extension NumberRange {
  /// A stored fact is exact to the step of its unit.
  init(of field: Field) {
    let unit = field.type.unit
    self.init(isWhole: unit?.step == .one, low: unit?.floor)
  }
}
