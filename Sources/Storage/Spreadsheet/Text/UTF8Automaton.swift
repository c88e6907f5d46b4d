/// Follows UTF-8 byte by byte (Unicode 15, table 3-7).
struct UTF8Automaton {
  enum Step { case inside, scalar(bytes: Int), invalid }

  private var length = 0
  private var missing = 0
  private var low: UInt8 = 0x80
  private var high: UInt8 = 0xBF

  /// Whether the next byte begins a character.
  var isBetween: Bool { missing == 0 }
  /// Bytes of the character that is begun.
  var begun: Int { missing == 0 ? 0 : length - missing }

  mutating func take(_ byte: UInt8) -> Step {
    guard missing > 0 else { return begin(byte) }
    guard low...high ~= byte else {
      missing = 0
      return .invalid
    }
    (low, high) = (0x80, 0xBF)
    missing -= 1
    return missing == 0 ? .scalar(bytes: length) : .inside
  }

  private mutating func begin(_ byte: UInt8) -> Step {
    switch byte {
    case ..<0x80: return .scalar(bytes: 1)
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF: length = 3
    case 0xF0...0xF4: length = 4
    default: return .invalid
    }
    missing = length - 1
    low = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80
    high = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF
    return .inside
  }
}
