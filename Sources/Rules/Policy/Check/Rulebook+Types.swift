import DMN
public import Diagnostics
import FEEL

extension Rulebook {
  /// Types, as far as they are known before any facts are: operators and functions, what a decision gives, what the
  /// fields of schemes ask for, what examples expect. Part of what ``read(_:using:)`` checks.
  public func checkTypes() -> [Diagnostic] {
    var check = TypeCheck(types: PolicyTypes(self))
    for decision in allDecisions { check.decision(decision) }
    for scheme in schemes { check.scheme(scheme) }
    for declaration in declarations { check.declaration(declaration) }
    for parameter in parameters { check.parameter(parameter) }
    for example in examples { check.example(example) }
    return check.diagnostics
  }
}

private struct TypeCheck {
  let types: PolicyTypes
  private(set) var diagnostics: [Diagnostic] = []

  init(types: PolicyTypes) { self.types = types }

  private var rulebook: Rulebook { types.rulebook }

  // MARK: constructs

  mutating func decision(_ decision: PolicyDecision) {
    let typing = types.typing(of: decision)
    note(typing.diagnostics)
    let declared = rulebook.dictionary.feelType(of: decision.type)
    if !typing.type.mayBe(declared) {
      let place = decision.bodyPlace
      report("policy.type.result", at: place, ["name": decision.name], expected: declared, given: typing.type)
    }
    expect(.date, of: decision.datedBy, in: "dated-by", about: decision.about)
  }

  mutating func scheme(_ scheme: Scheme) {
    expect(.boolean, of: scheme.applies, in: "applies", about: scheme.about)
    for condition in scheme.conditions { expect(.boolean, of: condition.test, in: "eligible", about: scheme.about) }
    expect(.boolean, of: scheme.review, in: "review", about: scheme.about)
    expect(.number, of: scheme.amount, in: "amount", about: scheme.about)
    expect(.number, of: scheme.cap, in: "cap", about: rulebook.aboutOfCap(scheme))
    expect(.date, of: scheme.datedBy, in: "dated-by", about: scheme.about)
  }

  /// The expressions of declarations are conditions.
  mutating func declaration(_ declaration: Declaration) {
    for expression in declaration.expressions {
      expect(.boolean, of: expression, in: "condition", about: declaration.about)
    }
  }

  mutating func parameter(_ parameter: Parameter) {
    let declared = rulebook.dictionary.feelType(of: parameter.type)
    if let value = parameter.value, !FEELType(of: value).mayBe(declared) {
      report(
        "policy.type.parameter", at: parameter.valuePlace, ["name": parameter.name], expected: declared,
        given: FEELType(of: value))
    }
    if let bounds = parameter.bounds {
      note(bounds.typing(input: declared, in: types.scope(about: nil)).diagnostics)
    }
  }

  mutating func example(_ example: Example) {
    for expectation in example.expectations where expectation.targetIsDecision {
      guard let value = expectation.value, let target = expectation.target, let result = types.result(of: target)
      else { continue }
      let typing = value.typing(in: TypeBindings())
      note(typing.diagnostics)
      if !typing.type.mayBe(result) {
        report("policy.type.value", at: value.place, ["name": target], expected: result, given: typing.type)
      }
    }
  }

  // MARK: expressions

  private mutating func expect(_ type: FEELType, of expression: Expression?, in field: String, about: String?) {
    guard let expression else { return }
    let typing = expression.typing(in: types.scope(about: about))
    note(typing.diagnostics)
    guard !typing.type.mayBe(type) else { return }
    let name = Keywords.shared.word(field, as: .field)
    report("policy.type.field", at: expression.place, ["field": name], expected: type, given: typing.type)
  }

  private mutating func report(
    _ code: String, at place: SourcePlace, _ arguments: [String: String], expected: FEELType, given: FEELType
  ) {
    let types = ["expected": expected.summary, "given": given.summary]
    diagnostics.append(Diagnostic(code, at: place, arguments.merging(types) { $1 }))
  }

  /// In a pack every mistake counts; those about records and decisions are told in the words of packs.
  private mutating func note(_ found: [Diagnostic]) {
    for var diagnostic in found {
      diagnostic.severity = .error
      let type = diagnostic.arguments["type"] ?? ""
      switch diagnostic.code {
      case "feel.type.entry" where rulebook.dictionary[type] != nil:
        diagnostic.code = "policy.name.member"
        diagnostic.arguments["member"] = diagnostic.arguments["name"]
        diagnostic.arguments["record"] = type
      case "dmn.type.declared":
        diagnostic.code = "policy.type.result"
        diagnostic.arguments["expected"] = type
      default: break
      }
      diagnostics.append(diagnostic)
    }
  }
}

extension PolicyDecision {
  fileprivate var bodyPlace: SourcePlace {
    switch body {
    case .expression(let expression): expression.place
    case .table(let table): table.place
    }
  }
}
