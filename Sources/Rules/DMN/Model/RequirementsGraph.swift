import Diagnostics

/// Follows the references of several models into one graph of elements.
struct RequirementsGraph {
  private(set) var nodes: [GraphNode] = []
  private(set) var indices: [[String: Int]] = []
  private(set) var diagnostics: [Diagnostic] = []
  private var ids: [[String: Int]] = []
  private var namespaces: [String: Int] = [:]

  init(_ models: [DecisionModel]) {
    for (number, model) in models.enumerated() {
      namespaces[model.namespace] = namespaces[model.namespace] ?? number
      ids.append([:])
      indices.append([:])
      for element in model.elements { add(element, of: number) }
    }
    for (number, model) in models.enumerated() {
      for item in model.imports where namespaces[item.namespace] == nil && item.isModel {
        report("dmn.import.unknown", at: model.place, ["name": item.name, "namespace": item.namespace])
      }
      for index in nodes.indices where nodes[index].model == number { link(index, in: model) }
    }
  }

  private mutating func add(_ element: Element, of model: Int) {
    let index = nodes.count
    nodes.append(GraphNode(element: element, model: model))
    if ids[model].updateValue(index, forKey: element.id) != nil {
      report("dmn.element.sameId", at: element.place, ["id": element.id, "name": element.name])
    }
    if indices[model][element.name] != nil {
      report("dmn.element.sameName", at: element.place, ["name": element.name])
    } else {
      indices[model][element.name] = index
    }
  }

  private mutating func link(_ index: Int, in model: DecisionModel) {
    let element = nodes[index].element
    for requirement in element.requirements {
      guard let target = resolve(requirement.target, from: index) else { continue }
      let source = nodes[target].model
      let importName = source == nodes[index].model ? nil : model.name(ofImport: namespace(of: source))
      nodes[index].needs.append(
        Need(
          kind: requirement.kind, importName: importName?.isEmpty == true ? nil : importName,
          name: nodes[target].element.name, target: target))
    }
    guard case .service(let service) = element else { return }
    nodes[index].service = ServiceLinks(
      outputs: service.outputs.compactMap { resolve($0, from: index) },
      encapsulated: service.encapsulated.compactMap { resolve($0, from: index) },
      parameters: (service.inputs + service.inputDecisions).compactMap { resolve($0, from: index) })
  }

  private func namespace(of model: Int) -> String { namespaces.first { $0.value == model }?.key ?? "" }

  private mutating func resolve(_ reference: Reference, from index: Int) -> Int? {
    let model = reference.namespace.map { namespaces[$0] } ?? nodes[index].model
    if let model, let target = ids[model][reference.id] { return target }
    let element = nodes[index].element
    report("dmn.reference.unknown", at: element.place, ["name": element.name, "id": reference.id])
    return nil
  }

  private mutating func report(
    _ code: String, _ severity: Diagnostic.Severity = .error, at place: SourcePlace, _ arguments: [String: String]
  ) {
    diagnostics.append(Diagnostic(code, severity, at: place, arguments))
  }
}

extension Import {
  /// False for imported XML schemas, PMML and the like. A type that is not given counts as DMN.
  var isModel: Bool { type.isEmpty || type.contains("/DMN/") }
}

extension DecisionModel {
  func name(ofImport namespace: String) -> String? { imports.first { $0.namespace == namespace }?.name }
}

extension Element {
  var requirements: [Requirement] {
    switch self {
    case .decision(let decision): decision.requirements
    case .knowledgeModel(let model): model.requirements
    case .knowledgeSource(let source): source.requirements
    case .input, .service: []
    }
  }

  var variable: InformationItem {
    switch self {
    case .input(let input): input.variable
    case .decision(let decision): decision.variable
    case .knowledgeModel(let model): model.variable
    case .service(let service): service.variable
    case .knowledgeSource(let source): InformationItem(source.name)
    }
  }

  var isDecision: Bool { if case .decision = self { true } else { false } }
}

// MARK: - Order and cycles

extension RequirementsGraph {
  struct Order {
    var rank: [Int]
    var cycles: [Int: [String]]
  }

  /// An order in which decisions come after what they require, and the cycles that forbid one.
  ///
  /// A cycle of decisions is an error: none of them has a value. One through functions, a knowledge model that calls
  /// itself, runs as deep as evaluation allows and is only warned of.
  mutating func order() -> Order {
    let information = nodes.map { node in
      node.needs.filter { $0.kind == .information && nodes[$0.target].element.isDecision }.map(\.target)
    }
    let components = Components(edges: information)
    var order = Order(rank: components.rank, cycles: [:])
    for component in components.cyclic {
      let names = report("dmn.cycle", .error, component, information)
      for index in component { order.cycles[index] = names }
    }
    reportCallCycles(besides: order.cycles)
    return order
  }

  private mutating func reportCallCycles(besides known: [Int: [String]]) {
    let all = nodes.map { node in
      node.needs.filter { $0.kind != .authority }.map(\.target)
        + (node.service.map { $0.outputs + $0.encapsulated } ?? [])
    }
    for component in Components(edges: all).cyclic where !component.contains(where: { known[$0] != nil }) {
      _ = report("dmn.cycle.calls", .warning, component, all)
    }
  }

  private mutating func report(
    _ code: String, _ severity: Diagnostic.Severity, _ component: [Int], _ edges: [[Int]]
  ) -> [String] {
    let path = Components.cycle(in: component, edges: edges)
    let names = path.map { nodes[$0].element.name }
    let text = (names + names.prefix(1)).joined(separator: " → ")
    if let first = path.first { report(code, severity, at: nodes[first].element.place, ["cycle": text]) }
    return names
  }
}
