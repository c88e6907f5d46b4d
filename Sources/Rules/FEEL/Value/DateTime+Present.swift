internal import Foundation

extension DateTime {
  /// The present moment of the system clock, in UTC, to the microsecond.
  public static func present() -> DateTime {
    let microseconds = Int128((Date().timeIntervalSince1970 * 1_000_000).rounded(.down))
    return DateTime(instantNanoseconds: microseconds * 1_000, zone: .utc)
      ?? DateTime(date: .epoch, time: TimeOfDay(nanoseconds: 0, zone: .utc))
  }
}

extension CalendarDate {
  /// 1970-01-01
  static let epoch = CalendarDate(dayNumber: 0)!
}
