/// All cases a table can meet: an axis for each input, each cut into finitely many pieces. Knows nothing of what the
/// pieces stand for.
struct Space: Sendable {
  /// How many pieces each axis has.
  let counts: [Int]
  /// Where each axis has its words in a ``Box``.
  private let words: [Range<Int>]

  init(counts: [Int]) {
    self.counts = counts
    var words: [Range<Int>] = []
    for count in counts {
      let start = words.last?.upperBound ?? 0
      words.append(start..<start + (count + 63) / 64)
    }
    self.words = words
  }

  /// Every case.
  var whole: Box { box(counts.map { Array(repeating: true, count: $0) }) }

  /// - Parameter axes: for each axis, which of its pieces are in.
  func box(_ axes: [[Bool]]) -> Box {
    var box = Box(words: Array(repeating: 0, count: words.last?.upperBound ?? 0))
    for (axis, pieces) in axes.enumerated() {
      for (piece, isIn) in pieces.enumerated() where isIn {
        box.words[words[axis].lowerBound + piece / 64] |= 1 << UInt64(piece % 64)
      }
    }
    return box
  }

  /// A box is empty when some axis of it is. A table without inputs has one case.
  func isEmpty(_ box: Box) -> Bool { firstEmptyAxis(of: box) != nil }

  func firstEmptyAxis(of box: Box) -> Int? {
    words.firstIndex { range in range.allSatisfy { box.words[$0] == 0 } }
  }

  /// Whether two boxes have the same pieces on an axis.
  func agree(on axis: Int, _ a: Box, _ b: Box) -> Bool { words[axis].allSatisfy { a.words[$0] == b.words[$0] } }

  func pieces(of axis: Int, in box: Box) -> [Int] {
    (0..<counts[axis]).filter { box.words[words[axis].lowerBound + $0 / 64] >> UInt64($0 % 64) & 1 == 1 }
  }

  /// The case of the first pieces.
  func point(in box: Box) -> [Int] { counts.indices.map { pieces(of: $0, in: box).first ?? 0 } }

  /// nil when the two have no case in common.
  func intersection(_ a: Box, _ b: Box) -> Box? {
    var both = a
    for range in words {
      var any: UInt64 = 0
      for word in range {
        both.words[word] &= b.words[word]
        any |= both.words[word]
      }
      if any == 0 { return nil }
    }
    return both
  }

  /// The cases of `a` that are not in `b`, as boxes without common cases.
  func subtract(_ b: Box, from a: Box) -> [Box] {
    guard intersection(a, b) != nil else { return [a] }
    var rest = a
    var parts: [Box] = []
    for range in words {
      var part = rest
      var any: UInt64 = 0
      for word in range {
        part.words[word] &= ~b.words[word]
        rest.words[word] &= b.words[word]
        any |= part.words[word]
      }
      if any != 0 { parts.append(part) }
    }
    return parts
  }

  /// One box of both, when they differ on a single axis.
  func joined(_ a: Box, _ b: Box) -> Box? {
    var differing: Range<Int>?
    for range in words where range.contains(where: { a.words[$0] != b.words[$0] }) {
      if differing != nil { return nil }
      differing = range
    }
    var both = a
    for word in differing ?? 0..<0 { both.words[word] |= b.words[word] }
    return both
  }
}

/// A set of cases: for each axis some of its pieces, and every combination of them.
struct Box: Hashable, Sendable {
  /// One bit for each piece, axis after axis.
  fileprivate var words: [UInt64]
}
