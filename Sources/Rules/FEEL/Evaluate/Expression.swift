public import Diagnostics

/// A FEEL expression: read once, evaluated as often as wished, from any thread.
public struct Expression: Sendable {
  public let source: String
  public let root: Node
  /// Where the source text begins; places of warnings count from it.
  public let place: SourcePlace
  /// The names of the host that it reads, in the order of the text.
  public let nameUses: [NameUse]

  /// - Parameter names: what the text may refer to. A name that is not among them is no error here: its value is null
  ///   with a warning, unless the scope has it after all.
  /// - Throws: the first `feel.syntax.…` error.
  public init(
    parsing source: String, names: KnownNames = KnownNames(), at place: SourcePlace = SourcePlace(file: "feel")
  ) throws(Diagnostic) {
    (root, nameUses) = try Parser.read(source, names: names, at: place) { parser throws(SyntaxError) in
      try parser.parseExpressionText()
    }
    self.source = source
    self.place = place
  }

  /// Warnings for the names that neither the host nor the built-ins know. In a filter a name may be an entry of the
  /// element, so that nothing is said of it.
  /// - Parameter names: those it was read with, for "did you mean".
  public func unknownNames(among names: KnownNames) -> [Diagnostic] {
    nameUses.filter { !$0.isKnown && !$0.isInFilter }
      .map { $0.unknownName(in: source, at: place, among: names.suggestions) }
  }

  public func evaluate(in scope: some Scope, options: EvaluationOptions = .init()) -> Evaluation {
    var invocation = Invocation(options: options)
    let binding = evaluate(in: scope, with: &invocation)
    return Evaluation(binding.value, absences: binding.absences, warnings: invocation.warnings)
  }

  /// Evaluates with a state that other evaluations share: the moment, the budget, the warnings.
  /// - Returns: the value with the absences it depends on; those are not noted in `invocation`.
  public func evaluate(in scope: some Scope, with invocation: inout Invocation) -> Binding {
    invocation.run(in: scope, source: source, place: place, locals: []) { $0.evaluateText(root) }
  }

  /// The value of a part of the expression by itself.
  /// - Parameter part: a node below ``root``.
  /// - Returns: null for one that reads a variable of the expression.
  public func value(of part: Node, in scope: some Scope) -> Binding {
    guard part === root || !part.readsLocals else { return Binding(.null()) }
    var invocation = Invocation()
    return invocation.run(in: scope, source: source, place: place, locals: []) { $0.evaluate(part) }
  }
}
