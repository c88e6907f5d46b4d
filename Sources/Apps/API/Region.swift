public import FEEL
public import Policy
public import Population
public import Registry

/// What one region serves: its rulebook, and the facts known about its firms.
public struct Region: Sendable {
  public let rulebook: Rulebook
  public let facts: Facts
  /// What was said of each record, and by whom, where the facts are those of a registry.
  public let archive: RegionArchive?
  /// The day the facts were taken, by default the as-of date; nil when nobody says.
  public let recorded: CalendarDate?
  /// The as-of date offered first; nil for today.
  public let asOf: CalendarDate?
  /// Whether the firms are made up, for demonstration.
  public let isSynthetic: Bool
  /// Answers what changes of the rules would come to for these firms.
  public let simulations: SimulationDesk
  /// Finds firms and compares them.
  public let desk: SubjectDesk

  public init(
    rulebook: Rulebook, facts: Facts = Facts(), recorded: CalendarDate? = nil, asOf: CalendarDate? = nil,
    isSynthetic: Bool = false
  ) {
    self.rulebook = rulebook
    self.facts = facts
    archive = nil
    self.recorded = recorded ?? asOf
    self.asOf = asOf
    self.isSynthetic = isSynthetic
    simulations = SimulationDesk(rulebook, facts: facts, interpretedRows: SimulationDesk.interpretedRows)
    desk = SubjectDesk(rulebook, facts: facts, population: nil)
  }

  /// - Parameters:
  ///   - population: as read from a column file.
  ///   - facts: the same records, each looked up when it is asked for (`Population.facts`).
  ///   - archive: where the records come from.
  public init(
    rulebook: Rulebook, population: Population, facts: Facts, asOf: CalendarDate? = nil, isSynthetic: Bool = false,
    archive: RegionArchive? = nil
  ) {
    self.rulebook = rulebook
    self.facts = facts
    self.archive = archive
    recorded = asOf
    self.asOf = asOf
    self.isSynthetic = isSynthetic
    simulations = SimulationDesk(
      rulebook, population: population, facts: facts, interpretedRows: SimulationDesk.interpretedRows)
    desk = SubjectDesk(rulebook, facts: facts, population: population)
  }

  /// Works out what the first visitors would otherwise wait for.
  /// - Parameter today: the day that is asked for where the facts are of no day.
  public func prepare(today: CalendarDate) async {
    if let key = someKeys.first { _ = try? await portrait(of: key, asOf: asOf ?? today) }
    await simulations.prepare(asOf: asOf ?? today)
  }

  /// The id of the main pack.
  public var id: String { rulebook.main.id }

  /// The records that check-ups are for which fit the words of a text best, and how many fit (``SubjectIndex/rows(matching:most:)``).
  public func subjects(
    matching text: String = "", most: Int, asOf: CalendarDate
  ) async -> (first: [Subject], count: Int) {
    guard let type = rulebook.subjectType, let rows = facts[type.name]?.rows else { return ([], 0) }
    guard !text.allSatisfy(\.isWhitespace), let index = await desk.index(asOf: asOf) else {
      return (rows.prefix(most).map { subject($0, type) }, rows.count)
    }
    let found = index.rows(matching: text, most: most)
    return (found.first.map { subject(rows[$0], type) }, found.count)
  }

  /// Enough keys to find one that was meant.
  var someKeys: [String] {
    let rows = rulebook.subjectType.flatMap { facts[$0.name]?.rows }
    return rows.map { $0.prefix(1000).map(\.key) } ?? []
  }

  private func subject(_ row: FactRow, _ type: RecordType) -> Subject {
    Subject(type: type.name, key: row.key, display: type.reference(to: row).display)
  }
}

/// The registry that a region's facts come from, and the moment they were read.
public struct RegionArchive: Sendable {
  public let archive: any RecordArchive
  public let moment: Moment

  public init(_ archive: any RecordArchive, at moment: Moment) {
    self.archive = archive
    self.moment = moment
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
