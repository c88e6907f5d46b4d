import Diagnostics
import FEEL

/// Infers the types of boxed expressions (DMN 1.5 §10.2) and finds what cannot work whatever the values are.
struct BoxedInference {
  let types: ItemTypes
  /// What is inferred: where mistakes stand that have no nearer place.
  let place: SourcePlace
  private(set) var diagnostics: [Diagnostic] = []
  private var depth = 0

  init(types: ItemTypes, place: SourcePlace) {
    self.types = types
    self.place = place
  }

  /// What is known of the value; nothing, where evaluation would nest too deep.
  mutating func declaration(of expression: BoxedExpression, in scope: any TypeScope) -> TypeDeclaration {
    guard depth < EvaluationLog.maximumDepth else { return TypeDeclaration(.any) }
    depth += 1
    defer { depth -= 1 }
    var declaration = inferred(expression, in: scope)
    declaration.type = declaration.type.bounded
    return declaration
  }

  private mutating func inferred(_ expression: BoxedExpression, in scope: any TypeScope) -> TypeDeclaration {
    switch expression {
    case .literal(let literal): return declaration(of: literal, in: scope)
    case .table(let table): return TypeDeclaration(type(of: table, in: scope))
    case .context(let context): return declaration(of: context, in: scope)
    case .relation(let relation): return TypeDeclaration(type(of: relation, in: scope))
    case .list(let items): return TypeDeclaration(.list(joined(items, in: scope)))
    case .invocation(let call): return TypeDeclaration(type(of: call, in: scope))
    case .function(let function): return declaration(of: function, in: scope)
    case .conditional(let conditional): return TypeDeclaration(type(of: conditional, in: scope))
    case .filter(let filter): return TypeDeclaration(type(of: filter, in: scope))
    case .iteration(let iteration): return TypeDeclaration(type(of: iteration, in: scope))
    case .invalid: return TypeDeclaration(.null)
    }
  }

  mutating func type(of expression: BoxedExpression, in scope: any TypeScope) -> FEELType {
    declaration(of: expression, in: scope).type
  }

  private mutating func joined(_ expressions: [BoxedExpression], in scope: any TypeScope) -> FEELType {
    var result = FEELType.null
    for expression in expressions { result = result.joined(with: type(of: expression, in: scope)) }
    return result
  }

  mutating func declaration(of literal: Expression, in scope: any TypeScope) -> TypeDeclaration {
    let typing = literal.typing(in: scope)
    diagnostics += typing.diagnostics
    return typing.declaration
  }

  /// Notes what the tests ask of an input of that type that it cannot answer.
  mutating func check(_ tests: UnaryTests, against input: FEELType, in scope: any TypeScope) {
    diagnostics += tests.typing(input: input, in: scope).diagnostics
  }

  mutating func report(
    _ code: String, _ severity: Diagnostic.Severity = .error, at place: SourcePlace, _ arguments: [String: String]
  ) {
    diagnostics.append(Diagnostic(code, severity, at: place, arguments))
  }

  /// Notes what was found elsewhere.
  mutating func note(_ found: [Diagnostic]) { diagnostics += found }

  // MARK: - Declared types

  /// What is known of a value where its place asks for a type: reports a value that cannot become one of it.
  /// - Parameter constant: the value itself, when the expression is a literal.
  mutating func admit(
    _ given: TypeDeclaration, as item: InformationItem, constant: Value? = nil, at place: SourcePlace
  ) -> TypeDeclaration {
    guard let reference = item.type, let declared = types.knownType(of: reference) else { return given }
    guard given.type.mayBecome(declared) else {
      let arguments = ["name": item.name, "type": reference.name, "given": given.type.summary]
      report("dmn.type.declared", at: place, arguments)
      return TypeDeclaration(declared)
    }
    if let constant, isForbidden(constant, as: reference) {
      let arguments = ["name": item.name, "type": reference.name, "value": constant.summary]
      report("dmn.type.notAllowed", at: place, arguments)
    }
    var admitted = given
    admitted.type = given.type.admitted(as: declared)
    return admitted
  }

  private func isForbidden(_ value: Value, as reference: TypeReference) -> Bool {
    guard types.declaring(reference) != nil else { return false }
    var invocation = Invocation()
    if case .notAllowed = types.admission(of: value, as: reference, with: &invocation) { return true }
    return false
  }
}

extension BoxedExpression {
  /// Where it is written; nil for those that keep no place.
  var place: SourcePlace? {
    switch self {
    case .literal(let literal): literal.place
    case .table(let table): table.place
    case .invocation(let call): call.place
    case .function(let function): function.place
    case .conditional(let conditional): conditional.place
    case .filter(let filter): filter.place
    case .iteration(let iteration): iteration.place
    case .context, .relation, .list: parts.lazy.compactMap(\.place).first
    case .invalid(let diagnostics): diagnostics.first?.place
    }
  }

  var constant: Value? { if case .literal(let literal) = self { literal.constant } else { nil } }
}

extension Expression {
  /// The value, when the expression is a literal.
  var constant: Value? { if case .literal(let value) = root.kind { value } else { nil } }
}
