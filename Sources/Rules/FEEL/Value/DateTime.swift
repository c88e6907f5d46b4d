/// A date with a time of day (DMN 1.5 §10.3.2.3.6). Swift equality is FEEL's `is`: it looks at each part.
public struct DateTime: Hashable, Sendable {
  public var date: CalendarDate
  public var time: TimeOfDay

  public init(date: CalendarDate, time: TimeOfDay) {
    self.date = date
    self.time = time
  }

  public var zone: Zone? { time.zone }

  /// Nanoseconds since 1970-01-01T00:00:00 of the wall clock.
  var localNanoseconds: Int128 {
    Int128(date.dayNumber) * Int128(TimeOfDay.nanosecondsPerDay) + Int128(time.nanoseconds)
  }

  /// The seconds east of UTC at this moment; nil for a local one.
  public var offsetSeconds: Int? {
    zone?.offsetSeconds(atLocalSeconds: date.dayNumber * 86_400 + time.nanoseconds / 1_000_000_000)
  }

  /// Nanoseconds since 1970-01-01T00:00:00Z; a local one is taken as UTC.
  var instantNanoseconds: Int128 { localNanoseconds - Int128(offsetSeconds ?? 0) * 1_000_000_000 }

  /// nil outside the years of the calendar.
  init?(localNanoseconds: Int128, zone: Zone?) {
    let perDay = Int128(TimeOfDay.nanosecondsPerDay)
    var (day, rest) = localNanoseconds.quotientAndRemainder(dividingBy: perDay)
    if rest < 0 { (day, rest) = (day - 1, rest + perDay) }
    guard let number = Int(exactly: day), let date = CalendarDate(dayNumber: number) else { return nil }
    self.init(date: date, time: TimeOfDay(nanoseconds: Int(rest), zone: zone))
  }

  /// The wall clock of `zone` at a moment given in nanoseconds since 1970-01-01T00:00:00Z.
  init?(instantNanoseconds: Int128, zone: Zone?) {
    let second: Int128 = 1_000_000_000
    let offset = Int(exactly: instantNanoseconds / second).map { zone?.offsetSeconds(atInstant: $0) ?? 0 } ?? 0
    self.init(localNanoseconds: instantNanoseconds + Int128(offset) * second, zone: zone)
  }

  /// Elapsed time: across a change of the clock the wall clock shows the difference.
  /// - Returns: nil outside the years of the calendar.
  public func adding(_ duration: DaysDuration) -> DateTime? {
    DateTime(instantNanoseconds: instantNanoseconds + duration.nanosecondCount, zone: zone)
  }

  /// nil outside the years of the calendar.
  public func adding(_ duration: MonthsDuration) -> DateTime? {
    date.adding(months: duration.months).map { DateTime(date: $0, time: time) }
  }
}

extension DateTime: LosslessStringConvertible {
  /// `2024-02-29T12:00:00` with any zone of ``TimeOfDay``; a date alone is its midnight, 24:00:00 that of the next day.
  public init?(_ text: String) {
    var scanner = TemporalScanner(text)
    guard let date = scanner.date() else { return nil }
    if scanner.isAtEnd {
      self.init(date: date, time: .midnight)
    } else {
      guard scanner.take("T"), let time = scanner.time(), scanner.isAtEnd,
        let day = scanner.hasReadEndOfDay ? date.adding(days: 1) : date
      else { return nil }
      self.init(date: day, time: time)
    }
  }

  public var description: String { "\(date)T\(time)" }
}
