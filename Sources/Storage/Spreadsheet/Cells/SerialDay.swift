/// Days as spreadsheets count them.
///
/// Day 1 is 1900-01-01, and day 60 is 1900-02-29, a day that never was: from 1900-03-01 on the count is one too high.
/// Workbooks that began on old Macintosh computers count from 1904-01-01 instead, which is day 0.
struct SerialDay {
  var startsIn1904: Bool

  private static let last = 2_958_465
  private static let millisecondsPerDay = 86_400_000

  /// What a number is under a format of dates; nil when it is no day (the number 60, and those before and after all
  /// days).
  /// - Parameter shown: decimal text of at most fifteen digits.
  func value(_ shown: String, isTimeOnly: Bool) -> SheetCell.Value? {
    guard var (day, milliseconds) = parts(shown) else { return nil }
    if milliseconds == SerialDay.millisecondsPerDay { (day, milliseconds) = (day + 1, 0) }
    let time = SheetTime(milliseconds: milliseconds)
    if day == 0, !startsIn1904 || isTimeOnly { return .time(time) }
    guard let number = dayNumber(day) else { return nil }
    return .date(SheetDate(dayNumber: number, time: milliseconds == 0 ? nil : time))
  }

  private func parts(_ shown: String) -> (day: Int, milliseconds: Int)? {
    let parts = shown.split(separator: ".")
    guard let day = Int(parts[0]), shown.first != "-", day <= SerialDay.last else { return nil }
    guard parts.count == 2 else { return (day, 0) }
    let digits = parts[1].prefix(10)
    let scale = digits.reduce(1) { scale, _ in scale * 10 }
    let share = (Int(digits) ?? 0) * SerialDay.millisecondsPerDay
    return (day, (share + scale / 2) / scale)
  }

  private func dayNumber(_ day: Int) -> Int? {
    if startsIn1904 { return day - 24_107 }
    switch day {
    case 1..<60: return day - 25_568
    case 61...SerialDay.last: return day - 25_569
    default: return nil
    }
  }

  /// The number of a day, counted from 1900; nil for a day before that or after the year 9999.
  static func number(of date: SheetDate) -> Int? {
    guard date.exists else { return nil }
    let late = date.dayNumber + 25_569
    let number = late > 60 ? late : late - 1
    return (1...last).contains(number) ? number : nil
  }
}
