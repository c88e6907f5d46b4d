internal import Dispatch
internal import Diagnostics
import FEEL
import Policy
internal import Synchronization

/// Works out schemes for every subject of a population: by columns where there is a plan, by the interpreter where there is none
/// and in the rows whose exact result only the interpreter has.
struct SchemeEvaluator: Sendable {
  let rulebook: Rulebook
  let population: Population
  /// The same records for the interpreter.
  let facts: @Sendable () -> Facts
  let asOf: CalendarDate
  let overrides: [String: Value]
  let threads: Int
  /// Told of every row that is done; nil when nobody watches.
  var progress: WorkProgress?

  struct Result: Sendable {
    var columns: [String: SchemeColumn] = [:]
    /// Schemes without a plan, with the reason.
    var unplanned: [String: Unsupported] = [:]
    /// How many outcomes, of a scheme for a row, the interpreter gave.
    var interpreted = 0
  }

  private var table: ColumnTable? { rulebook.subjectType.flatMap { population.tables[$0.name] } }
  private var count: Int { table?.count ?? 0 }

  /// - Parameter mayInterpret: false leaves schemes without a plan out, where the interpreter would take too long.
  func outcomes(of schemes: [String], mayInterpret: Bool) -> Result {
    guard !schemes.isEmpty, count > 0 else {
      let empty = SchemeColumn(count: count)
      return Result(columns: Dictionary(schemes.map { ($0, empty) }) { first, _ in first })
    }
    var result = Result()
    if !compute(schemes, into: &result) {
      // One of them alone may have no room; the others need not suffer.
      for scheme in schemes { if !compute([scheme], into: &result) { result.unplanned[scheme] = Unsupported(.digits) } }
    }
    if mayInterpret { interpret(schemes.filter { result.columns[$0] == nil }, rows: Array(0..<count), into: &result) }
    return result
  }

  /// The verdict alone, for schemes that all have plans.
  /// - Returns: nil where one has none.
  func plannedOutcomes(of schemes: [String]) -> (results: PopulationResults, doubtful: [Int])? {
    let plan = plan(of: schemes)
    guard plan.entries.allSatisfy({ $0.unsupported == nil }), let results = try? plan.results(threads: threads) else {
      return nil
    }
    return (results, results.doubtful)
  }

  private func plan(of schemes: [String]) -> PopulationPlan {
    PopulationPlan(
      rulebook, over: population, asOf: asOf, overrides: overrides, targets: schemes.map { .scheme($0) })
  }

  /// - Returns: false when the results cannot be kept in columns.
  private func compute(_ schemes: [String], into result: inout Result) -> Bool {
    let plan = plan(of: schemes)
    guard let results = try? plan.results(threads: threads, progress: progress) else { return false }
    for entry in plan.entries {
      if let why = entry.unsupported { result.unplanned[entry.target.name] = why }
    }
    var planned: [String] = []
    for scheme in schemes {
      guard let series = results.series[.scheme(scheme)] else { continue }
      result.columns[scheme] = SchemeColumn(series)
      planned.append(scheme)
    }
    interpret(planned, rows: results.doubtful, into: &result)
    return true
  }

  // MARK: row by row

  private func interpret(_ schemes: [String], rows: [Int], into result: inout Result) {
    guard !schemes.isEmpty, !rows.isEmpty, let table else { return }
    for scheme in schemes where result.columns[scheme] == nil { result.columns[scheme] = SchemeColumn(count: count) }
    let facts = facts(), wanted = Set(schemes)
    let shared = Mutex(result)
    result = Result()
    let chunk = 64
    progress?.expect(rows.count)
    DispatchQueue.concurrentPerform(iterations: (rows.count + chunk - 1) / chunk) { number in
      guard progress?.isCancelled != true else { return }
      let own = rows[number * chunk..<min((number + 1) * chunk, rows.count)]
      let found = own.map { row in
        let checkUp = try? rulebook.checkUp(
          of: table.keys[row], facts: facts, asOf: asOf, overrides: overrides, schemes: wanted)
        return (row, checkUp?.schemes.filter { wanted.contains($0.scheme.name) } ?? [])
      }
      shared.withLock { shared in for (row, outcomes) in found { shared.set(row, outcomes) } }
      progress?.note(own.count)
    }
    result = shared.withLock { $0 }
  }
}

extension SchemeEvaluator.Result {
  fileprivate mutating func set(_ row: Int, _ outcomes: [SchemeOutcome]) {
    for outcome in outcomes {
      columns[outcome.scheme.name]?.set(row, outcome.verdict, outcome.amount)
      interpreted += 1
    }
  }
}
