import FEEL

/// A value as drawn, before it is written as a cell.
enum Drawn: Sendable {
  case text(String)
  case number(Decimal128)
  case date(CalendarDate)
  /// Arithmetic had no answer: an empty cell.
  case missing

  var cell: String {
    switch self {
    case .text(let text): text
    case .number(let number): number.description
    case .date(let date): date.description
    case .missing: ""
    }
  }

  /// Also of a text that reads as a number.
  var number: Decimal128? {
    switch self {
    case .number(let number): number
    case .text(let text): Decimal128(text)
    default: nil
    }
  }

  var date: CalendarDate? {
    switch self {
    case .date(let date): date
    case .text(let text): CalendarDate(text)
    default: nil
    }
  }

  init(_ number: Decimal128?) { self = number.map(Drawn.number) ?? .missing }
  init(_ date: CalendarDate?) { self = date.map(Drawn.date) ?? .missing }
}

extension Decimal128 {
  /// The nearest multiple of `step`; halves go up.
  func rounded(toMultipleOf step: Decimal128?) -> Decimal128? {
    guard let step, !step.isZero else { return self }
    guard let steps = divided(by: step)?.rounded(toScale: 0, .halfUp) else { return nil }
    return steps * step
  }
}
