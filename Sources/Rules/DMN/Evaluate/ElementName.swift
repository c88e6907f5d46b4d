/// The name of input data or of a decision, as a caller gives it.
public struct ElementName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// nil for the model that is evaluated; otherwise that of an imported one.
  public var namespace: String?
  public var name: String

  public init(_ name: String, namespace: String? = nil) {
    self.name = name
    self.namespace = namespace
  }

  public init(stringLiteral value: String) { self.init(value) }

  public var description: String { name }
}
