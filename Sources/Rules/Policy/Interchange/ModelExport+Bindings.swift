import DMN
import Diagnostics
import FEEL

/// What the names of an expression come from, in the words of DMN: requirements, and entries of a boxed context.
struct ExpressionNeeds {
  var requirements: [Requirement] = []
  /// The context entries that give names their meaning, in order.
  var entries: [(name: String, feel: String)] = []

  mutating func require(_ kind: Requirement.Kind, _ id: String) {
    let requirement = Requirement(kind, Reference(id))
    if !requirements.contains(requirement) { requirements.append(requirement) }
  }

  mutating func bind(_ name: String, to feel: String) {
    if !entries.contains(where: { $0.name == name }) { entries.append((name, feel)) }
  }
}

extension ModelExport {
  /// - Parameter about: the record type whose fields are read by bare names.
  func needs(of uses: [NameUse], about: String?) -> ExpressionNeeds {
    var needs = ExpressionNeeds()
    for use in uses { add(use, about, to: &needs) }
    return needs
  }

  /// In the order in which a rulebook looks a name up (``SubjectScope``).
  private func add(_ use: NameUse, _ about: String?, to needs: inout ExpressionNeeds) {
    let name = use.name
    if let about, rulebook.dictionary[about]?.has(name) == true {
      needs.require(.information, id("input", about))
      needs.bind(name, to: "\(about).\(name)")
    } else if let decision = decisions[name] {
      add(decision, about, isCalled: use.isCalled, to: &needs)
    } else if parameters[name] != nil {
      needs.require(.information, id("parameter", name))
    } else if name == about {
      needs.require(.information, id("input", name))
    } else if Keywords.shared.isWord(name, "as-of") {
      needs.require(.information, id("input", Self.asOf))
      if name != Self.asOf { needs.bind(name, to: Self.asOf) }
    } else if let number = Keywords.shared.id(of: name, as: .constant) {
      needs.bind(name, to: number)
    } else if rulebook.decisions[name] != nil || rulebook.parametersByName[name] != nil {
      // Not in force on the day of the model.
      needs.bind(name, to: "null")
    }
  }

  private func add(
    _ decision: PolicyDecision, _ about: String?, isCalled: Bool, to needs: inout ExpressionNeeds
  ) {
    if decision.isFunction {
      needs.require(isKnowledgeModel(decision) ? .knowledge : .information, id("function", decision.name))
    } else if let other = decision.about, other != about || isCalled {
      callService(of: decision, about: other, for: &needs)
    } else {
      needs.require(.information, id("decision", decision.name))
    }
  }

  /// `贴息额: function(贷款) 贴息额·(贷款, 时点, …)`: a decision about another record, called as a function of it.
  private func callService(of decision: PolicyDecision, about: String, for needs: inout ExpressionNeeds) {
    needs.require(.knowledge, id("service", decision.name))
    needs.require(.information, id("input", Self.asOf))
    let constants = serviceConstants(of: decision)
    for constant in constants { needs.require(.information, elementID(constant)) }
    let arguments = [about, Self.asOf] + constants
    let list = arguments.joined(separator: ", ")
    needs.bind(decision.name, to: "function(\(about)) \(serviceName(decision.name))(\(list))")
  }

  func requirements(_ needs: ExpressionNeeds, _ citation: Citation) -> [Requirement] {
    needs.requirements + [citing(citation)]
  }

  func citing(_ citation: Citation) -> Requirement {
    Requirement(.authority, Reference(clauseID(citation)))
  }

  /// The expression in a context that binds its names; the expression itself when nothing is to be bound.
  func bound(_ expression: BoxedExpression, _ needs: ExpressionNeeds) -> BoxedExpression {
    if needs.entries.isEmpty { return expression }
    let entries = needs.entries.map { BoxedContext.Entry(InformationItem($0.name), feel($0.feel)) }
    return .context(BoxedContext(entries, result: expression))
  }

  /// A text of our own making as a literal expression.
  func feel(_ text: String) -> BoxedExpression {
    do throws(Diagnostic) {
      return .literal(try Expression(parsing: text, names: names, at: rulebook.main.place))
    } catch {
      return .invalid([error])
    }
  }

  func literal(_ value: Value) -> BoxedExpression { feel(value.feelLiteral ?? "null") }
}
