public import Policy

extension Region {
  /// The region's records and how they relate.
  public var graph: RecordGraph { RecordGraph(facts, rulebook.dictionary) }

  /// The industrial chains that are known, in the order given.
  public var chains: [RecordReference] {
    guard let type = graph.chainType, let rows = facts[type.name]?.rows else { return [] }
    return rows.prefix(Self.mostChains).map { type.reference(to: $0) }
  }

  private static let mostChains = 500
}
