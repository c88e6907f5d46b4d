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
    let scale = simulation.base.values.map(\.scale).reduce(SchemeColumn.cents, max)
    self.scale = scale
    let columns = Array(simulation.base)
    let figures = Workers(simulation.threads).map(columns.count) { place in
      columns[place].value.figures(by: dimension).map { $0.scaled(to: scale) }
    }
    base = Dictionary(zip(columns.map(\.key), figures)) { first, _ in first }
    var best = [UInt8](repeating: 0, count: simulation.count), own: [UInt8] = []
    for column in columns {
      column.value.read(0..<best.count, into: &own)
      best.raise(to: own)
    }
    var together = [SimulationResult.Figures](
      repeating: SimulationResult.Figures(scale: scale), count: dimension.groups.count)
    for own in figures { for group in own.indices { together[group].units += own[group].units } }
    for (row, verdict) in best.enumerated() { together[Int(dimension.codes[row])].counts[Int(verdict)] += 1 }
    self.best = best
    self.together = together
  }

  // MARK: a variant against the base

  public func compare(_ variant: Simulation.Variant) -> SimulationResult {
    let scale = variant.columns.values.map(\.scale).reduce(scale, max)
    let recomputed = variant.recomputed.filter { variant.columns[$0] != nil }
    let pairs = recomputed.compactMap { scheme in
      variant.columns[scheme].map {
        SchemeComparison(simulation.base[scheme] ?? SchemeColumn(count: simulation.count), $0, scale: scale)
      }
    }
    let others = simulation.base.filter { !variant.recomputed.contains($0.key) }.map(\.value)
    let differences = GroupDifferences.of(
      pairs, beside: others, best: best, by: dimension, threads: simulation.threads)
    let changed = zip(recomputed, differences.schemes).map { part($0, lines(base[$0], scale), $1, scale) }
    let unchanged = simulation.schemes.filter { !variant.recomputed.contains($0) }.map { scheme in
      part(scheme, lines(base[scheme], scale), [], scale)
    }
    return SimulationResult(
      dimension: dimension, changed: changed, unchanged: unchanged,
      total: part(nil, lines(together, scale), differences.total, scale))
  }

  private func part(
    _ scheme: String?, _ lines: [SimulationResult.Line], _ differences: [SimulationResult.Line], _ scale: Int
  ) -> SimulationResult.Part {
    var lines = lines
    for (group, difference) in differences.enumerated() { lines[group].add(difference) }
    var whole = SimulationResult.Line(scale: scale)
    for line in lines { whole.add(line) }
    return SimulationResult.Part(scheme: scheme, whole: whole, groups: lines)
  }

  private func lines(_ figures: [SimulationResult.Figures]?, _ scale: Int) -> [SimulationResult.Line] {
    dimension.groups.indices.map { group in
      let own = figures?[group].scaled(to: scale) ?? SimulationResult.Figures.nobody(sizes[group], scale)
      return SimulationResult.Line(base: own, variant: own)
    }
  }

  /// How many subjects each group has.
  private var sizes: [Int] { together.map { $0.counts.reduce(0, +) } }
}

extension SimulationResult.Line {
  init(scale: Int) {
    self.init(base: SimulationResult.Figures(scale: scale), variant: SimulationResult.Figures(scale: scale))
  }

  mutating func add(_ other: SimulationResult.Line) {
    base.add(other.base)
    variant.add(other.variant)
    winners += other.winners
    losers += other.losers
    gainedUnits += other.gainedUnits
    lostUnits += other.lostUnits
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
