import Diagnostics
import FEEL

/// One fact a step larger, and an amount much smaller.
struct Cliff {
  var edge: Edge
  /// The values of the fact before and after.
  var from, to: Decimal128
  var before, after: Decimal128
  /// What the other names were taken to be.
  var held: [(name: String, value: Value, unit: Unit?)]

  /// The share of an amount that must be lost at one step for it to be told of: a quarter.
  static let steepDrop = Decimal128(25, exponent: -2) ?? .one

  /// The share that is lost; 0 when nothing is.
  var drop: Decimal128 { Cliff.drop(from: before, to: after) }

  static func drop(from before: Decimal128, to after: Decimal128) -> Decimal128 {
    guard before > .zero, after < before else { return .zero }
    return (before - after)?.divided(by: before) ?? .zero
  }
}

/// Where a text compares a fact with a figure.
struct Edge {
  /// The fact: a field, or a decision.
  var name: String
  /// Kept per fiscal year: in FEEL a list.
  var isYearly: Bool
  var value: Decimal128
  /// The least the fact can differ by.
  var step: Decimal128
  var unit: Unit?
  var place: SourcePlace

  /// The values beside the edge that are tried, in order.
  var tries: [Decimal128] { [value - step, value, value + step].compactMap { $0 } }

  func binding(_ number: Decimal128) -> Value {
    isYearly ? .list(Array(repeating: .number(number), count: Edge.maximumYears)) : .number(number)
  }

  /// The longest list of fiscal years a dictionary can ask for.
  private static let maximumYears = 20
}

/// Names as one try takes them, over what is fixed.
struct ProbeScope: Scope {
  var values: [String: Value]
  let fixed: SubjectScope

  func binding(for name: String) -> Binding? { values[name].map { Binding($0) } ?? fixed.binding(for: name) }
}
