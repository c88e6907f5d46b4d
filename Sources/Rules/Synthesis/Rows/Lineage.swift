/// A rule with all the rules its rows are drawn for, outermost first, and the fields to draw at each level.
final class Lineage: Sendable {
  struct Level: BitwiseCopyable {
    var rule: Int
    var usesPrevious: Bool
    /// Runs of ``chosen`` and ``conditions``; a level's conditions are on the level above.
    var chosen: Int
    var chosenCount: Int
    var conditions: Int
    var conditionsCount: Int
  }

  /// A slot that must hold one of a run of ``accepted``.
  struct Condition: BitwiseCopyable {
    var slot: Int
    var first: Int
    var count: Int
  }

  let levels: Memory<Level>
  let slots: [Int]
  let chosen: Memory<Int32>
  let conditions: Memory<Condition>
  /// Texts by place.
  let accepted: Memory<Int64>

  /// - Parameter wanted: the slots of the rule's rows to draw, with all they need.
  init(_ region: Region, rule: Int, wanted: Set<Int>, place: (String) -> Int?) {
    var levels: [(rule: Int, fields: [Bool])] = []
    var next: Int? = rule
    var wanted = wanted, above: [Set<Int>] = []
    while let rule = next {
      let needs = Needs(region: region).fields(of: rule, wanted: wanted, above: above)
      levels.insert((rule, needs.fields), at: 0)
      wanted = needs.above.first ?? []
      above = Array(needs.above.dropFirst())
      if case .each(let parent, _, _, _) = region.rules[rule].number { next = parent } else { next = nil }
    }
    var list = Lists()
    for (rule, fields) in levels { list.add(rule, fields, region, place) }
    slots = levels.map { region.rules[$0.rule].slots }
    self.levels = Memory(list.levels)
    chosen = Memory(list.chosen)
    conditions = Memory(list.conditions)
    accepted = Memory(list.accepted)
  }

  var depth: Int { levels.count }

  private struct Lists {
    var levels: [Level] = []
    var chosen: [Int32] = []
    var conditions: [Condition] = []
    var accepted: [Int64] = []

    mutating func add(_ rule: Int, _ fields: [Bool], _ region: Region, _ place: (String) -> Int?) {
      let own = fields.indices.filter { fields[$0] }
      var level = Level(
        rule: rule, usesPrevious: region.rules[rule].fields.contains { $0.distribution.usesPrevious },
        chosen: chosen.count, chosenCount: own.count, conditions: conditions.count, conditionsCount: 0)
      chosen += own.map { Int32($0) }
      if case .each(let parent, let list, _, _) = region.rules[rule].number {
        add(Lineage.resolved(list, on: region.rules[parent], place))
        level.conditionsCount = conditions.count - level.conditions
      }
      levels.append(level)
    }

    private mutating func add(_ list: [(slot: Int, texts: [Int64])]) {
      for (slot, texts) in list {
        conditions.append(Condition(slot: slot, first: accepted.count, count: texts.count))
        accepted += texts
      }
    }
  }

  /// The conditions on fields that the rule has; texts that occur nowhere match nothing.
  static func resolved(
    _ conditions: [RowRule.Condition], on rule: RowRule, _ place: (String) -> Int?
  ) -> [(slot: Int, texts: [Int64])] {
    conditions.compactMap { condition in
      guard let field = rule.field(named: condition.field) else { return nil }
      return (field.slots.lowerBound, condition.texts.compactMap { place($0).map { Int64($0) } })
    }
  }
}
