import FEEL

/// Facts as a graph: records, and what leads from one to another.
///
/// Two kinds of lines are drawn: a record of a relation leads from one record to another (``RecordType/ends``), and the reference
/// fields of types that are kept for the registry lead to the records they name. References of other types are not drawn: what is
/// only there for decisions would hide the rest.
public struct RecordGraph: Sendable {
  let facts: Facts
  let dictionary: DataDictionary
  /// Relations by the types that they lead from or to, in the order of the dictionary.
  private let relations: [(type: RecordType, from: Field, to: Field)]
  /// Reference fields of types that are no relations.
  private let references: [(type: RecordType, field: Field)]

  public init(_ facts: Facts, _ dictionary: DataDictionary) {
    self.facts = facts
    self.dictionary = dictionary
    relations = dictionary.types.compactMap { type in type.ends.map { (type, $0.from, $0.to) } }
    references = dictionary.types.filter { $0.isForRegistry && $0.ends == nil }.flatMap { type in
      type.references.map { (type, $0) }
    }
  }

  /// A line between two records.
  public struct Edge: Hashable, Sendable {
    /// The relation, or the field that leads there.
    public var name: String
    /// The record that says so; nil for a field.
    public var relation: RecordReference?
    public var from: RecordReference
    public var to: RecordReference
  }

  /// A record with all that is within some steps of it.
  public struct Neighbourhood: Sendable {
    public var centre: RecordReference
    /// In the order in which they were reached, with the number of steps; the first is the centre.
    public var records: [(record: RecordReference, steps: Int)]
    public var edges: [Edge]
    /// Whether there is more than was asked for.
    public var isCut: Bool
  }

  /// Steps that are followed at most.
  public static let deepest = 8
  /// Records that are told at most.
  public static let most = 10_000

  /// A record by its key; nil when there is none.
  public func record(_ type: String, key: String) -> RecordReference? {
    guard let row = facts.record(type, key: key), let type = dictionary[type] else { return nil }
    return type.reference(to: row)
  }

  /// What a record is connected with, in both directions.
  /// - Parameters:
  ///   - depth: how many steps are followed, from 0 to ``deepest``.
  ///   - limit: how many records are told, from 1 to ``most``.
  /// - Returns: nil when there is no such record.
  public func neighbourhood(of type: String, key: String, depth: Int, limit: Int) -> Neighbourhood? {
    guard let centre = record(type, key: key) else { return nil }
    let (depth, limit) = (min(max(depth, 0), Self.deepest), min(max(limit, 1), Self.most))
    var found = Neighbourhood(centre: centre, records: [(centre, 0)], edges: [], isCut: false)
    var seen: Set<RecordReference> = [centre], drawn: Set<Edge> = []
    var next = 0
    while next < found.records.count, found.records[next].steps < depth {
      let (record, steps) = found.records[next]
      next += 1
      for edge in edges(at: record, limit: limit) {
        let other = edge.from == record ? edge.to : edge.from
        if !seen.contains(other) {
          guard found.records.count < limit else {
            found.isCut = true
            continue
          }
          seen.insert(other)
          found.records.append((other, steps + 1))
        }
        if drawn.insert(edge).inserted { found.edges.append(edge) }
      }
    }
    return found
  }

  // MARK: lines at one record

  /// - Parameter limit: how many lines of each kind are looked up beyond which none is told.
  private func edges(at record: RecordReference, limit: Int) -> [Edge] {
    var edges: [Edge] = []
    for (type, from, to) in relations {
      for (own, isStart) in [(from, true), (to, false)] where own.type.record == record.type {
        for row in rows(of: type, where: own, leadTo: record.key).prefix(limit + 1) {
          guard let other = referred(isStart ? to : from, in: row) else { continue }
          let ends = isStart ? (record, other) : (other, record)
          edges.append(Edge(name: type.name, relation: type.reference(to: row), from: ends.0, to: ends.1))
        }
      }
    }
    for (type, field) in references {
      if type.name == record.type, let row = facts.record(type.name, key: record.key),
        let other = referred(field, in: row)
      {
        edges.append(Edge(name: field.name, relation: nil, from: record, to: other))
      }
      guard field.type.record == record.type else { continue }
      for row in rows(of: type, where: field, leadTo: record.key).prefix(limit + 1) {
        edges.append(Edge(name: field.name, relation: nil, from: type.reference(to: row), to: record))
      }
    }
    return edges
  }

  func rows(of type: RecordType, where field: Field, leadTo key: String) -> [FactRow] {
    facts[type.name]?.rows(where: field.name, refersTo: key) ?? []
  }

  /// The record that a field of a row leads to; nil when it leads nowhere.
  func referred(_ field: Field, in row: FactRow) -> RecordReference? {
    guard case .reference(let key)? = row[field.name], let type = field.type.record else { return nil }
    return record(type, key: key)
  }
}
