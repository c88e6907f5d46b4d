import Diagnostics

/// Infers the types of expressions (DMN 1.5 §10.3.2.9): one walk over the tree, which keeps the types of the values
/// bound inside as evaluation keeps the values.
///
/// It reports only what is surely wrong. Where little is known the type is `Any`, and `Any` may be everything; after a
/// mistake it is `Any` as well, so that one mistake is told once.
struct TypeInference {
  /// A value bound inside the expression.
  struct Local {
    var type: FEELType
    /// The names of the parameters, when it is a function written in the text.
    var parameters: [String]?
    /// Whether it is never null.
    var isCertain = false
  }

  let scope: any TypeScope
  let source: String
  let place: SourcePlace
  var locals: [Local] = []
  var relations = TypeRelations(work: 1_000_000)
  private(set) var diagnostics: [Diagnostic] = []

  init(scope: any TypeScope, source: String, place: SourcePlace) {
    self.scope = scope
    self.source = source
    self.place = place
  }

  /// Most mistakes told of one expression.
  private static let maximumDiagnostics = 50
  /// Levels of nodes that a small stack bears.
  private static let smallHeight = 16

  /// Runs `body` where the stack has room for a tree of that height.
  mutating func run(height: Int16, _ body: @escaping @Sendable (inout TypeInference) -> FEELType) -> FEELType {
    guard height > Self.smallHeight else { return body(&self) }
    var job = (inference: self, type: FEELType.any)
    LargeStack.run(&job) { job in job.type = body(&job.inference) }
    self = job.inference
    return job.type
  }

  mutating func type(of node: Node) -> FEELType {
    switch node.kind {
    case .literal(let value): FEELType(of: value)
    case .malformedLiteral: .null
    case .name(let name): type(of: name, at: node)
    case .path(let inner, let member): type(ofPath: type(of: inner), member, at: node)
    case .filter(let list, let condition, _): type(ofFilter: list, by: condition)
    case .call(let call): type(of: call, at: node).bounded
    case .negation(let operand): type(ofNegation: operand, at: node)
    case .arithmetic(let operation, let left, let right): type(of: operation, left, right, at: node)
    case .comparison(let comparison, let left, let right): type(of: comparison, left, right, at: node)
    case .conjunction(let operands): type(ofLogic: operands, "and")
    case .disjunction(let operands): type(ofLogic: operands, "or")
    case .between(let operand, let from, let to): type(ofBetween: operand, from, to, at: node)
    case .membership(let operand, let tests): type(ofMembership: operand, tests)
    case .conditional: type(ofConditional: node)
    case .iteration(let iteration): type(of: iteration).bounded
    case .quantified(let quantifier, let variables, let condition): type(of: quantifier, variables, condition)
    case .instance(let operand, _): type(ofInstance: operand)
    case .function(let definition): type(of: definition).bounded
    case .list(let items): type(ofList: items).bounded
    case .context(let entries): type(of: entries).bounded
    case .interval(let interval): type(of: interval, at: node)
    case .test(let comparison, let operand): type(ofRange: comparison, operand, at: node)
    case .negatedTests: .null
    }
  }

  // MARK: - Bindings

  mutating func bind<T>(_ type: FEELType, isCertain: Bool = false, _ body: (inout TypeInference) -> T) -> T {
    bind(Local(type: type, isCertain: isCertain), body)
  }

  mutating func bind<T>(_ local: Local, _ body: (inout TypeInference) -> T) -> T {
    let outer = locals.count
    locals.append(local)
    defer { locals.removeLast(locals.count - outer) }
    return body(&self)
  }

  // MARK: - Mistakes

  mutating func report(
    _ code: String, _ arguments: [String: String], as severity: Diagnostic.Severity = .error, at node: Node
  ) {
    guard diagnostics.count < Self.maximumDiagnostics else { return }
    let place = place.advanced(by: node.span.lowerBound, in: source)
    let diagnostic = Diagnostic(code, severity, at: place, arguments)
    if diagnostics.last != diagnostic { diagnostics.append(diagnostic) }
  }
}
