/// A piece of source text. Offsets count Unicode scalars from 0.
struct Token: Sendable {
  enum Kind: Sendable { case name, number, string, atLiteral, symbol, end }

  let kind: Kind
  /// Of a name or a symbol, what it is in the grammar.
  let word: Word
  /// The text as compared with names and symbols; for literals the text with its escapes resolved.
  let text: String
  /// Of what it spells, for tables of names.
  let hash: UInt64
  let span: Range<Int>

  init(_ kind: Kind, _ word: Word = .other, text: String, hash: UInt64 = 0, span: Range<Int>) {
    self.kind = kind
    self.word = word
    self.text = text
    self.hash = hash
    self.span = span
  }

  /// Differs from run to run, so that no text can be written whose names all fall into one bucket.
  private static let seed = UInt64.random(in: .min ... .max)

  /// FNV-1a from a random beginning.
  static func hash(of bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = seed
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash ^ (hash >> 32)
  }

  /// Whether a name may hold it.
  var mayBeInName: Bool {
    switch kind {
    case .name, .number: true
    case .symbol:
      switch word {
      case .dot, .over, .minus, .apostrophe, .plus, .times, .power, .dots: true
      default: false
      }
    case .string, .atLiteral, .end: false
    }
  }
}
