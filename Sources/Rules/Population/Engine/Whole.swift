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
}
