import Instructions

/// Division of whole numbers.
enum Whole {
  /// Zero where the divisor is zero.
  @inline(__always)
  static func quotient<T: FixedWidthInteger & SignedInteger>(_ a: T, _ b: T, _ rounding: WholeRounding) -> T {
    if b == 0 { return 0 }
    let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
    if remainder == 0 { return quotient }
    let away: T = (a < 0) == (b < 0) ? 1 : -1
    switch rounding {
    case .down: return quotient
    case .up: return quotient + away
    case .floor: return away < 0 ? quotient - 1 : quotient
    case .ceiling: return away > 0 ? quotient + 1 : quotient
    case .halfUp, .halfDown, .halfEven:
      // Twice the remainder against the divisor, without leaving the room there is.
      let rest = remainder.magnitude, gap = b.magnitude - rest
      if rest > gap { return quotient + away }
      if rest < gap || rounding == .halfDown { return quotient }
      return rounding == .halfUp || quotient % 2 != 0 ? quotient + away : quotient
    }
  }

  /// A positive divisor of many numbers, which multiplies by its reciprocal: exact for every number of 64 bits.
  ///
  /// With 2^(l-1) < d < 2^l and m = ⌈2^(63+l) / d⌉, which has 64 bits, n·m / 2^(63+l) exceeds n / d by less than n / 2^63 · 1/d, so
  /// that for 0 ≤ n < 2^63 both have the same whole part (Granlund and Montgomery, Division by Invariant Integers, 1994).
  struct Divisor {
    private let divisor: Int64
    private let factor: UInt64
    private let shift: UInt64

    /// nil for divisors that are not positive, powers of two, and such as leave no room for twice a remainder.
    init?(_ value: Int) {
      let divisor = Int64(value)
      guard divisor > 2, divisor < 1 << 61, divisor & (divisor - 1) != 0 else { return nil }
      self.divisor = divisor
      let bits = UInt64(64 - divisor.leadingZeroBitCount)
      let power = UInt128(1) << UInt128(63 + bits)
      factor = UInt64(truncatingIfNeeded: (power + UInt128(divisor) - 1) / UInt128(divisor))
      shift = bits - 1
    }

    /// Without a branch.
    @inline(__always)
    func quotient(_ value: Int64, _ rounding: WholeRounding) -> Int64 {
      // Below zero, the floor of n / d is the complement of the floor of the complement of n.
      let sign = value >> 63
      let magnitude = UInt64(bitPattern: value ^ sign)
      let floor = Int64(bitPattern: magnitude.multipliedFullWidth(by: factor).high >> shift) ^ sign
      let rest = value &- floor &* divisor
      let twice = rest &+ rest
      // One more than the floor, where the way of rounding goes up.
      let isUp: Bool
      switch rounding {
      case .floor: isUp = false
      case .ceiling: isUp = rest != 0
      case .down: isUp = (rest != 0) && (value < 0)
      case .up: isUp = (rest != 0) && (value > 0)
      case .halfUp: isUp = (twice > divisor) || ((twice == divisor) && (value > 0))
      case .halfDown: isUp = (twice > divisor) || ((twice == divisor) && (value < 0))
      case .halfEven: isUp = (twice > divisor) || ((twice == divisor) && (floor & 1 != 0))
      }
      return floor &+ (isUp ? 1 : 0)
    }
  }
}
