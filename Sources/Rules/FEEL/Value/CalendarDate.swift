/// A date of the proleptic Gregorian calendar (DMN 1.5 §10.3.2.3.5), years -999 999 999 to 999 999 999.
public struct CalendarDate: Hashable, Sendable {
  private let storedYear: Int32
  private let storedMonth: UInt8
  private let storedDay: UInt8

  public var year: Int { Int(storedYear) }
  /// 1...12
  public var month: Int { Int(storedMonth) }
  /// 1...31
  public var day: Int { Int(storedDay) }

  /// nil when there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard CalendarDate.years.contains(year), (1...12).contains(month), day >= 1,
      day <= CalendarDate.days(inMonth: month, ofYear: year)
    else { return nil }
    storedYear = Int32(year)
    storedMonth = UInt8(month)
    storedDay = UInt8(day)
  }

  public static let years = -999_999_999...999_999_999

  public static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  public static func days(inMonth month: Int, ofYear year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

// MARK: - Days as numbers

extension CalendarDate {
  /// Days since 1970-01-01.
  ///
  /// Counted in eras of 400 years (146 097 days) from 0000-03-01, so that the leap day ends a year.
  public var dayNumber: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let yearOfEra = (shiftedYear % 400 + 400) % 400
    let era = (shiftedYear - yearOfEra) / 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// nil outside the years of the calendar.
  public init?(dayNumber: Int) {
    guard abs(dayNumber.clamped) < 400_000_000_000 else { return nil }
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// Monday 1 … Sunday 7, as in ISO 8601.
  public var weekday: Int { (dayNumber + 3).floored(modulo: 7) + 1 }

  /// 1...366
  public var dayOfYear: Int { dayNumber - firstDayNumber(ofYear: year) + 1 }

  /// The week of ISO 8601, 1...53: weeks begin on Monday, week 1 holds the first Thursday.
  public var weekOfYear: Int {
    let thursday = dayNumber - weekday + 4
    let year = CalendarDate(dayNumber: thursday)?.year ?? year
    return (thursday - firstDayNumber(ofYear: year)) / 7 + 1
  }

  private func firstDayNumber(ofYear year: Int) -> Int {
    CalendarDate(year: year, month: 1, day: 1)?.dayNumber ?? dayNumber
  }

  /// nil outside the years of the calendar.
  public func adding(days: Int) -> CalendarDate? {
    let (sum, overflow) = dayNumber.addingReportingOverflow(days)
    return overflow ? nil : CalendarDate(dayNumber: sum)
  }

  /// The same day of another month, or the last day of a shorter month (2024-01-31 + 1 month = 2024-02-29).
  public func adding(months: Int) -> CalendarDate? {
    let (sum, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
    guard !overflow else { return nil }
    let month = sum.floored(modulo: 12) + 1
    let year = (sum - (month - 1)) / 12
    return CalendarDate(year: year, month: month, day: min(day, CalendarDate.days(inMonth: month, ofYear: year)))
  }
}

extension CalendarDate: Comparable {
  public static func < (a: CalendarDate, b: CalendarDate) -> Bool {
    (a.storedYear, a.storedMonth, a.storedDay) < (b.storedYear, b.storedMonth, b.storedDay)
  }
}

// MARK: - Text

extension CalendarDate: LosslessStringConvertible {
  /// `2024-02-29`, `-0044-03-15`, `12024-01-01`: four digits of year at least, no superfluous zeros, no `+`.
  public init?(_ text: String) {
    var scanner = TemporalScanner(text)
    guard let date = scanner.date(), scanner.isAtEnd else { return nil }
    self = date
  }

  public var description: String {
    let years = String(abs(year))
    let padding = String(repeating: "0", count: max(0, 4 - years.count))
    return "\(year < 0 ? "-" : "")\(padding)\(years)-\(month.twoDigits)-\(day.twoDigits)"
  }
}

extension Int {
  var twoDigits: String { self < 10 ? "0\(self)" : "\(self)" }

  /// The remainder with the sign of the divisor, which must be positive.
  func floored(modulo divisor: Int) -> Int {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }

  /// Away from the one value that has no magnitude.
  var clamped: Int { Swift.max(self, -Int.max) }
}
