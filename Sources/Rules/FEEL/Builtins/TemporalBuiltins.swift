/// Dates, times and durations: conversions (DMN 1.5 §10.3.4.1), calendar (§10.3.4.8), and the present (§10.3.4.11).
enum TemporalBuiltins {
  private typealias Signature = Builtin.Signature

  static let rows: [Builtin] = [
    Builtin(
      "date",
      anyOf: from(.string, .date, .dateTime) + [
        Signature([.one("year", .number), .one("month", .number), .one("day", .number)])
      ], .date
    ) { arguments, _ in
      switch arguments[0] {
      case .string(let text): CalendarDate(text).map { .date($0) }
      case .date: arguments[0]
      case .dateTime(let moment): .date(moment.date)
      default: date(arguments).map { .date($0) }
      }
    },
    Builtin(
      "time",
      anyOf: from(.string, .time, .dateTime) + [
        Signature([
          .one("hour", .number), .one("minute", .number), .one("second", .number), .nullable("offset", .daysDuration),
        ])
      ], .time
    ) { arguments, _ in
      switch arguments[0] {
      case .string(let text): TimeOfDay(text).map { .time($0) }
      case .time: arguments[0]
      case .dateTime(let moment): .time(moment.time)
      default: time(arguments).map { .time($0) }
      }
    },
    Builtin(
      "date and time",
      anyOf: from(.string, .dateTime) + [
        Signature([.one("date", .date), .one("time", .time)]),
        Signature([.one("date", .dateTime), .one("time", .time)]),
      ], .dateTime
    ) { arguments, _ in
      switch (arguments[0], arguments[1]) {
      case (.string(let text), _): DateTime(text).map { .dateTime($0) }
      case (.date(let date), .time(let time)): .dateTime(DateTime(date: date, time: time))
      case (.dateTime(let moment), .time(let time)): .dateTime(DateTime(date: moment.date, time: time))
      case (.dateTime, _): arguments[0]
      default: nil
      }
    },
    Builtin("duration", [.one("from", .string)], .told(.any, by: durationType)) { arguments, _ in
      switch DurationText(arguments.text(0)) {
      case .days(let duration)?: .daysDuration(duration)
      case .months(let duration)?: .monthsDuration(duration)
      case nil: nil
      }
    },
    Builtin(
      "years and months duration",
      anyOf: [TypePattern.date, .dateTime].flatMap { start in
        [TypePattern.date, .dateTime].map { Signature([.one("from", start), .one("to", $0)]) }
      }, .monthsDuration
    ) { arguments, _ in
      guard let start = arguments[0].calendarDate, let end = arguments[1].calendarDate else { return nil }
      return .monthsDuration(MonthsDuration(from: start, to: end))
    },
    calendar("day of year", .number) { .number(Decimal128($0.dayOfYear)) },
    calendar("day of week", .string) { .string(weekdays[$0.weekday - 1]) },
    calendar("month of year", .string) { .string(months[$0.month - 1]) },
    calendar("week of year", .number) { .number(Decimal128($0.weekOfYear)) },
    Builtin("now", [], .dateTime) { _, invocation in .dateTime(invocation.now) },
    Builtin("today", [], .date) { _, invocation in .date(invocation.now.date) },
  ]

  /// The names that the standard gives; they are values, not words of the interface.
  private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// Which of the two durations a text that is written out means.
  @Sendable private static func durationType(_ arguments: TypedArguments) -> FEELType {
    switch arguments.text(0).map({ DurationText($0) }) {
    case .days??: .daysDuration
    case .months??: .monthsDuration
    default: .any
    }
  }

  private static func from(_ types: TypePattern...) -> [Signature] { types.map { Signature([.one("from", $0)]) } }

  private static func calendar(
    _ name: String, _ result: TypePattern, _ answer: @escaping @Sendable (CalendarDate) -> Value
  ) -> Builtin {
    Builtin(name, anyOf: [Signature([.one("date", .date)]), Signature([.one("date", .dateTime)])], result) {
      arguments, _ in
      arguments[0].calendarDate.map(answer)
    }
  }

  private static func date(_ arguments: Arguments) -> CalendarDate? {
    guard let year = arguments.number(0).integer, let month = arguments.number(1).integer,
      let day = arguments.number(2).integer
    else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  private static func time(_ arguments: Arguments) -> TimeOfDay? {
    guard let hour = arguments.number(0).integer, let minute = arguments.number(1).integer,
      let count = arguments.number(2).rounded(toScale: 9, .down)?.scaled(by: 9), (0..<60_000_000_000).contains(count)
    else { return nil }
    var zone: Zone?
    if case .daysDuration(let offset) = arguments[3] {
      guard let seconds = Int(exactly: offset.nanosecondCount / 1_000_000_000), let fixed = Zone(offsetSeconds: seconds)
      else { return nil }
      zone = fixed
    }
    return TimeOfDay(
      hour: hour, minute: minute, second: Int(count / 1_000_000_000), nanosecond: Int(count % 1_000_000_000),
      zone: zone)
  }
}

extension Value {
  /// The date of a date, or of a date and time.
  fileprivate var calendarDate: CalendarDate? {
    switch self {
    case .date(let date): date
    case .dateTime(let moment): moment.date
    default: nil
    }
  }
}
