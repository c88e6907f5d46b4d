/// Makes broken texts of sound ones. The same seed makes the same texts.
public struct Mutator {
  private var random: SeededRandom
  private let corpus: [[UInt8]]
  private static let largest = 20_000

  /// - Parameter corpus: sound texts; must not be empty.
  public init(corpus: [String], seed: UInt64) {
    precondition(!corpus.isEmpty, "nothing to break")
    self.corpus = corpus.map { Array($0.utf8) }
    random = SeededRandom(seed: seed)
  }

  /// The next broken text; bytes, for it need not be UTF-8.
  public mutating func next() -> [UInt8] {
    var bytes = corpus.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 1...4, using: &random) { change(&bytes) }
    return bytes.count > Self.largest ? Array(bytes.prefix(Self.largest)) : bytes
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let range = range(in: bytes)
    switch Int.random(in: 0..<9, using: &random) {
    case 0: bytes.removeSubrange(range)
    case 1: bytes.insert(contentsOf: bytes[range], at: range.upperBound)
    case 2: bytes.replaceSubrange(range, with: pieceOfAnother())
    case 3: bytes.insert(contentsOf: pieceOfAnother(), at: range.lowerBound)
    case 4: bytes.insert(contentsOf: fragment(), at: range.lowerBound)
    case 5: bytes.replaceSubrange(range, with: fragment())
    case 6:
      let piece = range.isEmpty ? fragment() : Array(bytes[range])
      let times = Int.random(in: 2...max(2, min(400, Self.largest / max(piece.count, 1))), using: &random)
      bytes.insert(contentsOf: (0..<times).flatMap { _ in piece }, at: range.upperBound)
    case 7:
      guard let index = bytes.indices.randomElement(using: &random) else { return }
      bytes[index] = UInt8.random(in: 0...255, using: &random)
    default: replaceNumber(in: &bytes)
    }
  }

  /// A short stretch, at most forty bytes.
  private mutating func range(in bytes: [UInt8]) -> Range<Int> {
    let start = Int.random(in: 0...bytes.count, using: &random)
    return start..<min(bytes.count, start + Int.random(in: 0...40, using: &random))
  }

  private mutating func pieceOfAnother() -> [UInt8] {
    let other = corpus.randomElement(using: &random) ?? []
    return Array(other[range(in: other)])
  }

  private mutating func fragment() -> [UInt8] {
    Array((Self.fragments.randomElement(using: &random) ?? "").utf8)
  }

  private mutating func replaceNumber(in bytes: inout [UInt8]) {
    let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
    guard let index = digits.randomElement(using: &random) else { return }
    var end = index
    while end < bytes.count, (0x30...0x39).contains(bytes[end]) { end += 1 }
    bytes.replaceSubrange(index..<end, with: Array((Self.numbers.randomElement(using: &random) ?? "0").utf8))
  }

  private static let numbers = [
    "0", "-0", "1", "-1", "0.1", "9999999999999999999999999999999999", "1e6144", "1e-6176", "99999999999", "2147483648",
    "-9223372036854775808", "0.00000000000000000000000000000000001", "1000000000", "20000", "65536",
  ]

  private static let fragments = [
    "(", ")", "[", "]", "{", "}", "<", ">", "..", ".", ",", ":", "\"", "'", "`", "@", "//", "/*", "*/", "**", "-", "+",
    "=",
    "!=", "<=", "null", "true", "if ", " then ", " else ", "for x in ", " return ", "some x in ", " satisfies ",
    "function(x) ", " external ", " instance of ", "list<", "context<a: ", "not(", "between ", " and ", " or ", " in ",
    "date(\"", "@\"2020-01-01T00:00:00@Europe/Paris\"", "@\"P999999999Y\"", "duration(\"P1D\")", "matches(\"",
    "replace(\"",
    "(a+)+$", "(.*)*", "\\p{L}", "\\1", "[a-z-[aeiou]]", "{1,65536}", "sort(", "string join(", "list replace(",
    "concatenate(", "for i in 1..1000000000 return ", "for i in 1..1000 return for j in 1..1000 return ", "partial",
    "item", "?", "\u{FEFF}", "\u{202E}", "\u{0}", "\u{FF0C}", "\u{FF08}", "\u{FF09}", "\u{8D37}\u{6B3E}", "\u{1F600}",
    "e\u{301}",
    "<decision id=\"d\" name=\"d\">", "</decision>", "<literalExpression><text>", "</text></literalExpression>",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "&lt;", "&#0;", "<![CDATA[", "]]>", "href=\"#d\"", "xmlns=\"",
    "<import namespace=\"", "<context><contextEntry>", "hitPolicy=\"PRIORITY\"", "typeRef=\"",
  ]
}

/// SplitMix64.
public struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
