/// What one line says of its encoding.
struct SurveyedLine {
  private(set) var isASCII = true
  private(set) var canBeGB18030 = true
  private(set) var threeByteCharacters = 0
  /// The first place that is no UTF-8.
  private(set) var invalid: (column: Int, offset: Int)?
  /// Of the next character, counted from 1.
  private(set) var column = 1
  private var utf8 = UTF8Automaton()
  private var gb18030 = GB18030Automaton()

  /// Whether the next byte begins a character, whatever the encoding.
  var isBetween: Bool { utf8.isBetween && gb18030.isBetween }

  /// Passes over characters of ASCII.
  mutating func skip(_ count: Int) { column += count }

  mutating func take(_ byte: UInt8, at offset: Int) {
    if byte >= 0x80 { isASCII = false }
    if !gb18030.take(byte) { canBeGB18030 = false }
    guard invalid == nil else { return }
    let start = offset - utf8.begun
    switch utf8.take(byte) {
    case .inside: break
    case .invalid: invalid = (column, start)
    case .scalar(let bytes):
      column += 1
      if bytes == 3 { threeByteCharacters += 1 }
    }
  }

  /// A character that is begun is cut off by the end of the line.
  mutating func end(at offset: Int) {
    if !gb18030.isBetween { canBeGB18030 = false }
    if invalid == nil, utf8.begun > 0 { invalid = (column, offset - utf8.begun) }
  }
}
