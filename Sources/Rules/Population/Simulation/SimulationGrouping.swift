import FEEL
import Policy

/// The base of a simulation by the groups of a dimension, against which variants are compared.
public struct SimulationGrouping: Sendable {
  public let dimension: Dimension
  private let simulation: Simulation
  /// Of each scheme, by group.
  private let base: [String: [SimulationResult.Figures]]
  private let together: [SimulationResult.Figures]
  /// The best verdict of each subject over all schemes.
  private let best: [UInt8]
  /// Digits behind the point in which all amounts are added.
  private let scale: Int

  public init(_ simulation: Simulation, by dimension: Dimension? = nil) {
    let dimension = dimension ?? .whole(count: simulation.count)
    self.dimension = dimension
    self.simulation = simulation
    let scale = simulation.base.values.map(\.scale).max() ?? SchemeColumn.cents
    self.scale = scale
    var best = [UInt8](repeating: 0, count: simulation.count)
    let none = [SimulationResult.Figures](
      repeating: SimulationResult.Figures(scale: scale), count: dimension.groups.count)
    var together = none
    var base: [String: [SimulationResult.Figures]] = [:]
    for (scheme, column) in simulation.base {
      var figures = none
      Self.add(column, by: dimension.codes, scale, to: &figures)
      for row in best.indices where column.verdicts[row] > best[row] { best[row] = column.verdicts[row] }
      for group in figures.indices { together[group].units += figures[group].units }
      base[scheme] = figures
    }
    for (row, verdict) in best.enumerated() { together[Int(dimension.codes[row])].counts[Int(verdict)] += 1 }
    self.best = best
    self.together = together
    self.base = base
  }

  private static func add(
    _ column: SchemeColumn, by codes: [UInt16], _ scale: Int, to figures: inout [SimulationResult.Figures]
  ) {
    let verdicts = Verdict.allCases.count
    var counts = [Int](repeating: 0, count: figures.count * verdicts)
    for (row, code) in codes.enumerated() { counts[Int(code) * verdicts + Int(column.verdicts[row])] += 1 }
    var sums = [Int128](repeating: 0, count: figures.count)
    if !column.amounts.isEmpty {
      for (row, code) in codes.enumerated() { sums[Int(code)] += Int128(column.amounts[row]) }
    }
    let factor = Int128(SchemeColumn.power(scale - column.scale))
    for group in figures.indices {
      figures[group].counts = Array(counts[group * verdicts..<(group + 1) * verdicts])
      figures[group].units = sums[group] * factor
    }
  }

  // MARK: a variant against the base

  public func compare(_ variant: Simulation.Variant) -> SimulationResult {
    let scale = max(scale, variant.columns.values.map(\.scale).max() ?? 0)
    let rows = variant.rows
    let count = variant.recomputed.isEmpty ? 0 : rows?.count ?? simulation.count
    var sums = Sums(gains: [Int128](repeating: 0, count: count), titles: [Int](repeating: 0, count: count))
    var changed: [SimulationResult.Part] = []
    for scheme in variant.recomputed {
      guard let column = variant.columns[scheme] else { continue }
      var groups = lines(base[scheme], scale)
      let own = simulation.base[scheme] ?? SchemeColumn(count: simulation.count)
      compare(own, column, rows, scale, &groups, &sums)
      changed.append(SimulationResult.Part(scheme: scheme, whole: groups.together(scale), groups: groups))
    }
    let unchanged = simulation.schemes.filter { !variant.recomputed.contains($0) }.map { scheme in
      let groups = lines(base[scheme], scale)
      return SimulationResult.Part(scheme: scheme, whole: groups.together(scale), groups: groups)
    }
    return SimulationResult(
      dimension: dimension, changed: changed, unchanged: unchanged, total: total(variant, sums, scale))
  }

  /// What the subjects of a variant gain over all schemes, in the order of its rows.
  private struct Sums {
    var gains: [Int128]
    /// Schemes met that were not, less those met no longer.
    var titles: [Int]
  }

  private func lines(_ figures: [SimulationResult.Figures]?, _ scale: Int) -> [SimulationResult.Line] {
    dimension.groups.indices.map { group in
      let own = figures?[group].scaled(to: scale) ?? SimulationResult.Figures.nobody(sizes[group], scale)
      return SimulationResult.Line(base: own, variant: own)
    }
  }

  /// How many subjects each group has.
  private var sizes: [Int] { together.map { $0.counts.reduce(0, +) } }

  private func compare(
    _ base: SchemeColumn, _ variant: SchemeColumn, _ rows: [Int]?, _ scale: Int,
    _ groups: inout [SimulationResult.Line], _ sums: inout Sums
  ) {
    let met = UInt8(Verdict.allCases.firstIndex(of: .met) ?? 0)
    let before = Int128(SchemeColumn.power(scale - base.scale)),
      after = Int128(SchemeColumn.power(scale - variant.scale))
    for place in 0..<variant.count {
      let row = rows?[place] ?? place
      let (old, new) = (base.verdicts[row], variant.verdicts[place])
      let paid = base.amounts.isEmpty ? 0 : Int128(base.amounts[row]) * before
      let pays = variant.amounts.isEmpty ? 0 : Int128(variant.amounts[place]) * after
      if old == new, paid == pays { continue }
      let group = Int(dimension.codes[row])
      groups[group].variant.counts[Int(old)] -= 1
      groups[group].variant.counts[Int(new)] += 1
      groups[group].variant.units += pays - paid
      let title = (new == met ? 1 : 0) - (old == met ? 1 : 0)
      groups[group].note(pays - paid, title)
      sums.gains[place] += pays - paid
      sums.titles[place] += title
    }
  }

  private func total(_ variant: Simulation.Variant, _ sums: Sums, _ scale: Int) -> SimulationResult.Part {
    var groups = lines(together, scale)
    let others = simulation.base.filter { !variant.recomputed.contains($0.key) }.map(\.value)
    let own = variant.columns.map(\.value)
    for place in sums.gains.indices {
      let row = variant.rows?[place] ?? place
      var now: UInt8 = 0
      for column in own { now = max(now, column.verdicts[place]) }
      if now < best[row] { for column in others { now = max(now, column.verdicts[row]) } }
      let group = Int(dimension.codes[row])
      groups[group].variant.counts[Int(best[row])] -= 1
      groups[group].variant.counts[Int(now)] += 1
      groups[group].variant.units += sums.gains[place]
      groups[group].note(sums.gains[place], sums.titles[place])
    }
    return SimulationResult.Part(scheme: nil, whole: groups.together(scale), groups: groups)
  }
}

extension SimulationResult.Line {
  /// A subject that gets so much more, and so many schemes more.
  fileprivate mutating func note(_ gain: Int128, _ schemes: Int) {
    if gain > 0 || gain == 0 && schemes > 0 { winners += 1 }
    if gain < 0 || gain == 0 && schemes < 0 { losers += 1 }
    if gain > 0 { gainedUnits += gain } else { lostUnits -= gain }
  }
}

extension [SimulationResult.Line] {
  fileprivate func together(_ scale: Int) -> SimulationResult.Line {
    var sum = SimulationResult.Line(
      base: SimulationResult.Figures(scale: scale), variant: SimulationResult.Figures(scale: scale))
    for line in self {
      sum.base.add(line.base)
      sum.variant.add(line.variant)
      sum.winners += line.winners
      sum.losers += line.losers
      sum.gainedUnits += line.gainedUnits
      sum.lostUnits += line.lostUnits
    }
    return sum
  }
}

extension SimulationResult.Figures {
  /// So many subjects to whom nothing applies.
  fileprivate static func nobody(_ count: Int, _ scale: Int) -> Self {
    var figures = Self(scale: scale)
    figures.counts[0] = count
    return figures
  }

  fileprivate func scaled(to scale: Int) -> Self {
    var figures = self
    figures.units *= Int128(SchemeColumn.power(scale - self.scale))
    figures.scale = scale
    return figures
  }

  fileprivate mutating func add(_ other: Self) {
    for verdict in counts.indices { counts[verdict] += other.counts[verdict] }
    units += other.units
  }
}
