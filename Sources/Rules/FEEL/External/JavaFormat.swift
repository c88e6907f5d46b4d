/// `java.lang.String.format`: text with places for values, `%s`, `%5d`, `%-8.2f`, `%1$s`.
struct JavaFormat {
  private static let maximumWidth = 10_000

  /// One place: `%[number$][flags][width][.precision]conversion`.
  private struct Place {
    var position: Int?
    var flags: Set<Character> = []
    var width = 0
    var precision: Int?
    var conversion: Character = "s"
  }

  private var rest: Substring
  private let values: [Value]
  private var next = 0

  /// nil where Java would raise an exception: an unknown conversion, a value of another kind, too few values.
  static func text(_ format: String, _ values: [Value]) -> String? {
    var formatting = JavaFormat(rest: format[...], values: values)
    return formatting.run()
  }

  private mutating func run() -> String? {
    var result = ""
    while let percent = rest.firstIndex(of: "%") {
      result += rest[..<percent]
      rest = rest[rest.index(after: percent)...]
      guard let place = readPlace(), let text = text(of: place) else { return nil }
      result += padded(text, place)
    }
    return result + rest
  }

  // MARK: - Places

  private mutating func readPlace() -> Place? {
    var place = Place()
    let start = rest
    if let number = readNumber(), rest.first == "$" {
      place.position = number
      rest.removeFirst()
    } else {
      rest = start
    }
    while let flag = rest.first, "-#+ 0,(".contains(flag) {
      place.flags.insert(flag)
      rest.removeFirst()
    }
    place.width = readNumber() ?? 0
    if rest.first == "." {
      rest.removeFirst()
      guard let precision = readNumber() else { return nil }
      place.precision = precision
    }
    guard let conversion = rest.popFirst(), place.width <= Self.maximumWidth else { return nil }
    place.conversion = conversion
    return (place.precision ?? 0) <= Self.maximumWidth ? place : nil
  }

  private mutating func readNumber() -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest[digits.endIndex...]
    return Int(digits)
  }

  // MARK: - Values

  private mutating func text(of place: Place) -> String? {
    switch place.conversion {
    case "%": return "%"
    case "n": return "\n"
    default: break
    }
    guard let value = value(for: place) else { return nil }
    guard let text = Self.text(of: value, place) else { return nil }
    return place.conversion.isUppercase ? text.uppercased() : text
  }

  private mutating func value(for place: Place) -> Value? {
    let index = place.position.map { $0 - 1 } ?? next
    if place.position == nil { next += 1 }
    return values.indices.contains(index) ? values[index] : nil
  }

  private static func text(of value: Value, _ place: Place) -> String? {
    switch (place.conversion, value) {
    case ("s", _), ("S", _): String(value.feelDescription.prefix(place.precision ?? .max))
    case ("b", .boolean), ("B", .boolean): value.feelDescription
    case ("b", _), ("B", _): value.isNull ? "false" : "true"
    case (_, .null): "null"
    case ("c", .string(let text)), ("C", .string(let text)): text.unicodeScalars.count == 1 ? text : nil
    case ("d", .number(let number)): number.isInteger ? signed(number, number.magnitude.description, place) : nil
    case ("x", .number(let number)), ("X", .number(let number)):
      number.integer.map { String($0, radix: 16) }
    case ("o", .number(let number)): number.integer.map { String($0, radix: 8) }
    case ("f", .number(let number)): fixed(number, place)
    default: nil
    }
  }

  private static func fixed(_ number: Decimal128, _ place: Place) -> String? {
    let precision = place.precision ?? 6
    guard let rounded = number.rounded(toScale: precision, .halfUp) else { return nil }
    let parts = rounded.magnitude.description.split(separator: ".")
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    let zeros = String(repeating: "0", count: max(0, precision - fraction.count))
    return signed(rounded, precision == 0 ? String(parts[0]) : "\(parts[0]).\(fraction)\(zeros)", place)
  }

  private static func signed(_ number: Decimal128, _ digits: String, _ place: Place) -> String {
    let text = place.flags.contains(",") ? grouped(digits) : digits
    if number.isNegative { return place.flags.contains("(") ? "(\(text))" : "-" + text }
    return (place.flags.contains("+") ? "+" : place.flags.contains(" ") ? " " : "") + text
  }

  private static func grouped(_ digits: String) -> String {
    let whole = digits.prefix { $0 != "." }
    var text = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text + digits.dropFirst(whole.count)
  }

  private func padded(_ text: String, _ place: Place) -> String {
    let missing = place.width - text.count
    guard missing > 0 else { return text }
    if place.flags.contains("-") { return text + String(repeating: " ", count: missing) }
    guard place.flags.contains("0"), "dfxXo".contains(place.conversion) else {
      return String(repeating: " ", count: missing) + text
    }
    let sign = text.prefix { "+-( ".contains($0) }
    return sign + String(repeating: "0", count: missing) + text.dropFirst(sign.count)
  }
}
