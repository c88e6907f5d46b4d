/// Functions written in FEEL, and calls of functions that are no built-ins (DMN 1.5 §10.3.2.13.5 to §10.3.2.13.7).
extension TypeInference {
  mutating func type(of definition: FunctionDefinition) -> FEELType { type(of: definition, given: []) }

  /// - Parameter arguments: the types that a parameter without a type of its own takes where the caller is known.
  mutating func type(of definition: FunctionDefinition, given arguments: [FEELType]) -> FEELType {
    let declared = definition.parameters.map { $0.type ?? .any }
    guard !definition.isExternal else { return .function(declared, .any) }
    let outer = locals.count
    defer { locals.removeLast(locals.count - outer) }
    for (index, parameter) in definition.parameters.enumerated() {
      locals.append(Local(type: parameter.type ?? (index < arguments.count ? arguments[index] : .any)))
    }
    return .function(declared, type(of: definition.body))
  }

  private func callable(_ callee: Node) -> FEELType? {
    guard case .name(let name) = callee.kind, name.slot == nil else { return nil }
    return scope.callable(named: name.text)
  }

  mutating func type(of call: Call, at node: Node) -> FEELType {
    if case .name(let name) = call.callee.kind, case .builtin(let builtin) = meaning(of: name) {
      return type(of: builtin, call, at: node)
    }
    let callee = callable(call.callee) ?? type(of: call.callee)
    let arguments = call.arguments.map { type(of: $0) }
    switch callee {
    case .function(let parameters, let result):
      check(arguments, of: call, against: parameters, at: node)
      return result
    case .any, .null, .anyFunction: return .any
    default:
      report("feel.type.call", ["given": callee.summary], at: call.callee)
      return .any
    }
  }

  private mutating func check(_ arguments: [FEELType], of call: Call, against types: [FEELType], at node: Node) {
    guard arguments.count == types.count else {
      report("feel.type.arity", ["expected": String(types.count), "given": String(arguments.count)], at: node)
      return
    }
    let names = parameterNames(of: call.callee)
    guard !call.names.isEmpty else {
      for (index, argument) in arguments.enumerated() {
        let name = names.map { $0[index] } ?? String(index + 1)
        check(argument, call.arguments[index], as: name, types[index])
      }
      return
    }
    guard let names, names.count == types.count else { return }
    for (index, name) in call.names.enumerated() {
      guard let place = names.firstIndex(of: name) else {
        let parameters = names.joined(separator: ", ")
        report("feel.type.parameter", ["name": name, "parameters": parameters], at: call.arguments[index])
        continue
      }
      check(arguments[index], call.arguments[index], as: name, types[place])
    }
  }

  private mutating func check(_ argument: FEELType, _ node: Node, as name: String, _ type: FEELType) {
    guard !relations.mayBecome(argument, type) else { return }
    report("feel.type.argument", ["name": name, "expected": type.summary, "given": argument.summary], at: node)
  }
}
