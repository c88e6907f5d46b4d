import FEEL
import Instructions

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
