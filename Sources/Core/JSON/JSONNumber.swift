/// The grammar of numbers (RFC 8259 §6).
enum JSONNumber {
  /// The end of the number that begins at `start`; nil when none does.
  static func end(from start: Int, in bytes: [UInt8]) -> Int? {
    var end = start
    func next() -> UInt8? { end < bytes.count ? bytes[end] : nil }
    func digits() -> Bool {
      let first = end
      while let byte = next(), byte.isDigit { end += 1 }
      return end > first
    }
    if next() == UInt8(ascii: "-") { end += 1 }
    if next() == UInt8(ascii: "0") { end += 1 } else if !digits() { return nil }
    if next() == UInt8(ascii: ".") {
      end += 1
      if !digits() { return nil }
    }
    guard next() == UInt8(ascii: "e") || next() == UInt8(ascii: "E") else { return end }
    end += 1
    if next() == UInt8(ascii: "+") || next() == UInt8(ascii: "-") { end += 1 }
    return digits() ? end : nil
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
