/// How much room a text takes, in characters as wide as a digit; Chinese ones take two.
enum TextWidth {
  /// Of the longest line, looking no further than a column is ever wide.
  static func of(_ text: String) -> Int {
    var longest = 0, line = 0
    for scalar in text.unicodeScalars.prefix(limit * 4) {
      line = scalar == "\n" ? 0 : line + (isWide(scalar) ? 2 : 1)
      longest = max(longest, line)
    }
    return min(longest, limit)
  }

  static let limit = 60

  /// Everything from the radicals on, but for half-width forms and private signs.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100..<0x1160, 0x2E80..<0xE000, 0xF900..<0xFB00, 0xFE30..<0xFE50, 0xFF00..<0xFF61, 0xFFE0..<0xFFE7: true
    default: scalar.value >= 0x1F300
    }
  }
}
