import FEEL

@testable import Policy
@testable import Population

/// Outcomes of two runs of the interpreter, and what they come to.
struct TwoRuns {
  typealias Outcomes = [[String: (verdict: Verdict, amount: Decimal128)]]

  let base: Outcomes
  let variant: Outcomes
  let schemes: [String]

  static func outcomes(
    _ rulebook: Rulebook, _ facts: Facts, _ asOf: CalendarDate, _ overrides: [String: Value]
  ) throws -> Outcomes {
    let rows = facts[rulebook.subjectType?.name ?? ""]?.rows ?? FactRows()
    return try rows.map { row in
      let session = Session(rulebook, facts: facts, asOf: asOf, overrides: overrides, detail: .none)
      let checkUp = try rulebook.checkUp(of: row.key, in: session)
      return Dictionary(
        checkUp.schemes.map { ($0.scheme.name, ($0.verdict, $0.verdict == .met ? $0.amount ?? .zero : .zero)) }
      ) { first, _ in first }
    }
  }

  /// Of each scheme and of all together, over everybody and over each group.
  func differences(from result: SimulationResult) -> [String] {
    var found: [String] = []
    for part in result.schemes + [result.total] {
      let wanted = part.scheme.map { [$0] } ?? schemes
      found += compare(part.whole, rows: Array(base.indices), wanted)
      for (group, line) in part.groups.enumerated() {
        let rows = base.indices.filter { Int(result.dimension.codes[$0]) == group }
        found += compare(line, rows: rows, wanted)
      }
    }
    if Set(result.schemes.compactMap(\.scheme)) != Set(schemes) { found.append("other schemes") }
    return found
  }

  private func compare(_ line: SimulationResult.Line, rows: [Int], _ names: [String]) -> [String] {
    var counts = [[Int]](repeating: [0, 0, 0, 0, 0], count: 2)
    var sums = [Decimal128.zero, .zero], gained = Decimal128.zero, lost = Decimal128.zero, winners = 0, losers = 0
    for row in rows {
      var gain = Decimal128.zero, titles = 0
      for (side, run) in [base, variant].enumerated() {
        let outcomes = names.map { run[row][$0] ?? (.notApplicable, .zero) }
        let best = outcomes.compactMap { Verdict.allCases.firstIndex(of: $0.verdict) }.max() ?? 0
        counts[side][best] += 1
        let sum = outcomes.map(\.amount).reduce(.zero) { ($0 + $1) ?? $0 }
        sums[side] = (sums[side] + sum) ?? .zero
        gain = (side == 0 ? -sum : gain + sum) ?? .zero
        titles += (side == 0 ? -1 : 1) * outcomes.count { $0.verdict == .met }
      }
      if gain > .zero || gain == .zero && titles > 0 { winners += 1 }
      if gain < .zero || gain == .zero && titles < 0 { losers += 1 }
      if gain > .zero { gained = (gained + gain) ?? .zero } else { lost = (lost - gain) ?? .zero }
    }
    let name = names.count == 1 ? names[0] : "all"
    var found: [String] = []
    if line.base.counts != counts[0] { found.append("\(name): base \(line.base.counts), not \(counts[0])") }
    if line.variant.counts != counts[1] { found.append("\(name): variant \(line.variant.counts), not \(counts[1])") }
    if line.base.amount != sums[0] || line.variant.amount != sums[1] {
      found.append("\(name): \(line.base.amount) → \(line.variant.amount), not \(sums[0]) → \(sums[1])")
    }
    if (line.winners, line.losers) != (winners, losers) || line.gained != gained || line.lost != lost {
      found.append("\(name): \(line.winners) \(line.losers), not \(winners) \(losers)")
    }
    return found
  }
}
