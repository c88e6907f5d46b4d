public import FEEL

/// A type that a model declares (DMN 1.5 §7.3.3).
public struct ItemDefinition: Sendable {
  public struct Function: Sendable {
    public var parameters: [InformationItem]
    public var result: TypeReference?

    public init(parameters: [InformationItem], result: TypeReference? = nil) {
      self.parameters = parameters
      self.result = result
    }
  }

  public var name: String
  public var label: String?
  /// The type it refines; nil with components or a function.
  public var base: TypeReference?
  /// The entries of a structure; a component's name is the entry's name.
  public var components: [ItemDefinition]
  public var function: Function?
  /// Values are lists of what the rest of the definition describes.
  public var isCollection: Bool
  /// Tests for a value; of a collection, for each item.
  public var allowed: UnaryTests?
  /// Tests for the whole value, of a collection too (since DMN 1.5).
  public var constraint: UnaryTests?

  public init(
    _ name: String, label: String? = nil, base: TypeReference? = nil, components: [ItemDefinition] = [],
    function: Function? = nil, isCollection: Bool = false, allowed: UnaryTests? = nil, constraint: UnaryTests? = nil
  ) {
    self.name = name
    self.label = label
    self.base = base
    self.components = components
    self.function = function
    self.isCollection = isCollection
    self.allowed = allowed
    self.constraint = constraint
  }
}
