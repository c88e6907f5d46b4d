import FEEL

/// What is known of a number without computing it: whether it is whole, and what it lies between.
struct NumberRange: Hashable, Sendable {
  var isWhole = false
  var low: Decimal128?
  var high: Decimal128?

  static let any = NumberRange()

  init(isWhole: Bool = false, low: Decimal128? = nil, high: Decimal128? = nil) {
    self.isWhole = isWhole
    self.low = low
    self.high = high
  }

  init(_ number: Decimal128) { self.init(isWhole: number.isInteger, low: number, high: number) }

  /// Either of the two.
  static func | (a: NumberRange, b: NumberRange) -> NumberRange {
    NumberRange(
      isWhole: a.isWhole && b.isWhole, low: both(a.low, b.low, min), high: both(a.high, b.high, max))
  }

  static func + (a: NumberRange, b: NumberRange) -> NumberRange {
    NumberRange(
      isWhole: a.isWhole && b.isWhole, low: both(a.low, b.low) { $0 + $1 }, high: both(a.high, b.high) { $0 + $1 })
  }

  static prefix func - (a: NumberRange) -> NumberRange {
    NumberRange(isWhole: a.isWhole, low: a.high.map { -$0 }, high: a.low.map { -$0 })
  }

  /// Bounds only where neither is negative.
  static func * (a: NumberRange, b: NumberRange) -> NumberRange {
    guard let x = a.low, let y = b.low, !x.isNegative, !y.isNegative else {
      return NumberRange(isWhole: a.isWhole && b.isWhole)
    }
    return NumberRange(isWhole: a.isWhole && b.isWhole, low: x * y, high: both(a.high, b.high) { $0 * $1 })
  }

  /// The smaller of the two: below whatever either is below.
  static func lesser(_ a: NumberRange, _ b: NumberRange) -> NumberRange {
    NumberRange(
      isWhole: a.isWhole && b.isWhole, low: both(a.low, b.low, min),
      high: [a.high, b.high].compactMap { $0 }.min())
  }

  static func greater(_ a: NumberRange, _ b: NumberRange) -> NumberRange { -lesser(-a, -b) }

  private static func both(
    _ a: Decimal128?, _ b: Decimal128?, _ join: (Decimal128, Decimal128) -> Decimal128?
  ) -> Decimal128? {
    guard let a, let b else { return nil }
    return join(a, b)
  }
}
