/// Characters that XML cannot hold, as spreadsheets write them: `_x000D_` is a carriage return, `_x005F_` an
/// underscore before what would else be read as one of these.
enum EscapedText {
  private static let underscore = UInt8(ascii: "_")

  static func decoded(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    guard bytes.contains(underscore) else { return String(decoding: bytes, as: UTF8.self) }
    var text = Array(String(decoding: bytes, as: UTF8.self).utf16)[...]
    var units: [UInt16] = []
    units.reserveCapacity(text.count)
    while let first = text.first {
      if let unit = code(text) {
        units.append(unit)
        text = text.dropFirst(7)
      } else {
        units.append(first)
        text = text.dropFirst()
      }
    }
    return String(decoding: units, as: UTF16.self)
  }

  /// The character that `_xHHHH_` at the beginning of `text` stands for.
  private static func code(_ text: ArraySlice<UInt16>) -> UInt16? {
    guard text.count >= 7, text[text.startIndex + 6] == UInt16(underscore) else { return nil }
    return code(begunIn: text)
  }

  /// The same without the last underscore.
  private static func code(begunIn text: ArraySlice<UInt16>) -> UInt16? {
    guard text.count >= 6, text.first == UInt16(underscore) else { return nil }
    let code = text.prefix(6).map { UInt8(truncatingIfNeeded: $0 < 128 ? $0 : 0) }
    let digits = code[2...]
    guard code[1] == UInt8(ascii: "x"), digits.allSatisfy({ $0.isDigit || ($0 | 0x20) &- UInt8(ascii: "a") < 6 }) else {
      return nil
    }
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  /// The underscore that ends an escape may come from the next one, so what only begins like one is escaped too.
  static func encoded(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == underscore || $0 == 0xEF }) else { return text }
    var result = ""
    var units = Array(text.utf16)[...]
    for scalar in text.unicodeScalars {
      if code(begunIn: units) != nil || isForbidden(scalar) {
        result += "_x\(hexadecimal(scalar.value))_"
      } else {
        result.unicodeScalars.append(scalar)
      }
      units = units.dropFirst(UTF16.width(scalar))
    }
    return result
  }

  /// Tabs and line feeds are written as they are.
  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\t", "\n": false
    case "\u{FFFE}", "\u{FFFF}": true
    default: scalar.value < 0x20
    }
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
