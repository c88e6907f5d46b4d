/// Where the types are found of the names that an expression does not bind itself: the counterpart of ``Scope`` before
/// evaluation.
public protocol TypeScope {
  /// nil when nothing is known of the name: its values may be of any type.
  func declaration(of name: String) -> TypeDeclaration?

  /// The type of what a call of the name calls, where that is not the name's value (``Scope/callable(named:)``).
  func callable(named name: String) -> FEELType?
}

extension TypeScope {
  public func callable(named name: String) -> FEELType? { nil }
}

/// What is known of a name's values.
public struct TypeDeclaration: Sendable {
  public var type: FEELType
  /// The names of the parameters, when it is a function; nil when they are not known.
  public var parameters: [String]?
  /// The same for the entries of a context that are functions: what an imported model offers.
  public var entries: [String: TypeDeclaration]

  public init(_ type: FEELType, parameters: [String]? = nil, entries: [String: TypeDeclaration] = [:]) {
    self.type = type
    self.parameters = parameters
    self.entries = entries
  }
}

/// A scope of plain types.
public struct TypeBindings: TypeScope, Sendable, ExpressibleByDictionaryLiteral {
  public var declarations: [String: TypeDeclaration]

  public init(_ declarations: [String: TypeDeclaration] = [:]) { self.declarations = declarations }
  public init(dictionaryLiteral elements: (String, FEELType)...) {
    declarations = Dictionary(elements.map { ($0, TypeDeclaration($1)) }, uniquingKeysWith: { $1 })
  }

  public func declaration(of name: String) -> TypeDeclaration? { declarations[name] }
}
