public import Diagnostics

/// A JSON value with the place where it stands, for messages about what is in a document.
public struct JSONNode: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// The digits as written.
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([Member])
  }

  public struct Member: Hashable, Sendable {
    public var name: String
    /// Where the name stands.
    public var place: SourcePlace
    public var value: JSONNode

    public init(name: String, place: SourcePlace, value: JSONNode) {
      self.name = name
      self.place = place
      self.value = value
    }
  }

  public var content: Content
  public var place: SourcePlace

  public static let maximumDepth = 64
  public static let maximumSize = 64 << 20

  /// Reads one document. A byte order mark before it is passed over.
  /// - Parameters:
  ///   - bytes: UTF-8, at most ``maximumSize``.
  ///   - file: the name for messages.
  /// - Throws: the first problem, a `json.…` diagnostic with line and column.
  public static func read(_ bytes: [UInt8], file: String) throws(Diagnostic) -> JSONNode {
    var parser = JSONParser(bytes: bytes, file: file)
    return try parser.document()
  }

  public static func read(_ text: String, file: String) throws(Diagnostic) -> JSONNode {
    try read(Array(text.utf8), file: file)
  }

  /// The value without its places.
  public var value: JSONValue {
    switch content {
    case .null: .null
    case .boolean(let boolean): .boolean(boolean)
    case .number(let text): .number(text)
    case .string(let text): .string(text)
    case .array(let elements): .array(elements.map(\.value))
    case .object(let members): .object(members.map { .init($0.name, $0.value.value) })
    }
  }

  /// The member of that name; nil for other values and other names.
  public subscript(name: String) -> JSONNode? {
    guard case .object(let members) = content else { return nil }
    return members.first { $0.name == name }?.value
  }
}
