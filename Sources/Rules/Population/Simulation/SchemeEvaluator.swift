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

  /// - Returns: false when the results cannot be kept in columns.
  private func compute(_ schemes: [String], into result: inout Result) -> Bool {
    let plan = PopulationPlan(
      rulebook, over: population, asOf: asOf, overrides: overrides, targets: schemes.map { .scheme($0) })
    guard let results = try? plan.results(threads: threads) else { return false }
    for entry in plan.entries {
      if let why = entry.unsupported { result.unplanned[entry.target.name] = why }
    }
    take(schemes.filter { results.series[.scheme($0)] != nil }, of: results, into: &result)
    return true
  }

  /// The results of columns, and those of the interpreter in the rows that are its own.
  /// - Parameter schemes: that the results are of.
  func take(_ schemes: [String], of results: PopulationResults, into result: inout Result) {
    let series = schemes.compactMap { results.series[.scheme($0)] }
    let columns = Workers(threads).map(series.count) { SchemeColumn(series[$0]) }
    for (scheme, column) in zip(schemes, columns) { result.columns[scheme] = column }
    interpret(schemes, rows: results.doubtful, into: &result)
  }

  // MARK: row by row

  private func interpret(_ schemes: [String], rows: [Int], into result: inout Result) {
    guard !schemes.isEmpty, !rows.isEmpty, let table else { return }
    for scheme in schemes where result.columns[scheme] == nil { result.columns[scheme] = SchemeColumn(count: count) }
    let facts = facts(), wanted = Set(schemes)
    let found = Mutex<[(row: Int, outcomes: [SchemeOutcome])]>([])
    let chunk = 64
    DispatchQueue.concurrentPerform(iterations: (rows.count + chunk - 1) / chunk) { number in
      let own = rows[number * chunk..<min((number + 1) * chunk, rows.count)].map { row in
        let checkUp = try? rulebook.checkUp(
          of: table.keys[row], facts: facts, asOf: asOf, overrides: overrides, schemes: wanted)
        return (row, checkUp?.schemes.filter { wanted.contains($0.scheme.name) } ?? [])
      }
      found.withLock { $0 += own }
    }
    for (row, outcomes) in found.withLock({ $0 }) {
      for outcome in outcomes {
        result.columns[outcome.scheme.name]?.set(row, outcome.verdict, outcome.amount)
        result.interpreted += 1
      }
    }
  }
}
