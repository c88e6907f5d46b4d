internal import CDecimal

/// The directions of rounding; always named where a number is rounded.
public enum Rounding: Sendable, Hashable, CaseIterable {
  /// away from zero
  case up
  /// toward zero
  case down
  case halfUp, halfDown, halfEven
  case ceiling, floor
}

extension Decimal128 {
  /// The scales that decimal128 can hold (DMN 1.5 §10.3.4.5).
  static let scales = -6111...6176

  /// The value rounded to `scale` digits after the point (before it, when negative).
  /// - Returns: nil for a scale outside -6111...6176.
  public func rounded(toScale scale: Int, _ rounding: Rounding) -> Decimal128? {
    guard Decimal128.scales.contains(scale) else { return nil }
    if exponent >= -scale { return self }
    let pattern = Decimal128(low: 1, high: UInt64(Decimal128.exponentBias - scale) << 49)
    return Decimal128(finite: quantized(like: pattern, rounding))
  }

  private func quantized(like pattern: Decimal128, _ rounding: Rounding) -> CDecimal {
    switch rounding {
    case .halfEven: cdecimal_quantize(c, pattern.c, UInt32(CDecimalToNearestEven))
    case .halfUp: cdecimal_quantize(c, pattern.c, UInt32(CDecimalToNearestAway))
    case .halfDown: quantizedHalfDown(like: pattern)
    case .down: cdecimal_quantize(c, pattern.c, UInt32(CDecimalTowardZero))
    case .floor: cdecimal_quantize(c, pattern.c, UInt32(CDecimalTowardNegative))
    case .ceiling: cdecimal_quantize(c, pattern.c, UInt32(CDecimalTowardPositive))
    case .up: cdecimal_quantize(c, pattern.c, UInt32(isNegative ? CDecimalTowardNegative : CDecimalTowardPositive))
    }
  }

  /// The library has no half-down: truncate, then go one step further when the rest is more than half a step.
  private func quantizedHalfDown(like pattern: Decimal128) -> CDecimal {
    let toward = cdecimal_quantize(c, pattern.c, UInt32(CDecimalTowardZero))
    let rest = Decimal128(cdecimal_subtract(c, toward)).magnitude
    guard Decimal128(cdecimal_add(rest.c, rest.c)) > pattern else { return toward }
    return cdecimal_quantize(c, pattern.c, UInt32(isNegative ? CDecimalTowardNegative : CDecimalTowardPositive))
  }

  /// dividend - divisor × floor(dividend / divisor) (DMN 1.5 §10.3.4.5); nil for a zero divisor.
  public func modulo(_ divisor: Decimal128) -> Decimal128? {
    guard let rest = Decimal128(finite: cdecimal_remainder(c, divisor.c)) else { return nil }
    return rest.isZero || rest.isNegative == divisor.isNegative ? rest : rest + divisor
  }

  /// - Returns: nil where the power is not a real number or overflows.
  public func power(_ exponent: Decimal128) -> Decimal128? {
    if let whole = exponent.integer, (0...1_000_000).contains(whole) { return power(whole) }
    return Decimal128(finite: cdecimal_power(c, exponent.c))
  }

  /// By squaring, so that exact powers stay exact; the library answers where squaring would overflow early.
  private func power(_ exponent: Int) -> Decimal128? {
    var result = Decimal128.one
    var base: Decimal128? = self
    var rest = exponent
    while rest > 0 {
      guard let factor = base else { return Decimal128(finite: cdecimal_power(c, Decimal128(exponent).c)) }
      if rest & 1 == 1 {
        guard let next = result * factor else { return nil }
        result = next
      }
      rest >>= 1
      if rest > 0 { base = factor * factor }
    }
    return result
  }

  /// nil for a negative number.
  public var squareRoot: Decimal128? { Decimal128(finite: cdecimal_square_root(c)) }

  /// nil on overflow.
  public var exponential: Decimal128? { Decimal128(finite: cdecimal_exponential(c)) }

  /// nil for zero and negative numbers.
  public var naturalLogarithm: Decimal128? { Decimal128(finite: cdecimal_natural_logarithm(c)) }
}

// MARK: - Whole numbers

extension Decimal128 {
  /// The value as an `Int`; nil when it has a fraction or does not fit.
  public var integer: Int? {
    if high == Decimal128.integerHigh { return Int(exactly: low) }
    return scaled(by: 0).flatMap { Int(exactly: $0) }
  }

  public var isInteger: Bool { exponent >= 0 || normalized.exponent >= 0 }

  /// The value without its fraction; nil when it does not fit an `Int`.
  var truncated: Int? { Decimal128(cdecimal_round_to_integral(c, UInt32(CDecimalTowardZero))).integer }

  /// self × 10^`power`, when that is a whole number that fits; nil otherwise.
  public func scaled(by power: Int) -> Int128? {
    let (digits, own) = normalized
    guard digits != 0 else { return 0 }
    let (exponent, overflow) = own.addingReportingOverflow(power)
    guard !overflow, exponent >= 0, exponent <= 38, var result = Int128(exactly: digits) else { return nil }
    for _ in 0..<exponent {
      let (next, overflow) = result.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      result = next
    }
    return isNegative ? -result : result
  }
}
