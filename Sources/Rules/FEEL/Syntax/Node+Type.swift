/// The type that a text shows by itself: that of the result of a function written in FEEL (DMN 1.5 §10.3.2.9).
extension Node {
  /// `Any` where only evaluation can tell.
  /// - Parameter locals: the types that parameters declare, by slot.
  func apparentType(locals: [FEELType?]) -> FEELType { apparentType(locals, depth: 20) }

  private func apparentType(_ locals: [FEELType?], depth: Int) -> FEELType {
    guard depth > 0 else { return .any }
    func type(_ node: Node) -> FEELType { node.apparentType(locals, depth: depth - 1) }
    func common(_ nodes: [Node]) -> FEELType {
      nodes.isEmpty ? .null : nodes.dropFirst().reduce(type(nodes[0])) { $0.joined(with: type($1)) }
    }
    return switch kind {
    case .literal(let value): value.simpleType
    case .name(let name): name.filterSlots.isEmpty ? declaredType(of: name, locals) : .any
    case .negation(let operand): type(operand)
    case .arithmetic(let operation, let left, let right): operation.result(type(left), type(right))
    case .comparison, .conjunction, .disjunction, .between, .membership, .quantified, .instance: .boolean
    case .conditional(_, let yes, let no): type(yes).joined(with: type(no))
    case .iteration(let iteration): .list(type(iteration.result))
    case .list(let items): .list(common(items))
    case .context(let entries): .context(Dictionary(entries.map { ($0.key, type($0.value)) }) { $1 })
    case .interval(let interval): .range(common([interval.start, interval.end]))
    case .function(let function): .function(function.parameters.map { $0.type ?? .any }, function.result)
    case .call(let call): call.builtin?.result.erased ?? .any
    case .malformedLiteral: .null
    case .path, .filter, .test, .negatedTests: .any
    }
  }
}

private func declaredType(of name: Name, _ locals: [FEELType?]) -> FEELType {
  guard let slot = name.slot, locals.indices.contains(slot) else { return .any }
  return locals[slot] ?? .any
}

extension Call {
  /// The built-in function that is called by its name.
  fileprivate var builtin: Builtin? {
    if case .name(let name) = callee.kind, name.filterSlots.isEmpty { name.builtin } else { nil }
  }
}

extension Value {
  /// The type of a literal.
  fileprivate var simpleType: FEELType { FEELType.named[typeName] ?? .any }
}

extension ArithmeticOperator {
  fileprivate func result(_ left: FEELType, _ right: FEELType) -> FEELType {
    switch (self, left, right) {
    case (_, .number, .number): .number
    case (.add, .string, .string): .string
    default: .any
    }
  }
}
