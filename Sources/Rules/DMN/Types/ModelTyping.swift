public import Diagnostics
public import FEEL

/// What is known of a model's elements before evaluation.
public struct ModelTyping: Sendable {
  /// What is surely wrong anywhere in the model and those it imports, sorted.
  public internal(set) var diagnostics: [Diagnostic] = []
  private var elements: [ElementName: ElementTyping] = [:]

  private struct ElementTyping {
    var type: FEELType
    var diagnostics: [Diagnostic]
  }

  mutating func set(_ type: FEELType, _ diagnostics: [Diagnostic], for name: ElementName) {
    elements[name] = ElementTyping(type: type, diagnostics: diagnostics)
  }

  /// The type of the values of input data or a decision, or the type of a function; nil when there is no such element.
  public func type(of element: ElementName) -> FEELType? { elements[element]?.type }

  /// What is wrong in one element.
  public func diagnostics(of element: ElementName) -> [Diagnostic] { elements[element]?.diagnostics ?? [] }
}

extension LinkedModel {
  /// Finds what cannot work whatever the values are. Evaluation takes no notice of it.
  public func checkTypes() -> [Diagnostic] { typing().diagnostics }

  /// Infers the types of all elements, those that an element requires before it.
  public func typing() -> ModelTyping {
    var known = [TypeDeclaration?](repeating: nil, count: nodes.count)
    var typing = ModelTyping()
    for index in typingOrder {
      var inference = BoxedInference(types: types(of: index), place: nodes[index].element.place)
      let declaration = declaration(of: index, known, with: &inference)
      known[index] = declaration
      typing.diagnostics += inference.diagnostics
      let node = nodes[index]
      let name = ElementName(node.element.name, namespace: node.model == 0 ? nil : models[node.model].namespace)
      typing.set(declaration.type, inference.diagnostics, for: name)
    }
    for (model, types) in zip(models, types) {
      var inference = BoxedInference(types: types, place: model.place)
      for item in model.items { inference.check(item, depth: 0) }
      typing.diagnostics += inference.diagnostics
    }
    typing.diagnostics.sort()
    return typing
  }

  /// What an element needs comes first; of those that need each other, any.
  private var typingOrder: [Int] {
    let edges = nodes.map { node in
      node.needs.filter { $0.kind != .authority }.map(\.target)
        + (node.service.map { $0.outputs + $0.parameters } ?? [])
    }
    let rank = Components(edges: edges).rank
    return nodes.indices.sorted { rank[$0] < rank[$1] }
  }

  private func declaration(
    of index: Int, _ known: [TypeDeclaration?], with inference: inout BoxedInference
  ) -> TypeDeclaration {
    let element = nodes[index].element
    switch element {
    case .input, .knowledgeSource: return declared(index)
    case .decision(let decision):
      guard let expression = decision.expression else { return declared(index) }
      return inference.cell(decision.variable, expression, in: scope(of: index, known))
    case .knowledgeModel(let model):
      guard let logic = model.logic else { return declared(index) }
      let function = inference.declaration(of: logic, in: scope(of: index, known))
      return inference.admitResult(of: function, as: model.variable)
    case .service(let service):
      let function = self.function(of: index, known)
      return inference.admitResult(of: function, as: service.variable)
    }
  }

  /// What an element says of itself.
  private func declared(_ index: Int) -> TypeDeclaration {
    let types = types(of: index)
    switch nodes[index].element {
    case .knowledgeModel(let model):
      guard let logic = model.logic else { return TypeDeclaration(.anyFunction) }
      return BoxedInference(types: types, place: model.place).declared(logic)
    case .service: return TypeDeclaration(.anyFunction)
    case let element: return TypeDeclaration(types.feelType(of: element.variable.type))
    }
  }

  /// A service as a function. What input decisions without a type are given is not known, and so neither is the result.
  private func function(of index: Int, _ known: [TypeDeclaration?]) -> TypeDeclaration {
    let links = nodes[index].service ?? ServiceLinks()
    let outputs = links.outputs.map { (nodes[$0].element.name, known[$0]?.type ?? declared($0).type) }
    let isOpen = links.parameters.contains { nodes[$0].element.isDecision && nodes[$0].element.variable.type == nil }
    let whole: FEELType =
      outputs.count == 1 ? outputs[0].1 : .context(Dictionary(outputs, uniquingKeysWith: { $1 }))
    return TypeDeclaration(
      .function(links.parameters.map { declared($0).type }, isOpen ? .any : whole),
      parameters: links.parameters.map { nodes[$0].element.name })
  }

  /// The names of an element's requirements. Those of an imported model are entries of a context under its name.
  private func scope(of index: Int, _ known: [TypeDeclaration?]) -> TypeLayer {
    var layer = TypeLayer()
    for need in nodes[index].needs where need.kind != .authority {
      let declaration = known[need.target] ?? declared(need.target)
      guard let importName = need.importName else {
        layer.names[need.name] = declaration
        continue
      }
      var entries = layer.names[importName]?.entries ?? [:]
      entries[need.name] = declaration
      layer.names[importName] = TypeDeclaration(.context(entries.mapValues(\.type)), entries: entries)
    }
    return layer
  }
}

extension BoxedInference {
  /// The allowed values of a type against the type itself.
  mutating func check(_ item: ItemDefinition, depth: Int) {
    guard depth < 60 else { return }
    let isDeclared = item.components.isEmpty && item.function == nil
    let type = isDeclared ? types.feelType(of: item.base) : .any
    if let allowed = item.allowed { check(allowed, against: type, in: TypeLayer()) }
    if let constraint = item.constraint {
      check(constraint, against: item.isCollection ? .list(type) : type, in: TypeLayer())
    }
    for component in item.components { check(component, depth: depth + 1) }
  }
}
