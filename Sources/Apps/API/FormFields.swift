/// The names and values of a query or a form, in the order sent (`application/x-www-form-urlencoded`).
public struct FormFields: Sendable {
  public struct Field: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// How many fields are read; more are left unread.
  public static let maximumCount = 5_000

  public private(set) var fields: [Field] = []
  /// Whether there were more fields than are read.
  public private(set) var isTruncated = false
  private var byName: [String: String] = [:]

  public init() {}

  public init(_ text: some StringProtocol) {
    for pair in text.split(separator: "&") {
      guard fields.count < Self.maximumCount else {
        isTruncated = true
        return
      }
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count == 2 ? PercentCoding.decode(parts[1], ofForm: true) : ""
      append(Field(name: PercentCoding.decode(parts[0], ofForm: true), value: value.withoutControls))
    }
  }

  /// The last value of that name that is not empty.
  public subscript(name: String) -> String? { byName[name] }

  /// Every name with its last value that is not empty, in the order of first appearance.
  public var distinct: [Field] {
    var seen: Set<String> = []
    return fields.compactMap { field in
      seen.insert(field.name).inserted ? byName[field.name].map { Field(name: field.name, value: $0) } : nil
    }
  }

  private mutating func append(_ field: Field) {
    fields.append(field)
    if !field.value.isEmpty { byName[field.name] = field.value }
  }
}

extension String {
  /// Without control characters and without blanks at both ends.
  var withoutControls: String {
    var kept = String(String.UnicodeScalarView(unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))[...]
    while let first = kept.first, first.isWhitespace { kept.removeFirst() }
    while let last = kept.last, last.isWhitespace { kept.removeLast() }
    return String(kept)
  }
}
