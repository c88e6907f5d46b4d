/// What is wrong with the rules of a table taken together. Pure: boxes in, places among them out.
struct TableFindings: Sendable {
  struct Overlap: Sendable {
    var first: Int
    var second: Int
    /// What both match.
    var box: Box
  }

  /// Cases that no rule may match.
  var gaps: [Box] = []
  var overlaps: [Overlap] = []
  /// Rules that match nothing, and the axis on which.
  var dead: [(rule: Int, axis: Int)] = []
  /// Rules that rules before them leave nothing to match.
  var masked: [Int] = []

  /// Most work on one table: boxes compared or cut.
  static let maximumWork = 300_000
  /// Most gaps told of one table.
  static let maximumGaps = 3

  /// - Parameters:
  ///   - wantsGaps: false for tables that need not answer every case.
  ///   - conflict: whether two rules may not match together; nil when all may.
  ///   - order: the rules from the one that wins on; nil when there is no winning. Rules left out neither mask nor are
  ///     masked.
  init(
    of shape: TableShape, wantsGaps: Bool, conflict: ((Int, Int) -> Bool)?, order: [Int]?
  ) throws(WorkLimit.Exceeded) {
    var work = WorkLimit(Self.maximumWork)
    let space = shape.space
    for (index, rule) in shape.rules.enumerated() {
      if let axis = space.firstEmptyAxis(of: rule.possible) { dead.append((index, axis)) }
    }
    if wantsGaps { gaps = try Self.gaps(of: shape, &work) }
    if let conflict { overlaps = try Self.overlaps(of: shape, conflict, &work) }
    if let order { masked = try Self.masked(of: shape, order, &work) }
  }

  private static func gaps(of shape: TableShape, _ work: inout WorkLimit) throws(WorkLimit.Exceeded) -> [Box] {
    var rest = Region(shape.expected, in: shape.space)
    for rule in shape.rules where !shape.space.isEmpty(rule.possible) {
      try rest.subtract(rule.possible, &work)
      if rest.isEmpty { return [] }
    }
    // Joined as far as little work goes: it only makes the answer shorter.
    var joining = WorkLimit(maximumWork / 10)
    try? rest.join(&joining)
    return Array(rest.boxes.prefix(maximumGaps))
  }

  /// Each rule is told of once, with the first before it that it overlaps.
  private static func overlaps(
    of shape: TableShape, _ conflict: (Int, Int) -> Bool, _ work: inout WorkLimit
  ) throws(WorkLimit.Exceeded) -> [Overlap] {
    var found: [Overlap] = []
    for (second, rule) in shape.rules.enumerated() {
      for (first, other) in shape.rules[..<second].enumerated() {
        try work.spend(1)
        guard let common = shape.space.intersection(other.certain, rule.certain),
          let box = shape.space.intersection(common, shape.expected), !shape.space.isEmpty(box), conflict(first, second)
        else { continue }
        found.append(Overlap(first: first, second: second, box: box))
        break
      }
    }
    return found
  }

  private static func masked(
    of shape: TableShape, _ order: [Int], _ work: inout WorkLimit
  ) throws(WorkLimit.Exceeded) -> [Int] {
    var found: [Int] = []
    for (position, rule) in order.enumerated() where !shape.space.isEmpty(shape.rules[rule].possible) {
      var rest = Region(shape.rules[rule].possible, in: shape.space)
      for winner in order[..<position] where !shape.space.isEmpty(shape.rules[winner].certain) {
        try rest.subtract(shape.rules[winner].certain, &work)
        if rest.isEmpty { break }
      }
      if rest.isEmpty { found.append(rule) }
    }
    return found.sorted()
  }
}
