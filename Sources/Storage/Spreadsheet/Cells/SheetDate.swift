/// A day of the calendar, with a time where there is one.
public struct SheetDate: Hashable, Sendable, CustomStringConvertible {
  public var year, month, day: Int
  /// Nil at midnight: spreadsheets do not tell a day from its beginning.
  public var time: SheetTime?

  /// The caller sees to it that there is such a day.
  public init(year: Int, month: Int, day: Int, time: SheetTime? = nil) {
    self.year = year
    self.month = month
    self.day = day
    self.time = time
  }

  /// The day that a spreadsheet counts by this number; nil when there is none.
  public init?(serial number: Int, startsIn1904: Bool = false) {
    let days = SerialDay(startsIn1904: startsIn1904)
    guard case .date(let date)? = days.value(String(number), isTimeOnly: false) else { return nil }
    self = date
  }

  /// `2024-02-29`, or `2024-02-29 09:05:00`.
  public var description: String {
    let date = "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))"
    return time.map { "\(date) \($0)" } ?? date
  }
}

/// Days counted from 1970-01-01, in the calendar in use today. → Howard Hinnant, “chrono-compatible low-level date
/// algorithms”
extension SheetDate {
  init(dayNumber: Int, time: SheetTime? = nil) {
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    self.init(
      year: yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month: month < 10 ? month + 3 : month - 9,
      day: dayOfYear - (153 * month + 2) / 5 + 1, time: time)
  }

  var dayNumber: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Whether the calendar has this day.
  var exists: Bool {
    let other = SheetDate(dayNumber: dayNumber)
    return (other.year, other.month, other.day) == (year, month, day)
  }
}
