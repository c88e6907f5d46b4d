public import FEEL
import Foundation

/// When something was written down: microseconds since 1970 in UTC.
public struct RecordedTime: Hashable, Comparable, Sendable {
  public var microseconds: Int64

  public init(microseconds: Int64) { self.microseconds = microseconds }

  public static var now: RecordedTime {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return RecordedTime(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }

  /// The last moment of a day in China, where all regions keep one time.
  public init(endOf day: CalendarDate) {
    let (midnight, overflow) = (Int64(day.dayNumber) + 1).multipliedReportingOverflow(by: Self.day)
    // Beyond what can be counted nothing was ever written down.
    microseconds = overflow ? (day.dayNumber < 0 ? .min : .max) : midnight &- 8 * Self.hour &- 1
  }

  public static func < (a: RecordedTime, b: RecordedTime) -> Bool { a.microseconds < b.microseconds }

  private static let hour: Int64 = 3_600_000_000
  private static let day = 24 * hour
}

extension RecordedTime: CustomStringConvertible {
  /// `2026-03-01T09:30:00.250000+08:00`
  public var description: String {
    let local = microseconds + 8 * Self.hour
    let days = Int(local / Self.day) - (local % Self.day < 0 ? 1 : 0)
    let rest = local - Int64(days) * Self.day
    let date = CalendarDate(dayNumber: days)?.description ?? String(days)
    func padded(_ number: Int64, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let seconds = rest / 1_000_000
    return "\(date)T\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
      + ".\(padded(rest % 1_000_000, 6))+08:00"
  }
}
