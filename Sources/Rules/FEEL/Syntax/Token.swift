/// A piece of source text. Offsets count Unicode scalars from 0.
struct Token: Sendable {
  enum Kind: Sendable { case name, number, string, atLiteral, symbol, end }

  var kind: Kind
  /// The text as compared with names and symbols; for literals the text with its escapes resolved.
  var text: String
  var span: Range<Int>

  func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
  func isWord(_ word: String) -> Bool { kind == .name && text == word }
  var isKeyword: Bool { kind == .name && Keywords.all.contains(text) }
}

enum Keywords {
  /// Words that cannot begin a name by themselves, nor continue a name that is not known.
  static let all: Set<String> = [
    "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "instance", "between", "and", "or",
    "null", "true", "false", "function", "external",
  ]
  static let literals: [String: Value] = ["null": .null(), "true": .boolean(true), "false": .boolean(false)]
}
