/// The properties of temporal values and ranges (DMN 1.5 §10.3.2.15): `date.year`, `range.start included`.
extension Value {
  /// - Returns: nil when this kind of value has no property of that name; `.null` when the property has no value.
  public func property(named name: String) -> Value? {
    switch self {
    case .context(let context): context[name]
    case .date(let date): Properties.ofDate[name]?(date)
    case .time(let time): Properties.ofTime[name]?(time)
    case .dateTime(let moment):
      Properties.ofDate[name]?(moment.date) ?? Properties.ofDateTime[name]?(moment)
        ?? Properties.ofTime[name]?(moment.time)
    case .daysDuration(let duration): Properties.ofDaysDuration[name]?(duration)
    case .monthsDuration(let duration): Properties.ofMonthsDuration[name]?(duration)
    case .range(let range): Properties.ofRange[name]?(range)
    default: nil
    }
  }
}

private enum Properties {
  typealias Table<T> = [String: @Sendable (T) -> Value]

  static let ofDate: Table<CalendarDate> = [
    "year": { .number(Decimal128($0.year)) },
    "month": { .number(Decimal128($0.month)) },
    "day": { .number(Decimal128($0.day)) },
    "weekday": { .number(Decimal128($0.weekday)) },
  ]

  static let ofTime: Table<TimeOfDay> = [
    "hour": { .number(Decimal128($0.hour)) },
    "minute": { .number(Decimal128($0.minute)) },
    "second": { .number(Decimal128($0.second)) },
    "time offset": { offset($0.offsetSeconds) },
    "timezone": { $0.zone?.regionName.map { .string($0) } ?? .null() },
  ]

  /// The offset of a region depends on the date.
  static let ofDateTime: Table<DateTime> = [
    "time offset": { offset($0.offsetSeconds) }
  ]

  static let ofDaysDuration: Table<DaysDuration> = [
    "days": { part($0, of: 86_400_000_000_000, below: nil) },
    "hours": { part($0, of: 3_600_000_000_000, below: 24) },
    "minutes": { part($0, of: 60_000_000_000, below: 60) },
    "seconds": { .number(Decimal128($0.nanosecondCount % 60_000_000_000, exponent: -9) ?? .zero) },
  ]

  static let ofMonthsDuration: Table<MonthsDuration> = [
    "years": { .number(Decimal128($0.months / 12)) },
    "months": { .number(Decimal128($0.months % 12)) },
  ]

  static let ofRange: Table<RangeValue> = [
    "start": { $0.start ?? .null() },
    "end": { $0.end ?? .null() },
    "start included": { .boolean($0.startIncluded) },
    "end included": { .boolean($0.endIncluded) },
  ]

  private static func offset(_ seconds: Int?) -> Value {
    seconds.map { .daysDuration(DaysDuration(seconds: $0)) } ?? .null()
  }

  private static func part(_ duration: DaysDuration, of unit: Int128, below limit: Int128?) -> Value {
    .number(Decimal128(duration.part(unit, below: limit)))
  }
}
