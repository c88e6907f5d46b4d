/// A type of contexts that the host describes entry by entry, so that it may lead back to itself: an enterprise has
/// loans, and each loan has its enterprise. Two schemas of one name are one type.
public struct RecordSchema: Sendable {
  public let name: String
  /// The names of the entries, for "did you mean".
  public let names: Set<String>
  private let entry: @Sendable (String) -> FEELType?

  /// - Parameter entry: the type of an entry, nil where there is none; asked each time anew.
  public init(_ name: String, names: Set<String>, entry: @escaping @Sendable (String) -> FEELType?) {
    self.name = name
    self.names = names
    self.entry = entry
  }

  public subscript(name: String) -> FEELType? { entry(name) }
}

extension RecordSchema: Hashable {
  public static func == (a: RecordSchema, b: RecordSchema) -> Bool { a.name == b.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
