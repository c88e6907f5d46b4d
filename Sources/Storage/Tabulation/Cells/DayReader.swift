import Spreadsheet

/// Reads days in the many ways in which they are written.
struct DayReader {
  /// What a day is that is written as a number.
  let day: (Int) -> SheetDate?

  /// Numbers that are days of our time.
  private static let serials = 10_000...80_000

  func read(_ value: SheetCell.Value) -> Reading {
    switch value {
    case .date(let date): .text(SheetDate(year: date.year, month: date.month, day: date.day).description)
    case .number(let number): read(number.text)
    case .text(let text): read(text)
    default: .text(SheetCell(value).shownText)
    }
  }

  private func read(_ text: String) -> Reading {
    let plain = DayReader.withoutTime(text.plain.withoutApostrophe)
    let parts = DayReader.parts(plain)
    guard parts.allSatisfy(\.isDigits) else { return .text(plain) }
    return parts.count == 3 ? DayReader.three(parts, plain) : fewer(parts, plain)
  }

  /// Year, month and day, if that is their order.
  private static func three(_ parts: [Substring], _ plain: String) -> Reading {
    guard parts.dropFirst().dropLast().allSatisfy({ $0.count <= 2 }) else { return .text(plain) }
    switch (parts[0].count, parts[2].count) {
    case (4, 1...2): return .text(written(parts))
    case (1...2, 4): return .refused("tabulation.date.order")
    case (1...2, 1...2): return .refused("tabulation.date.short-year")
    default: return .text(plain)
    }
  }

  /// `20240301`, a number of days, or no day at all.
  private func fewer(_ parts: [Substring], _ plain: String) -> Reading {
    let isMonth = parts.count == 2 && parts.map(\.count).max() == 4 && parts.map(\.count).min() ?? 0 <= 2
    if isMonth { return .refused("tabulation.date.month") }
    guard let digits = parts.first else { return .text(plain) }
    switch (parts.count, digits.count) {
    case (1, 4), (1, 6): return .refused("tabulation.date.month")
    case (1, 8): return .text(DayReader.written([digits.prefix(4), digits.dropFirst(4).prefix(2), digits.suffix(2)]))
    case (_, 5): return serial(digits, plain)
    default: return .text(plain)
    }
  }

  /// `2024年3月1日` in its three parts.
  private static func parts(_ text: String) -> [Substring] {
    let words = TableWords.shared
    var rest = text.compact
    if let end = words.suffix(of: rest, in: .dateEnd) { rest.removeLast(end.count) }
    let parts = rest.split(omittingEmptySubsequences: false) { words.has(String($0), in: .dateSeparator) }
    // Behind a year or month alone stands its sign and nothing more.
    return Array(parts.count > 1 && parts.last?.isEmpty == true ? parts.dropLast() : parts)
  }

  private static func withoutTime(_ text: String) -> String {
    guard let colon = text.firstIndex(of: ":"),
      let start = text[..<colon].lastIndex(where: { $0 == " " || $0 == "T" })
    else { return text }
    return String(text[..<start]).withoutOuterBlanks
  }

  private static func written(_ parts: [Substring]) -> String {
    parts.map { $0.count == 1 ? "0" + $0 : String($0) }.joined(separator: "-")
  }

  private func serial(_ digits: Substring, _ text: String) -> Reading {
    guard let number = Int(digits), DayReader.serials.contains(number), let date = day(number) else {
      return .text(text)
    }
    return .text(date.description)
  }
}
