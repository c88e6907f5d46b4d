public import FEEL

/// The values of one measure, in order within each group of peers.
struct PeerMeasure: Sendable {
  /// Groups one after another, the values of each rising.
  private let values: [Int64]
  /// Where each group begins, and behind them where the last ends.
  private let offsets: [Int]

  /// Values are compared in units of 10^-6: what is closer counts as equal.
  static let digits = 6

  /// - Parameters:
  ///   - numbers: one for each row.
  ///   - groups: of each row; below zero for none.
  ///   - count: how many groups there are.
  init(_ numbers: RoundedNumbers, groups: [Int32], count: Int) {
    var offsets = [Int](repeating: 0, count: count + 1)
    for (row, group) in groups.enumerated() where group >= 0 && numbers.isKnown[row] { offsets[Int(group) + 1] += 1 }
    for index in 1..<max(offsets.count, 1) { offsets[index] += offsets[index - 1] }
    var values = [Int64](repeating: 0, count: offsets[count])
    var next = offsets
    for (row, group) in groups.enumerated() where group >= 0 && numbers.isKnown[row] {
      values[next[Int(group)]] = numbers.values[row]
      next[Int(group)] += 1
    }
    for group in 0..<count { values[offsets[group]..<offsets[group + 1]].sort() }
    self.values = values
    self.offsets = offsets
  }

  /// Where a value stands in a group; nil when it has no room.
  func standing(of value: Decimal128, in group: Int) -> PeerStanding? {
    guard
      let own = value.rounded(toScale: Self.digits, .halfEven)?.scaled(by: Self.digits).flatMap({ Int64(exactly: $0) })
    else { return nil }
    let peers = values[offsets[group]..<offsets[group + 1]]
    let below = peers.partitioningIndex { $0 >= own } - peers.startIndex
    let upTo = peers.partitioningIndex { $0 > own } - peers.startIndex
    func quantile(_ part: Int) -> Decimal128? {
      guard !peers.isEmpty else { return nil }
      return Decimal128(Int128(peers[peers.startIndex + (peers.count - 1) * part / 4]), exponent: -Self.digits)
    }
    return PeerStanding(
      peers: peers.count, below: below, equal: upTo - below, quartiles: (1...3).compactMap(quantile))
  }
}

/// Where a value stands among those of peers.
public struct PeerStanding: Hashable, Sendable {
  /// With a known value, the record itself among them.
  public let peers: Int
  /// How many have less.
  public let below: Int
  /// How many have the same, the record itself among them.
  public let equal: Int
  /// The values a quarter, half and three quarters of the way up.
  public let quartiles: [Decimal128]

  /// The share of the others that have less, in whole percent rounded down; nil where there are too few to say.
  public var percentile: Int? { peers >= Self.fewest ? below * 100 / (peers - 1) : nil }

  /// Fewer are too few: they would tell of single records.
  public static let fewest = 5
}

extension ArraySlice<Int64> {
  /// The first place whose value fulfils a condition that all later ones fulfil.
  fileprivate func partitioningIndex(where isBehind: (Int64) -> Bool) -> Int {
    var low = startIndex, high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
