import FEEL
import Instructions

/// The Gregorian calendar on day numbers (days since 1970-01-01), for values within columns; `CalendarDate` without its checks.
///
/// Years are counted from 1 March, so that the day that comes and goes is the last.
enum Calendar {
  private struct Parts {
    var year: Int64
    var month: Int64
    var day: Int64
  }

  /// Days from 1 March of year 0 to 1970-01-01.
  private static let epoch: Int64 = 719_468
  /// The calendar comes back after so many years, and so many days.
  private static let years: Int64 = 400
  private static let cycle: Int64 = 146_097

  @inline(__always)
  private static func parts(_ day: Int64) -> Parts {
    let day = day &+ epoch
    let era = (day >= 0 ? day : day &- (cycle - 1)) / cycle
    let rest = day &- era &* cycle
    let year = (rest &- rest / 1460 &+ rest / 36_524 &- rest / 146_096) / 365
    let dayOfYear = rest &- (365 &* year &+ year / 4 &- year / 100)
    // Months from March on have 31, 30, 31, 30, 31 days, over and over: 153 in five.
    let month = (5 &* dayOfYear &+ 2) / 153
    let isNextYear: Int64 = month >= 10 ? 1 : 0
    return Parts(
      year: year &+ era &* years &+ isNextYear, month: month &+ 3 &- 12 &* isNextYear,
      day: dayOfYear &- (153 &* month &+ 2) / 5 &+ 1)
  }

  @inline(__always)
  private static func dayNumber(_ parts: Parts) -> Int64 {
    let isLate: Int64 = parts.month <= 2 ? 1 : 0
    let year = parts.year &- isLate
    let era = (year >= 0 ? year : year &- (years - 1)) / years
    let rest = year &- era &* years
    let month = parts.month &- 3 &+ 12 &* isLate
    let dayOfYear = (153 &* month &+ 2) / 5 &+ parts.day &- 1
    return era &* cycle &+ rest &* 365 &+ rest / 4 &- rest / 100 &+ dayOfYear &- epoch
  }

  @inline(__always)
  private static func days(of month: Int64, _ year: Int64) -> Int64 {
    if month == 2 { return year & 3 == 0 && (year % 100 != 0 || year % years == 0) ? 29 : 28 }
    return 30 &+ (month &+ month >> 3) & 1
  }

  @inline(__always)
  static func part(_ part: DatePart, of day: Int64) -> Int64 {
    switch part {
    case .year: return parts(day).year
    case .month: return parts(day).month
    case .day: return parts(day).day
    case .weekday:
      // 1970-01-01 was a Thursday.
      let rest = (day &+ 3) % 7
      return (rest < 0 ? rest &+ 7 : rest) &+ 1
    }
  }

  /// The same day of another month, or the last of it.
  @inline(__always)
  static func adding(_ months: Int64, to day: Int64) -> Int64 {
    var parts = parts(day)
    let sum = parts.year &* 12 &+ parts.month &- 1 &+ months
    parts.year = (sum >= 0 ? sum : sum &- 11) / 12
    parts.month = sum &- parts.year &* 12 &+ 1
    parts.day = min(parts.day, days(of: parts.month, parts.year))
    return dayNumber(parts)
  }

  @inline(__always)
  static func months(from start: Int64, to end: Int64) -> Int64 {
    let start = parts(start), end = parts(end)
    let months = (end.year &- start.year) &* 12 &+ end.month &- start.month
    if months > 0, end.day < start.day { return months &- 1 }
    if months < 0, end.day > start.day { return months &+ 1 }
    return months
  }

  /// Does what an instruction of dates says for a block of rows.
  static func run(_ instruction: Instruction, _ start: Int, _ count: Int) {
    func numbers(_ source: Instruction.Source) -> UnsafeMutablePointer<Int64>? {
      source.pointer(start)?.assumingMemoryBound(to: Int64.self)
    }
    guard let target = numbers(instruction.result), let a = numbers(instruction.a) else { return }
    if instruction.code == .datePart {
      let wanted = DatePart.allCases[instruction.detail]
      for row in 0..<count { target[row] = part(wanted, of: a[row]) }
      return
    }
    guard let b = numbers(instruction.b) else { return }
    if instruction.code == .addMonths {
      for row in 0..<count { target[row] = adding(b[row], to: a[row]) }
    } else {
      for row in 0..<count { target[row] = months(from: a[row], to: b[row]) }
    }
  }
}
