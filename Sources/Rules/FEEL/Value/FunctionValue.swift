/// A function as a value (DMN 1.5 §10.3.2): a built-in, a closure of FEEL, or one that the host provides.
public struct FunctionValue: Sendable {
  public enum Body: Sendable {
    case builtin(Builtin)
    case closure(@Sendable ([Binding], inout Invocation) -> Value)
  }

  /// Empty for a function without a name.
  public var name: String
  public var parameters: [FunctionParameter]
  public var result: FEELType
  public var body: Body

  public init(
    name: String = "", parameters: [FunctionParameter], result: FEELType = .any,
    body: @escaping @Sendable ([Binding], inout Invocation) -> Value
  ) {
    self.name = name
    self.parameters = parameters
    self.result = result
    self.body = .closure(body)
  }

  /// A built-in as a value; its parameters are those of the first signature.
  public init(_ builtin: Builtin) {
    name = builtin.name
    parameters = builtin.signatures.first?.parameters.map { FunctionParameter($0.name, type: $0.type) } ?? []
    result = builtin.result.erased
    body = .builtin(builtin)
  }

  /// The type of the function, for `instance of` and conformance.
  public var type: FEELType { .function(parameters.map { $0.type ?? .any }, result) }
}

public struct FunctionParameter: Hashable, Sendable {
  public var name: String
  /// nil when the function takes any value.
  public var type: FEELType?

  public init(_ name: String, type: FEELType? = nil) {
    self.name = name
    self.type = type
  }
}
