public import FEEL
public import Policy
public import Population
public import Registry

/// One firm on one page (画像): what is known of it and from whom, what it has reached and may claim, and how it stands among its like.
public struct Portrait: Sendable {
  public var subject: RecordReference
  public var asOf: CalendarDate
  /// The outline that says what is shown; nil when no pack declares one.
  public var outline: PortraitOutline?
  public var headline: [AttributeReading] = []
  public var risks: [AttributeReading] = []
  public var scores: [AttributeReading] = []
  public var peers: Peers?
  public var ladders: [Ladder] = []
  public var checkUp: CheckUp
  public var facts: [Fact] = []
  public var lists: [RecordList] = []
  /// What was said of the firm, the last first; empty where the facts are not those of a registry.
  public var history: [Statement] = []
  /// Former names, and names by which only some source knows it.
  public var otherNames: [(text: String, statement: Statement)] = []
  /// Relations to others: who owns whom, who supplies whom.
  public var relations: [RecordGraph.Edge] = []
  /// What became of it: mergers, splits, and on from there.
  public var successions: [Succession] = []

  /// A field, or one fiscal year of it.
  public struct Fact: Sendable {
    public var field: Field
    public var year: Int?
    public var text: String
    /// Who says so; nil where the facts are not those of a registry.
    public var statement: Statement?
    /// What others say, by the order of authority.
    public var others: [(text: String, statement: Statement)] = []
  }

  /// Records that belong to the firm.
  public struct RecordList: Sendable {
    public var name: String
    public var type: RecordType
    public var count: Int
    /// The first of them.
    public var records: [Card]
  }

  public struct Card: Sendable {
    public var reference: RecordReference
    public var entries: [Entry]
  }

  public struct Entry: Sendable {
    public var field: Field
    public var year: Int?
    public var text: String
    /// Where a reference leads.
    public var target: RecordReference?
  }

  /// A ladder with the state of each of its rungs that is a title.
  public struct Ladder: Sendable {
    public var name: String
    public var citation: Citation
    public var rungs: [(name: String, outcome: SchemeOutcome?)]
  }

  /// The measures of the firm among those of its like.
  public struct Peers: Sendable {
    /// What they have in common: the name of an attribute, and its value.
    public var common: [(name: String, group: Dimension.Group)]
    public var measures: [(reading: AttributeReading, standing: PeerStanding?)]
  }
}

extension Region {
  /// - Parameter key: its own, or one that was found to be of the same firm.
  /// - Returns: nil when there is no such firm.
  /// - Throws: `policy.as-of.before`, and what the registry throws.
  public func portrait(of key: String, asOf: CalendarDate) async throws -> Portrait? {
    guard let type = rulebook.subjectType else { return nil }
    let key = try archive?.archive.mainKey(of: key, type, by: archive?.moment.known ?? 0) ?? key
    guard let row = facts.record(type.name, key: key) else { return nil }
    let checkUp = try rulebook.checkUp(of: key, facts: facts, asOf: asOf, keepsTrace: false)
    var portrait = Portrait(subject: checkUp.enterprise, asOf: asOf, checkUp: checkUp)
    if let outline = rulebook.portraitOutline {
      let parts = PortraitOutline.Part.allCases.filter { $0 != .search && $0 != .peers }.map { ($0, outline[$0]) }
      let readings = rulebook.readings(of: parts.flatMap(\.1), for: key, facts: facts, asOf: asOf)
      var rest = readings[...]
      for (part, attributes) in parts {
        let own = Array(rest.prefix(attributes.count))
        rest = rest.dropFirst(attributes.count)
        switch part {
        case .headline: portrait.headline = own
        case .risks: portrait.risks = own
        case .scores: portrait.scores = own
        case .measures: portrait.peers = peers(own, outline, await desk.index(asOf: asOf), key)
        case .peers, .search: break
        }
      }
      portrait.outline = outline
    }
    portrait.ladders = ladders(checkUp)
    portrait.lists = lists(of: key, type)
    let around = graph.neighbourhood(of: type.name, key: key, depth: 1, limit: Self.mostRelations)
    portrait.relations = around?.edges.filter { $0.relation != nil } ?? []
    portrait.successions = graph.successions(of: type.name, key: key, limit: Self.mostSuccessions)
    try describe(&portrait, row, type)
    return portrait
  }

  private static let mostSuccessions = 20
  private static let mostRelations = 60

  private func peers(
    _ readings: [AttributeReading], _ outline: PortraitOutline, _ index: SubjectIndex?, _ key: String
  ) -> Portrait.Peers? {
    guard let index, let row = index.row(of: key) else { return nil }
    let common = zip(outline[.peers], index.peers(of: row) ?? []).map { ($0.name, $1) }
    let measures = readings.map { reading -> (AttributeReading, PeerStanding?) in
      guard case .number(let value) = reading.value else { return (reading, nil) }
      return (reading, index.standing(of: value, reading.attribute, for: row))
    }
    return Portrait.Peers(common: common, measures: measures)
  }

  /// Ladders of which some rung is a title.
  private func ladders(_ checkUp: CheckUp) -> [Portrait.Ladder] {
    let titles = Dictionary(
      checkUp.schemes.filter { $0.scheme.kind == .title }.map { ($0.scheme.name, $0) }
    ) { first, _ in first }
    return rulebook.declarations.filter { $0.kind == "ladder" && $0.about == checkUp.enterprise.type }.compactMap {
      ladder in
      let names = ladder.values(of: "rungs").flatMap { $0.split(separator: "、").map(String.init) }
      let rungs = names.map { (name: $0, outcome: titles[$0]) }
      guard rungs.contains(where: { $0.outcome != nil }) else { return nil }
      return Portrait.Ladder(name: ladder.name, citation: ladder.citation, rungs: rungs)
    }
  }
}
