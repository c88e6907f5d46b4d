/// The names an expression may meet besides those it binds itself: variables and functions of the host, the entries
/// of its records, its types. FEEL names may hold spaces, signs and keywords, so that a text can only be read with
/// the names at hand; the longest known name wins.
///
/// Built-in functions and the properties of built-in types are always known and need not be given.
public struct KnownNames: Sendable {
  /// Types by name, for `instance of` and typed parameters.
  public var types: [String: FEELType] = [:]
  private var variables = NameTable()
  private var members = NameTable()

  /// - Parameters:
  ///   - variables: what the scope answers for: input data, decisions, knowledge models.
  ///   - members: entries of contexts, wherever they stand after a point or in a filter.
  public init(
    _ variables: some Sequence<String> = [], members: some Sequence<String> = [], types: [String: FEELType] = [:]
  ) {
    self.types = types
    for name in variables { insert(name) }
    for name in members { insert(member: name) }
  }

  public mutating func insert(_ variable: String) { variables.insert(variable) }
  public mutating func insert(member: String) { members.insert(member) }

  public func contains(_ variable: String) -> Bool { variables.names.contains(variable) }

  /// For "did you mean": every variable, member and built-in function.
  var suggestions: Set<String> { variables.names.union(members.names).union(Builtins.names) }

  func variable(in tokens: [Token], at position: Int) -> KnownName? {
    variables.longest(in: tokens, at: position, .host)
  }
  func member(in tokens: [Token], at position: Int) -> KnownName? {
    longer(members.longest(in: tokens, at: position), Self.properties.longest(in: tokens, at: position))
  }
  static func builtin(in tokens: [Token], at position: Int) -> KnownName? {
    builtins.longest(in: tokens, at: position, .builtin)
  }

  private static let builtins = NameTable(Builtins.names)
  private static let properties = NameTable([
    "year", "month", "day", "weekday", "hour", "minute", "second", "time offset", "timezone", "years", "months", "days",
    "hours", "minutes", "seconds", "start", "end", "start included", "end included",
  ])
}

/// A name found in the source text: its text as the host spells it, and how many tokens it takes.
struct KnownName {
  enum Origin { case host, builtin }

  var text: String
  var count: Int
  /// nil: bound in the text, an entry of a context, or not known at all.
  var origin: Origin?
}

/// The longer of two; the first when they are equally long.
func longer(_ first: KnownName?, _ second: KnownName?) -> KnownName? {
  guard let first, let second else { return first ?? second }
  return second.count > first.count ? second : first
}

/// Names by their first token, so that a lookup compares only what may match.
struct NameTable: Sendable {
  private struct Entry {
    var pieces: [Token]
    var name: String
    /// The entry after it in the same bucket; longer names come first.
    var next: Int32
  }

  private(set) var names: Set<String> = []
  private var entries: [Entry] = []
  /// The first entry of each, -1 for none; a power of two of them.
  private var buckets: [Int32] = []

  init(_ names: some Sequence<String> = []) {
    for name in names { insert(name) }
  }

  mutating func insert(_ name: String) {
    guard names.insert(name).inserted else { return }
    let pieces = Lexer.pieces(of: name)
    if pieces.isEmpty { return }
    entries.append(Entry(pieces: pieces, name: name, next: -1))
    if entries.count * 2 > buckets.count {
      buckets = Array(repeating: -1, count: max(8, buckets.count * 2))
      for index in entries.indices { link(index) }
    } else {
      link(entries.count - 1)
    }
  }

  private mutating func link(_ index: Int) {
    let bucket = Int(truncatingIfNeeded: entries[index].pieces[0].hash) & (buckets.count - 1)
    var before = -1, next = buckets[bucket]
    while next >= 0, entries[Int(next)].pieces.count >= entries[index].pieces.count {
      before = Int(next)
      next = entries[Int(next)].next
    }
    entries[index].next = next
    if before < 0 { buckets[bucket] = Int32(index) } else { entries[before].next = Int32(index) }
  }

  func longest(in tokens: [Token], at position: Int, _ origin: KnownName.Origin? = nil) -> KnownName? {
    if buckets.isEmpty { return nil }
    let hash = tokens[position].hash
    var index = buckets[Int(truncatingIfNeeded: hash) & (buckets.count - 1)]
    while index >= 0 {
      let pieces = entries[Int(index)].pieces
      if pieces[0].hash == hash, tokens.begin(with: pieces, at: position) {
        return KnownName(text: entries[Int(index)].name, count: pieces.count, origin: origin)
      }
      index = entries[Int(index)].next
    }
    return nil
  }
}

extension [Token] {
  /// Whether the tokens at a position spell the pieces of a name.
  func begin(with pieces: [Token], at position: Int) -> Bool {
    guard count - position >= pieces.count else { return false }
    for offset in pieces.indices {
      let kind = self[position + offset].kind
      guard kind == .name || kind == .number || kind == .symbol,
        self[position + offset].hash == pieces[offset].hash, self[position + offset].text == pieces[offset].text
      else { return false }
    }
    return true
  }
}
