public import FEEL

/// An industrial chain: its links in order, what each supplies, and which firms are its members.
public struct ChainView: Sendable {
  public struct Link: Sendable {
    public var link: RecordReference
    /// Where it stands in the chain; nil when that is not known.
    public var order: Decimal128?
    /// The links that it supplies.
    public var supplies: [RecordReference]
    /// Those within the region that was asked for, each once.
    public var members: [RecordReference]
  }

  public var chain: RecordReference
  public var links: [Link]

  /// Links without a member: what the chain lacks.
  public var gaps: [RecordReference] { links.filter(\.members.isEmpty).map(\.link) }
}

extension RecordGraph {
  /// The type of chains; nil when the dictionary has no links.
  public var chainType: RecordType? {
    linkType?.references.first?.type.record.flatMap { dictionary[$0] }
  }

  private var linkType: RecordType? { dictionary.types.first { $0.role == .link } }

  /// A chain with its links.
  /// - Parameter division: the beginning of codes of administrative divisions (``RecordType/division``): members elsewhere, and
  ///   those of whom it is not known where they are, are left out; nil for all members.
  /// - Returns: nil when there is no such chain.
  public func chain(_ key: String, within division: String? = nil) -> ChainView? {
    guard let type = linkType, let leads = type.references.first, let chainType,
      let chain = record(chainType.name, key: key)
    else { return nil }
    let rank = type.fields.first { $0.type.kind == .number && $0.years == nil }
    let links = rows(of: type, where: leads, leadTo: chain.key).map { row in
      let link = type.reference(to: row)
      var order: Decimal128?
      if let rank, case .value(.number(let number))? = row[rank.name] { order = number }
      return ChainView.Link(
        link: link, order: order, supplies: supplied(by: link), members: members(of: link, within: division))
    }
    return ChainView(chain: chain, links: links.sorted(by: Self.stands))
  }

  /// By their order, those without one last, then by their keys.
  private static func stands(_ a: ChainView.Link, before b: ChainView.Link) -> Bool {
    switch (a.order, b.order) {
    case (let first?, let second?) where first != second: first < second
    case (nil, .some): false
    case (.some, nil): true
    default: a.link.key < b.link.key
    }
  }

  private func supplied(by link: RecordReference) -> [RecordReference] {
    let pairs = relations(where: { $0.type.record == link.type && $1.type.record == link.type })
    return distinct(
      pairs.flatMap { type, ends in
        rows(of: type, where: ends.from, leadTo: link.key).compactMap { referred(ends.to, in: $0) }
      })
  }

  private func members(of link: RecordReference, within division: String?) -> [RecordReference] {
    let pairs = relations(where: { ($0.type.record == link.type) != ($1.type.record == link.type) })
    let members = pairs.flatMap { type, ends in
      let (own, other) = ends.from.type.record == link.type ? (ends.from, ends.to) : (ends.to, ends.from)
      return rows(of: type, where: own, leadTo: link.key).compactMap { referred(other, in: $0) }
    }
    return distinct(members).filter { member in division.map { lies(member, within: $0) } ?? true }
  }

  private func relations(
    where fits: (_ from: Field, _ to: Field) -> Bool
  ) -> [(RecordType, (from: Field, to: Field))] {
    dictionary.types.compactMap { type in
      type.ends.flatMap { fits($0.from, $0.to) ? (type, $0) : nil }
    }
  }

  private func lies(_ record: RecordReference, within division: String) -> Bool {
    guard let field = dictionary[record.type]?.division,
      case .value(.string(let code))? = facts.record(record.type, key: record.key)?[field]
    else { return false }
    return code.hasPrefix(division)
  }

  private func distinct(_ records: [RecordReference]) -> [RecordReference] {
    var seen: Set<RecordReference> = []
    return records.filter { seen.insert($0).inserted }
  }
}
