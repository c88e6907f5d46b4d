import FEEL

/// Function definitions and calls.
extension BoxedInference {
  /// What the definition declares, whatever its body gives.
  func declared(_ function: BoxedFunction) -> TypeDeclaration {
    let parameters = function.parameters.map { types.feelType(of: $0.type) }
    return TypeDeclaration(
      .function(parameters, types.feelType(of: function.result)), parameters: function.parameters.map(\.name))
  }

  mutating func declaration(of function: BoxedFunction, in scope: any TypeScope) -> TypeDeclaration {
    var declaration = declared(function)
    guard function.kind == .feel, let body = function.body, case .function(let parameters, _) = declaration.type else {
      return declaration
    }
    var layer = TypeLayer(over: scope)
    for (parameter, type) in zip(function.parameters, parameters) {
      layer.names[parameter.name] = TypeDeclaration(type)
    }
    let result = cell(InformationItem("", type: function.result), body, in: layer)
    declaration.type = .function(parameters, result.type)
    return declaration
  }

  /// What a function gives, against the type of its variable: that of the result, or of the function itself.
  mutating func admitResult(of function: TypeDeclaration, as variable: InformationItem) -> TypeDeclaration {
    guard let reference = variable.type, case .function(let parameters, let result) = function.type else {
      return function
    }
    var admitted = function
    switch types.feelType(of: reference) {
    case .anyFunction: break
    case .function:
      guard let (type, declaring) = types.result(of: reference) else { break }
      var inference = BoxedInference(types: declaring, place: place)
      let item = InformationItem(variable.name, type: type)
      admitted.type = .function(parameters, inference.admit(TypeDeclaration(result), as: item, at: place).type)
      note(inference.diagnostics)
    default:
      admitted.type = .function(parameters, admit(TypeDeclaration(result), as: variable, at: place).type)
    }
    return admitted
  }

  /// Calls by the names of the parameters. A parameter without an argument is null.
  mutating func type(of call: BoxedInvocation, in scope: any TypeScope) -> FEELType {
    let function = declaration(of: call.function, in: scope)
    var arguments: [(argument: BoxedInvocation.Argument, type: FEELType)] = []
    for argument in call.arguments {
      arguments.append((argument, argument.value.map { cell(argument.parameter, $0, in: scope).type } ?? .null))
    }
    switch function.type {
    case .function(let parameters, let result):
      guard let names = function.parameters, names.count == parameters.count else { return result }
      let types = Dictionary(zip(names, parameters), uniquingKeysWith: { first, _ in first })
      for (argument, type) in arguments {
        check(argument, type, against: types[argument.parameter.name], of: names, at: call)
      }
      return result
    case .any, .null, .anyFunction: return .any
    default:
      report("dmn.invocation.notFunction", at: call.place, ["given": function.type.summary])
      return .any
    }
  }

  private mutating func check(
    _ argument: BoxedInvocation.Argument, _ type: FEELType, against asked: FEELType?, of names: [String],
    at call: BoxedInvocation
  ) {
    let name = argument.parameter.name
    let place = argument.value?.place ?? call.place
    guard let asked else {
      report("dmn.invocation.parameter", at: place, ["name": name, "parameters": names.joined(separator: ", ")])
      return
    }
    guard !type.mayBecome(asked) else { return }
    report("feel.type.argument", at: place, ["name": name, "expected": asked.summary, "given": type.summary])
  }
}
