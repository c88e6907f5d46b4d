import Diagnostics

/// Functions written in FEEL (DMN 1.5 §10.3.2.13.2).
extension Invocation {
  /// A closure: it keeps the locals around it, and the values of the names its body reads.
  mutating func makeFunction(_ definition: FunctionDefinition, at node: Node) -> Value {
    if definition.isExternal { return makeExternal(definition, at: node) }
    guard spend(definition.localCount), let captured = capture(definition, at: node) else { return .null() }
    let scope = CapturedScope(definition.hostNames, from: scope)
    return .function(
      Closure(definition: definition, captured: captured, scope: scope, source: source, place: place).value)
  }

  /// The locals that the body reads; the others leave an empty place.
  ///
  /// Functions that keep functions form chains, which a small stack could not let go of: their number is bounded.
  private mutating func capture(_ definition: FunctionDefinition, at node: Node) -> [Binding]? {
    var captured = [Binding](repeating: Binding(.null()), count: definition.localCount)
    for slot in definition.keptSlots { captured[slot] = locals[base + slot] }
    guard captured.contains(where: { $0.value.holdsClosure }) else { return captured }
    chainedFunctions += 1
    guard chainedFunctions <= Self.maximumChainedFunctions else {
      warn("feel.evaluate.valueDepth", ["limit": String(Self.maximumChainedFunctions)], at: node)
      return nil
    }
    return captured
  }

  private static let maximumChainedFunctions = 500

  private mutating func makeExternal(_ definition: FunctionDefinition, at node: Node) -> Value {
    locals.append(contentsOf: repeatElement(Binding(.null()), count: definition.parameters.count))
    let mapping = evaluate(definition.body)
    locals.removeLast(definition.parameters.count)
    guard let java = mapping.property(named: "java"), case .string(let type)? = java.property(named: "class"),
      case .string(let signature)? = java.property(named: "method signature"),
      let function = ExternalFunctions.function(class: type, signature: signature, parameters: definition.parameters)
    else {
      warn("feel.evaluate.external", ["function": mapping.feelDescription], at: node)
      return .null()
    }
    return .function(function)
  }
}

extension Value {
  /// Whether a function of FEEL lies in it.
  fileprivate var holdsClosure: Bool {
    switch self {
    case .function(let function):
      if case .closure = function.body { true } else { false }
    case .list(let items): items.contains { $0.holdsClosure }
    case .context(let context) where context.record == nil: context.entries.contains { $0.value.holdsClosure }
    default: false
    }
  }
}

/// A function with what it keeps of the place where it was made.
private struct Closure: Sendable {
  let definition: FunctionDefinition
  let captured: [Binding]
  let scope: CapturedScope
  let source: String
  let place: SourcePlace

  var value: FunctionValue {
    FunctionValue(parameters: definition.parameters, result: definition.result) { arguments, invocation in
      let result = invocation.run(in: scope, source: source, place: place, locals: locals + arguments) {
        $0.evaluate(definition.body)
      }
      invocation.absences.formUnion(result.absences)
      return result.value
    }
  }

  /// The kept locals, with the function itself in its own place: made anew at each call, it holds no circle.
  private var locals: [Binding] {
    guard let slot = definition.ownSlot else { return captured }
    var locals = captured
    locals[slot] = Binding(.function(value))
    return locals
  }
}

/// The bindings of some names, taken when a function is made, so that it can be called after its scope is gone.
private struct CapturedScope: Scope, Sendable {
  private var bindings: [String: Binding] = [:]
  private var callables: [String: FunctionValue] = [:]

  init(_ names: [String], from scope: any Scope) {
    for name in names {
      bindings[name] = scope.binding(for: name)
      callables[name] = scope.callable(named: name)
    }
  }

  func binding(for name: String) -> Binding? { bindings[name] }
  func callable(named name: String) -> FunctionValue? { callables[name] }
}
