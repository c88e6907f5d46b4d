/// The kind of value that a type is about, without what lies inside: what operators look at.
enum TypeKind: Hashable, Sendable {
  case boolean, number, string
  case date, time, dateTime, daysDuration, monthsDuration
  case list, context, range, function

  /// Whether values of the kind come before and after each other.
  var isOrdered: Bool {
    switch self {
    case .number, .string, .date, .time, .dateTime, .daysDuration, .monthsDuration: true
    case .boolean, .list, .context, .range, .function: false
    }
  }
}

extension FEELType {
  /// nil for Any and Null, which say nothing of the kind: null stands for every kind.
  var kind: TypeKind? {
    switch self {
    case .any, .null: nil
    case .boolean: .boolean
    case .number: .number
    case .string: .string
    case .date: .date
    case .time: .time
    case .dateTime: .dateTime
    case .daysDuration: .daysDuration
    case .monthsDuration: .monthsDuration
    case .list: .list
    case .context, .record, .anyContext: .context
    case .range: .range
    case .function, .anyFunction: .function
    }
  }

  /// Whether a value of the type may be of that kind.
  func mayBe(kind: TypeKind) -> Bool { self.kind.map { $0 == kind } ?? true }

  /// Whether `<` may have an answer.
  func mayBeOrdered(with other: FEELType) -> Bool {
    switch (kind, other.kind) {
    case (let a?, let b?): a == b && a.isOrdered
    case (let known?, nil), (nil, let known?): known.isOrdered
    case (nil, nil): true
    }
  }

  /// Whether `=` may have an answer.
  func mayBeEqual(to other: FEELType) -> Bool {
    switch (kind, other.kind) {
    case (let a?, let b?): a == b && a != .function
    default: true
    }
  }

  /// The type of an entry; nil when the type tells of no such entry.
  func entry(_ name: String) -> FEELType? {
    switch self {
    case .context(let entries): entries[name]
    case .record(let schema): schema[name]
    default: nil
    }
  }

  /// The names of the entries of a context whose entries are known.
  var entryNames: Set<String>? {
    switch self {
    case .context(let entries): Set(entries.keys)
    case .record(let schema): schema.names
    default: nil
    }
  }
}

extension FEELType {
  /// The most that is known of a value's type; of long and deep values only `Any` inside.
  public init(of value: Value) {
    var relations = TypeRelations(work: 1_000)
    self = Self.type(of: value, &relations)
  }

  private static func type(of value: Value, _ relations: inout TypeRelations) -> FEELType {
    guard relations.spend() else { return .any }
    switch value {
    case .null: return .null
    case .boolean: return .boolean
    case .number: return .number
    case .string: return .string
    case .date: return .date
    case .time: return .time
    case .dateTime: return .dateTime
    case .daysDuration: return .daysDuration
    case .monthsDuration: return .monthsDuration
    case .list(let items):
      return .list(items.reduce(.null) { $0 == .any ? .any : relations.join($0, type(of: $1, &relations)) })
    case .context(let context):
      guard context.record == nil else { return .anyContext }
      let entries = context.entries.map { ($0.name, type(of: $0.value, &relations)) }
      return .context(Dictionary(entries, uniquingKeysWith: { $1 }))
    case .range(let range):
      return .range([range.start, range.end].reduce(.null) { relations.join($0, $1.map(FEELType.init(of:)) ?? .null) })
    case .function: return .anyFunction
    }
  }
}

extension FEELType {
  /// As ``description``, shortened for messages: what lies deep is left out.
  public var summary: String { summary(depth: 2) }

  private func summary(depth: Int) -> String {
    switch self {
    case .list(let element): return depth > 0 ? "list<\(element.summary(depth: depth - 1))>" : "list"
    case .range(let element): return "range<\(element.summary(depth: depth))>"
    case .context(let entries):
      guard depth > 1, entries.count <= 6 else { return "context" }
      let texts = entries.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.summary(depth: depth - 1))" }
      return "context<\(texts.joined(separator: ", "))>"
    case .function(let parameters, let result):
      guard depth > 0, parameters.count <= 6 else { return "function" }
      let texts = parameters.map { $0.summary(depth: depth - 1) }.joined(separator: ", ")
      return "function<\(texts)> -> \(result.summary(depth: depth - 1))"
    default: return description
    }
  }
}
