public import FEEL

extension LinkedModel {
  /// What the expressions of an element may refer to, for parsing them: its requirements, the components of types and
  /// the types themselves. A reader adds what boxed expressions bind on the way down: parameters, keys of contexts.
  ///
  /// Expressions can be read only when names are known; so a reader links the model without expressions first.
  public func knownNames(for element: Reference) -> KnownNames {
    let model = element.namespace.map { namespace in models.firstIndex { $0.namespace == namespace } } ?? 0
    guard let model, let node = nodes.first(where: { $0.model == model && $0.element.id == element.id }) else {
      return KnownNames()
    }
    var names = KnownNames(members: types[model].memberNames, types: types[model].feelTypes)
    for need in node.needs where need.kind != .authority {
      names.insert(need.importName ?? need.name)
      if need.importName != nil { names.insert(member: need.name) }
    }
    return names
  }
}
