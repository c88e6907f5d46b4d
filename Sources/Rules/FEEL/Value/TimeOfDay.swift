/// A time of day, local or in a zone (DMN 1.5 §10.3.2.3.4), to the nanosecond.
///
/// Swift equality is FEEL's `is`: 12:00Z and 13:00+01:00 differ. FEEL's `=` is
/// ``Value/isEqual(to:)``.
public struct TimeOfDay: Hashable, Sendable {
  /// Nanoseconds since midnight of the wall clock.
  let nanoseconds: Int
  /// nil for a local time.
  public let zone: Zone?

  /// nil when there is no such time. 24:00:00 is midnight, 00:00:00.
  public init?(hour: Int, minute: Int, second: Int, nanosecond: Int = 0, zone: Zone? = nil) {
    let isEndOfDay = hour == 24 && minute == 0 && second == 0 && nanosecond == 0
    guard (0...23).contains(hour) || isEndOfDay, (0...59).contains(minute), (0...59).contains(second),
      (0...999_999_999).contains(nanosecond)
    else { return nil }
    nanoseconds = isEndOfDay ? 0 : ((hour * 60 + minute) * 60 + second) * 1_000_000_000 + nanosecond
    self.zone = zone
  }

  /// - Precondition: 0 <= nanoseconds < nanoseconds of a day.
  init(nanoseconds: Int, zone: Zone?) {
    self.nanoseconds = nanoseconds
    self.zone = zone
  }

  static let nanosecondsPerDay = 86_400_000_000_000
  static let midnight = TimeOfDay(nanoseconds: 0, zone: nil)

  public var hour: Int { nanoseconds / 3_600_000_000_000 }
  public var minute: Int { nanoseconds / 60_000_000_000 % 60 }
  public var second: Int { nanoseconds / 1_000_000_000 % 60 }
  public var nanosecond: Int { nanoseconds % 1_000_000_000 }

  /// The seconds east of UTC: of an offset, or of a region on 1970-01-01; nil for a local time.
  public var offsetSeconds: Int? { zone?.standardOffsetSeconds }

  /// The clock moved on, round midnight.
  public func adding(_ duration: DaysDuration) -> TimeOfDay {
    let day = Int128(TimeOfDay.nanosecondsPerDay)
    var sum = (Int128(nanoseconds) + duration.nanosecondCount) % day
    if sum < 0 { sum += day }
    return TimeOfDay(nanoseconds: Int(sum), zone: zone)
  }
}

extension TimeOfDay: LosslessStringConvertible {
  /// `23:59:00`, `23:59:00.123Z`, `23:59:00+08:00`, `23:59:00@Asia/Shanghai`.
  public init?(_ text: String) {
    var scanner = TemporalScanner(text)
    guard let time = scanner.time(), scanner.isAtEnd else { return nil }
    self = time
  }

  public var description: String {
    "\(hour.twoDigits):\(minute.twoDigits):\(second.twoDigits)\(nanosecond.fractionText)\(zone?.description ?? "")"
  }
}

extension Int {
  /// Nanoseconds as `.25`; empty for zero.
  var fractionText: String {
    guard self != 0 else { return "" }
    let digits = String(self)
    var text = String(repeating: "0", count: Swift.max(0, 9 - digits.utf8.count)) + digits
    while text.last == "0" { text.removeLast() }
    return "." + text
  }
}
