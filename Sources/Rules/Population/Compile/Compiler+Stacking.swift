import FEEL
import Policy

/// What one subject may have of several schemes together (`Stacking`): caps first, then what excludes each other.
extension Compiler {
  /// Cuts what a scheme comes to, to the most it may.
  mutating func capped(_ outcome: OutcomeItem, by versions: [Scheme]) throws(Unsupported) -> OutcomeItem {
    let present = versions.present(on: asOf)
    guard versions.contains(where: { $0.cap != nil }) else { return outcome }
    // Nobody meets what comes to nothing for all.
    if versions.count == 1, present.amount != nil, outcome.amount == nil { return outcome }
    guard versions.count == 1, let cap = present.cap, let amount = outcome.amount else {
      throw Unsupported(.form("cap"))
    }
    scope.date = asOf
    guard case .scalar(let limit) = try item(of: cap), case .number(_, nil) = limit.kind,
      case .number(_, nil) = amount.kind
    else { throw Unsupported(.form("cap")) }
    // Record by record or in one, the sum is the same so long as no amount is negative.
    guard builder.bounds(amount.value).lowerBound >= 0 else { throw Unsupported(.form("cap")) }
    let scalars = try alike([amount, limit])
    var result = outcome
    var cut = scalars[0]
    cut.value = builder.minimum(cut.value, builder.maximum(scalars[1].value, builder.constant(0)))
    result.amount = cut
    let isOpen = builder.or(builder.isSet(limit.open), builder.isSet(limit.null))
    guard builder.constantByte(isOpen) != ProgramBuilder.no else { return result }
    let isMet = builder.append(.byteEquals(outcome.verdict, Verdict.met.code), .byte)
    guard present.about == scope.record?.type.name else {
      // Of several records some may be met and others not: the interpreter tells what is left.
      builder.doubt(builder.map(builder.and(isMet, isOpen), [0, 0, 1, 1]))
      return result
    }
    let persons = limit.open.map { builder.map($0, [0, 0, 2, 0]) } ?? builder.byte(ProgramBuilder.no)
    let open = builder.select(
      persons, builder.byte(Verdict.review.code), builder.byte(Verdict.undetermined.code))
    let becomesOpen = builder.and(isMet, isOpen)
    result.verdict = builder.select(becomesOpen, open, outcome.verdict)
    cut.null = builder.union(cut.null, builder.mask(builder.map(becomesOpen, [0, 0, 1, 1])))
    result.amount = cut
    return result
  }

  /// Of schemes that exclude each other the one that comes to more counts, of equals the first.
  func settled(_ outcomes: [(scheme: Scheme, outcome: OutcomeItem)]) throws(Unsupported) -> [OutcomeItem] {
    var results = outcomes.map(\.outcome)
    for group in rivalGroups(outcomes.map(\.scheme)) where group.count > 1 {
      let met = group.map { builder.append(.byteEquals(outcomes[$0].outcome.verdict, Verdict.met.code), .byte) }
      var count = builder.constant(0)
      for truth in met {
        count = try builder.add(count, builder.select(truth, builder.constant(1), builder.constant(0)))
      }
      // Three and more settle among each other in turn.
      let several = builder.compare(.less, builder.constant(2), count)
      builder.doubt(builder.map(several, [0, 0, 1, 1]))
      for (position, first) in group.enumerated() {
        for (offset, second) in group.enumerated().dropFirst(position + 1) {
          let (a, b) = (outcomes[first], outcomes[second])
          guard rulebook.rivals[a.scheme.name]?.contains(b.scheme.name) == true else { continue }
          let both = builder.and(met[position], met[offset])
          if builder.constantByte(both) == ProgramBuilder.no { continue }
          guard a.scheme.about == b.scheme.about, a.scheme.about == scope.record?.type.name else {
            builder.doubt(builder.map(both, [0, 0, 1, 1]))
            continue
          }
          let (x, y) = try comparable(worth(of: a.outcome), worth(of: b.outcome))
          let secondWins = builder.compare(.less, x, y)
          yield(&results[first], where: builder.and(both, secondWins))
          yield(&results[second], where: builder.and(both, builder.not(secondWins)))
        }
      }
    }
    return results
  }

  private func worth(of outcome: OutcomeItem) -> Scalar {
    var worth =
      outcome.amount ?? Scalar(kind: .number(scale: 0, divisor: nil), value: builder.constant(0), null: nil, open: nil)
    worth.value = builder.select(builder.isSet(worth.null), builder.constant(0), worth.value)
    worth.null = nil
    return worth
  }

  private func yield(_ outcome: inout OutcomeItem, where loses: Register) {
    outcome.verdict = builder.select(loses, builder.byte(Verdict.unmet.code), outcome.verdict)
    let null = builder.union(outcome.amount?.null, builder.mask(builder.map(loses, [0, 0, 1, 1])))
    outcome.amount?.null = null
  }

  /// Places of schemes that exclude each other, directly or through others.
  private func rivalGroups(_ schemes: [Scheme]) -> [[Int]] {
    let places = Dictionary(schemes.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<Int> = []
    var groups: [[Int]] = []
    for start in schemes.indices where !seen.contains(start) {
      var group: [Int] = [], waiting = [start]
      seen.insert(start)
      while let place = waiting.popLast() {
        group.append(place)
        for rival in rulebook.rivals[schemes[place].name] ?? [] {
          if let next = places[rival], seen.insert(next).inserted { waiting.append(next) }
        }
      }
      groups.append(group.sorted())
    }
    return groups
  }
}
