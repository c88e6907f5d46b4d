import DMN
import FEEL

/// What is known of the names of a rulebook before any facts are.
struct PolicyTypes {
  let rulebook: Rulebook
  /// What the names of each record type are, asked for by almost every expression.
  let entries: [String: [String: FEELType]]
  /// Of decisions that give lists or contexts, of which the packs do not say what lies inside.
  private var inner: [String: FEELType] = [:]

  init(_ rulebook: Rulebook) {
    self.rulebook = rulebook
    let dictionary = rulebook.dictionary
    entries = Dictionary(
      dictionary.types.map { ($0.name, dictionary.entries(of: $0)) }, uniquingKeysWith: { first, _ in first })
    var visited: Set<String> = []
    for name in rulebook.decisions.keys.sorted() { infer(name, &visited, depth: 0) }
  }

  /// The longest chain of such decisions that is followed.
  private static let maximumDepth = 50

  private mutating func infer(_ name: String, _ visited: inout Set<String>, depth: Int) {
    guard depth < Self.maximumDepth, let versions = rulebook.decisions[name],
      versions.contains(where: { [.list, .context].contains($0.type.kind) }), visited.insert(name).inserted
    else { return }
    for version in versions {
      for use in version.expressionUses { infer(use.name, &visited, depth: depth + 1) }
    }
    let types = versions.map { typing(of: $0).type.admitted(as: rulebook.dictionary.feelType(of: $0.type)) }
    inner[name] = types.dropFirst().reduce(types[0]) { $0.joined(with: $1) }
  }

  /// What a decision or function gives.
  func result(of decision: PolicyDecision) -> FEELType {
    inner[decision.name] ?? rulebook.dictionary.feelType(of: decision.type)
  }

  /// The body of a decision: its type, and what cannot work in it. Cells of a table are held to the decision's type.
  func typing(of decision: PolicyDecision) -> Typing {
    let scope = SubjectTypes(types: self, about: decision.about, formals: decision.formals ?? [])
    switch decision.body {
    case .expression(let expression): return expression.typing(in: scope)
    case .table(let table): return table.typed(as: decision).typing(in: scope)
    }
  }
}

/// The types of the names that an expression about one record sees: the counterpart of ``SubjectScope``.
struct SubjectTypes: TypeScope {
  let types: PolicyTypes
  let about: String?
  var formals: [PolicyDecision.Formal] = []

  private var dictionary: DataDictionary { types.rulebook.dictionary }

  func declaration(of name: String) -> TypeDeclaration? {
    if let formal = formals.first(where: { $0.name == name }) {
      return TypeDeclaration(dictionary.feelType(of: formal.type))
    }
    if let about, let type = types.entries[about]?[name] { return TypeDeclaration(type) }
    if let decision = types.rulebook.decisions[name]?.first { return declaration(of: decision) }
    if let parameter = types.rulebook.parametersByName[name]?.first {
      return TypeDeclaration(dictionary.feelType(of: parameter.type))
    }
    if name == about, let record = dictionary[name] { return TypeDeclaration(.record(dictionary.schema(of: record))) }
    return constant(name)
  }

  func callable(named name: String) -> FEELType? {
    guard let about, types.entries[about]?[name] == nil, let decision = types.rulebook.decisions[name]?.first,
      decision.formals == nil, decision.about == about, let record = dictionary[about]
    else { return nil }
    return .function([.record(dictionary.schema(of: record))], types.result(of: decision))
  }

  /// A value; for a function, and for a decision about another record type, a function.
  private func declaration(of decision: PolicyDecision) -> TypeDeclaration {
    let result = types.result(of: decision)
    if let formals = decision.formals {
      return TypeDeclaration(
        .function(formals.map { dictionary.feelType(of: $0.type) }, result), parameters: formals.map(\.name))
    }
    guard let other = decision.about, other != about else { return TypeDeclaration(result) }
    let record = dictionary[other].map { FEELType.record(dictionary.schema(of: $0)) } ?? .any
    return TypeDeclaration(.function([record], result), parameters: [other])
  }

  private func constant(_ name: String) -> TypeDeclaration? {
    let keywords = Keywords.shared
    if keywords.id(of: name, as: .constant) != nil { return TypeDeclaration(.number) }
    return keywords.isWord(name, "as-of") ? TypeDeclaration(.date) : nil
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
