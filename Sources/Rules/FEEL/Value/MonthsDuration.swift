/// A years and months duration (DMN 1.5 §10.3.2.3.8).
public struct MonthsDuration: Hashable, Sendable {
  /// The whole length; negative for a negative duration.
  public let months: Int

  public init(months: Int) { self.months = months }
}

extension MonthsDuration: Comparable {
  public static func < (a: MonthsDuration, b: MonthsDuration) -> Bool { a.months < b.months }

  /// The whole months from `start` to `end`, rounded toward zero: 01-31 to 02-28 is none.
  public init(from start: CalendarDate, to end: CalendarDate) {
    let months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0, end.day < start.day {
      self.init(months: months - 1)
    } else if months < 0, end.day > start.day {
      self.init(months: months + 1)
    } else {
      self.init(months: months)
    }
  }
}

extension MonthsDuration: LosslessStringConvertible {
  /// `P1Y2M`, with a minus before it all; at least one part.
  public init?(_ text: String) {
    guard case .months(let duration)? = DurationText(text) else { return nil }
    self = duration
  }

  public var description: String {
    let size = months.magnitude
    guard size != 0 else { return "P0M" }
    let years = size / 12, rest = size % 12
    return "\(months < 0 ? "-" : "")P\(years == 0 ? "" : "\(years)Y")\(rest == 0 ? "" : "\(rest)M")"
  }
}
