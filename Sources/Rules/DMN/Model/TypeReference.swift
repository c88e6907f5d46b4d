/// The name of a FEEL type or of an item definition, as a model writes it (`typeRef`).
///
/// A point separates the name of an import from the name of a definition in the imported model: `lists.tLoan`.
public struct TypeReference: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  public var name: String

  public init(_ name: String) { self.name = name }
  public init(stringLiteral value: String) { name = value }

  public var description: String { name }
}

/// A named, typed place for a value (DMN 1.5 §7.3.4, "information item"): the variable of a decision, a parameter, the
/// key of a boxed context's entry, a column of a relation.
public struct InformationItem: Hashable, Sendable {
  public var name: String
  /// nil when the model does not say.
  public var type: TypeReference?

  public init(_ name: String, type: TypeReference? = nil) {
    self.name = name
    self.type = type
  }
}
