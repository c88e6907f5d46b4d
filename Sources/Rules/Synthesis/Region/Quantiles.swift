import FEEL

/// A distribution given by some of its quantiles. Between two of them that are above zero the logarithm is taken to be
/// even, otherwise the value itself: quantiles of a lognormal give nearly that lognormal.
struct Quantiles: Sendable {
  /// Each knot lies where the distribution reaches `share`, in 2^32.
  private(set) var shares: [Int64] = []
  /// From each quantile to the next, in ``pieces`` pieces: their ends, with ``fractionBits`` binary places.
  private(set) var knots: [[Int64]] = []
  let step: Int64
  let scale: Int

  static let pieces = 16
  static let fractionBits = 16
  static let whole: Int64 = 1 << 32
  private static let largest: Int64 = 1 << 45

  /// - Parameters:
  ///   - points: shares below and values, the first share 0, the last 1, neither ever falling.
  ///   - step: values are rounded to multiples of it.
  /// - Returns: nil when the points are not so, or values are too large to be drawn exactly.
  init?(_ points: [(share: Decimal128, value: Decimal128)], step: Decimal128) {
    let scales = (points.map(\.value) + [step]).map { Scaled($0)?.scale }
    guard !scales.contains(nil), let scale = scales.compactMap({ $0 }).max(),
      let step = Scaled(step)?.digits(at: scale), step > 0
    else { return nil }
    self.step = step
    self.scale = scale
    var before: (share: Int64, value: Int64)?
    for point in points {
      guard let share = Quantiles.share(point.share), let value = Scaled(point.value)?.digits(at: scale),
        value.magnitude <= Quantiles.largest.magnitude
      else { return nil }
      if let before {
        guard share > before.share, value >= before.value else { return nil }
        shares.append(share)
        knots.append(Quantiles.divided(from: before.value, to: value))
      } else if share != 0 {
        return nil
      }
      before = (share, value)
    }
    guard shares.last == Quantiles.whole else { return nil }
  }

  private static func share(_ share: Decimal128) -> Int64? {
    guard let million = share.scaled(by: 6), (0...1_000_000).contains(million) else { return nil }
    return Int64(million * Int128(whole) / 1_000_000)
  }

  private static func divided(from first: Int64, to last: Int64) -> [Int64] {
    let first = first << Int64(fractionBits), last = last << Int64(fractionBits)
    var ends = Array(repeating: first, count: pieces + 1)
    ends[pieces] = last
    var width = pieces
    while width > 1 {
      for start in stride(from: 0, to: pieces, by: width) {
        ends[start + width / 2] = middle(ends[start], ends[start + width])
      }
      width /= 2
    }
    return ends
  }

  private static func middle(_ first: Int64, _ last: Int64) -> Int64 {
    guard first > 0 else { return first + (last - first) / 2 }
    return root(UInt128(first) * UInt128(last))
  }

  /// The whole part of the square root, by Newton's method from above.
  private static func root(_ square: UInt128) -> Int64 {
    guard square > 1 else { return Int64(square) }
    var root: UInt128 = 1 << ((128 - square.leadingZeroBitCount + 1) / 2)
    while true {
      let next = (root + square / root) / 2
      if next >= root { return Int64(root) }
      root = next
    }
  }
}
