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

  func variable(at tokens: ArraySlice<Token>) -> KnownName? { variables.longest(at: tokens) }
  func member(at tokens: ArraySlice<Token>) -> KnownName? {
    longer(members.longest(at: tokens), Self.properties.longest(at: tokens))
  }
  static func builtin(at tokens: ArraySlice<Token>) -> KnownName? { builtins.longest(at: tokens) }

  private static let builtins = NameTable(Builtins.names)
  private static let properties = NameTable([
    "year", "month", "day", "weekday", "hour", "minute", "second", "time offset", "timezone", "years", "months", "days",
    "hours", "minutes", "seconds", "start", "end", "start included", "end included",
  ])
}

/// A name found in the source text: its text as the host spells it, and how many tokens it takes.
struct KnownName {
  var text: String
  var count: Int
}

/// The longer of two; the first when they are equally long.
func longer(_ first: KnownName?, _ second: KnownName?) -> KnownName? {
  guard let first, let second else { return first ?? second }
  return second.count > first.count ? second : first
}

/// Names by their first token, so that a lookup compares only what may match.
struct NameTable: Sendable {
  private(set) var names: Set<String> = []
  private var entries: [String: [(pieces: [String], name: String)]] = [:]

  init(_ names: some Sequence<String> = []) {
    for name in names { insert(name) }
  }

  mutating func insert(_ name: String) {
    guard names.insert(name).inserted else { return }
    let pieces = Lexer.pieces(of: name)
    guard let first = pieces.first else { return }
    entries[first, default: []].append((pieces, name))
    entries[first]?.sort { $0.pieces.count > $1.pieces.count }
  }

  func longest(at tokens: ArraySlice<Token>) -> KnownName? {
    guard let first = tokens.first, let candidates = entries[first.text] else { return nil }
    let match = candidates.first { tokens.begins(with: $0.pieces) }
    return match.map { KnownName(text: $0.name, count: $0.pieces.count) }
  }
}

extension ArraySlice<Token> {
  /// Whether the tokens spell the pieces of a name.
  func begins(with pieces: [String]) -> Bool {
    guard count >= pieces.count else { return false }
    for (token, piece) in zip(self, pieces) {
      guard token.text == piece, token.kind == .name || token.kind == .number || token.kind == .symbol else {
        return false
      }
    }
    return true
  }
}
