internal import Diagnostics
import FEEL
import Policy

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

  /// - Parameter most: for more rows than so many the interpreter is not asked: schemes without a plan are left out then.
  func outcomes(of schemes: [String], interpreting most: Int = .max) -> Result {
    guard !schemes.isEmpty, count > 0 else {
      let empty = SchemeColumn(count: count)
      return Result(columns: Dictionary(schemes.map { ($0, empty) }) { first, _ in first })
    }
    var result = Result()
    if !compute(schemes, into: &result) {
      // One of them alone may have no room; the others need not suffer.
      for scheme in schemes { if !compute([scheme], into: &result) { result.unplanned[scheme] = Unsupported(.digits) } }
    }
    let rest = schemes.filter { result.columns[$0] == nil }
    for (about, schemes) in Dictionary(grouping: rest, by: about).sorted(by: { $0.key < $1.key }) {
      let rows = subjects(ofRecords: about)
      guard rows.count <= most else { continue }
      let answers = interpreted(schemes, rows: rows, &result)
      for scheme in schemes { result.columns[scheme] = SchemeColumn(count: count, answers: answers[scheme] ?? []) }
    }
    return result
  }

  private func about(_ scheme: String) -> String {
    rulebook.schemeVersions.first { $0[0].name == scheme }?.first?.about ?? ""
  }

  /// The subjects that records of a type belong to, in order; a scheme about such records is for no others. All of them where that
  /// cannot be told.
  private func subjects(ofRecords name: String) -> [Int] {
    let everybody = Array(0..<count)
    guard var type = rulebook.dictionary[name], var table = population.tables[name] else { return everybody }
    var isConcerned = [Bool](repeating: true, count: table.count)
    for _ in 0..<RecordType.deepestReference where type.name != self.table?.type {
      guard let owner = type.owner, let parent = type.field(named: owner)?.type.record,
        let above = rulebook.dictionary[parent], let aboveTable = population.tables[parent],
        let segments = table.children[owner]
      else { return everybody }
      isConcerned = (0..<aboveTable.count).map { row in segments.rows(of: row).contains { isConcerned[$0] } }
      (type, table) = (above, aboveTable)
    }
    return type.name == self.table?.type ? everybody.filter { isConcerned[$0] } : everybody
  }

  /// - Returns: false when the results cannot be kept in columns.
  private func compute(_ schemes: [String], into result: inout Result) -> Bool {
    let plan = PopulationPlan(
      rulebook, over: population, asOf: asOf, overrides: overrides, targets: schemes.map { .scheme($0) })
    guard let results = try? plan.results(threads: threads, progress: progress) else { return false }
    for entry in plan.entries {
      if let why = entry.unsupported { result.unplanned[entry.target.name] = why }
    }
    take(schemes.filter { results.series[.scheme($0)] != nil }, of: results, into: &result)
    return true
  }

  /// The results of columns, and those of the interpreter in the rows that are its own.
  /// - Parameter schemes: that the results are of.
  func take(_ schemes: [String], of results: PopulationResults, into result: inout Result) {
    let answers = interpreted(schemes, rows: results.doubtful, &result)
    for scheme in schemes {
      if let series = results.series[.scheme(scheme)] {
        result.columns[scheme] = SchemeColumn(series, answers: answers[scheme] ?? [])
      }
    }
  }

  // MARK: row by row

  /// - Returns: by scheme, what the interpreter says of each row, in order.
  private func interpreted(
    _ schemes: [String], rows: [Int], _ result: inout Result
  ) -> [String: [SchemeColumn.Answer]] {
    guard !schemes.isEmpty, !rows.isEmpty, let table else { return [:] }
    let facts = facts(), wanted = Set(schemes)
    // Few enough that the last of them is soon done.
    let chunk = 16
    progress?.expect(rows.count)
    let parts = Workers(threads).map((rows.count + chunk - 1) / chunk) { number -> [(Int, [SchemeOutcome])] in
      guard progress?.isCancelled != true else { return [] }
      let own = rows[number * chunk..<min((number + 1) * chunk, rows.count)]
      defer { progress?.note(own.count) }
      return own.map { row in
        let checkUp = try? rulebook.checkUp(
          of: table.keys[row], facts: facts, asOf: asOf, overrides: overrides, schemes: wanted)
        return (row, checkUp?.schemes.filter { wanted.contains($0.scheme.name) } ?? [])
      }
    }
    var answers: [String: [SchemeColumn.Answer]] = [:]
    for (row, outcomes) in parts.joined() {
      let known = Dictionary(outcomes.map { ($0.scheme.name, $0) }) { first, _ in first }
      for scheme in schemes {
        let outcome = known[scheme]
        answers[scheme, default: []].append(
          SchemeColumn.Answer(row: row, verdict: outcome?.verdict ?? .notApplicable, amount: outcome?.amount))
        result.interpreted += 1
      }
    }
    return answers
  }
}
