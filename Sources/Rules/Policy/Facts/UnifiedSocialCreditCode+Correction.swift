/// What a code that is not well formed may have been meant to be.
extension UnifiedSocialCreditCode {
  /// The only code that differs from what was written by small letters, full-width signs, blanks, or signs that are taken for one
  /// another (O for 0, I for 1); nil when there is none, or more than one.
  public static func correction(of written: String) -> String? {
    let signs = written.unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }.map(plain)
    guard signs.count == length, signs.allSatisfy(\.isASCII) else { return nil }
    let readings = signs.map { sign in lookAlikes[Character(sign)] ?? [Character(sign)] }
    guard readings.reduce(1, { $0 * $1.count }) <= mostReadings else { return nil }
    let fitting = texts(readings).filter(isValid)
    return fitting.count == 1 ? fitting[0] : nil
  }

  private static let mostReadings = 64

  /// What letters that no code holds stand in the place of. Signs that codes hold are taken at their word: of so many changes one
  /// fits by chance.
  private static let lookAlikes: [Character: [Character]] = [
    "I": ["1"], "O": ["0"], "S": ["5"], "V": ["U", "Y"], "Z": ["2"],
  ]

  /// A sign of full width as one of half width, small letters as capitals.
  private static func plain(_ sign: Unicode.Scalar) -> Unicode.Scalar {
    let half = fullWidth.contains(sign.value) ? Unicode.Scalar(sign.value - fullWidthOffset) ?? sign : sign
    return smallLetters.contains(half.value) ? Unicode.Scalar(half.value - capitalOffset) ?? half : half
  }

  private static let fullWidth: ClosedRange<UInt32> = 0xFF01...0xFF5E
  private static let fullWidthOffset: UInt32 = 0xFEE0
  private static let smallLetters: ClosedRange<UInt32> = 0x61...0x7A
  private static let capitalOffset: UInt32 = 0x20

  /// Every text that takes one of the readings of each place.
  private static func texts(_ readings: [[Character]]) -> [String] {
    readings.reduce([""]) { texts, reading in texts.flatMap { text in reading.map { text + String($0) } } }
  }
}
