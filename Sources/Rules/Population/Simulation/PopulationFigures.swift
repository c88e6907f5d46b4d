public import FEEL
public import Policy

/// What schemes come to, counted and added up by the groups of a dimension.
public struct PopulationFigures: Sendable {
  /// Some subjects.
  public struct Line: Sendable {
    /// How many have each verdict, in the order of `Verdict.allCases`.
    var counts = [Int](repeating: 0, count: Verdict.allCases.count)
    /// 元.
    public fileprivate(set) var amount = Decimal128.zero

    public func count(_ verdict: Verdict) -> Int { Verdict.allCases.firstIndex(of: verdict).map { counts[$0] } ?? 0 }

    fileprivate mutating func add(_ verdict: Verdict, _ amount: Decimal128?) {
      if let place = Verdict.allCases.firstIndex(of: verdict) { counts[place] += 1 }
      if let amount { self.amount = (self.amount + amount) ?? self.amount }
    }

    fileprivate mutating func add(_ other: Line) {
      for place in counts.indices { counts[place] += other.counts[place] }
      amount = (amount + other.amount) ?? amount
    }
  }

  public let dimension: Dimension
  /// Of each scheme, by group.
  private var byScheme: [String: [Line]]
  /// By group: the best verdict of each subject over the schemes, and what it gets from all of them.
  public private(set) var together: [Line]

  /// Nobody yet.
  public init(of schemes: [String], by dimension: Dimension) {
    self.dimension = dimension
    let none = [Line](repeating: Line(), count: dimension.groups.count)
    byScheme = Dictionary(schemes.map { ($0, none) }) { first, _ in first }
    together = none
  }

  public func groups(of scheme: String) -> [Line] { byScheme[scheme] ?? [] }
  public func whole(of scheme: String) -> Line { groups(of: scheme).reduce(into: Line()) { $0.add($1) } }
  public var whole: Line { together.reduce(into: Line()) { $0.add($1) } }

  /// Adds one subject.
  /// - Parameter outcomes: one for each scheme.
  public mutating func add(row: Int, _ outcomes: [(scheme: String, verdict: Verdict, amount: Decimal128?)]) {
    let group = Int(dimension.codes[row])
    var best = 0
    for outcome in outcomes {
      byScheme[outcome.scheme]?[group].add(outcome.verdict, outcome.amount)
      best = max(best, Verdict.allCases.firstIndex(of: outcome.verdict) ?? 0)
    }
    together[group].counts[best] += 1
    for outcome in outcomes { if let amount = outcome.amount { together[group].pay(amount) } }
  }
}

extension PopulationFigures.Line {
  fileprivate mutating func pay(_ more: Decimal128) { amount = (amount + more) ?? amount }
}

extension PopulationFigures {
  /// Everybody, as the columns of a base say.
  fileprivate init(_ columns: [(scheme: String, column: SchemeColumn)], by dimension: Dimension) {
    self.init(of: columns.map(\.scheme), by: dimension)
    var best = [UInt8](repeating: 0, count: dimension.codes.count), own: [UInt8] = []
    for (scheme, column) in columns {
      let figures = column.figures(by: dimension)
      byScheme[scheme] = figures.map { Line(counts: $0.counts, amount: $0.amount) }
      for group in figures.indices { together[group].pay(figures[group].amount) }
      column.read(0..<best.count, into: &own)
      best.raise(to: own)
    }
    for (row, verdict) in best.enumerated() { together[Int(dimension.codes[row])].counts[Int(verdict)] += 1 }
  }
}

extension Simulation {
  /// The base counted and added up; only where ``beyond`` is 0 are all amounts in it.
  /// - Parameters:
  ///   - schemes: among ``schemes``.
  ///   - dimension: nil for everybody in one group.
  public func figures(of schemes: [String], by dimension: Dimension? = nil) -> PopulationFigures {
    let columns = schemes.compactMap { scheme in base[scheme].map { (scheme, $0) } }
    return PopulationFigures(columns, by: dimension ?? everybody)
  }

  /// The dimension that tells nobody apart.
  public var everybody: Dimension { .whole(count: count) }

  /// The first subjects with that verdict.
  public func rows(of scheme: String, _ verdict: Verdict, most: Int) -> [Int] {
    guard let column = base[scheme] else { return [] }
    var rows: [Int] = [], codes: [UInt8] = []
    for block in Workers(1).blocks(of: count, 0) where rows.count < most {
      column.read(block, into: &codes)
      rows += zip(block, codes).filter { $0.1 == verdict.code }.map(\.0).prefix(most - rows.count)
    }
    return rows
  }

  /// What a scheme of the base comes to for one subject.
  /// - Returns: the amount nil where nothing is paid; verdict and amount nil for a scheme that is not among ``schemes``.
  public func outcome(of scheme: String, row: Int) -> (verdict: Verdict, amount: Decimal128?)? {
    guard let column = base[scheme] else { return nil }
    let verdict = column.verdict(row)
    return (verdict, verdict == .met && column.isPaying ? column.amount(row) : nil)
  }
}
