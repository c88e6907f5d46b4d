import FEEL

/// Contexts, relations, conditionals, filters and iterations.
extension BoxedInference {
  /// Each entry reads those before it.
  mutating func declaration(of context: BoxedContext, in scope: any TypeScope) -> TypeDeclaration {
    var layer = TypeLayer(over: scope)
    var entries: [String: FEELType] = [:]
    for entry in context.entries {
      let declaration = cell(entry.variable, entry.value, in: selfReferring(entry, in: layer))
      layer.names[entry.variable.name] = declaration
      entries[entry.variable.name] = declaration.type
    }
    guard let result = context.result else { return TypeDeclaration(.context(entries), entries: layer.names) }
    return declaration(of: result, in: layer)
  }

  /// A function knows itself by the name of its entry, unless that means something already.
  private func selfReferring(_ entry: BoxedContext.Entry, in layer: TypeLayer) -> TypeLayer {
    guard case .function(let function) = entry.value, layer.declaration(of: entry.variable.name) == nil else {
      return layer
    }
    return TypeLayer([entry.variable.name: declared(function)], over: layer)
  }

  /// A named cell: its value as the type of the cell asks for it.
  mutating func cell(
    _ item: InformationItem, _ expression: BoxedExpression, in scope: any TypeScope
  ) -> TypeDeclaration {
    let given = declaration(of: expression, in: scope)
    return admit(given, as: item, constant: expression.constant, at: expression.place ?? place)
  }

  mutating func type(of relation: Relation, in scope: any TypeScope) -> FEELType {
    guard !relation.rows.isEmpty else { return .list(.null) }
    var entries: [String: FEELType] = [:]
    for (column, item) in relation.columns.enumerated() {
      var type = FEELType.null
      for row in relation.rows where column < row.count {
        type = type.joined(with: cell(item, row[column], in: scope).type)
      }
      entries[item.name] = type
    }
    return .list(.context(entries))
  }

  mutating func type(of conditional: BoxedConditional, in scope: any TypeScope) -> FEELType {
    let condition = type(of: conditional.condition, in: scope)
    if !condition.mayBecomeTruth {
      let place = conditional.condition.place ?? conditional.place
      report("dmn.conditional.notBoolean", at: place, ["given": condition.summary])
    }
    let then = type(of: conditional.then, in: scope)
    return then.joined(with: type(of: conditional.otherwise, in: scope))
  }

  /// A condition leaves a list; what an index finds may as well be an empty list.
  mutating func type(of filter: BoxedFilter, in scope: any TypeScope) -> FEELType {
    let item = type(of: filter.list, in: scope).item
    let match = type(of: filter.match, in: names(of: item, over: scope))
    switch match {
    case .boolean, .null: return .list(item)
    case .number, .any: return .any
    default:
      let place = filter.match.place ?? filter.place
      report("dmn.filter.notBoolean", at: place, ["given": match.summary])
      return .any
    }
  }

  /// What a filter's condition may read of an item: `item`, and the entries of a context.
  private func names(of item: FEELType, over scope: any TypeScope) -> TypeLayer {
    var layer = TypeLayer(over: scope)
    switch item {
    case .context(let entries): for (name, type) in entries { layer.names[name] = TypeDeclaration(type) }
    case .any, .anyContext, .record: layer.isOpen = true
    default: break
    }
    if layer.names["item"] == nil { layer.names["item"] = TypeDeclaration(layer.isOpen ? .any : item) }
    return layer
  }

  mutating func type(of iteration: BoxedIteration, in scope: any TypeScope) -> FEELType {
    let item = TypeDeclaration(type(of: iteration.list, in: scope).item)
    let variable = admit(item, as: iteration.variable, at: iteration.list.place ?? iteration.place)
    var layer = TypeLayer([iteration.variable.name: variable], over: scope)
    if iteration.kind == .for { layer.names["partial"] = TypeDeclaration(.list(.any)) }
    let body = type(of: iteration.body, in: layer)
    if iteration.kind == .for { return .list(body) }
    if !body.mayBecomeTruth {
      let arguments = ["operator": iteration.kind.rawValue, "given": body.summary]
      report("feel.type.satisfies", at: iteration.body.place ?? iteration.place, arguments)
    }
    return .boolean
  }
}

extension FEELType {
  /// What is taken one by one: the items of a list, the numbers of a range, or the value itself.
  fileprivate var item: FEELType {
    switch self {
    case .list(let item): item
    case .range: .number
    default: self
    }
  }

  /// Whether it may be true or false as it stands.
  fileprivate var mayBecomeTruth: Bool { [.boolean, .any, .null].contains(self) }
}
