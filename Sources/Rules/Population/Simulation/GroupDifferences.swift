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
  ///   - others: the schemes that are not compared.
  ///   - best: the best verdict of each row in the base.
  static func of(
    _ pairs: [SchemeComparison], beside others: [SchemeColumn], best: [UInt8], by dimension: Dimension, threads: Int
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
    _ rows: Range<Int>, _ pairs: [SchemeComparison], _ others: [SchemeColumn], _ best: [UInt8], _ codes: [UInt16]
  ) {
    let met = Verdict.met.code
    var gains: [Int128] = [], titles: [Int] = [], isChanged: [Bool] = []
    var base = SchemeColumn.Block(), variant = SchemeColumn.Block()
    for (number, pair) in pairs.enumerated() where !pair.isSame(in: rows, &base, &variant) {
      if gains.isEmpty {
        gains = Array(repeating: 0, count: rows.count)
        titles = Array(repeating: 0, count: rows.count)
        isChanged = Array(repeating: false, count: rows.count)
      }
      for place in 0..<rows.count {
        let old = base.verdicts[place], new = variant.verdicts[place]
        let gain = pair.gain(from: base.amounts[place], to: variant.amounts[place])
        if old == new, gain == 0 { continue }
        let title = (new == met ? 1 : 0) - (old == met ? 1 : 0)
        schemes[number][Int(codes[rows.lowerBound + place])].move(from: old, to: new, gain, title)
        isChanged[place] = true
        gains[place] += gain
        titles[place] += title
      }
    }
    guard !gains.isEmpty else { return }
    let changed = isChanged.indices.filter { isChanged[$0] }, columns = others + pairs.map(\.variant)
    var now = [UInt8](repeating: 0, count: rows.count)
    // A few rows are looked at by themselves.
    if changed.count * 32 < rows.count {
      for place in changed {
        for column in columns { now[place] = max(now[place], column.code(rows.lowerBound + place)) }
      }
    } else {
      for column in columns {
        column.read(rows, into: &base.verdicts)
        now.raise(to: base.verdicts)
      }
    }
    for place in changed {
      let row = rows.lowerBound + place
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

  /// Reads the rows of both.
  /// - Returns: false where they may differ.
  func isSame(in rows: Range<Int>, _ old: inout SchemeColumn.Block, _ new: inout SchemeColumn.Block) -> Bool {
    if before == after, base.looksLike(variant, in: rows) { return true }
    base.read(rows, into: &old)
    variant.read(rows, into: &new)
    return old.verdicts == new.verdicts && before == after && old.amounts == new.amounts
  }

  @inline(__always)
  func gain(from old: Int64, to new: Int64) -> Int128 { Int128(new) * after - Int128(old) * before }
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
  mutating func raise(to others: [UInt8]) {
    precondition(others.count == count, "as many of each")
    for index in indices { self[index] = Swift.max(self[index], others[index]) }
  }
}
