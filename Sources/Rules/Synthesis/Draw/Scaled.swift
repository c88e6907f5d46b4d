import FEEL

/// An exact number as it is drawn: `digits` × 10^-`scale`. Arithmetic that has no such answer gives nil.
struct Scaled: Hashable, Sendable {
  var digits: Int64
  /// 0...18
  var scale: Int

  static let largestScale = 18
  static let one = Scaled(digits: 1, scale: 0)

  init(digits: Int64, scale: Int) {
    self.digits = digits
    self.scale = scale
  }

  /// nil when the number has more than 18 decimals, or does not fit 64 bits.
  init?(_ number: Decimal128) {
    for scale in 0...Scaled.largestScale {
      guard let digits = number.scaled(by: scale) else { continue }
      guard let digits = Int64(exactly: digits) else { return nil }
      self.init(digits: digits, scale: scale)
      return
    }
    return nil
  }

  /// The whole number; nil when there is a fraction.
  var integer: Int? {
    let (quotient, rest) = digits.quotientAndRemainder(dividingBy: Scaled.power(scale))
    return rest == 0 ? Int(quotient) : nil
  }

  /// The digits at a finer scale.
  func digits(at scale: Int) -> Int64? {
    guard scale >= self.scale, scale <= Scaled.largestScale else { return nil }
    let (product, overflow) = digits.multipliedReportingOverflow(by: Scaled.power(scale - self.scale))
    return overflow ? nil : product
  }

  func isBelow(_ other: Scaled) -> Bool {
    if scale == other.scale { return digits < other.digits }
    let finest = max(scale, other.scale)
    return Int128(digits) * Int128(Scaled.power(finest - scale))
      < Int128(other.digits) * Int128(Scaled.power(finest - other.scale))
  }

  /// 10^`exponent`, which is 0...18.
  @inline(__always)
  static func power(_ exponent: Int) -> Int64 { exponent == 0 ? 1 : powers[exponent] }

  private static let powers: [Int64] = (0...largestScale).reduce(into: []) { list, _ in
    list.append((list.last ?? 0) == 0 ? 1 : (list.last ?? 1) * 10)
  }
}

// MARK: - Exact intermediate results

/// A quotient on its way to being rounded: `numerator` × 10^`exponent` ÷ `denominator`.
struct Quotient {
  var numerator: Int128
  var exponent: Int
  var denominator: Int128 = 1

  init(_ number: Scaled) {
    numerator = Int128(number.digits)
    exponent = -number.scale
  }

  /// nil on overflow.
  @inline(__always)
  mutating func multiply(by factor: Scaled) -> Bool {
    let (product, overflow) = numerator.multipliedReportingOverflow(by: Int128(factor.digits))
    numerator = product
    exponent -= factor.scale
    return !overflow
  }

  /// False for division by zero, and on overflow.
  @inline(__always)
  mutating func divide(by divisor: Scaled) -> Bool {
    let (product, overflow) = denominator.multipliedReportingOverflow(by: Int128(divisor.digits))
    denominator = product
    exponent += divisor.scale
    return !overflow && product != 0
  }

  /// The nearest multiple of `step`; halves go away from zero.
  @inline(__always)
  func rounded(toMultipleOf step: Scaled) -> Scaled? {
    var steps = self
    guard steps.divide(by: step), let count = steps.wholeNumber else { return nil }
    let (digits, overflow) = count.multipliedReportingOverflow(by: step.digits)
    return overflow ? nil : Scaled(digits: digits, scale: step.scale)
  }

  /// The exact number; nil when it has no end or does not fit.
  var exact: Scaled? {
    guard denominator == 1 else { return nil }
    var digits = numerator
    var scale = -exponent
    while scale > 0, digits % 10 == 0 {
      digits /= 10
      scale -= 1
    }
    while scale < 0 {
      let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      digits = product
      scale += 1
    }
    guard scale <= Scaled.largestScale, let digits = Int64(exactly: digits) else { return nil }
    return Scaled(digits: digits, scale: scale)
  }

  /// The nearest whole number; halves go away from zero.
  @inline(__always)
  private var wholeNumber: Int64? {
    guard let (above, below) = shifted() else { return nil }
    if let above = Int64(exactly: above), let below = Int64(exactly: below) { return Quotient.nearest(above, below) }
    return Int64(exactly: Quotient.nearest(above, below))
  }

  /// - Parameter below: above zero.
  @inline(__always)
  private static func nearest<N: FixedWidthInteger>(_ above: N, _ below: N) -> N {
    let (quotient, rest) = above.quotientAndRemainder(dividingBy: below)
    guard rest != 0, rest.magnitude >= below.magnitude - rest.magnitude else { return quotient }
    return above < 0 ? quotient - 1 : quotient + 1
  }

  /// Numerator and denominator with the power of ten multiplied in; the denominator is above zero.
  @inline(__always)
  private func shifted() -> (above: Int128, below: Int128)? {
    var above = numerator, below = denominator
    var rest = exponent
    while rest != 0 {
      let part = min(abs(rest), Scaled.largestScale)
      let factor = Int128(Scaled.power(part))
      let (product, overflow) = (rest > 0 ? above : below).multipliedReportingOverflow(by: factor)
      if overflow { return nil }
      if rest > 0 { above = product } else { below = product }
      rest += rest > 0 ? -part : part
    }
    guard below < 0 else { return below == 0 ? nil : (above, below) }
    let (opposite, isLost) = Int128.zero.subtractingReportingOverflow(above)
    let (positive, isLarge) = Int128.zero.subtractingReportingOverflow(below)
    return isLost || isLarge ? nil : (opposite, positive)
  }
}
