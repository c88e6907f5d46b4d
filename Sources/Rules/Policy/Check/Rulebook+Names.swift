import DMN
import Diagnostics
import FEEL

extension Rulebook {
  /// Every name an expression reads must be in its scope; what it reads of a record is left to ``checkTypes()``.
  func checkNames() -> [Diagnostic] {
    var found: [Diagnostic] = []
    for decision in allDecisions {
      let own = Set((decision.formals ?? []).map(\.name))
      for piece in decision.pieces { found += check(piece, about: decision.about, also: own) }
    }
    for scheme in schemes {
      for expression in scheme.expressions { found += check(ExpressionPiece(expression), about: scheme.about) }
      if let cap = scheme.cap { found += check(ExpressionPiece(cap), about: aboutOfCap(scheme)) }
    }
    for declaration in declarations {
      for expression in declaration.expressions {
        found += check(ExpressionPiece(expression), about: declaration.about)
      }
    }
    return found
  }

  private func check(_ piece: ExpressionPiece, about: String?, also own: Set<String> = []) -> [Diagnostic] {
    piece.uses.compactMap { use in
      let isKnown = own.contains(use.name) || isInScope(use.name, about: about)
      return isKnown || (use.isInFilter && isMember(use.name)) ? nil : unknownName(use, piece, about)
    }
  }

  /// A cap holds for all records of a subject together.
  func aboutOfCap(_ scheme: Scheme) -> String { subjectType?.name ?? scheme.about }

  private func isInScope(_ name: String, about: String?) -> Bool {
    if decisions[name] != nil || parametersByName[name] != nil { return true }
    if let about, about == name || dictionary[about]?.has(name) == true { return true }
    return Keywords.shared.id(of: name, as: .constant) != nil || Keywords.shared.isWord(name, "as-of")
  }

  private func isMember(_ name: String) -> Bool { dictionary.types.contains { $0.has(name) } }

  private func unknownName(_ use: NameUse, _ piece: ExpressionPiece, _ about: String?) -> Diagnostic {
    var names = Set(decisions.keys).union(parametersByName.keys)
    if let about, let type = dictionary[about] { names.formUnion(type.names) }
    let arguments = [
      "name": use.name, "record": about ?? "—", "near": nearWord(to: use.name, among: names) ?? "—",
    ]
    return Diagnostic("policy.name.unknown", at: piece.place(of: use), arguments)
  }
}

/// An expression or a test, with the names it reads and where it stands.
struct ExpressionPiece {
  var source: String
  var place: SourcePlace
  var uses: [NameUse]

  init(_ expression: Expression) {
    (source, place, uses) = (expression.source, expression.place, expression.nameUses)
  }

  init(_ tests: UnaryTests) {
    (source, place, uses) = (tests.source, tests.place, tests.nameUses)
  }

  func place(of use: NameUse) -> SourcePlace { place.advanced(by: use.span.lowerBound, in: source) }
}

extension PolicyDecision {
  /// Every expression and test of the decision.
  var pieces: [ExpressionPiece] {
    var pieces = datedBy.map { [ExpressionPiece($0)] } ?? []
    switch body {
    case .expression(let expression): pieces.append(ExpressionPiece(expression))
    case .table(let table):
      pieces += table.inputs.map { ExpressionPiece($0.expression) }
      pieces += table.inputs.compactMap { $0.allowed.map(ExpressionPiece.init) }
      pieces += table.outputs.compactMap { $0.allowed.map(ExpressionPiece.init) }
      pieces += table.outputs.compactMap { $0.defaultValue.map(ExpressionPiece.init) }
      pieces += table.rules.flatMap { $0.inputs.map(ExpressionPiece.init) + $0.outputs.map(ExpressionPiece.init) }
    }
    return pieces
  }
}
