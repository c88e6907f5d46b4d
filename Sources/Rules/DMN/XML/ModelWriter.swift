extension DecisionModel {
  /// The model as DMN 1.5 XML in UTF-8, with a diagram laid out in layers: what is required stands below what requires
  /// it (DMN 1.5 §12, §13).
  ///
  /// Ids that XML cannot hold are changed, and so are the references to them. An expression that could not be read is
  /// left empty.
  public var xml: String {
    var writer = ModelWriter(self)
    return writer.write()
  }
}

/// Writes one model.
struct ModelWriter {
  let model: DecisionModel
  var names: XMLNames
  /// The edges written so far, for the diagram.
  private(set) var edges: [DiagramLayout.Edge] = []

  init(_ model: DecisionModel) {
    self.model = model
    names = XMLNames(model)
  }

  mutating func write() -> String {
    var out = XMLText()
    let id = names.unique(model.id ?? "definitions")
    let documentation = model.documentation
    out.element(
      "definitions",
      [
        "xmlns": DMNVersion.Namespace.model, "xmlns:dmndi": DMNVersion.Namespace.diagram,
        "xmlns:dc": DMNVersion.Namespace.measures, "xmlns:di": DMNVersion.Namespace.interchange, "id": id,
        "name": model.name, "namespace": model.namespace, "expressionLanguage": model.expressionLanguage,
        "typeLanguage": model.typeLanguage, "exporter": "Silian",
      ]
    ) { out in
      out.element("description", text: documentation)
      for item in model.imports { out.write(item) }
      for item in model.items { out.write(item, as: "itemDefinition") }
      for element in model.elements { write(element, to: &out) }
      out.write(DiagramLayout(model, names, edges), id: names.unique("diagram"))
    }
    return out.text
  }

  // MARK: - Elements

  private mutating func write(_ element: Element, to out: inout XMLText) {
    let id = names.id(of: element.id)
    let attributes: XMLText.Attributes = ["id": id, "name": element.name]
    switch element {
    case .input(let input):
      out.element("inputData", attributes) { out in
        out.element("description", text: input.documentation)
        out.write(input.variable, as: "variable")
      }
    case .decision(let decision): out.element("decision", attributes) { write(decision, id, to: &$0) }
    case .knowledgeModel(let knowledge):
      out.element("businessKnowledgeModel", attributes) { write(knowledge, id, to: &$0) }
    case .service(let service): out.element("decisionService", attributes) { write(service, to: &$0) }
    case .knowledgeSource(let source):
      out.element("knowledgeSource", ["id": id, "name": source.name, "locationURI": source.location]) { out in
        write(source, id, to: &out)
      }
    }
  }

  private mutating func write(_ decision: Decision, _ id: String, to out: inout XMLText) {
    out.element("description", text: decision.documentation)
    out.element("question", text: decision.question)
    out.element("allowedAnswers", text: decision.allowedAnswers)
    out.write(decision.variable, as: "variable")
    write(decision.requirements, of: id, [.information, .knowledge, .authority], to: &out)
    if let expression = decision.expression { out.write(expression) }
  }

  private mutating func write(_ knowledge: BusinessKnowledgeModel, _ id: String, to out: inout XMLText) {
    out.element("description", text: knowledge.documentation)
    out.write(knowledge.variable, as: "variable")
    if let logic = knowledge.logic { out.write(logic, as: "encapsulatedLogic") }
    write(knowledge.requirements, of: id, [.knowledge, .authority], to: &out)
  }

  private func write(_ service: DecisionService, to out: inout XMLText) {
    out.element("description", text: service.documentation)
    out.write(service.variable, as: "variable")
    let parts = [
      ("outputDecision", service.outputs), ("encapsulatedDecision", service.encapsulated),
      ("inputDecision", service.inputDecisions), ("inputData", service.inputs),
    ]
    for (tag, references) in parts {
      for reference in references { out.element(tag, ["href": href(reference)]) }
    }
  }

  private mutating func write(_ source: KnowledgeSource, _ id: String, to out: inout XMLText) {
    out.element("description", text: source.documentation)
    write(source.requirements, of: id, [.authority], to: &out)
    out.element("type", text: source.type)
    if let owner = source.owner { out.element("owner", ["href": href(owner)]) }
  }

  // MARK: - Requirements

  private mutating func write(
    _ requirements: [Requirement], of id: String, _ kinds: [Requirement.Kind], to out: inout XMLText
  ) {
    for kind in kinds {
      for requirement in requirements where requirement.kind == kind {
        let own = names.unique("\(id)-\(kind.rawValue)")
        out.element("\(kind.rawValue)Requirement", ["id": own]) { out in
          out.element(tag(of: requirement), ["href": href(requirement.target)])
        }
        guard isOwn(requirement.target) else { continue }
        edges.append(DiagramLayout.Edge(id: own, from: names.id(of: requirement.target.id), to: id))
      }
    }
  }

  private func tag(of requirement: Requirement) -> String {
    if requirement.kind == .knowledge { return "requiredKnowledge" }
    guard isOwn(requirement.target), let target = model.elements.first(where: { $0.id == requirement.target.id }) else {
      return requirement.kind == .authority ? "requiredAuthority" : "requiredDecision"
    }
    return switch target {
    case .input: "requiredInput"
    case .knowledgeSource: "requiredAuthority"
    default: "requiredDecision"
    }
  }

  private func isOwn(_ reference: Reference) -> Bool {
    reference.namespace == nil || reference.namespace == model.namespace
  }

  private func href(_ reference: Reference) -> String {
    isOwn(reference) ? "#" + names.id(of: reference.id) : "\(reference.namespace ?? "")#\(reference.id)"
  }
}
