import Diagnostics
import FEEL
import class Foundation.ProcessInfo
import Policy
import Population
import Store

/// What the schemes come to for every subject: verdicts and amounts by columns, reasons and missing facts by the interpreter, where
/// they are asked for.
struct PopulationRun: Sendable {
  let rulebook: Rulebook
  let data: SubjectData
  let asOf: CalendarDate
  let overrides: [String: Value]
  /// nil for all.
  let schemes: Set<String>?
  /// Without them nothing is interpreted that columns know.
  var givesReasons = true

  /// One subject's outcomes without their traces.
  struct Result: Sendable {
    var subject: RecordReference
    var schemes: [Scheme]

    struct Scheme: Sendable {
      var name: String
      var verdict: Verdict
      var amount: Decimal128?
      var reasons: [Reason]
      var missing: [String]
    }
  }

  var count: Int { data.count(rulebook) }

  /// The names of the schemes asked for, in the order of the packs.
  var wanted: [String] {
    var seen: Set<String> = []
    return rulebook.schemes.map(\.name).filter { (schemes?.contains($0) ?? true) && seen.insert($0).inserted }
  }

  /// Bytes that the work takes, about, beside the facts.
  /// - Parameter holdingResults: whether all that is said of each subject is held until it is printed.
  func memory(holdingResults: Bool) -> Int {
    let outcomes = count * wanted.count
    return count * Self.bytesPerSubject + outcomes * Self.bytesPerOutcome
      + (holdingResults ? outcomes * Self.bytesPerResult : 0)
  }

  private static let bytesPerSubject = 64
  private static let bytesPerOutcome = 20
  private static let bytesPerResult = 500

  // MARK: by columns

  /// Everybody by the rules, as columns.
  /// - Throws: `CancellationError`.
  func base(_ progress: WorkProgress) throws -> Simulation {
    let facts = data.facts
    let base = Simulation(
      rulebook, over: data.population, facts: { facts }, asOf: asOf, overrides: overrides, only: schemes,
      threads: Self.threads, progress: progress)
    if progress.isCancelled { throw CancellationError() }
    return base
  }

  /// What subjects are to be told apart by.
  /// - Throws: `simulation.dimension.…`.
  func dimension(_ name: String) throws(Diagnostic) -> Dimension {
    let facts = data.facts
    let nothing = Simulation(
      rulebook, over: data.population, facts: { facts }, asOf: asOf, overrides: overrides, only: [],
      threads: Self.threads)
    return try nothing.dimension(name)
  }

  /// Counts and sums; by the interpreter where an amount has no room in a column.
  func figures(_ base: Simulation, by dimension: Dimension?, _ progress: WorkProgress) throws -> PopulationFigures {
    if base.beyond == 0 { return base.figures(of: wanted, by: dimension) }
    var figures = PopulationFigures(of: wanted, by: dimension ?? base.everybody)
    var row = 0
    try forEach(Array(0..<count), nil, progress) { result in
      figures.add(row: row, result.schemes.map { ($0.name, $0.verdict, $0.amount) })
      row += 1
    }
    return figures
  }

  private static let threads = max(1, ProcessInfo.processInfo.activeProcessorCount)

  // MARK: row by row

  private static let chunkSize = 64

  /// Tells what some subjects come to, one after the other.
  /// - Parameters:
  ///   - rows: of the subjects.
  ///   - base: where ``givesReasons`` is false, what is told; else it is not looked at.
  /// - Throws: `CancellationError`, and what `body` throws.
  func forEach(
    _ rows: [Int], _ base: Simulation?, _ progress: WorkProgress, _ body: (Result) throws -> Void
  ) throws {
    progress.expect(rows.count)
    let portion = Self.chunkSize * Self.threads * 4
    for start in stride(from: 0, to: rows.count, by: portion) {
      if progress.isCancelled { throw CancellationError() }
      let own = Array(rows[start..<min(start + portion, rows.count)])
      let results = if let base, !givesReasons { own.map { brief($0, base) } } else { try interpreted(own) }
      for result in results { try body(result) }
      progress.note(own.count)
    }
  }

  private func brief(_ row: Int, _ base: Simulation) -> Result {
    let schemes = wanted.compactMap { name in
      base.outcome(of: name, row: row).map {
        Result.Scheme(name: name, verdict: $0.verdict, amount: $0.amount, reasons: [], missing: [])
      }
    }
    return Result(subject: rulebook.reference(to: subjects[row]), schemes: schemes)
  }

  private var subjects: FactRows { data.facts[rulebook.subjectType?.name ?? ""]?.rows ?? FactRows() }

  private func interpreted(_ rows: [Int]) throws(Diagnostic) -> [Result] {
    let keys = subjects, starts = Array(stride(from: 0, to: rows.count, by: Self.chunkSize))
    let parts = Threads.map(starts, threads: Self.threads) { start in
      checkUps(rows[start..<min(start + Self.chunkSize, rows.count)].map { keys[$0].key })
    }
    var results: [Result] = []
    for part in parts { results += try part.get() }
    return results
  }

  private func checkUps(_ keys: [String]) -> Swift.Result<[Result], Diagnostic> {
    Swift.Result { () throws(Diagnostic) in
      var results: [Result] = []
      for key in keys { results.append(try checkUp(of: key)) }
      return results
    }
  }

  private func checkUp(of key: String) throws(Diagnostic) -> Result {
    let checkUp = try rulebook.checkUp(
      of: key, facts: data.facts, asOf: asOf, overrides: overrides, schemes: schemes ?? Set(wanted))
    let outcomes = checkUp.schemes.filter { schemes?.contains($0.scheme.name) ?? true }
    return Result(
      subject: checkUp.enterprise,
      schemes: outcomes.map { outcome in
        .init(
          name: outcome.scheme.name, verdict: outcome.verdict, amount: outcome.amount, reasons: outcome.reasons,
          missing: outcome.missing.map(\.name))
      })
  }
}
