/// Looks for records that may be one, by their codes and names.
///
/// Names that are alike are found over an index of pairs of signs. A name is looked up by its rarest pairs alone: so many that no name
/// that is alike enough can do without all of them. Pairs that stand in very many names are passed over, so that the number of
/// comparisons is bounded.
/// - Complexity: some 150 bytes a name; at most `NameIndex.mostComparisons` comparisons.
public struct DuplicateSearch: Sendable {
  private var keys: [String] = []
  private var codes: [(hash: UInt64, record: UInt32, text: String)] = []
  private var names = NameIndex()

  public init() {}

  /// Adds a record.
  /// - Returns: its number, counted from 0.
  public mutating func add(key: String) -> Int {
    keys.append(key)
    return keys.count - 1
  }

  /// Adds a unified social credit code of a record; others are passed over.
  public mutating func add(code: String, of record: Int) {
    let signs = Array(code.unicodeScalars)
    guard signs.count == Self.codeLength else { return }
    let organisation = signs[Self.organisation]
    codes.append((StableHash.of(Array(organisation)), UInt32(record), String(String.UnicodeScalarView(organisation))))
  }

  /// Adds a name that a record has or had.
  public mutating func add(name: String, of record: Int) { names.add(name, of: record) }

  /// - Parameters:
  ///   - limit: how many pairs are told at most.
  ///   - isDecided: whether somebody has decided about two keys.
  public func report(limit: Int, isDecided: @escaping (String, String) -> Bool) -> DuplicateReport {
    var found = FoundPairs(keys: keys, limit: limit, isDecided: isDecided)
    findSameOrganisations(&found)
    found.endPass()
    names.findSame(&found)
    found.endPass()
    let common = names.findSimilar(&found)
    found.endPass()
    return DuplicateReport(pairs: found.best, records: keys.count, common: common)
  }

  private func findSameOrganisations(_ found: inout FoundPairs) {
    let ordered = codes.sorted { ($0.hash, $0.record) < ($1.hash, $1.record) }
    var first = 0
    for place in ordered.indices.dropFirst() {
      if ordered[place].hash != ordered[first].hash { first = place }
      guard first < place else { continue }
      found.add(Int(ordered[first].record), Int(ordered[place].record), .organisation(ordered[place].text))
    }
  }

  /// Of a unified social credit code (GB 32100), and where the organisation code is in it.
  private static let codeLength = 18
  private static let organisation = 8..<17
}

/// The likeliest pairs of those found so far.
struct FoundPairs {
  private let keys: [String]
  private let limit: Int
  private let isDecided: (String, String) -> Bool
  private var kept: [Pair: [DuplicatePair.Reason]] = [:]
  private var pass: [(pair: Pair, reason: DuplicatePair.Reason)] = []
  /// What weighs no more has no place among those of this kind.
  private var floor = 0

  private struct Pair: Hashable {
    var first: Int
    var second: Int
  }

  init(keys: [String], limit: Int, isDecided: @escaping (String, String) -> Bool) {
    (self.keys, self.limit, self.isDecided) = (keys, limit, isDecided)
  }

  /// Whether a reason of that weight has a place.
  func wants(_ weight: Int) -> Bool { weight > floor }

  mutating func add(_ a: Int, _ b: Int, _ reason: DuplicatePair.Reason) {
    guard a != b, wants(reason.weight), !isDecided(keys[a], keys[b]) else { return }
    pass.append((Pair(first: min(a, b), second: max(a, b)), reason))
    if pass.count >= 4 * limit + 1_024 { cut() }
  }

  /// Only the likeliest of one kind of reason can be among the likeliest of all.
  private mutating func cut() {
    let ordered = pass.sorted {
      ($1.reason.weight, $0.pair.first, $0.pair.second) < ($0.reason.weight, $1.pair.first, $1.pair.second)
    }
    var seen: Set<Pair> = []
    pass = Array(ordered.filter { seen.insert($0.pair).inserted }.prefix(limit))
    if pass.count == limit, let last = pass.last { floor = last.reason.weight }
  }

  mutating func endPass() {
    cut()
    for (pair, reason) in pass { kept[pair, default: []].append(reason) }
    pass = []
    floor = 0
  }

  var best: [DuplicatePair] {
    let pairs = kept.map { pair, reasons in
      DuplicatePair(
        key: keys[pair.first], other: keys[pair.second], reasons: reasons.sorted { $0.weight > $1.weight })
    }
    return Array(pairs.sorted(by: DuplicatePair.stands).prefix(limit))
  }
}
