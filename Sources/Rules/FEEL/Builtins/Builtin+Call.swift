extension Builtin {
  /// Calls the function with arguments by position. A call that fits no signature is null with a warning.
  public func call(_ arguments: [Value], in invocation: inout Invocation) -> Value {
    let fitting = signatures.compactMap { $0.arranged(arguments) }
    guard !fitting.isEmpty else {
      invocation.warn("feel.builtin.arity", ["function": name, "given": String(arguments.count), "forms": forms])
      return .null()
    }
    return run(fitting, in: &invocation)
  }

  /// Calls the function with arguments by name; a parameter that is not supplied is null (DMN 1.5 §10.3.2.13.5).
  public func call(named arguments: [(name: String, value: Value)], in invocation: inout Invocation) -> Value {
    let inOrder = signatures.filter { $0.begins(with: arguments.map(\.name)) }
    let fitting = (inOrder + signatures).compactMap { $0.arranged(named: arguments) }
    guard !fitting.isEmpty else {
      let names = arguments.map(\.name).joined(separator: ", ")
      invocation.warn("feel.builtin.names", ["function": name, "given": names, "forms": forms])
      return .null()
    }
    return run(fitting, in: &invocation)
  }

  /// How the function may be called, for messages: `floor(n, scale?)`.
  public var forms: String {
    signatures.map { signature in
      let parameters = signature.parameters.map { $0.name + ($0.isOptional ? "?" : "") }.joined(separator: ", ")
      return "\(name)(\(parameters)\(signature.repeating == nil ? "" : ", …"))"
    }.joined(separator: " | ")
  }

  private func run(_ candidates: [Signature.Arranged], in invocation: inout Invocation) -> Value {
    var mismatch: Signature.Mismatch?
    for candidate in candidates {
      switch candidate.coerced() {
      case .success(nil): return .null()
      case .success(let arguments?):
        guard invocation.spend(arguments.textSize / 32) else { return .null() }
        if let value = body(arguments, &invocation) { return value }
        invocation.warn("feel.builtin.noAnswer", ["function": name, "arguments": arguments.summary])
        return .null()
      case .failure(let found): mismatch = mismatch ?? found
      }
    }
    if let mismatch {
      invocation.warn(
        "feel.builtin.type",
        [
          "function": name, "parameter": mismatch.parameter.name, "expected": mismatch.parameter.type.description,
          "given": mismatch.given.typeName,
        ])
    }
    return .null()
  }
}

extension Arguments {
  /// The bytes of its texts, which to go through is work.
  fileprivate var textSize: Int {
    values.reduce(0) { size, value in if case .string(let text) = value { size + text.utf8.count } else { size } }
  }

  /// The arguments for a message, shortened.
  fileprivate var summary: String {
    let text = values.map { $0.summary(within: 120) }.joined(separator: ", ")
    let longest = 120
    return text.count <= longest ? text : text.prefix(longest - 1) + "…"
  }
}

extension Builtin.Signature {
  struct Mismatch: Error {
    let parameter: Builtin.Parameter
    let given: Value
  }

  /// One value for each parameter, not yet checked for its type; nil for one that was left out.
  struct Arranged {
    let parameters: [Builtin.Parameter]
    let values: [Value?]

    /// nil inside success: an argument is null, and so is the result.
    func coerced() -> Result<Arguments?, Mismatch> {
      var checked: [Value] = []
      checked.reserveCapacity(values.count)
      var meetsNull = false
      for (parameter, value) in zip(parameters, values) {
        guard let value else {
          checked.append(.null())
          continue
        }
        if case .null = value, !parameter.takesNull { meetsNull = true }
        guard let fit = value.coerced(to: parameter.type) else {
          return .failure(Mismatch(parameter: parameter, given: value))
        }
        checked.append(fit)
      }
      return .success(meetsNull ? nil : Arguments(values: checked))
    }
  }

  fileprivate func arranged(_ arguments: [Value]) -> Arranged? {
    var values: [Value?] = arguments
    if let repeating {
      let first = parameters.count - 1
      guard arguments.count > first else { return nil }
      if repeating == .items || arguments.count > parameters.count {
        values = Array(arguments[..<first]) + [.list(Array(arguments[first...]))]
      }
    }
    guard values.count <= parameters.count, parameters.dropFirst(values.count).allSatisfy(\.isOptional) else {
      return nil
    }
    let missing = parameters.count - values.count
    return Arranged(parameters: parameters, values: values + Array(repeating: nil, count: missing))
  }

  /// `before(point, range)` and `before(range, point)` have the same names: then the order tells.
  fileprivate func begins(with names: [String]) -> Bool { parameters.map(\.name).starts(with: names) }

  fileprivate func arranged(named arguments: [(name: String, value: Value)]) -> Arranged? {
    var rest = arguments
    var values: [Value?] = []
    for parameter in parameters {
      if let index = rest.firstIndex(where: { $0.name == parameter.name }) {
        values.append(rest.remove(at: index).value)
      } else if parameter.isOptional {
        values.append(nil)
      } else if parameter.takesNull {
        values.append(.null())
      } else {
        return nil
      }
    }
    guard rest.isEmpty else { return nil }
    if repeating == .items, let last = values.popLast() { values.append(last.map { .list([$0]) }) }
    return Arranged(parameters: parameters, values: values)
  }
}
