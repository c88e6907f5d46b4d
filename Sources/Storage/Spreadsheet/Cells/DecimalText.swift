/// A decimal number taken apart: `digits` without zeros at either end, read as 0.ddd × 10^`point`.
struct DecimalText {
  private(set) var isNegative = false
  private(set) var digits: [UInt8] = []
  private(set) var point = 0

  /// What a spreadsheet holds of a number.
  static let significantDigits = 15
  /// Beyond this many places no spreadsheet has numbers.
  static let mostPlaces = 308

  /// Reads `-12.50`, `1.25E-3` and their like; nil for anything else.
  init?(_ text: some Collection<UInt8>) {
    var rest = text[...]
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    let whole = rest.prefix(while: \.isDigit)
    rest = rest.dropFirst(whole.count)
    var fraction = rest.prefix(0)
    if rest.first == UInt8(ascii: ".") {
      fraction = rest.dropFirst().prefix(while: \.isDigit)
      rest = rest.dropFirst(fraction.count + 1)
    }
    guard !whole.isEmpty || !fraction.isEmpty, let exponent = DecimalText.exponent(rest) else { return nil }
    digits = Array(whole) + Array(fraction)
    point = whole.count + exponent
    dropZeros()
    guard abs(point) <= DecimalText.mostPlaces + 1 else { return nil }
  }

  /// `E+5`; zero for no exponent, nil for what is none.
  private static func exponent(_ text: some Collection<UInt8>) -> Int? {
    guard let letter = text.first else { return 0 }
    guard letter | 0x20 == UInt8(ascii: "e") else { return nil }
    let number = text.dropFirst()
    let digits = number.first.map { $0.isDigit } == true ? number[...] : number.dropFirst()
    guard !digits.isEmpty, digits.count <= 9, digits.allSatisfy(\.isDigit) else { return nil }
    return Int(String(decoding: number, as: UTF8.self))
  }

  private mutating func dropZeros() {
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeFirst(zeros)
    point -= zeros
    if digits.isEmpty { (isNegative, point) = (false, 0) }
  }

  /// Rounds half away from zero.
  mutating func round(to count: Int = significantDigits) {
    guard digits.count > count else { return }
    let roundsUp = digits[count] >= UInt8(ascii: "5")
    digits.removeSubrange(count...)
    if roundsUp { increment() }
    dropZeros()
  }

  private mutating func increment() {
    let nine = UInt8(ascii: "9")
    while digits.last == nine { digits.removeLast() }
    if let last = digits.popLast() { return digits.append(last + 1) }
    digits = [UInt8(ascii: "1")]
    point += 1
  }

  /// Without exponent: `-0.00125`.
  var text: String {
    guard !digits.isEmpty else { return "0" }
    let zero = UInt8(ascii: "0")
    var bytes: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    if point <= 0 { bytes.append(zero) } else { bytes += digits.prefix(point) }
    bytes += repeatElement(zero, count: max(0, point - digits.count))
    if point < digits.count {
      bytes.append(UInt8(ascii: "."))
      bytes += repeatElement(zero, count: max(0, -point))
      bytes += digits.dropFirst(max(0, point))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension DecimalText {
  /// A number as a spreadsheet's file has it, as the spreadsheet shows it: `0.30000000000000004` is `0.3`.
  static func shown(_ text: UnsafeBufferPointer<UInt8>) -> String? {
    if isShown(text) { return String(decoding: text, as: UTF8.self) }
    guard var decimal = DecimalText(text) else { return nil }
    decimal.round()
    return decimal.text
  }

  /// Whether nothing is left to do: most numbers are like that.
  private static func isShown(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count <= significantDigits, let first = text.first, let last = text.last else { return false }
    guard first.isDigit, last.isDigit, first != UInt8(ascii: "0") || text.count == 1 else { return false }
    var hasPoint = false
    for byte in text where !byte.isDigit {
      guard byte == UInt8(ascii: "."), !hasPoint else { return false }
      hasPoint = true
    }
    return !hasPoint || last != UInt8(ascii: "0")
  }

  /// Whether a spreadsheet can hold the number without losing a digit.
  static func isExact(_ text: String) -> Bool {
    guard let decimal = DecimalText(text.utf8) else { return false }
    return decimal.digits.count <= significantDigits && abs(decimal.point) < mostPlaces
  }
}
