public import Diagnostics

/// A decision model: the `definitions` of DMN 1.5 §6.3.2.
///
/// It only says what a model file says; ``LinkedModel`` finds what its references mean and evaluates it.
public struct DecisionModel: Sendable {
  public var id: String?
  public var name: String
  public var namespace: String
  public var documentation: String?
  /// Languages as URIs; nil for FEEL.
  public var expressionLanguage, typeLanguage: String?
  public var imports: [Import]
  public var items: [ItemDefinition]
  public var elements: [Element]
  public var place: SourcePlace

  public init(
    id: String? = nil, name: String, namespace: String, documentation: String? = nil, imports: [Import] = [],
    items: [ItemDefinition] = [], elements: [Element] = [], place: SourcePlace
  ) {
    self.id = id
    self.name = name
    self.namespace = namespace
    self.documentation = documentation
    self.imports = imports
    self.items = items
    self.elements = elements
    self.place = place
  }

  public var decisions: [Decision] {
    elements.compactMap { if case .decision(let decision) = $0 { decision } else { nil } }
  }
}

/// Another model whose elements and types this one uses under a name (DMN 1.5 §6.3.3).
public struct Import: Hashable, Sendable {
  /// What stands before the point: `lists` in `lists.tLoan`. Empty when the names are taken over as they are.
  public var name: String
  public var namespace: String
  /// The kind of file, as a URI; DMN's own for models.
  public var type: String
  public var location: String?

  public init(_ name: String, namespace: String, type: String = "", location: String? = nil) {
    self.name = name
    self.namespace = namespace
    self.type = type
    self.location = location
  }
}
