/// Reads dates, times and zones from ISO 8601 text (the lexical forms of XML Schema that DMN 1.5 §10.3.4.1 asks for).
struct TemporalScanner {
  private var rest: Substring.UTF8View

  /// True after a time that was written 24:00:00.
  private(set) var hasReadEndOfDay = false

  init(_ text: String) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  /// The digits that follow; at most 19, so that the number fits.
  mutating func digits() -> Substring {
    let after = rest.drop { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    defer { rest = after }
    return Substring(rest[..<after.startIndex])
  }

  private mutating func twoDigits() -> Int? {
    let text = digits()
    return text.utf8.count == 2 ? Int(text) : nil
  }

  mutating func date() -> CalendarDate? {
    let isNegative = take("-")
    let digits = digits()
    guard digits.utf8.count >= 4, digits.utf8.count <= 9, digits.utf8.count == 4 || digits.first != "0",
      let year = Int(digits), take("-"), let month = twoDigits(), take("-"), let day = twoDigits()
    else { return nil }
    return CalendarDate(year: isNegative ? -year : year, month: month, day: day)
  }

  mutating func time() -> TimeOfDay? {
    guard let hour = twoDigits(), take(":"), let minute = twoDigits(), take(":"), let second = twoDigits() else {
      return nil
    }
    var nanosecond = 0
    if take(".") {
      guard let fraction = fraction() else { return nil }
      nanosecond = fraction
    }
    guard let zone = zone() else { return nil }
    hasReadEndOfDay = hour == 24
    return TimeOfDay(hour: hour, minute: minute, second: second, nanosecond: nanosecond, zone: zone)
  }

  /// The digits after the point as nanoseconds; further digits are cut off.
  mutating func fraction() -> Int? {
    let digits = digits().prefix(9)
    guard !digits.isEmpty, let value = Int(digits) else { return nil }
    return (digits.utf8.count..<9).reduce(value) { value, _ in value * 10 }
  }

  /// The zone at the end of a text: `.some(nil)` when there is none, nil when what follows is no zone.
  private mutating func zone() -> Zone?? {
    if isAtEnd { return .some(nil) }
    if take("Z") || take("z") { return .some(.offset(seconds: 0)) }
    if take("@") {
      guard let zone = Zone(region: String(Substring(rest))) else { return nil }
      rest = rest[rest.endIndex...]
      return .some(zone)
    }
    return offset().map { .some($0) }
  }

  private mutating func offset() -> Zone? {
    let isNegative = take("-")
    guard isNegative || take("+"), let hours = twoDigits(), take(":"), let minutes = twoDigits(), minutes < 60 else {
      return nil
    }
    var seconds = 0
    if take(":") {
      guard let further = twoDigits(), further < 60 else { return nil }
      seconds = further
    }
    let total = hours * 3_600 + minutes * 60 + seconds
    return Zone(offsetSeconds: isNegative ? -total : total)
  }
}
