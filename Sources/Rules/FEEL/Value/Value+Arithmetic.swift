/// Arithmetic of FEEL (DMN 1.5 §10.3.2.15); nil where the kinds do not go together, or the result is
/// beyond the range of its kind.
extension Value {
  public static func add(_ a: Value, _ b: Value) -> Value? {
    switch (a, b) {
    case (.number(let a), .number(let b)): (a + b).map { .number($0) }
    case (.string(let a), .string(let b)): .string(a + b)
    case (.daysDuration(let a), .daysDuration(let b)): days(a.nanosecondCount + b.nanosecondCount)
    case (.monthsDuration(let a), .monthsDuration(let b)): months(Int128(a.months) + Int128(b.months))
    case (.daysDuration(let duration), _): b.moved(by: duration)
    case (.monthsDuration(let duration), _): b.moved(by: duration)
    case (_, .daysDuration(let duration)): a.moved(by: duration)
    case (_, .monthsDuration(let duration)): a.moved(by: duration)
    default: nil
    }
  }

  public static func subtract(_ a: Value, _ b: Value) -> Value? {
    switch (a, b) {
    case (.number(let a), .number(let b)): (a - b).map { .number($0) }
    case (.daysDuration(let a), .daysDuration(let b)): days(a.nanosecondCount - b.nanosecondCount)
    case (.monthsDuration(let a), .monthsDuration(let b)): months(Int128(a.months) - Int128(b.months))
    case (_, .daysDuration(let duration)):
      DaysDuration(nanosecondCount: -duration.nanosecondCount).flatMap { a.moved(by: $0) }
    case (_, .monthsDuration(let duration)): a.moved(by: MonthsDuration(months: -duration.months.clamped))
    case (.time(let a), .time(let b)): distance(from: b, to: a)
    default: distance(from: b.asDateTime, to: a.asDateTime)
    }
  }

  public static func multiply(_ a: Value, _ b: Value) -> Value? {
    switch (a, b) {
    case (.number(let a), .number(let b)): (a * b).map { .number($0) }
    case (.number(let factor), .daysDuration(let duration)), (.daysDuration(let duration), .number(let factor)):
      (duration.seconds * factor).flatMap { days(seconds: $0) }
    case (.number(let factor), .monthsDuration(let duration)), (.monthsDuration(let duration), .number(let factor)):
      (Decimal128(duration.months) * factor).flatMap { months($0) }
    default: nil
    }
  }

  public static func divide(_ a: Value, _ b: Value) -> Value? {
    switch (a, b) {
    case (.number(let a), .number(let b)): a.divided(by: b).map { .number($0) }
    case (.daysDuration(let duration), .number(let divisor)):
      duration.seconds.divided(by: divisor).flatMap { days(seconds: $0) }
    case (.monthsDuration(let duration), .number(let divisor)):
      Decimal128(duration.months).divided(by: divisor).flatMap { months($0) }
    case (.daysDuration(let a), .daysDuration(let b)): a.seconds.divided(by: b.seconds).map { .number($0) }
    case (.monthsDuration(let a), .monthsDuration(let b)):
      Decimal128(a.months).divided(by: Decimal128(b.months)).map { .number($0) }
    default: nil
    }
  }

  public static func power(_ a: Value, _ b: Value) -> Value? {
    guard case .number(let base) = a, case .number(let exponent) = b else { return nil }
    return base.power(exponent).map { .number($0) }
  }

  public static func negate(_ a: Value) -> Value? {
    switch a {
    case .number(let a): .number(-a)
    case .daysDuration(let a): days(-a.nanosecondCount)
    case .monthsDuration(let a): months(-Int128(a.months))
    default: nil
    }
  }
}

// MARK: - Durations and moments

extension Value {
  private static func days(_ nanoseconds: Int128) -> Value? {
    DaysDuration(nanosecondCount: nanoseconds).map { .daysDuration($0) }
  }

  /// Rounded toward zero to the nanosecond.
  private static func days(seconds: Decimal128) -> Value? {
    seconds.rounded(toScale: 9, .down)?.scaled(by: 9).flatMap { days($0) }
  }

  private static func months(_ count: Int128) -> Value? {
    Int(exactly: count).map { .monthsDuration(MonthsDuration(months: $0)) }
  }

  /// Rounded toward zero to the month.
  private static func months(_ count: Decimal128) -> Value? {
    count.truncated.map { .monthsDuration(MonthsDuration(months: $0)) }
  }

  private func moved(by duration: DaysDuration) -> Value? {
    switch self {
    case .dateTime(let moment): moment.adding(duration).map { .dateTime($0) }
    case .date(let date):
      DateTime(date: date, time: .midnight).adding(duration).map { .date($0.date) }
    case .time(let time): .time(time.adding(duration))
    default: nil
    }
  }

  private func moved(by duration: MonthsDuration) -> Value? {
    switch self {
    case .dateTime(let moment): moment.adding(duration).map { .dateTime($0) }
    case .date(let date): date.adding(months: duration.months).map { .date($0) }
    default: nil
    }
  }

  /// A date stands for its midnight in UTC.
  var asDateTime: DateTime? {
    switch self {
    case .dateTime(let moment): moment
    case .date(let date): DateTime(date: date, time: TimeOfDay(nanoseconds: 0, zone: .utc))
    default: nil
    }
  }

  /// nil between a local moment and one with a zone.
  private static func distance(from start: DateTime?, to end: DateTime?) -> Value? {
    guard let start, let end, (start.zone == nil) == (end.zone == nil) else { return nil }
    return days(end.instantNanoseconds - start.instantNanoseconds)
  }

  private static func distance(from start: TimeOfDay, to end: TimeOfDay) -> Value? {
    guard (start.zone == nil) == (end.zone == nil) else { return nil }
    let offset = (end.offsetSeconds ?? 0) - (start.offsetSeconds ?? 0)
    return days(Int128(end.nanoseconds - start.nanoseconds) - Int128(offset) * 1_000_000_000)
  }
}
