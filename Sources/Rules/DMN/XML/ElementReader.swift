import Diagnostics

/// Reads the elements of the requirements graph, without their expressions (DMN 1.5 §6.3).
struct ElementReader {
  private(set) var diagnostics: [Diagnostic] = []
  private let typeNames: TypeNames
  private let namespace: String

  init(_ typeNames: TypeNames, namespace: String) {
    self.typeNames = typeNames
    self.namespace = namespace
  }

  /// nil for what is no element of the graph: diagrams, groups, annotations.
  mutating func element(_ tree: XMLTree, number: Int) -> Element? {
    let id = tree.attribute("id") ?? "element \(number)"
    switch tree.name {
    case "inputData":
      return .input(
        InputData(id: id, variable: variable(of: tree), documentation: tree.documentation, place: tree.place))
    case "decision": return .decision(decision(tree, id))
    case "businessKnowledgeModel":
      return .knowledgeModel(
        BusinessKnowledgeModel(
          id: id, variable: variable(of: tree), documentation: tree.documentation, requirements: requirements(of: tree),
          logic: nil, place: tree.place))
    case "decisionService": return .service(service(tree, id))
    case "knowledgeSource": return .knowledgeSource(source(tree, id))
    default: return nil
    }
  }

  private mutating func decision(_ tree: XMLTree, _ id: String) -> Decision {
    Decision(
      id: id, variable: variable(of: tree), documentation: tree.documentation, question: tree.text(of: "question"),
      allowedAnswers: tree.text(of: "allowedAnswers"), requirements: requirements(of: tree), expression: nil,
      place: tree.place)
  }

  private mutating func service(_ tree: XMLTree, _ id: String) -> DecisionService {
    DecisionService(
      id: id, variable: variable(of: tree), documentation: tree.documentation,
      outputs: references("outputDecision", of: tree), encapsulated: references("encapsulatedDecision", of: tree),
      inputDecisions: references("inputDecision", of: tree), inputs: references("inputData", of: tree),
      place: tree.place)
  }

  private mutating func source(_ tree: XMLTree, _ id: String) -> KnowledgeSource {
    KnowledgeSource(
      id: id, name: tree.elementName ?? "", documentation: tree.documentation, type: tree.text(of: "type"),
      location: tree.attribute("locationURI"), owner: references("owner", of: tree).first,
      requirements: requirements(of: tree), place: tree.place)
  }

  /// The name of the element, which its variable must share; the type of the variable.
  private mutating func variable(of tree: XMLTree) -> InformationItem {
    let variable = tree.child("variable")
    guard let name = tree.elementName ?? variable?.elementName else {
      diagnostics.append(
        Diagnostic("dmn.xml.attribute", at: tree.place, ["element": tree.name, "attribute": "name"]))
      return InformationItem("")
    }
    return InformationItem(name, type: typeNames.type(of: variable))
  }

  private static let requirementTags: [(tag: String, kind: Requirement.Kind, targets: [String])] = [
    ("informationRequirement", .information, ["requiredDecision", "requiredInput"]),
    ("knowledgeRequirement", .knowledge, ["requiredKnowledge"]),
    ("authorityRequirement", .authority, ["requiredDecision", "requiredInput", "requiredAuthority"]),
  ]

  private mutating func requirements(of tree: XMLTree) -> [Requirement] {
    var requirements: [Requirement] = []
    for (tag, kind, targets) in Self.requirementTags {
      for requirement in tree.children(tag) {
        for target in targets {
          requirements += references(target, of: requirement).map { Requirement(kind, $0) }
        }
      }
    }
    return requirements
  }

  private mutating func references(_ tag: String, of tree: XMLTree) -> [Reference] {
    var references: [Reference] = []
    for child in tree.children(tag) {
      if let reference = reference(child.attribute("href") ?? "") {
        references.append(reference)
      } else {
        let arguments = ["element": tag, "href": child.attribute("href") ?? ""]
        diagnostics.append(Diagnostic("dmn.xml.href", at: child.place, arguments))
      }
    }
    return references
  }

  /// `#id` in the same model, or `namespace#id`.
  private func reference(_ href: String) -> Reference? {
    guard let hash = href.lastIndex(of: "#") else { return nil }
    let id = String(href[href.index(after: hash)...])
    guard !id.isEmpty else { return nil }
    let model = String(href[..<hash])
    return Reference(id, namespace: model.isEmpty || model == namespace ? nil : model)
  }
}

extension XMLTree {
  /// The trimmed text of a child; nil when there is none.
  func text(of name: String) -> String? {
    guard let text = child(name)?.text.trimmed, !text.isEmpty else { return nil }
    return text
  }
}
