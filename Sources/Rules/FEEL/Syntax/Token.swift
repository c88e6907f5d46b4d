/// A piece of source text. Offsets count Unicode scalars from 0.
struct Token: Sendable {
  enum Kind: Sendable { case name, number, string, atLiteral, symbol, end }

  let kind: Kind
  /// The text as compared with names and symbols; for literals the text with its escapes resolved.
  let text: String
  let span: Range<Int>

  /// Of a symbol of one sign in ASCII, the sign; otherwise zero.
  let sign: UInt8
  let isKeyword: Bool

  init(kind: Kind, text: String, span: Range<Int>) {
    self.kind = kind
    self.text = text
    self.span = span
    sign = kind == .symbol && text.utf8.count == 1 ? text.utf8.first ?? 0 : 0
    isKeyword = kind == .name && Keywords.lengths.contains(text.utf8.count) && Keywords.all.contains(text)
  }

  func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
  func isWord(_ word: String) -> Bool { kind == .name && text == word }
}

enum Keywords {
  /// Words that cannot begin a name by themselves, nor continue a name that is not known.
  static let all: Set<String> = [
    "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "instance", "between", "and", "or",
    "null", "true", "false", "function", "external",
  ]
  /// In bytes.
  static let lengths = 2...9
  static let literals: [String: Value] = ["null": .null(), "true": .boolean(true), "false": .boolean(false)]
}
