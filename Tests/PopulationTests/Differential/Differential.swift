import FEEL
import Instructions

@testable import Policy
@testable import Population

/// Both ways to evaluate a rulebook over the same facts, value by value.
struct Differential {
  struct Difference {
    var target: PopulationPlan.Target
    var key: String
    var interpreted: String
    var byColumns: String
  }

  var differences: [Difference] = []
  /// Values compared, rows that were the interpreter's, targets with and without a plan.
  var compared = 0
  var doubtful = 0
  var planned = 0
  var unplanned: [Unsupported] = []

  private let rulebook: Rulebook
  private let facts: Facts
  private let asOf: CalendarDate
  private let overrides: [String: Value]

  /// - Parameter rows: those to interpret; nil for all.
  init(
    _ rulebook: Rulebook, _ facts: Facts, _ asOf: CalendarDate, _ overrides: [String: Value] = [:],
    _ targets: [PopulationPlan.Target], rows: Set<Int>? = nil
  ) {
    self.rulebook = rulebook
    self.facts = facts
    self.asOf = asOf
    self.overrides = overrides
    guard let subject = rulebook.subjectType, let table = facts[subject.name] else { return }
    let population = Population(facts, dictionary: rulebook.dictionary)
    let plan = PopulationPlan(rulebook, over: population, asOf: asOf, overrides: overrides, targets: targets)
    unplanned = plan.entries.compactMap(\.unsupported)
    planned = plan.entries.count - unplanned.count
    let schemes = Set(targets.compactMap { if case .scheme(let name) = $0 { name } else { nil } })
    let results = sideBySide(plan, population)
    let withoutRoom = Set(results?.doubtful ?? [])
    let singles = singles(plan, table.rows.count)
    plan.forEach { row, isDoubtful, answer in
      if let alone = singles[row] { compare(alone, table.rows[row].key, answer) }
      if let results, !withoutRoom.contains(row) { compare(results, row, table.rows[row].key, answer) }
      if isDoubtful { doubtful += 1 }
      guard !isDoubtful, rows?.contains(row) ?? true else { return }
      interpret(table.rows[row], subject, targets, schemes, answer)
    }
  }

  // MARK: against the interpreter

  private mutating func interpret(
    _ row: FactRow, _ subject: RecordType, _ targets: [PopulationPlan.Target], _ schemes: Set<String>,
    _ answer: (PopulationPlan.Target) -> PopulationPlan.Answer?
  ) {
    let session = Session(rulebook, facts: facts, asOf: asOf, overrides: overrides, detail: .none)
    let record = session.record(subject, row, depth: 0)
    let checkUp = schemes.isEmpty ? nil : try? rulebook.checkUp(of: row.key, in: session, only: schemes)
    for target in targets {
      guard let got = answer(target) else { continue }
      compared += 1
      switch target {
      case .scheme(let name):
        guard let outcome = checkUp?.schemes.first(where: { $0.scheme.name == name }) else {
          differences.append(Difference(target: target, key: row.key, interpreted: "–", byColumns: "\(got)"))
          continue
        }
        let amount = outcome.amount.map { Value.number($0) } ?? .null()
        if outcome.verdict != got.verdict || amount.isEqual(to: got.value) != true {
          let verdict = got.verdict.map { "\($0)" } ?? "–"
          differences.append(
            Difference(
              target: target, key: row.key, interpreted: "\(outcome.verdict) \(amount)",
              byColumns: "\(verdict) \(got.value)"))
        }
      case .decision(let name):
        let result = session.result(of: rulebook.versions(ofDecision: name), for: record, governedBy: asOf)
        if result.value.isEqual(to: got.value) != true || result.absences.isEmpty == got.isOpen {
          differences.append(
            Difference(
              target: target, key: row.key,
              interpreted: "\(result.value), \(result.absences.isEmpty ? "known" : "open")",
              byColumns: "\(got.value), \(got.isOpen ? "open" : "known")"))
        }
      }
    }
  }

  // MARK: single rows

  /// What the first, the middle and the last row come to when each is computed alone.
  private func singles(
    _ plan: PopulationPlan, _ count: Int
  ) -> [Int: [PopulationPlan.Target: PopulationPlan.Answer]] {
    var singles: [Int: [PopulationPlan.Target: PopulationPlan.Answer]] = [:]
    plan.forEach(in: [count - 1, 0, count / 2, count]) { row, _, answer in
      for entry in plan.entries { singles[row, default: [:]][entry.target] = answer(entry.target) }
    }
    return singles
  }

  private mutating func compare(
    _ alone: [PopulationPlan.Target: PopulationPlan.Answer], _ key: String,
    _ answer: (PopulationPlan.Target) -> PopulationPlan.Answer?
  ) {
    for (target, own) in alone {
      guard let other = answer(target) else { continue }
      if own.verdict == other.verdict, own.isOpen == other.isOpen, own.value.isEqual(to: other.value) == true {
        continue
      }
      differences.append(
        Difference(
          target: target, key: key, interpreted: "(in a block) \(other.value)", byColumns: "(alone) \(own.value)"))
    }
  }

  // MARK: results on threads

  /// What two threads come to beside each other, of the targets whose results fit columns.
  private func sideBySide(_ plan: PopulationPlan, _ population: Population) -> PopulationResults? {
    if let results = try? plan.results(threads: 2) { return results }
    // A fraction, or a number of more than 64 bits, is in no column.
    let fitting = plan.entries.map(\.target).filter { target in
      guard let places = plan.outputs[target], places.divisor == nil else { return false }
      return places.value.map { plan.program.outputs[$0].width < .sixteen } ?? true
    }
    let narrow = PopulationPlan(rulebook, over: population, asOf: asOf, overrides: overrides, targets: fitting)
    return try? narrow.results(threads: 2)
  }

  private mutating func compare(
    _ results: PopulationResults, _ row: Int, _ key: String,
    _ answer: (PopulationPlan.Target) -> PopulationPlan.Answer?
  ) {
    for (target, series) in results.series {
      guard let own = answer(target) else { continue }
      let value = series.value(row)
      guard series.verdict(row) != own.verdict || value.isEqual(to: own.value) != true else { continue }
      differences.append(
        Difference(
          target: target, key: key, interpreted: "(row by row) \(own.value)", byColumns: "(on threads) \(value)"))
    }
  }
}

extension PopulationResults.Series {
  /// As the interpreter has it.
  func value(_ row: Int) -> Value {
    guard let digits = self[row] else { return .null() }
    switch kind {
    case .number(let scale): return Decimal128(Int128(digits), exponent: -scale).map { .number($0) } ?? .null()
    case .truth: return digits == 1 ? .null() : .boolean(digits == 2)
    case .date: return CalendarDate(dayNumber: Int(digits)).map { .date($0) } ?? .null()
    case .text(let pool): return .string(pool.texts[Int(digits)])
    case .nothing: return .null()
    }
  }
}
