import Diagnostics
import FEEL

/// Function definitions and calls.
extension BoxedEvaluator {
  /// The function as a value. It keeps the values of the names its body reads.
  func value(of function: BoxedFunction, in scope: any Scope) -> FunctionValue {
    var kept: [String: Binding] = [:]
    for name in function.body?.names ?? [] { kept[name] = scope.binding(for: name) }
    let names = kept
    return FunctionValue(
      parameters: types.parameters(function.parameters), result: types.feelType(of: function.result)
    ) { arguments, invocation in
      var made: [Trace] = []
      return self.call(function, arguments, in: Layer(names), with: &invocation, &made)
    }
  }

  /// The scope of a context's entry: a function in it knows itself by the entry's name, unless that means something
  /// already.
  func selfReferring(_ entry: BoxedContext.Entry, in scope: Layer) -> Layer {
    let name = entry.variable.name
    guard let parameters = entry.value.parametersOfFunction, entry.value.names.contains(name),
      scope.binding(for: name) == nil
    else { return scope }
    var kept: [String: Binding] = [:]
    for other in entry.value.names { kept[other] = scope.binding(for: other) }
    return Layer([name: Binding(.function(itself(entry, parameters, kept)))], over: scope)
  }

  /// The function of an entry, made anew when it is called, so that it holds no circle.
  private func itself(
    _ entry: BoxedContext.Entry, _ parameters: [String], _ kept: [String: Binding]
  ) -> FunctionValue {
    FunctionValue(parameters: parameters.map { FunctionParameter($0) }) { arguments, invocation in
      var names = kept
      names[entry.variable.name] = Binding(.function(itself(entry, parameters, kept)))
      let trace = evaluate(entry.value, in: Layer(names), with: &invocation)
      guard case .function(let function) = trace.value else { return .null() }
      return invocation.call(function, with: arguments)
    }
  }

  /// The body with the parameters bound, as the result type asks for it.
  func call(
    _ function: BoxedFunction, _ arguments: [Binding], in scope: any Scope, with invocation: inout Invocation,
    _ children: inout [Trace]
  ) -> Value {
    guard let body = function.body else { return .null() }
    guard function.kind == .feel else { return external(function, body, arguments, in: scope, with: &invocation) }
    let layer = bind(arguments, to: function.parameters, over: scope, with: &invocation)
    children.append(evaluate(body, in: layer, with: &invocation))
    let value = children.last.map { invocation.use($0.binding) } ?? .null()
    return admit(value, as: InformationItem("", type: function.result), with: &invocation)
  }

  private func bind(
    _ arguments: [Binding], to parameters: [InformationItem], over scope: any Scope, with invocation: inout Invocation
  ) -> Layer {
    var layer = Layer(over: scope)
    for (parameter, argument) in zip(parameters, arguments) {
      let value = admit(argument.value, as: parameter, with: &invocation)
      layer.names[parameter.name] = Binding(value, absences: argument.absences)
    }
    return layer
  }

  /// There is no Java and no PMML here; only FEEL's table of well-known Java methods answers.
  private func external(
    _ function: BoxedFunction, _ body: BoxedExpression, _ arguments: [Binding], in scope: any Scope,
    with invocation: inout Invocation
  ) -> Value {
    let description = evaluate(body, in: scope, with: &invocation).value
    if function.kind == .java, case .context(let entries) = description,
      case .string(let type)? = entries["class"], case .string(let signature)? = entries["method signature"],
      let method = ExternalFunctions.function(
        class: type, signature: signature, parameters: types.parameters(function.parameters))
    {
      return admit(
        invocation.call(method, with: arguments), as: InformationItem("", type: function.result), with: &invocation)
    }
    log.warn(
      "dmn.function.external", ["kind": function.kind.rawValue, "function": description.summary], at: function.place)
    return .null()
  }

  /// Calls by the names of the parameters.
  func evaluate(_ call: BoxedInvocation, in scope: any Scope, with invocation: inout Invocation) -> Trace {
    traced(.boxed("invocation"), at: call.place, with: &invocation) { children, invocation in
      let callee = evaluate(call.function, in: scope, with: &invocation)
      guard case .function(let function) = invocation.read(callee.binding) else {
        log.warn("dmn.invocation.notFunction", ["given": callee.value.typeName], at: call.place)
        return .null()
      }
      var arguments: [(name: String, value: Binding)] = []
      for argument in call.arguments {
        let trace =
          argument.value.map { cell(argument.parameter, $0, in: scope, with: &invocation) }
          ?? Trace(.entry(argument.parameter.name), Binding(.null()))
        arguments.append((argument.parameter.name, trace.binding))
        children.append(trace)
      }
      return self.call(function, named: arguments, at: call.place, with: &invocation)
    }
  }
}

extension BoxedEvaluator {
  /// A parameter without an argument is null; an argument without a parameter is a mistake.
  private func call(
    _ function: FunctionValue, named arguments: [(name: String, value: Binding)], at place: SourcePlace,
    with invocation: inout Invocation
  ) -> Value {
    if case .builtin(let builtin) = function.body {
      let values = arguments.map { (name: $0.name, value: invocation.use($0.value)) }
      return builtin.call(named: values, in: &invocation)
    }
    let given = Dictionary(arguments.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    let parameters = function.parameters.map(\.name)
    if let stranger = arguments.first(where: { !parameters.contains($0.name) }) {
      log.warn(
        "dmn.invocation.parameter",
        ["name": stranger.name, "parameters": parameters.joined(separator: ", ")], at: place)
      return .null()
    }
    return invocation.call(function, with: parameters.map { given[$0] ?? Binding(.null()) })
  }
}

extension BoxedExpression {
  /// The names of the parameters when this is a function, boxed or written in FEEL.
  fileprivate var parametersOfFunction: [String]? {
    switch self {
    case .function(let function): function.parameters.map(\.name)
    case .literal(let literal):
      if case .function(let function) = literal.root.kind { function.parameters.map(\.name) } else { nil }
    default: nil
    }
  }

  /// The names that the expression may read from outside, and some that it binds itself.
  var names: Set<String> {
    switch self {
    case .literal(let literal): Set(literal.nameUses.map(\.name))
    case .table(let table): table.names
    default: parts.reduce(into: []) { $0.formUnion($1.names) }
    }
  }
}

extension DecisionTable {
  /// The names that any cell reads.
  public var names: Set<String> {
    var names: Set<String> = []
    for input in inputs {
      names.formUnion(input.expression.nameUses.map(\.name))
      names.formUnion(input.allowed?.nameUses.map(\.name) ?? [])
    }
    for output in outputs {
      names.formUnion(output.allowed?.nameUses.map(\.name) ?? [])
      names.formUnion(output.defaultValue?.nameUses.map(\.name) ?? [])
    }
    for rule in rules {
      for test in rule.inputs { names.formUnion(test.nameUses.map(\.name)) }
      for cell in rule.outputs { names.formUnion(cell.nameUses.map(\.name)) }
    }
    return names
  }
}
