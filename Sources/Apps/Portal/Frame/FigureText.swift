import Diagnostics
import FEEL
import Policy

/// Figures as a reader wants them: thousands marks, cents, units in their base.
struct FigureText {
  let words: Words

  /// An amount in 元 without the unit: `69,600.00`.
  static func amount(_ amount: Decimal128) -> String { grouped(amount, places: 2) }

  /// Thousands marks, and at least that many decimal places.
  static func grouped(_ number: Decimal128, places: Int = 0) -> String {
    let parts = number.magnitude.description.split(separator: ".", omittingEmptySubsequences: false)
    var whole = "", fraction = parts.count > 1 ? String(parts[1]) : ""
    for (position, digit) in parts[0].reversed().enumerated() {
      if position > 0, position % 3 == 0 { whole.append(",") }
      whole.append(digit)
    }
    while fraction.count < places { fraction.append("0") }
    let sign = number.isNegative ? "-" : ""
    return sign + String(whole.reversed()) + (fraction.isEmpty ? "" : ".\(fraction)")
  }

  /// A value as a trace holds it, in the base unit, with that unit: `87,000.00 元`, `20 %`.
  func value(_ text: String, unit symbol: String?) -> String {
    guard let number = Decimal128(text) else { return text }
    guard let unit = symbol.flatMap(Unit.named) else { return Self.grouped(number) }
    if unit.isShare, let percent = number * 100 { return "\(percent) %" }
    return "\(Self.grouped(number, places: unit.isMoney ? 2 : 0)) \(unit.base.symbol)"
  }

  /// A value of that type, as ``value(_:unit:)`` where it is a number. What has more than two digits behind the point is rounded half to
  /// even to two, and marked as such.
  func short(_ text: String, _ type: ValueType) -> String {
    guard type.kind == .number, let number = Decimal128(text) else { return text }
    let unit = type.unit
    let shown = unit?.isShare == true ? number * 100 : number
    guard let shown, let rounded = shown.rounded(toScale: 2, .halfEven), rounded != shown else {
      return value(text, unit: unit?.symbol)
    }
    let symbol = unit?.isShare == true ? "%" : unit?.base.symbol ?? ""
    let text = Self.grouped(rounded)
    return words("approximately", ["value": symbol.isEmpty ? text : "\(text) \(symbol)"])
  }

  /// `2022年8月15日（2022-08-15）`
  func date(_ date: CalendarDate) -> String {
    words(
      "date.long",
      ["year": String(date.year), "month": String(date.month), "day": String(date.day), "date": date.description])
  }

  /// A half-open stretch of days, in words with its last day.
  func period(_ period: Period) -> String {
    let last = period.until.flatMap { $0.adding(days: -1) }
    switch (period.from, last) {
    case (let from?, let last?): return words("document.from-until", ["from": date(from), "last": date(last)])
    case (let from?, nil): return words("document.from", ["from": date(from)])
    case (nil, let last?): return words("document.until", ["last": date(last)])
    case (nil, nil): return words("document.always")
    }
  }
}
