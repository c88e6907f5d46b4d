public import Diagnostics

/// Calls of built-in functions: the arguments against the patterns of the signatures in the tables.
extension TypeInference {
  mutating func type(of builtin: Builtin, _ call: Call, at node: Node) -> FEELType {
    var arguments = call.arguments.map { BuiltinArgument($0) }
    // Functions that are written out as arguments wait until the types of the others are known.
    for index in arguments.indices where arguments[index].definition == nil {
      arguments[index].type = type(of: arguments[index].node)
    }
    return type(of: builtin, &arguments, named: call.names, at: node)
  }

  /// The join of what the signatures give that the arguments may fit.
  private mutating func type(
    of builtin: Builtin, _ arguments: inout [BuiltinArgument], named names: [String], at node: Node
  ) -> FEELType {
    let places = builtin.signatures.compactMap { signature in
      signature.places(count: arguments.count, named: names).map { (signature, $0) }
    }
    var result: FEELType?
    var problem: Misfit?
    for (signature, places) in places {
      var match = SignatureMatch()
      if let found = misfit(of: &arguments, at: places, in: signature, &match) {
        problem = problem.map { $0.joined(with: found) } ?? found
        continue
      }
      let type = (signature.result ?? builtin.result).type(of: match.element ?? .any, typed(arguments, at: places))
      result = result.map { relations.join($0, type) } ?? type
      if match.isSure { break }
    }
    finish(&arguments)
    if let result { return result }
    report(problem, of: builtin, names.isEmpty ? nil : names, count: arguments.count, at: node)
    return .any
  }

  /// A call whose arguments are not written in FEEL.
  mutating func type(of builtin: Builtin, given types: [FEELType]) -> FEELType {
    let node = Node(.literal(.null()), 0..<0)
    var arguments = types.map { BuiltinArgument(node, $0) }
    return type(of: builtin, &arguments, named: [], at: node)
  }

  /// An argument that fits a parameter under no circumstances.
  private struct Misfit {
    var argument: BuiltinArgument
    var index: Int
    /// The parameters of the signatures that fail there.
    var parameters: [Builtin.Parameter]

    /// The one that is further along: the signature that fits best.
    func joined(with other: Misfit) -> Misfit {
      guard index == other.index else { return index > other.index ? self : other }
      return Misfit(argument: argument, index: index, parameters: parameters + other.parameters)
    }
  }

  /// The first argument that does not fit; nil when all may.
  private mutating func misfit(
    of arguments: inout [BuiltinArgument], at places: [Builtin.Signature.Place], in signature: Builtin.Signature,
    _ match: inout SignatureMatch
  ) -> Misfit? {
    for isFunction in [false, true] {
      for (index, place) in places.enumerated() where (arguments[index].definition != nil) == isFunction {
        let type = type(of: &arguments[index], for: place.pattern, match)
        guard fits(type, place.pattern, &match, converts: true) else {
          let parameter = signature.parameters[place.parameter]
          return Misfit(argument: arguments[index], index: index, parameters: [parameter])
        }
      }
    }
    return nil
  }

  /// A function written out takes what the pattern says it will be given.
  private mutating func type(
    of argument: inout BuiltinArgument, for pattern: TypePattern, _ match: SignatureMatch
  ) -> FEELType {
    if let type = argument.type { return type }
    guard let definition = argument.definition, case .function(let parameters, _) = pattern else {
      return argument.definition.map { .function($0.parameters.map { _ in .any }, .any) } ?? .any
    }
    let given = parameters.map { $0.type(of: match.element ?? .any, TypedArguments()) }
    let type = type(of: definition, given: given)
    argument.type = type
    return type
  }

  /// Reads the functions that no signature has asked for.
  private mutating func finish(_ arguments: inout [BuiltinArgument]) {
    for index in arguments.indices where arguments[index].type == nil {
      arguments[index].type = type(of: arguments[index].node)
    }
  }

  private func typed(_ arguments: [BuiltinArgument], at places: [Builtin.Signature.Place]) -> TypedArguments {
    var typed = TypedArguments()
    for parameter in 0...(places.map(\.parameter).max() ?? 0) {
      let index = places.firstIndex { $0.parameter == parameter }
      typed.types.append(index.flatMap { arguments[$0].type } ?? .any)
      typed.literals.append(index.flatMap { arguments[$0].node.literalValue })
    }
    return typed
  }

  private mutating func report(
    _ misfit: Misfit?, of builtin: Builtin, _ names: [String]?, count: Int, at node: Node
  ) {
    guard let misfit else {
      let given = names?.joined(separator: ", ") ?? String(count)
      let code = names == nil ? "feel.type.builtin.arity" : "feel.type.builtin.names"
      report(code, ["function": builtin.name, "given": given, "forms": builtin.forms], at: node)
      return
    }
    var expected: [String] = []
    for parameter in misfit.parameters where !expected.contains(parameter.pattern.description) {
      expected.append(parameter.pattern.description)
    }
    let arguments = [
      "function": builtin.name, "name": misfit.parameters[0].name, "expected": expected.joined(separator: " | "),
      "given": misfit.argument.type?.summary ?? "function",
    ]
    report("feel.type.builtin.argument", arguments, at: misfit.argument.node)
  }
}

/// An argument as it stands in a call of a built-in.
private struct BuiltinArgument {
  let node: Node
  /// nil so long as a function written out has not been read.
  var type: FEELType?

  init(_ node: Node, _ type: FEELType? = nil) {
    self.node = node
    self.type = type
  }

  var definition: FunctionDefinition? { if case .function(let definition) = node.kind { definition } else { nil } }
}

extension Node {
  /// The value of a literal, or of a list of literals.
  fileprivate var literalValue: Value? {
    switch kind {
    case .literal(let value): return value
    case .list(let items):
      let values = items.compactMap { if case .literal(let value) = $0.kind { value } else { nil } }
      return values.count == items.count ? .list(values) : nil
    default: return nil
    }
  }
}

extension Builtin.Signature {
  /// Where an argument goes: to which parameter, and what it must be there.
  struct Place {
    var parameter: Int
    var pattern: TypePattern
  }

  /// A place for each argument; nil when the call does not have the form of the signature.
  func places(count: Int, named names: [String]) -> [Place]? {
    names.isEmpty ? places(count: count) : places(named: names)
  }

  private func places(count: Int) -> [Place]? {
    let last = parameters.count - 1
    if let repeating {
      guard count > last else { return nil }
      if repeating == .items || count > parameters.count {
        let each = repeating == .items ? parameters[last].pattern : parameters[last].pattern.item
        return (0..<count).map { Place(parameter: min($0, last), pattern: $0 < last ? parameters[$0].pattern : each) }
      }
    }
    guard count <= parameters.count, parameters.dropFirst(count).allSatisfy(\.isOptional) else { return nil }
    return (0..<count).map { Place(parameter: $0, pattern: parameters[$0].pattern) }
  }

  /// A parameter that is not named is null, so that none is asked for.
  private func places(named names: [String]) -> [Place]? {
    guard Set(names).count == names.count else { return nil }
    var places: [Place] = []
    for name in names {
      guard let index = parameters.firstIndex(where: { $0.name == name }) else { return nil }
      places.append(Place(parameter: index, pattern: parameters[index].pattern))
    }
    return places
  }
}

extension TypePattern {
  /// What the items of a list are.
  fileprivate var item: TypePattern { if case .list(let item) = self { item } else { self } }
}

extension Builtin {
  /// The type of what a call gives whose arguments are not written in FEEL.
  public func typing(of arguments: [FEELType], at place: SourcePlace) -> Typing {
    var inference = TypeInference(scope: TypeBindings(), source: "", place: place)
    return Typing(inference.type(of: self, given: arguments), diagnostics: inference.diagnostics)
  }
}
