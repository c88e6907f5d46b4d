import FEEL

/// The calendar on day numbers, for values within columns (`CalendarDate`).
enum Calendar {
  static func part(_ part: DatePart, of day: Int64) -> Int64 {
    guard let date = CalendarDate(dayNumber: Int(day)) else { return 0 }
    return switch part {
    case .year: Int64(date.year)
    case .month: Int64(date.month)
    case .day: Int64(date.day)
    case .weekday: Int64(date.weekday)
    }
  }

  static func adding(_ months: Int64, to day: Int64) -> Int64 {
    guard let date = CalendarDate(dayNumber: Int(day))?.adding(months: Int(months)) else { return 0 }
    return Int64(date.dayNumber)
  }

  static func months(from start: Int64, to end: Int64) -> Int64 {
    guard let start = CalendarDate(dayNumber: Int(start)), let end = CalendarDate(dayNumber: Int(end)) else { return 0 }
    return Int64(MonthsDuration(from: start, to: end).months)
  }
}
