public import FEEL
public import Policy

/// All subjects of a population on one day: found by words, and compared with their like.
///
/// Making one takes a second or two for a million subjects; searches take milliseconds.
public struct SubjectIndex: Sendable {
  public let asOf: CalendarDate
  let names: FoldedTexts?
  /// The text of each row in ``names``; below zero for none.
  let nameOfRow: [Int32]
  let keys: FoldedTexts
  private let rowOfKey: TextPool
  let texts: [SearchedTexts]
  let threads: Int
  private let peers: Peers

  /// The subjects by what they have in common, and the values of each measure within.
  private struct Peers: Sendable {
    /// Of each row; below zero for none.
    var groups: [Int32]
    /// What is common to a group, an entry for each of the attributes.
    var labels: [[Dimension.Group]]
    var measures: [Attribute: PeerMeasure]
  }

  /// - Parameters:
  ///   - rulebook: its dictionary must have a subject type.
  ///   - facts: the same records for the interpreter.
  ///   - interpretedRows: what only the interpreter could tell of more subjects is not searched and not compared.
  public init?(
    _ rulebook: Rulebook, over population: Population, facts: @escaping @Sendable () -> Facts, asOf: CalendarDate,
    threads: Int = 2, interpretedRows: Int = 2_000
  ) {
    guard let subject = rulebook.subjectType, let table = population.tables[subject.name] else { return nil }
    let values = SubjectValues(
      rulebook: rulebook, subject: subject, population: population, facts: facts, asOf: asOf, threads: threads)
    self.asOf = asOf
    self.threads = threads
    keys = FoldedTexts(table.keys)
    rowOfKey = TextPool(table.keys)
    if let display = subject.display, let column = table.columns[ColumnTable.Key(display)],
      case .text(let pool) = column.kind
    {
      names = FoldedTexts(pool.texts)
      nameOfRow = (0..<column.count).map {
        column.state($0) == .given ? Int32(truncatingIfNeeded: column.whole($0)) : -1
      }
    } else {
      names = nil
      nameOfRow = []
    }
    let outline = rulebook.portraitOutline
    texts =
      (outline?[.search] ?? []).compactMap { SearchedTexts($0, of: values, interpretedRows: interpretedRows) }
      + SearchedTexts.titles(of: values, interpretedRows: interpretedRows)
    peers = Self.peers(outline, values, interpretedRows)
  }

  public var count: Int { keys.count }

  /// Where the subject of a key is; nil when there is none.
  public func row(of key: String) -> Int? { rowOfKey.code(of: key) }

  // MARK: peers

  private static func peers(_ outline: PortraitOutline?, _ values: SubjectValues, _ interpretedRows: Int) -> Peers {
    var groups = [Int32](repeating: 0, count: values.count)
    var labels: [[Dimension.Group]] = [[]]
    let dimensions = (outline?[.peers] ?? []).map { values.dimension($0, interpretedRows: interpretedRows) }
    guard !dimensions.isEmpty, !dimensions.contains(where: { $0 == nil }) else {
      return Peers(groups: groups.map { _ in -1 }, labels: [], measures: [:])
    }
    for dimension in dimensions.compactMap(\.self) {
      var numbers: [Int: Int32] = [:], joined: [[Dimension.Group]] = []
      for row in groups.indices where groups[row] >= 0 {
        let code = Int(dimension.codes[row])
        guard dimension.groups[code] != .unknown, dimension.groups[code] != .none else {
          groups[row] = -1
          continue
        }
        let pair = Int(groups[row]) * dimension.groups.count + code
        let number = numbers[pair] ?? Int32(joined.count)
        if number == joined.count {
          numbers[pair] = number
          joined.append(labels[Int(groups[row])] + [dimension.groups[code]])
        }
        groups[row] = number
      }
      labels = joined
    }
    let numbers = values.numbers(of: outline?[.measures] ?? [], interpretedRows: interpretedRows)
    let attributes = Array(numbers.keys), own = groups, count = labels.count
    let measures = Workers(values.threads).map(attributes.count) { place in
      PeerMeasure(numbers[attributes[place]] ?? RoundedNumbers(count: own.count), groups: own, count: count)
    }
    return Peers(groups: groups, labels: labels, measures: Dictionary(zip(attributes, measures)) { first, _ in first })
  }

  /// What a subject has in common with its peers; nil when that is not known.
  public func peers(of row: Int) -> [Dimension.Group]? {
    guard peers.groups.indices.contains(row), peers.groups[row] >= 0 else { return nil }
    return peers.labels[Int(peers.groups[row])]
  }

  /// Where a value of a measure stands among those of a subject's peers.
  public func standing(of value: Decimal128, _ measure: Attribute, for row: Int) -> PeerStanding? {
    guard peers.groups.indices.contains(row), peers.groups[row] >= 0 else { return nil }
    return peers.measures[measure]?.standing(of: value, in: Int(peers.groups[row]))
  }
}

extension SubjectValues {
  /// - Returns: nil for more groups than a dimension may have, and for what the interpreter would have to tell of too many subjects.
  func dimension(_ attribute: Attribute, interpretedRows: Int) -> Dimension? {
    cells(of: attribute, interpretedRows: interpretedRows)?.dimension(attribute.name)
  }

  func cells(of attribute: Attribute, interpretedRows: Int) -> GroupingCells? {
    if let field = attribute.field { return cells(of: field) }
    guard count <= interpretedRows || hasPlan(attribute) else { return nil }
    return cells(ofDecision: attribute.name)
  }

  private func hasPlan(_ decision: Attribute) -> Bool {
    let target = PopulationPlan.Target.decision(decision.name)
    let plan = PopulationPlan(rulebook, over: population, asOf: asOf, overrides: overrides, targets: [target])
    return plan.entries.allSatisfy { $0.unsupported == nil }
  }
}
