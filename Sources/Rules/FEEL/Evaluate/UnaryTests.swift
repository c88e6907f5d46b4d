public import Diagnostics

/// Unary tests: what stands in an input cell of a decision table (DMN 1.5 §7.3): `-`, `< 5, [10..20)`,
/// `not("a", "b")`, or any expression, with `?` for the input.
public struct UnaryTests: Sendable {
  public let source: String
  /// The tests, of which one must hold; none for `-`.
  public let tests: [Node]
  public let place: SourcePlace
  public let nameUses: [NameUse]

  /// True for `-`: every input passes, even null.
  public var isAny: Bool { tests.isEmpty }

  /// - Throws: the first `feel.syntax.…` error.
  public init(
    parsing source: String, names: KnownNames = KnownNames(), at place: SourcePlace = SourcePlace(file: "feel")
  ) throws(Diagnostic) {
    (tests, nameUses) = try Parser.read(source, names: names, at: place) { parser throws(SyntaxError) in
      _ = parser.bind("?")
      return try parser.parseUnaryTestsText() ?? []
    }
    self.source = source
    self.place = place
  }

  /// As ``Expression/unknownNames(among:)``.
  public func unknownNames(among names: KnownNames) -> [Diagnostic] {
    nameUses.filter { !$0.isKnown && !$0.isInFilter }
      .map { $0.unknownName(in: source, at: place, among: names.suggestions) }
  }

  /// - Returns: `.boolean`, or `.null` when the input cannot be tested.
  public func evaluate(
    input: Binding, in scope: some Scope, options: EvaluationOptions = .init()
  ) -> Evaluation {
    var invocation = Invocation(options: options)
    let binding = evaluate(input: input, in: scope, with: &invocation)
    return Evaluation(binding.value, absences: binding.absences, warnings: invocation.warnings)
  }

  /// Evaluates with a state that other evaluations share, as ``Expression/evaluate(in:with:)``.
  public func evaluate(input: Binding, in scope: some Scope, with invocation: inout Invocation) -> Binding {
    if isAny { return Binding(.boolean(true)) }
    return invocation.run(in: scope, source: source, place: place, locals: [input]) { invocation in
      Value(truth: invocation.passes(input, any: tests))
    }
  }

  /// The value of a part of the tests by itself: an end point, a constant.
  /// - Parameter part: a node of ``tests``, at any depth.
  /// - Returns: null for one that reads the input, or a variable of its own.
  public func value(of part: Node, in scope: some Scope) -> Binding {
    guard !part.readsLocals else { return Binding(.null()) }
    var invocation = Invocation()
    return invocation.run(in: scope, source: source, place: place, locals: [Binding(.null())]) { $0.evaluate(part) }
  }
}
