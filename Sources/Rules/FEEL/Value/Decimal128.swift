internal import CDecimal

/// A FEEL number (DMN 1.5 §10.3.2.3.1): IEEE 754-2008 decimal128, 34 significant digits, always finite.
///
/// Equality and order are numeric (1.0 == 1). Operations that have no finite answer give nil.
public struct Decimal128: Sendable {
  let low: UInt64
  let high: UInt64

  init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  public static let zero = Decimal128(0)
  public static let one = Decimal128(1)

  public init(_ integer: Int) {
    low = UInt64(integer.magnitude)
    high = Decimal128.integerHigh | (integer < 0 ? Decimal128.signBit : 0)
  }

  /// `coefficient` × 10^`exponent`, rounded half-even when more than 34 digits are given.
  /// - Returns: nil beyond the range of decimal128.
  public init?(_ coefficient: Int128, exponent: Int = 0) {
    let digits = coefficient.magnitude
    guard digits <= Decimal128.largestCoefficient, (-6_176...6_111).contains(exponent) else {
      self.init("\(coefficient)E\(exponent)")
      return
    }
    let sign = coefficient < 0 ? Decimal128.signBit : 0
    let power = UInt64(exponent + Decimal128.exponentBias) << 49
    self.init(low: UInt64(truncatingIfNeeded: digits), high: sign | power | UInt64(digits >> 64))
  }
}

// MARK: - The encoding: sign (1 bit), biased exponent (14), coefficient (113)

extension Decimal128 {
  static let signBit: UInt64 = 1 << 63
  static let exponentMask: UInt64 = 0x7FFE_0000_0000_0000
  static let coefficientMask: UInt64 = 0x0001_FFFF_FFFF_FFFF
  static let exponentBias = 6176
  /// 34 nines.
  private static let largestCoefficient: UInt128 = 9_999_999_999_999_999_999_999_999_999_999_999
  /// The high word of a small integer: exponent 0.
  static let integerHigh: UInt64 = 6176 << 49

  var c: CDecimal { CDecimal(low: low, high: high) }

  init(_ c: CDecimal) { self.init(low: c.low, high: c.high) }

  /// nil for infinities and not-a-number.
  init?(finite c: CDecimal) {
    guard c.high & 0x7800_0000_0000_0000 != 0x7800_0000_0000_0000 else { return nil }
    self.init(c)
  }

  /// The stored power of ten; not normalised.
  var exponent: Int { Int((high & Decimal128.exponentMask) >> 49) - Decimal128.exponentBias }

  /// The stored digits without sign. Encodings above 10^34 - 1 (never made here) count as zero.
  var coefficient: UInt128 {
    if high & 0x6000_0000_0000_0000 == 0x6000_0000_0000_0000 { return 0 }
    return UInt128(high & Decimal128.coefficientMask) << 64 | UInt128(low)
  }

  /// True when the coefficient fits the low word.
  private var isShort: Bool { high & Decimal128.coefficientMask == 0 }

  public var isZero: Bool { coefficient == 0 }
  public var isNegative: Bool { high & Decimal128.signBit != 0 && !isZero }

  /// Digits and exponent with no trailing zeros; (0, 0) for zero.
  var normalized: (coefficient: UInt128, exponent: Int) {
    var digits = coefficient
    guard digits != 0 else { return (0, 0) }
    var power = exponent
    while true {
      let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: 10)
      if remainder != 0 { return (digits, power) }
      digits = quotient
      power += 1
    }
  }
}

// MARK: - Arithmetic

extension Decimal128 {
  public static prefix func - (value: Decimal128) -> Decimal128 {
    Decimal128(low: value.low, high: value.high ^ signBit)
  }

  public var magnitude: Decimal128 { Decimal128(low: low, high: high & ~Decimal128.signBit) }

  /// - Returns: nil on overflow.
  @inline(__always)
  public static func + (a: Decimal128, b: Decimal128) -> Decimal128? {
    if a.high == b.high, a.isShort {
      let (sum, overflow) = a.low.addingReportingOverflow(b.low)
      if !overflow { return Decimal128(low: sum, high: a.high) }
    }
    return Decimal128(finite: cdecimal_add(a.c, b.c))
  }

  /// - Returns: nil on overflow.
  @inline(__always)
  public static func - (a: Decimal128, b: Decimal128) -> Decimal128? {
    if a.high == b.high, a.isShort, a.low >= b.low {
      let difference = a.low - b.low
      return Decimal128(low: difference, high: difference == 0 ? a.high & ~signBit : a.high)
    }
    return Decimal128(finite: cdecimal_subtract(a.c, b.c))
  }

  /// - Returns: nil on overflow.
  @inline(__always)
  public static func * (a: Decimal128, b: Decimal128) -> Decimal128? {
    if a.isShort, b.isShort {
      let product = a.low.multipliedFullWidth(by: b.low)
      let power = a.exponent + b.exponent
      if product.high == 0, power >= -6000, power <= 6000 {
        let sign = (a.high ^ b.high) & signBit
        return Decimal128(low: product.low, high: sign | UInt64(power + exponentBias) << 49)
      }
    }
    return Decimal128(finite: cdecimal_multiply(a.c, b.c))
  }

  /// - Returns: nil for division by zero and on overflow.
  public func divided(by divisor: Decimal128) -> Decimal128? {
    Decimal128(finite: cdecimal_divide(c, divisor.c))
  }
}

// MARK: - Equality, order, hashing

extension Decimal128: Hashable, Comparable {
  @inline(__always)
  public static func == (a: Decimal128, b: Decimal128) -> Bool {
    if a.high == b.high { return a.low == b.low }
    return cdecimal_compare(a.c, b.c) == 0
  }

  @inline(__always)
  public static func < (a: Decimal128, b: Decimal128) -> Bool {
    if a.high == b.high, a.isShort { return a.high & signBit == 0 ? a.low < b.low : a.low > b.low }
    return cdecimal_compare(a.c, b.c) == -1
  }

  /// One comparison where `==` and `<` would take two.
  @inline(__always)
  func compare(_ other: Decimal128) -> Ordering {
    if high == other.high, isShort {
      if low == other.low { return .same }
      return (low < other.low) == (high & Decimal128.signBit == 0) ? .before : .after
    }
    return switch cdecimal_compare(c, other.c) {
    case -1: .before
    case 0: .same
    default: .after
    }
  }

  public func hash(into hasher: inout Hasher) {
    let (digits, power) = normalized
    hasher.combine(digits)
    hasher.combine(power)
    hasher.combine(isNegative)
  }
}
