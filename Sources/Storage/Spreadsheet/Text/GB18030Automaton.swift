/// Follows the form of GB18030 byte by byte; whether a character is assigned is not its matter.
struct GB18030Automaton {
  private var position = 0

  /// - Returns: false when the byte cannot stand here.
  mutating func take(_ byte: UInt8) -> Bool {
    switch (position, byte) {
    case (0, ..<0x80): break
    case (0, 0x81...0xFE): position = 1
    case (1, 0x30...0x39): position = 2
    case (1, 0x40...0x7E), (1, 0x80...0xFE): position = 0
    case (2, 0x81...0xFE): position = 3
    case (3, 0x30...0x39): position = 0
    default:
      position = 0
      return false
    }
    return true
  }

  var isBetween: Bool { position == 0 }
}
