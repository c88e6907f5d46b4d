/// Names as numbers, and which of them are the same or alike.
struct NameIndex: Sendable {
  private var records: [UInt32] = []
  private var texts: [String] = []
  private var hashes: [UInt64] = []
  private var digits: [UInt64] = []
  /// The pairs of signs of all names, one after another, each name's in order.
  private var pairs: [UInt32] = []
  private var starts: [Int] = [0]

  /// How much of two names must be common, of a thousand.
  static let leastAlike = 700
  /// Comparisons of names at most.
  static let mostComparisons = 20_000_000

  mutating func add(_ name: String, of record: Int) {
    let comparable = ComparableName(name)
    if comparable.isEmpty { return }
    records.append(UInt32(record))
    texts.append(name)
    hashes.append(comparable.hash)
    digits.append(comparable.digitHash)
    pairs += comparable.pairs
    starts.append(pairs.count)
  }

  // MARK: the same

  func findSame(_ found: inout FoundPairs) {
    let ordered = records.indices.sorted { (hashes[$0], records[$0]) < (hashes[$1], records[$1]) }
    var first = 0
    for place in ordered.indices.dropFirst() {
      let (own, other) = (ordered[place], ordered[first])
      if hashes[own] != hashes[other] {
        first = place
      } else if records[own] != records[ordered[place - 1]] {
        found.add(Int(records[other]), Int(records[own]), .sameName(texts[other], texts[own]))
      }
    }
  }

  // MARK: alike

  /// Each name is looked at once, however many records have it.
  /// - Returns: how many names have no pair that is rare enough.
  func findSimilar(_ found: inout FoundPairs) -> Int {
    let kinds = kinds
    let rareFirst = rareFirst(kinds)
    let different = different
    let posting = Postings(names: records.count, kinds: kinds) { name, body in
      if different[name] { for pair in prefix(of: name, rareFirst) { body(pair) } }
    }
    var seen = [UInt32](repeating: .max, count: records.count)
    var common = 0
    for name in records.indices where different[name] {
      var isCompared = false
      for pair in prefix(of: name, rareFirst) {
        guard let others = posting.names(of: pair) else { continue }
        isCompared = true
        // The lists are in order: each two names are compared when the later one has its turn.
        for other in others {
          if other >= name { break }
          if seen[Int(other)] == name { continue }
          seen[Int(other)] = UInt32(name)
          compare(Int(other), name, &found)
        }
      }
      if !isCompared { common += 1 }
    }
    return common
  }

  /// How many kinds of pairs are told apart: a power of two, more than there are.
  private var kinds: Int {
    var kinds = 1 << 8
    while kinds < 2 * pairs.count, kinds < Self.mostKinds { kinds *= 2 }
    return kinds
  }

  private static let mostKinds = 1 << 22

  /// Whether a name is the first of those that are the same.
  private var different: [Bool] {
    var seen: Set<UInt64> = []
    return hashes.map { seen.insert($0).inserted }
  }

  private func compare(_ a: Int, _ b: Int, _ found: inout FoundPairs) {
    let (first, second) = (starts[a]..<starts[a + 1], starts[b]..<starts[b + 1])
    let whole = DuplicatePair.Reason.whole, sum = first.count + second.count
    guard 2 * min(first.count, second.count) * whole >= Self.leastAlike * sum, digits[a] == digits[b],
      records[a] != records[b]
    else { return }
    let alike = 2 * common(first, second) * whole / sum
    guard alike >= Self.leastAlike, found.wants(DuplicatePair.Reason.weight(alike: alike)) else { return }
    found.add(Int(records[a]), Int(records[b]), .similarName(texts[a], texts[b], alike: alike))
  }

  private func common(_ first: Range<Int>, _ second: Range<Int>) -> Int {
    pairs.withUnsafeBufferPointer { pairs in
      var (a, b, count) = (first.lowerBound, second.lowerBound, 0)
      while a < first.upperBound, b < second.upperBound {
        let (own, other) = (pairs[a], pairs[b])
        count += own == other ? 1 : 0
        a += own <= other ? 1 : 0
        b += other <= own ? 1 : 0
      }
      return count
    }
  }

  /// The pairs of every name, the rarest first.
  private func rareFirst(_ kinds: Int) -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: kinds)
    let mask = UInt32(kinds - 1)
    var ordered = pairs.map { $0 & mask }
    for pair in ordered { counts[Int(pair)] += 1 }
    for name in records.indices {
      ordered[starts[name]..<starts[name + 1]].sort { (counts[Int($0)], $0) < (counts[Int($1)], $1) }
    }
    return ordered
  }

  /// So many of the rarest pairs that a name without any of them cannot be alike enough.
  private func prefix(of name: Int, _ ordered: [UInt32]) -> ArraySlice<UInt32> {
    let count = starts[name + 1] - starts[name]
    let needed =
      (Self.leastAlike * count + 2 * DuplicatePair.Reason.whole - Self.leastAlike - 1)
      / (2 * DuplicatePair.Reason.whole - Self.leastAlike)
    return ordered[starts[name]..<starts[name + 1]].prefix(count == 0 ? 0 : count - needed + 1)
  }
}

/// The names in which a pair of signs stands, without pairs that stand in too many.
private struct Postings {
  private var starts: [UInt32]
  private var names: [UInt32]
  /// In how many names a pair may stand.
  private let most: Int

  /// - Parameter forEach: hands out the pairs of a name.
  init(names count: Int, kinds: Int, _ forEach: (_ name: Int, _ body: (UInt32) -> Void) -> Void) {
    var counts = [UInt32](repeating: 0, count: kinds)
    for name in 0..<count { forEach(name) { counts[Int($0)] += 1 } }
    let most = Self.most(counts)
    var starts = [UInt32](repeating: 0, count: kinds + 1)
    for kind in 0..<kinds { starts[kind + 1] = starts[kind] + (counts[kind] <= most ? counts[kind] : 0) }
    var next = starts
    var names = [UInt32](repeating: 0, count: Int(starts[kinds]))
    for name in 0..<count {
      forEach(name) { pair in
        guard counts[Int(pair)] <= most else { return }
        names[Int(next[Int(pair)])] = UInt32(name)
        next[Int(pair)] += 1
      }
    }
    (self.starts, self.names, self.most) = (starts, names, Int(most))
  }

  /// The longest list that can be gone through while all comparisons together stay below the bound.
  private static func most(_ counts: [UInt32]) -> UInt32 {
    var comparisons = 0, longest: UInt32 = 1
    for count in counts.filter({ $0 > 1 }).sorted() {
      comparisons += Int(count) * (Int(count) - 1) / 2
      if comparisons > NameIndex.mostComparisons { return longest }
      longest = count
    }
    return longest
  }

  /// In order; nil when there are too many.
  func names(of pair: UInt32) -> ArraySlice<UInt32>? {
    let range = Int(starts[Int(pair)])..<Int(starts[Int(pair) + 1])
    return range.isEmpty ? nil : names[range]
  }
}
