internal import CDecimal

extension Decimal128: LosslessStringConvertible, ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) { self.init(value) }

  /// Digits with an optional minus, point and exponent: `-12.50`, `.5`, `1E+3`. No spaces, no grouping, no `+`.
  /// - Returns: nil for any other text, and beyond the range of decimal128.
  public init?(_ text: String) {
    guard text.utf8.count <= 10_000, Decimal128.isNumber(text.utf8) else { return nil }
    guard let value = Decimal128(finite: cdecimal_from_text(text)) else { return nil }
    self = value
  }

  private static func isNumber(_ text: String.UTF8View) -> Bool {
    var rest = text[...]
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = dropDigits(&rest)
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = dropDigits(&rest)
      if fraction == 0 { return false }
    }
    guard whole + fraction > 0 else { return false }
    guard rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") else { return rest.isEmpty }
    rest.removeFirst()
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    let digits = dropDigits(&rest)
    return digits > 0 && digits < 9 && rest.isEmpty
  }

  private static func dropDigits(_ text: inout Substring.UTF8View) -> Int {
    let rest = text.drop { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    defer { text = rest }
    return text.count - rest.count
  }

  /// The plain FEEL form: no exponent, no superfluous zeros, a digit before the point.
  public var description: String {
    let (digits, power) = normalized
    let sign = isNegative ? "-" : ""
    let text = String(digits)
    if power >= 0 { return sign + text + String(repeating: "0", count: digits == 0 ? 0 : power) }
    let point = text.count + power
    if point > 0 { return sign + text.prefix(point) + "." + text.dropFirst(point) }
    return sign + "0." + String(repeating: "0", count: -point) + text
  }
}
