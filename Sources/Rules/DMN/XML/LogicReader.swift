import Diagnostics
import FEEL

/// Fills the expressions of one model in, now that the names of all models are known.
struct LogicReader {
  private(set) var diagnostics: [Diagnostic] = []
  private let draft: ModelDraft
  private let linked: LinkedModel
  /// The members of all models whose names a reader would not take for one word.
  private var members: Set<String>

  init(_ draft: ModelDraft, among skeletons: [DecisionModel], at index: Int, members: Set<String> = []) {
    self.draft = draft
    linked = LinkedModel(draft.model, importing: skeletons.enumerated().filter { $0.offset != index }.map(\.element))
    self.members = draft.members.union(members).filter { !$0.isOneWord }
  }

  /// Contexts written in FEEL have keys that other decisions read: when some of them are of several words, all is read
  /// again with them.
  mutating func read() -> DecisionModel {
    let model = fill()
    let keys = Set(model.elements.flatMap { $0.logic?.contextKeys ?? [] }).filter { !$0.isOneWord }
    guard !keys.isSubset(of: members) else { return model }
    members.formUnion(keys)
    diagnostics = []
    return fill()
  }

  private mutating func fill() -> DecisionModel {
    var model = draft.model
    for (index, tree) in draft.trees.enumerated() {
      switch model.elements[index] {
      case .decision(var decision):
        fill(&decision, from: tree)
        model.elements[index] = .decision(decision)
      case .knowledgeModel(var knowledge):
        knowledge.logic = reader(for: knowledge.id).function(tree.child("encapsulatedLogic"))
        model.elements[index] = .knowledgeModel(knowledge)
      case .input, .service, .knowledgeSource: break
      }
    }
    return model
  }

  /// A decision whose variable has no type takes that of its expression.
  private func fill(_ decision: inout Decision, from tree: XMLTree) {
    guard let (expression, type) = reader(for: decision.id).expression(in: tree) else { return }
    decision.expression = expression
    decision.variable.type = decision.variable.type ?? type
  }

  private func reader(for id: String) -> ExpressionReader {
    var names = linked.knownNames(for: Reference(id))
    for member in members { names.insert(member: member) }
    return ExpressionReader(draft.typeNames, names: names, members: members)
  }
}

extension String {
  /// Whether FEEL reads the name as one word even where it does not know it.
  fileprivate var isOneWord: Bool {
    unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_" }
  }
}

extension Element {
  /// What the element computes.
  fileprivate var logic: BoxedExpression? {
    switch self {
    case .decision(let decision): decision.expression
    case .knowledgeModel(let model): model.logic.map { .function($0) }
    case .input, .service, .knowledgeSource: nil
    }
  }
}

extension BoxedExpression {
  /// The keys of contexts that its FEEL writes out.
  fileprivate var contextKeys: Set<String> {
    switch self {
    case .literal(let literal): literal.root.contextKeys
    case .table(let table):
      table.rules.flatMap(\.outputs).reduce(into: []) { $0.formUnion($1.root.contextKeys) }
    default: parts.reduce(into: []) { $0.formUnion($1.contextKeys) }
    }
  }
}

extension Node {
  fileprivate var contextKeys: Set<String> {
    var keys: Set<String> = []
    var rest = [self]
    while let node = rest.popLast() {
      if case .context(let entries) = node.kind { keys.formUnion(entries.map(\.key)) }
      rest += node.children
    }
    return keys
  }
}
