/// The properties of temporal values and ranges (DMN 1.5 §10.3.2.15): `date.year`, `range.start included`.
extension Value {
  /// - Returns: nil when this kind of value has no property of that name; `.null` when the property has no value.
  public func property(named name: String) -> Value? {
    switch self {
    case .context(let context): context[name]
    case .date(let date): Properties.ofDate[name]?.value(date)
    case .time(let time): Properties.ofTime[name]?.value(time)
    case .dateTime(let moment):
      Properties.ofDate[name]?.value(moment.date) ?? Properties.ofDateTime[name]?.value(moment)
        ?? Properties.ofTime[name]?.value(moment.time)
    case .daysDuration(let duration): Properties.ofDaysDuration[name]?.value(duration)
    case .monthsDuration(let duration): Properties.ofMonthsDuration[name]?.value(duration)
    case .range(let range): Properties.ofRange[name]?.value(range)
    default: nil
    }
  }
}

extension FEELType {
  /// The properties that values of the type have, with their types; nil for contexts, lists and what is not known.
  var properties: [String: FEELType]? {
    switch self {
    case .any, .null, .list, .context, .record, .anyContext: nil
    case .date: Properties.ofDate.mapValues(\.type)
    case .time: Properties.ofTime.mapValues(\.type)
    case .dateTime: Properties.ofDate.mapValues(\.type).merging(Properties.ofTime.mapValues(\.type)) { $1 }
    case .daysDuration: Properties.ofDaysDuration.mapValues(\.type)
    case .monthsDuration: Properties.ofMonthsDuration.mapValues(\.type)
    case .range(let element): Properties.ofRange.mapValues { $0.type == .any ? element : $0.type }
    case .boolean, .number, .string, .function, .anyFunction: [:]
    }
  }
}

/// A property of values of one kind: the type of what it gives, and how it is found.
private struct Property<T>: Sendable {
  let type: FEELType
  let value: @Sendable (T) -> Value

  static func number(_ number: @escaping @Sendable (T) -> Int) -> Property {
    Property(type: .number) { .number(Decimal128(number($0))) }
  }
}

private enum Properties {
  typealias Table<T> = [String: Property<T>]

  static let ofDate: Table<CalendarDate> = [
    "year": .number { $0.year }, "month": .number { $0.month }, "day": .number { $0.day },
    "weekday": .number { $0.weekday },
  ]

  static let ofTime: Table<TimeOfDay> = [
    "hour": .number { $0.hour }, "minute": .number { $0.minute }, "second": .number { $0.second },
    "time offset": Property(type: .daysDuration) { offset($0.offsetSeconds) },
    "timezone": Property(type: .string) { $0.zone?.regionName.map { .string($0) } ?? .null() },
  ]

  /// The offset of a region depends on the date.
  static let ofDateTime: Table<DateTime> = [
    "time offset": Property(type: .daysDuration) { offset($0.offsetSeconds) }
  ]

  static let ofDaysDuration: Table<DaysDuration> = [
    "days": part(of: 86_400_000_000_000, below: nil), "hours": part(of: 3_600_000_000_000, below: 24),
    "minutes": part(of: 60_000_000_000, below: 60),
    "seconds": Property(type: .number) {
      .number(Decimal128($0.nanosecondCount % 60_000_000_000, exponent: -9) ?? .zero)
    },
  ]

  static let ofMonthsDuration: Table<MonthsDuration> = [
    "years": .number { $0.months / 12 }, "months": .number { $0.months % 12 },
  ]

  /// The ends are of the type of the range's elements.
  static let ofRange: Table<RangeValue> = [
    "start": Property(type: .any) { $0.start ?? .null() }, "end": Property(type: .any) { $0.end ?? .null() },
    "start included": Property(type: .boolean) { .boolean($0.startIncluded) },
    "end included": Property(type: .boolean) { .boolean($0.endIncluded) },
  ]

  private static func offset(_ seconds: Int?) -> Value {
    seconds.map { .daysDuration(DaysDuration(seconds: $0)) } ?? .null()
  }

  private static func part(of unit: Int128, below limit: Int128?) -> Property<DaysDuration> {
    Property(type: .number) { .number(Decimal128($0.part(unit, below: limit))) }
  }
}
