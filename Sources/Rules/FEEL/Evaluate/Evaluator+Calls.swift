/// Calls, by position and by name (DMN 1.5 §10.3.2.13.5, §10.3.2.15 Table 63).
extension Invocation {
  mutating func evaluate(_ call: Call, at node: Node) -> Value {
    if case .name(let name) = call.callee.kind, let builtin = name.builtin, name.filterSlots.isEmpty {
      return self.call(builtin, evaluatedArguments(of: call).map(\.value), named: call.names, at: node)
    }
    let callee = callable(call.callee).map { Value.function($0) } ?? evaluate(call.callee)
    guard case .function(let function) = callee else {
      if !callee.isNull { warn("feel.evaluate.notFunction", ["given": callee.typeName], at: call.callee) }
      return .null()
    }
    if case .builtin(let builtin) = function.body {
      return self.call(builtin, evaluatedArguments(of: call).map(\.value), named: call.names, at: node)
    }
    let arguments = call.arguments.map { argument in apart { $0.evaluate(argument) } }
    span = node.span
    guard let ordered = ordered(arguments, named: call.names, for: function) else { return .null() }
    return self.call(function, with: ordered)
  }

  /// What the host has to call under a name that the expression does not bind itself.
  private func callable(_ callee: Node) -> FunctionValue? {
    guard case .name(let name) = callee.kind, name.slot == nil else { return nil }
    for slot in name.filterSlots {
      if case .context(let item) = locals[base + slot].value, item[name.text] != nil { return nil }
    }
    return scope.callable(named: name.text)
  }

  private mutating func evaluatedArguments(of call: Call) -> [Binding] {
    call.arguments.map { Binding(evaluate($0)) }
  }

  private mutating func call(_ builtin: Builtin, _ arguments: [Value], named names: [String], at node: Node) -> Value {
    span = node.span
    let result =
      names.isEmpty
      ? builtin.call(arguments, in: &self)
      : builtin.call(named: zip(names, arguments).map { (name: $0, value: $1) }, in: &self)
    if builtin.readsElements {
      for argument in arguments { noteElements(of: argument) }
    }
    note(result)
    return weighed(result, at: node)
  }

  /// Counts the work of making a result.
  private mutating func weighed(_ result: Value, at node: Node) -> Value {
    switch result {
    case .string(let text): spend(text.utf8.count / 4) ? result : .null()
    case .list(let items): spend(items.count) ? bounded(result, at: node) : .null()
    case .context: bounded(result, at: node)
    default: result
    }
  }

  private mutating func ordered(
    _ arguments: [Binding], named names: [String], for function: FunctionValue
  ) -> [Binding]? {
    let parameters = function.parameters.map(\.name)
    guard !names.isEmpty || arguments.count == parameters.count else {
      let expected = String(parameters.count)
      warn("feel.evaluate.arity", ["expected": expected, "given": String(arguments.count)])
      return nil
    }
    return names.isEmpty ? arguments : ordered(arguments, named: names, for: parameters)
  }

  /// A parameter that is not supplied is null (DMN 1.5 §10.3.2.13.5); a name that is none, or stands twice, is a mistake.
  private mutating func ordered(
    _ arguments: [Binding], named names: [String], for parameters: [String]
  ) -> [Binding]? {
    let known = Set(parameters)
    var given: [String: Binding] = [:]
    for (name, argument) in zip(names, arguments) {
      guard known.contains(name), given.updateValue(argument, forKey: name) == nil else {
        warn("feel.evaluate.parameter", ["name": name])
        return nil
      }
    }
    return parameters.map { given[$0] ?? Binding(.null()) }
  }

  /// Calls a function value with arguments by position.
  public mutating func call(_ function: FunctionValue, _ arguments: [Value]) -> Value {
    if case .builtin(let builtin) = function.body { return builtin.call(arguments, in: &self) }
    guard let ordered = ordered(arguments.map { Binding($0) }, named: [], for: function) else { return .null() }
    return call(function, with: ordered)
  }

  /// Calls a function value with one binding for each parameter: its arguments are converted to the parameters' types
  /// (DMN 1.5 §10.3.2.9.4). The absences an argument depends on are not noted here: the body notes in `absences` those
  /// of what it reads.
  public mutating func call(_ function: FunctionValue, with arguments: [Binding]) -> Value {
    guard case .closure(let body) = function.body else { return call(function, arguments.map(\.value)) }
    guard spend(1) else { return .null() }
    guard depth < options.maximumDepth - Self.callDepth else {
      let limit = options.maximumDepth
      warn("feel.evaluate.depth", ["limit": String(limit)])
      return .null()
    }
    var arguments = arguments
    for (index, parameter) in function.parameters.enumerated() where parameter.type != nil {
      guard let type = parameter.type, let value = arguments[index].value.coerced(to: type) else {
        let expected = "\(parameter.type ?? .any)"
        let given = arguments[index].value.typeName
        warn("feel.evaluate.argument", ["name": parameter.name, "given": given, "expected": expected])
        return .null()
      }
      arguments[index].value = value
    }
    depth += Self.callDepth
    let result = body(arguments, &self)
    depth -= Self.callDepth
    note(result)
    return result
  }

  /// What a call weighs in levels of nesting: it takes more stack than an operator.
  private static let callDepth = 2
}
