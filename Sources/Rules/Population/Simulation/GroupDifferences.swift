internal import Glibc
import Policy

/// What a variant changes, added up by group: lines whose base is nothing and whose variant is the difference.
struct GroupDifferences: Sendable {
  /// For each scheme compared.
  private(set) var schemes: [[SimulationResult.Line]]
  private(set) var total: [SimulationResult.Line]

  private init(schemes: Int, groups: Int, scale: Int) {
    total = Array(repeating: SimulationResult.Line(scale: scale), count: groups)
    self.schemes = Array(repeating: total, count: schemes)
  }

  /// - Parameters:
  ///   - others: the verdicts of the schemes that are not compared.
  ///   - best: the best verdict of each row in the base.
  static func of(
    _ pairs: [SchemeComparison], beside others: [[UInt8]], best: [UInt8], by dimension: Dimension, threads: Int
  ) -> GroupDifferences {
    var all = GroupDifferences(
      schemes: pairs.count, groups: dimension.groups.count, scale: pairs.first?.scale ?? SchemeColumn.cents)
    guard !pairs.isEmpty else { return all }
    let workers = Workers(threads), empty = all
    let parts = workers.map(workers.count) { worker in
      var own = empty
      for rows in workers.blocks(of: best.count, worker) { own.add(rows, pairs, others, best, dimension.codes) }
      return own
    }
    for part in parts { all.add(part) }
    return all
  }

  private mutating func add(_ other: GroupDifferences) {
    for group in total.indices { total[group].add(other.total[group]) }
    for scheme in schemes.indices {
      for group in total.indices { schemes[scheme][group].add(other.schemes[scheme][group]) }
    }
  }

  /// Goes over a block of rows, in which most schemes are mostly as they were.
  private mutating func add(
    _ rows: Range<Int>, _ pairs: [SchemeComparison], _ others: [[UInt8]], _ best: [UInt8], _ codes: [UInt16]
  ) {
    let met = UInt8(Verdict.allCases.firstIndex(of: .met) ?? 0)
    var gains: [Int128] = [], titles: [Int] = [], isChanged: [Bool] = []
    for (number, pair) in pairs.enumerated() where !pair.isSame(in: rows) {
      if gains.isEmpty {
        gains = Array(repeating: 0, count: rows.count)
        titles = Array(repeating: 0, count: rows.count)
        isChanged = Array(repeating: false, count: rows.count)
      }
      pair.forEachChange(in: rows) { row, old, new, gain in
        let place = row - rows.lowerBound, title = (new == met ? 1 : 0) - (old == met ? 1 : 0)
        schemes[number][Int(codes[row])].move(from: old, to: new, gain, title)
        isChanged[place] = true
        gains[place] += gain
        titles[place] += title
      }
    }
    guard !gains.isEmpty else { return }
    var now = [UInt8](repeating: 0, count: rows.count)
    for other in others { now.raise(to: other[rows]) }
    for pair in pairs { now.raise(to: pair.variant.verdicts[rows]) }
    for (place, row) in rows.enumerated() where isChanged[place] {
      total[Int(codes[row])].move(from: best[row], to: now[place], gains[place], titles[place])
    }
  }
}

/// One scheme in the base and in a variant.
struct SchemeComparison: Sendable {
  let base: SchemeColumn
  let variant: SchemeColumn
  /// Digits behind the point of gains.
  let scale: Int
  /// What units of each are worth in those of a gain.
  private let before: Int128
  private let after: Int128

  init(_ base: SchemeColumn, _ variant: SchemeColumn, scale: Int) {
    self.base = base
    self.variant = variant
    self.scale = scale
    before = Int128(SchemeColumn.power(scale - base.scale))
    after = Int128(SchemeColumn.power(scale - variant.scale))
  }

  /// False where rows may differ.
  func isSame(in rows: Range<Int>) -> Bool {
    guard base.verdicts[rows].isSame(as: variant.verdicts[rows]) else { return false }
    if base.amounts.isEmpty && variant.amounts.isEmpty { return true }
    guard before == after, !base.amounts.isEmpty, !variant.amounts.isEmpty else { return false }
    return base.amounts[rows].isSame(as: variant.amounts[rows])
  }

  /// - Parameter body: called with the verdicts before and after, and with what the row gains.
  @inline(__always)
  func forEachChange(in rows: Range<Int>, _ body: (_ row: Int, _ old: UInt8, _ new: UInt8, _ gain: Int128) -> Void) {
    for row in rows {
      let old = base.verdicts[row], new = variant.verdicts[row]
      let paid = base.amounts.isEmpty ? 0 : Int128(base.amounts[row]) * before
      let pays = variant.amounts.isEmpty ? 0 : Int128(variant.amounts[row]) * after
      if old != new || paid != pays { body(row, old, new, pays - paid) }
    }
  }
}

extension SimulationResult.Line {
  /// A subject that comes to another verdict, gets so much more, and so many schemes more.
  fileprivate mutating func move(from old: UInt8, to new: UInt8, _ gain: Int128, _ schemes: Int) {
    variant.counts[Int(old)] -= 1
    variant.counts[Int(new)] += 1
    variant.units += gain
    if gain > 0 || gain == 0 && schemes > 0 { winners += 1 }
    if gain < 0 || gain == 0 && schemes < 0 { losers += 1 }
    if gain > 0 { gainedUnits += gain } else { lostUnits -= gain }
  }
}

extension [UInt8] {
  /// Each at least as much as its counterpart.
  mutating func raise(to others: ArraySlice<UInt8>) {
    precondition(others.count == count, "as many of each")
    withUnsafeMutableBufferPointer { own in
      others.withUnsafeBufferPointer { others in
        for index in 0..<own.count { own[index] = Swift.max(own[index], others[index]) }
      }
    }
  }
}

extension ArraySlice where Element: FixedWidthInteger {
  fileprivate func isSame(as other: ArraySlice) -> Bool {
    withUnsafeBytes { own in
      other.withUnsafeBytes { other in
        guard own.count == other.count, let a = own.baseAddress, let b = other.baseAddress else {
          return own.count == other.count
        }
        return memcmp(a, b, own.count) == 0
      }
    }
  }
}
