extension Value {
  /// What `@"…"` stands for: a date, a time, a date and time or a duration (DMN 1.5 §10.3.1.2, rule 65).
  init?(atLiteral text: String) {
    if let date = CalendarDate(text) {
      self = .date(date)
    } else if let moment = DateTime(text) {
      self = .dateTime(moment)
    } else if let time = TimeOfDay(text) {
      self = .time(time)
    } else if let duration = DaysDuration(text) {
      self = .daysDuration(duration)
    } else if let duration = MonthsDuration(text) {
      self = .monthsDuration(duration)
    } else {
      return nil
    }
  }
}
