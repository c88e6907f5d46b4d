public import DMN
import Diagnostics
public import FEEL

extension Rulebook {
  /// The rules as one DMN model, which any DMN modeller opens and any DMN engine runs.
  ///
  /// DMN knows no versions, so the model is that of one day. Record types become input data, named as the type, with an
  /// item definition; decisions about a record read it from there. A decision that others call for each record of a
  /// list becomes a decision service; functions become knowledge models; parameters and constants become decisions
  /// without requirements; benefits and titles become decisions that give a context; clauses become knowledge sources.
  ///
  /// The expressions and tables stay as they are written: a boxed context around them says what their names mean.
  /// - Parameter date: the day whose versions of decisions and parameters are taken; what is not in force on it is left
  ///   out. Each evaluation still gives the as-of date, as input data.
  public func decisionModel(governedBy date: CalendarDate) -> DecisionModel {
    var export = ModelExport(self, date)
    return export.model()
  }
}

/// Writes a rulebook as a decision model.
struct ModelExport {
  let rulebook: Rulebook
  let date: CalendarDate
  /// The version of each name that is in force.
  let decisions: [String: PolicyDecision]
  let parameters: [String: Parameter]
  /// The schemes in force, by the names of their decisions.
  let schemes: [(name: String, scheme: Scheme)]
  /// What each decision name rests on, through everything it calls.
  private(set) var constantsBelow: [String: Set<String>] = [:]
  private(set) var elements: [Element] = []
  /// Every name that a text written here may hold.
  private(set) var names = KnownNames()

  init(_ rulebook: Rulebook, _ date: CalendarDate) {
    self.rulebook = rulebook
    self.date = date
    decisions = rulebook.decisions.compactMapValues { $0.first { $0.inForce.contains(date) } }
    parameters = rulebook.parametersByName.compactMapValues { $0.first { $0.inForce.contains(date) } }
    schemes = rulebook.schemes.filter { $0.inForce.contains(date) }.map { scheme in
      (Keywords.shared.word(scheme.kind.rawValue, as: .construct) + " " + scheme.name, scheme)
    }
  }

  mutating func model() -> DecisionModel {
    for name in decisions.keys { _ = constants(below: name) }
    collectNames()
    let asOf = InformationItem(Self.asOf, type: "date")
    elements.append(.input(InputData(id: id("input", Self.asOf), variable: asOf, place: rulebook.main.place)))
    for type in rulebook.dictionary.types { elements.append(.input(input(type))) }
    for parameter in parameters.values.sorted(by: { $0.place < $1.place }) {
      elements.append(.decision(element(of: parameter)))
    }
    for decision in decisions.values.sorted(by: { $0.place < $1.place }) { add(decision) }
    for (name, scheme) in schemes { elements.append(.decision(element(of: scheme, named: name))) }
    elements += sources()
    let pack = rulebook.main
    return DecisionModel(
      id: pack.id, name: pack.title, namespace: Self.namespace + pack.id,
      documentation: "\(pack.id) \(pack.version) @ \(date)", items: rulebook.dictionary.types.map(item),
      elements: elements, place: SourcePlace(file: pack.id + ".dmn"))
  }

  private mutating func collectNames() {
    for type in rulebook.dictionary.types {
      names.insert(type.name)
      for name in type.names { names.insert(member: name) }
    }
    for name in decisions.keys {
      names.insert(name)
      names.insert(serviceName(name))
    }
    for name in parameters.keys { names.insert(name) }
    names.insert(Self.asOf)
    let labels = Labels(avoiding: [])
    for name in [labels.applies, labels.eligible, labels.review, labels.amount] {
      names.insert(name)
      names.insert(name + "_")
    }
    for name in [labels.test, labels.test + "_"] { names.insert(member: name) }
  }

  static let namespace = "urn:silian:pack:"
  static var asOf: String { Keywords.shared.word("as-of", as: .word) }

  /// The id of an element: what it is and the name, so that it stays when others come and go.
  func id(_ kind: String, _ name: String) -> String { "\(kind)_\(name)" }

  // MARK: - Elements

  private mutating func add(_ decision: PolicyDecision) {
    if decision.isFunction {
      elements.append(function(decision))
      return
    }
    let needs = needs(of: decision.expressionUses, about: decision.about)
    elements.append(
      .decision(
        Decision(
          id: id("decision", decision.name),
          variable: InformationItem(decision.name, type: typeReference(decision.type)),
          documentation: documentation(decision.citation, decision.note),
          requirements: requirements(needs, decision.citation), expression: bound(decision.body.boxed, needs),
          place: decision.place)))
    if decision.about != nil { elements.append(.service(service(decision))) }
  }

  /// A function without constants is a knowledge model; with them it is a decision whose value is the function, for
  /// knowledge models cannot read decisions.
  private func function(_ decision: PolicyDecision) -> Element {
    let formals = decision.formals ?? []
    let own = Set(formals.map(\.name))
    let needs = needs(of: decision.expressionUses.filter { !own.contains($0.name) }, about: nil)
    let logic = BoxedFunction(
      parameters: formals.map { InformationItem($0.name, type: typeReference($0.type)) },
      body: bound(decision.body.boxed, needs), result: typeReference(decision.type), place: decision.place)
    let text = documentation(decision.citation, decision.note)
    let requirements = requirements(needs, decision.citation)
    if isKnowledgeModel(decision) {
      return .knowledgeModel(
        BusinessKnowledgeModel(
          id: id("function", decision.name), variable: InformationItem(decision.name), documentation: text,
          requirements: requirements, logic: logic, place: decision.place))
    }
    return .decision(
      Decision(
        id: id("function", decision.name), variable: InformationItem(decision.name), documentation: text,
        requirements: requirements, expression: .function(logic), place: decision.place))
  }

  private func element(of parameter: Parameter) -> Decision {
    var text = documentation(parameter.citation, parameter.note ?? parameter.reason)
    if case .undetermined(let reason) = parameter.state { text += "\n" + reason }
    let expression = parameter.value.map { literal($0) }
    return Decision(
      id: id("parameter", parameter.name),
      variable: InformationItem(parameter.name, type: typeReference(parameter.type)),
      documentation: text, requirements: [citing(parameter.citation)], expression: expression, place: parameter.place)
  }

  /// The decisions about a record that a service must run for one record, and what it is given.
  private func service(_ decision: PolicyDecision) -> DecisionService {
    let inside = insideService(of: decision)
    return DecisionService(
      id: id("service", decision.name), variable: InformationItem(serviceName(decision.name)),
      outputs: [Reference(id("decision", decision.name))],
      encapsulated: inside.dropFirst().map { Reference(elementID($0)) },
      inputDecisions: serviceConstants(of: decision).map { Reference(elementID($0)) },
      inputs: [Reference(id("input", decision.about ?? "")), Reference(id("input", Self.asOf))], place: decision.place)
  }

  /// The decision, and those it is made of that read the same record or are functions.
  private func insideService(of decision: PolicyDecision) -> [String] {
    var found = [decision.name]
    var position = 0
    while position < found.count {
      for name in decisions[found[position]]?.expressionUses.map(\.name) ?? [] {
        guard let used = decisions[name], !found.contains(name) else { continue }
        let isSameRecord = !used.isFunction && used.about == decision.about
        if isSameRecord || used.isFunction && !isKnowledgeModel(used) { found.append(name) }
      }
      position += 1
    }
    return found
  }

  func serviceConstants(of decision: PolicyDecision) -> [String] { (constantsBelow[decision.name] ?? []).sorted() }

  func serviceName(_ name: String) -> String { name + " " + Keywords.shared.word("service", as: .word) }

  /// The clauses that decisions cite.
  private func sources() -> [Element] {
    var seen: Set<String> = []
    let citations =
      parameters.values.map(\.citation) + decisions.values.map(\.citation) + schemes.map(\.scheme.citation)
    let unique = citations.filter { seen.insert($0.description).inserted }.sorted { $0.description < $1.description }
    return unique.map { citation in
      .knowledgeSource(
        KnowledgeSource(
          id: clauseID(citation),
          name: [citation.documentTitle, citation.clause ?? citation.heading].joined(separator: " "),
          documentation: citation.heading, location: nil, place: rulebook.main.place))
    }
  }

  /// Full-width brackets stand in the numbers of clauses, and in no id.
  func clauseID(_ citation: Citation) -> String {
    id("clause", citation.description.replacing("（", with: "-").replacing("）", with: "-"))
  }

  func documentation(_ citation: Citation, _ note: String?) -> String {
    ([citation.documentTitle, citation.clause].compactMap { $0 }.joined(separator: " "))
      + (note.map { "\n" + $0 } ?? "")
  }

  // MARK: - What a name rests on

  /// The parameters, and the decisions about nothing, that a decision reads, itself or through what it calls.
  private mutating func constants(below name: String) -> Set<String> {
    if let known = constantsBelow[name] { return known }
    constantsBelow[name] = []
    var found: Set<String> = []
    for use in decisions[name]?.expressionUses ?? [] {
      if parameters[use.name] != nil, decisions[use.name] == nil { found.insert(use.name) }
      guard let used = decisions[use.name] else { continue }
      if used.about == nil, !used.isFunction {
        found.insert(use.name)
      } else {
        found.formUnion(constants(below: use.name))
      }
    }
    constantsBelow[name] = found
    return found
  }

  /// Whether a function reads nothing but its arguments and other such functions.
  func isKnowledgeModel(_ function: PolicyDecision) -> Bool {
    guard constantsBelow[function.name]?.isEmpty != false else { return false }
    let own = Set((function.formals ?? []).map(\.name))
    return function.expressionUses.allSatisfy { use in
      if own.contains(use.name) { return true }
      if Keywords.shared.isWord(use.name, "as-of") { return false }
      guard let used = decisions[use.name] else { return true }
      return used.isFunction && isKnowledgeModel(used)
    }
  }

  /// The id of the element that carries a decision, function or parameter.
  func elementID(_ name: String) -> String {
    guard let decision = decisions[name] else { return id("parameter", name) }
    return id(decision.isFunction ? "function" : "decision", name)
  }
}

extension PolicyDecision.Body {
  var boxed: BoxedExpression {
    switch self {
    case .expression(let expression): .literal(expression)
    case .table(let table): .table(table)
    }
  }
}
