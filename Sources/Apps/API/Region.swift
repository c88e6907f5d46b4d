public import FEEL
public import Policy

/// What one region serves: its rulebook, and the facts known about its firms.
public struct Region: Sendable {
  public let rulebook: Rulebook
  public let facts: Facts
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
    self.recorded = recorded ?? asOf
    self.asOf = asOf
    self.isSynthetic = isSynthetic
    simulations = SimulationDesk(rulebook, facts: facts, interpretedRows: SimulationDesk.interpretedRows)
  }

  /// The id of the main pack.
  public var id: String { rulebook.main.id }

  /// The records check-ups are for, in the order given.
  public var subjects: [Subject] {
    guard let type = rulebook.subjectType else { return [] }
    return (facts[type.name]?.rows ?? []).map { row in
      var shown = row.key
      if let display = type.display, case .value(.string(let text))? = row.cells[display] { shown = text }
      return Subject(type: type.name, key: row.key, display: shown)
    }
  }

  /// The subjects whose name or key holds `text`, whatever its case.
  public func subjects(matching text: String) -> [Subject] {
    let wanted = text.lowercased()
    guard !wanted.isEmpty else { return subjects }
    return subjects.filter { $0.display.lowercased().contains(wanted) || $0.key.lowercased().contains(wanted) }
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
