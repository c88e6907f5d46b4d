/// Lists, contexts, filters and iteration.
extension TypeInference {
  mutating func type(ofList items: [Node]) -> FEELType {
    var element = FEELType.null
    for item in items {
      let type = type(of: item)
      if element != .any { element = relations.join(element, type) }
    }
    return .list(element)
  }

  mutating func type(of entries: [ContextEntry]) -> FEELType {
    let outer = locals.count
    defer { locals.removeLast(locals.count - outer) }
    var types: [String: FEELType] = [:]
    for entry in entries {
      let type = type(of: entry)
      types[entry.key] = type
      locals.append(Local(type: type, parameters: entry.value.parameterNames))
    }
    return .context(types)
  }

  /// A function that knows itself by the key is bound while its body is read.
  private mutating func type(of entry: ContextEntry) -> FEELType {
    guard entry.knowsItself, case .function(let definition) = entry.value.kind else { return type(of: entry.value) }
    let own = FEELType.function(definition.parameters.map { $0.type ?? .any }, .any)
    return bind(Local(type: own, parameters: entry.value.parameterNames)) { $0.type(of: entry.value) }
  }

  // MARK: - Filters

  /// An index gives an element, a condition a list.
  mutating func type(ofFilter list: Node, by condition: Node) -> FEELType {
    let whole = type(of: list)
    let element: FEELType
    switch whole {
    case .list(let item): element = item
    default: element = whole
    }
    let (type, isIndex) = bind(element) { inference in
      let type = inference.type(of: condition)
      return (type, type == .number && inference.isCertain(condition, in: list))
    }
    if whole == .null { return .null }
    if isIndex { return element }
    switch type {
    case .boolean, .null: return .list(element)
    // An index that is null after all finds an empty list.
    case .number, .any: return .any
    default:
      report("feel.type.filter", ["given": type.summary], at: condition)
      return .any
    }
  }

  /// Whether a number is never null: it is written out, counted, or a variable over whole numbers.
  private func isCertain(_ node: Node, in list: Node) -> Bool {
    switch node.kind {
    case .literal(let value): return !value.isNull
    case .negation(let operand): return isCertain(operand, in: list)
    case .name(let name):
      guard case .local(let slot) = meaning(of: name) else { return false }
      return locals[slot].isCertain
    case .arithmetic(.add, let left, let right), .arithmetic(.subtract, let left, let right):
      return isCertain(left, in: list) && isCertain(right, in: list)
    case .call(let call):
      guard case .name(let name) = call.callee.kind, case .builtin(let builtin) = meaning(of: name) else {
        return false
      }
      return builtin.name == "count" && call.arguments.count == 1 && isSame(call.arguments[0], list)
    default: return false
    }
  }

  /// Whether both are one name, or the same path from one, that means the same inside the filter as outside.
  private func isSame(_ inside: Node, _ list: Node) -> Bool {
    switch (inside.kind, list.kind) {
    case (.name(let a), .name(let b)):
      if case .value = meaning(of: a) { return false }
      return a.text == b.text && a.slot == b.slot && b.filterSlots.isEmpty
    case (.path(let a, let memberA), .path(let b, let memberB)): return memberA == memberB && isSame(a, b)
    default: return false
    }
  }

  // MARK: - Iteration

  mutating func type(of iteration: Iteration) -> FEELType {
    let type = over(iteration.variables) { inference in
      inference.bind(.list(.any)) { $0.type(of: iteration.result) }
    }
    return .list(type)
  }

  mutating func type(of quantifier: Quantifier, _ variables: [IterationVariable], _ condition: Node) -> FEELType {
    let type = over(variables) { $0.type(of: condition) }
    if !type.mayBe(kind: .boolean) {
      report("feel.type.satisfies", ["operator": quantifier.rawValue, "given": type.summary], at: condition)
    }
    return .boolean
  }

  /// Runs `body` with the variables bound, each known to those after it.
  private mutating func over(
    _ variables: [IterationVariable], _ body: (inout TypeInference) -> FEELType
  ) -> FEELType {
    let outer = locals.count
    defer { locals.removeLast(locals.count - outer) }
    for variable in variables {
      let local = local(of: variable)
      locals.append(local)
    }
    return body(&self)
  }

  private mutating func local(of variable: IterationVariable) -> Local {
    let domain = type(of: variable.domain)
    guard let end = variable.end else { return local(over: domain, at: variable.domain) }
    let type = type(of: end)
    let fits = Self.countable.filter { domain.mayBe(kind: $0.kind) && type.mayBe(kind: $0.kind) }
    if fits.isEmpty {
      report(
        "feel.type.operands", ["operator": "..", "left": domain.summary, "right": type.summary],
        at: variable.domain)
    }
    return Local(type: fits.count == 1 ? fits[0].type : .any, isCertain: true)
  }

  private static let countable: [(kind: TypeKind, type: FEELType)] = [(.number, .number), (.date, .date)]

  private mutating func local(over domain: FEELType, at node: Node) -> Local {
    switch domain {
    case .list(let element): return Local(type: element)
    case .range(let element):
      guard element == .any || element == .null || Self.countable.contains(where: { $0.type == element }) else {
        report("feel.type.domain", ["given": domain.summary], at: node)
        return Local(type: .any)
      }
      return Local(type: element, isCertain: true)
    default: return Local(type: domain)
    }
  }
}

extension Node {
  /// The names of the parameters, when it is a function written out.
  var parameterNames: [String]? {
    if case .function(let definition) = kind { definition.parameters.map(\.name) } else { nil }
  }

}
