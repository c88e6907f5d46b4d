public import Diagnostics

/// What is known of an expression before it is evaluated.
public struct Typing: Sendable {
  /// Its values are of this type, or null.
  public var type: FEELType
  /// What is surely wrong, in the order of the text. An error: whatever the values are in that part, besides nulls and
  /// lists without items, the answer is null. A warning: a mistake as surely, though a value may come out, as of
  /// `a and 1`.
  public var diagnostics: [Diagnostic]
  /// The names of the parameters, when the value is a function whose definition is known.
  public var parameters: [String]?

  public init(_ type: FEELType, diagnostics: [Diagnostic] = [], parameters: [String]? = nil) {
    self.type = type
    self.diagnostics = diagnostics
    self.parameters = parameters
  }

  public var declaration: TypeDeclaration { TypeDeclaration(type, parameters: parameters) }
}

extension Expression {
  /// Infers the type, and finds what cannot work whatever the values are. Evaluation takes no notice of it.
  public func typing(in scope: some TypeScope) -> Typing {
    if case .literal(let value) = root.kind { return Typing(FEELType(of: value)) }
    var inference = TypeInference(scope: scope, source: source, place: place)
    let type = inference.run(height: root.height) { $0.type(of: root) }
    let parameters = type.kind == .function ? inference.parameterNames(of: root) : nil
    return Typing(type, diagnostics: inference.diagnostics.sorted(), parameters: parameters)
  }
}

extension UnaryTests {
  /// Finds the tests that no input of that type can pass or fail.
  /// - Returns: always of type boolean.
  public func typing(input: FEELType, in scope: some TypeScope) -> Typing {
    if isAny { return Typing(.boolean) }
    var inference = TypeInference(scope: scope, source: source, place: place)
    let height = tests.map(\.height).max() ?? 0
    _ = inference.run(height: height) { inference in
      inference.bind(input) { inference in
        inference.check(tests, against: input)
        return .boolean
      }
    }
    return Typing(.boolean, diagnostics: inference.diagnostics.sorted())
  }
}
