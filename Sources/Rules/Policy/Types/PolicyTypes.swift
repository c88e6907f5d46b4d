import DMN
import FEEL

/// What is known of the names of a rulebook before any facts are. A reference, because every expression's scope holds it.
final class PolicyTypes {
  let rulebook: Rulebook
  /// What the names of each record type are.
  private let fields: [String: [String: FEELType]]
  private let parameters: [String: FEELType]
  private var decisions: [String: DecisionTypes]

  init(_ rulebook: Rulebook) {
    self.rulebook = rulebook
    let dictionary = rulebook.dictionary
    fields = Dictionary(
      dictionary.types.map { ($0.name, dictionary.entries(of: $0)) }, uniquingKeysWith: { first, _ in first })
    parameters = rulebook.parametersByName.compactMapValues { $0.first.map { dictionary.feelType(of: $0.type) } }
    decisions = rulebook.decisions.compactMapValues { $0.first.map { DecisionTypes($0, dictionary) } }
    var visited: Set<String> = []
    for name in rulebook.decisions.keys.sorted() { infer(name, &visited, depth: 0) }
  }

  /// The longest chain of decisions that is followed.
  private static let maximumDepth = 50

  /// Of decisions that give lists or contexts, of which the packs do not say what lies inside.
  private func infer(_ name: String, _ visited: inout Set<String>, depth: Int) {
    guard depth < Self.maximumDepth, let declared = decisions[name]?.result, declared.isOpen,
      visited.insert(name).inserted, let versions = rulebook.decisions[name]
    else { return }
    for version in versions {
      for use in version.expressionUses { infer(use.name, &visited, depth: depth + 1) }
    }
    let types = versions.map { typing(of: $0).type.admitted(as: declared) }
    decisions[name]?.result = types.dropFirst().reduce(types[0]) { $0.joined(with: $1) }
  }

  /// What a decision or function gives; nil when there is none of that name.
  func result(of name: String) -> FEELType? { decisions[name]?.result }

  /// The body of a decision: its type, and what cannot work in it. Cells of a table are held to the decision's type.
  func typing(of decision: PolicyDecision) -> Typing {
    let scope = scope(about: decision.about, formals: decision.formals ?? [])
    switch decision.body {
    case .expression(let expression): return expression.typing(in: scope)
    case .table(let table): return table.typed(as: decision).typing(in: scope)
    }
  }

  /// The names that an expression about one record sees.
  func scope(about: String?, formals: [PolicyDecision.Formal] = []) -> SubjectTypes {
    let own = formals.map { ($0.name, rulebook.dictionary.feelType(of: $0.type)) }
    return SubjectTypes(
      types: self, about: about, formals: Dictionary(own, uniquingKeysWith: { $1 }),
      fields: about.flatMap { fields[$0] } ?? [:])
  }

  /// Decisions, then parameters.
  fileprivate func declaration(of name: String, about: String?) -> TypeDeclaration? {
    decisions[name]?.declaration(about: about) ?? parameters[name].map { TypeDeclaration($0) }
  }

  /// A decision as it is called for another record of the type it is about.
  fileprivate func callable(named name: String, about: String?) -> FEELType? { decisions[name]?.callable(about: about) }
}

/// A decision or function as others see it.
private struct DecisionTypes {
  var result: FEELType
  private let about: String?
  private let isFunction: Bool
  /// Of a function; of a decision the record it is about.
  private let parameters: [(name: String, type: FEELType)]

  init(_ decision: PolicyDecision, _ dictionary: DataDictionary) {
    result = dictionary.feelType(of: decision.type)
    about = decision.about
    isFunction = decision.isFunction
    let record = decision.about.map { name in
      (name: name, type: dictionary[name].map { FEELType.record(dictionary.schema(of: $0)) } ?? .any)
    }
    parameters =
      decision.formals?.map { (name: $0.name, type: dictionary.feelType(of: $0.type)) } ?? record.map { [$0] } ?? []
  }

  /// A value; for a function, and for a decision about another record type, a function.
  func declaration(about record: String?) -> TypeDeclaration {
    guard isFunction || (about != nil && about != record) else { return TypeDeclaration(result) }
    return TypeDeclaration(function, parameters: parameters.map(\.name))
  }

  /// A decision about the same record as a function of one such record; nil for others.
  func callable(about record: String?) -> FEELType? { !isFunction && about != nil && about == record ? function : nil }

  private var function: FEELType { .function(parameters.map(\.type), result) }
}

/// The types of the names that an expression about one record sees: the counterpart of ``SubjectScope``.
struct SubjectTypes: TypeScope {
  fileprivate let types: PolicyTypes
  fileprivate let about: String?
  fileprivate let formals: [String: FEELType]
  fileprivate let fields: [String: FEELType]

  func declaration(of name: String) -> TypeDeclaration? {
    if let type = formals[name] ?? fields[name] { return TypeDeclaration(type) }
    if let declaration = types.declaration(of: name, about: about) { return declaration }
    let dictionary = types.rulebook.dictionary
    if name == about, let record = dictionary[name] { return TypeDeclaration(.record(dictionary.schema(of: record))) }
    return constant(name)
  }

  func callable(named name: String) -> FEELType? {
    formals[name] == nil && fields[name] == nil ? types.callable(named: name, about: about) : nil
  }

  private func constant(_ name: String) -> TypeDeclaration? {
    let keywords = Keywords.shared
    if keywords.id(of: name, as: .constant) != nil { return TypeDeclaration(.number) }
    return keywords.isWord(name, "as-of") ? TypeDeclaration(.date) : nil
  }
}

extension FEELType {
  /// Whether it leaves open what lies inside.
  fileprivate var isOpen: Bool {
    switch self {
    case .list(.any), .anyContext: true
    default: false
    }
  }
}

extension DecisionTable {
  /// The table with the type of the decision on its output, where each cell gives the result.
  fileprivate func typed(as decision: PolicyDecision) -> DecisionTable {
    var table = self
    table.outputLabel = decision.name
    let isOne = outputs.count == 1 && (!hitPolicy.isMultiple || (aggregation != nil && aggregation != .count))
    if isOne, let name = Self.typeNames[decision.type.kind] { table.outputs[0].type = TypeReference(name) }
    return table
  }

  private static let typeNames: [ValueType.Kind: String] = [
    .text: "string", .uscc: "string", .number: "number", .boolean: "boolean", .date: "date",
  ]
}
