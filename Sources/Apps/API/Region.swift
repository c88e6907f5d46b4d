public import FEEL
public import Policy
public import Population

/// What one region serves: its rulebook, and the facts known about its firms.
public struct Region: Sendable {
  public let rulebook: Rulebook
  public let facts: Facts
  /// The same as columns, where they were read from a column file.
  private let population: Population?
  /// The day the facts were taken, by default the as-of date; nil when nobody says.
  public let recorded: CalendarDate?
  /// The as-of date offered first; nil for today.
  public let asOf: CalendarDate?
  /// Whether the firms are made up, for demonstration.
  public let isSynthetic: Bool
  /// Answers what changes of the rules would come to for these firms.
  public let simulations: SimulationDesk

  public init(
    rulebook: Rulebook, facts: Facts = Facts(), recorded: CalendarDate? = nil, asOf: CalendarDate? = nil,
    isSynthetic: Bool = false
  ) {
    self.rulebook = rulebook
    self.facts = facts
    population = nil
    self.recorded = recorded ?? asOf
    self.asOf = asOf
    self.isSynthetic = isSynthetic
    simulations = SimulationDesk(rulebook, facts: facts, interpretedRows: SimulationDesk.interpretedRows)
  }

  /// - Parameters:
  ///   - population: as read from a column file.
  ///   - facts: the same records, each looked up when it is asked for (`Population.facts`).
  public init(
    rulebook: Rulebook, population: Population, facts: Facts, asOf: CalendarDate? = nil, isSynthetic: Bool = false
  ) {
    self.rulebook = rulebook
    self.facts = facts
    self.population = population
    recorded = asOf
    self.asOf = asOf
    self.isSynthetic = isSynthetic
    simulations = SimulationDesk(
      rulebook, population: population, facts: facts, interpretedRows: SimulationDesk.interpretedRows)
  }

  /// The id of the main pack.
  public var id: String { rulebook.main.id }

  /// The first records that check-ups are for, in the order given, and how many there are.
  /// - Parameter text: what their name or key must hold, whatever its case; in a column file, that of Latin letters.
  public func subjects(matching text: String = "", most: Int) -> (first: [Subject], count: Int) {
    guard let type = rulebook.subjectType, let rows = facts[type.name]?.rows else { return ([], 0) }
    if text.isEmpty { return (rows.prefix(most).map { subject($0, type) }, rows.count) }
    if let population {
      let found = population.rows(of: type, holding: text)
      return (found.prefix(most).map { subject(rows[$0], type) }, found.count)
    }
    let wanted = text.lowercased()
    let found = rows.lazy.map { subject($0, type) }.filter {
      $0.display.lowercased().contains(wanted) || $0.key.lowercased().contains(wanted)
    }
    return found.reduce(into: ([], 0)) { result, subject in
      if result.1 < most { result.0.append(subject) }
      result.1 += 1
    }
  }

  private func subject(_ row: FactRow, _ type: RecordType) -> Subject {
    var shown = row.key
    if let display = type.display, case .value(.string(let text))? = row[display] { shown = text }
    return Subject(type: type.name, key: row.key, display: shown)
  }
}

/// A record a check-up can be made for.
public struct Subject: Hashable, Sendable {
  public let type: String
  public let key: String
  /// The name to show.
  public let display: String
}

extension [Region] {
  public func region(_ id: String) -> Region? { first { $0.id == id } }

  /// Every pack once, with the region that brought it.
  public var packs: [(pack: Pack, region: Region)] {
    var seen: Set<String> = []
    return flatMap { region in region.rulebook.packs.map { ($0, region) } }.filter { seen.insert($0.0.id).inserted }
  }

  public func pack(_ id: String) -> (pack: Pack, region: Region)? { packs.first { $0.pack.id == id } }
}
