/// One built-in function (DMN 1.5 §10.3.4), as a row of the tables in this folder.
public struct Builtin: Sendable {
  /// What the function does with arguments that fit a signature; nil when it has no answer for them.
  typealias Body = @Sendable (Arguments, inout Invocation) -> Value?

  public let name: String
  /// The ways to call it; the first that fits is taken.
  public let signatures: [Signature]
  public let result: TypePattern
  /// False for the ones that only move elements; for the others the caller notes the absences inside the arguments.
  public let readsElements: Bool
  let body: Body

  init(
    _ name: String, _ parameters: [Parameter], _ result: TypePattern, variadic: Signature.Repetition? = nil,
    moves: Bool = false, _ body: @escaping Body
  ) {
    self.init(name, anyOf: [Signature(parameters, repeating: variadic)], result, moves: moves, body)
  }

  /// Several signatures share the body, which sees the arguments in the order of the one that fits.
  init(
    _ name: String, anyOf signatures: [Signature], _ result: TypePattern, moves: Bool = false, _ body: @escaping Body
  ) {
    self.name = name
    self.signatures = signatures
    self.result = result
    readsElements = !moves
    self.body = body
  }
}

extension Builtin {
  public struct Parameter: Sendable {
    public let name: String
    /// What evaluation converts an argument to.
    public let type: FEELType
    /// What an argument must be for the call to have an answer.
    public let pattern: TypePattern
    /// May be left out; the body then finds null in its place.
    public let isOptional: Bool
    /// Null is an argument like others; elsewhere a null argument makes the result null.
    public let takesNull: Bool

    init(_ name: String, _ pattern: TypePattern, isOptional: Bool, takesNull: Bool) {
      self.name = name
      self.pattern = pattern
      type = pattern.erased
      self.isOptional = isOptional
      self.takesNull = takesNull || type == .any
    }

    static func one(_ name: String, _ pattern: TypePattern) -> Parameter {
      Parameter(name, pattern, isOptional: false, takesNull: false)
    }

    /// May be left out, but not be null.
    static func optional(_ name: String, _ pattern: TypePattern) -> Parameter {
      Parameter(name, pattern, isOptional: true, takesNull: false)
    }

    /// May be left out or null, which is the same.
    static func nullable(_ name: String, _ pattern: TypePattern) -> Parameter {
      Parameter(name, pattern, isOptional: true, takesNull: true)
    }
  }

  public struct Signature: Sendable {
    /// How the last parameter gathers several arguments into a list.
    public enum Repetition: Sendable {
      /// `sum([1, 2])` or `sum(1, 2)`: one argument is the list itself.
      case listOrItems
      /// `append(list, 1, 2)`: each argument is an item.
      case items
    }

    public let parameters: [Parameter]
    public let repeating: Repetition?
    /// What the function gives when it is called so; nil when that is the same for all signatures.
    public let result: TypePattern?

    init(_ parameters: [Parameter], repeating: Repetition? = nil, giving result: TypePattern? = nil) {
      self.parameters = parameters
      self.repeating = repeating
      self.result = result
    }
  }
}

/// The arguments of one call, in the order of the signature, each of the declared type or null.
struct Arguments: Sendable {
  let values: [Value]

  subscript(index: Int) -> Value { index < values.count ? values[index] : .null() }

  /// A number; zero where it was left out.
  func number(_ index: Int) -> Decimal128 { optionalNumber(index) ?? .zero }

  func optionalNumber(_ index: Int) -> Decimal128? {
    if case .number(let number) = self[index] { number } else { nil }
  }

  /// A whole number; a fraction is cut off, and numbers beyond `Int` become its limits.
  func integer(_ index: Int) -> Int { optionalInteger(index) ?? 0 }

  func optionalInteger(_ index: Int) -> Int? {
    optionalNumber(index).map { $0.truncated ?? ($0.isNegative ? -Int.max : Int.max) }
  }

  /// A text; empty where it was left out.
  func text(_ index: Int) -> String { optionalText(index) ?? "" }

  func optionalText(_ index: Int) -> String? {
    if case .string(let text) = self[index] { text } else { nil }
  }

  func list(_ index: Int) -> [Value] {
    if case .list(let items) = self[index] { items } else { [] }
  }

  func context(_ index: Int) -> Context {
    if case .context(let context) = self[index] { context } else { Context() }
  }

  func function(_ index: Int) -> FunctionValue? {
    if case .function(let function) = self[index] { function } else { nil }
  }
}
