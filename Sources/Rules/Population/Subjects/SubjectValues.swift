import FEEL
import Policy

/// What fields of all subjects and decisions about them come to on a day.
struct SubjectValues {
  let rulebook: Rulebook
  let subject: RecordType
  let population: Population
  /// The same records, for the interpreter.
  let facts: @Sendable () -> Facts
  let asOf: CalendarDate
  var overrides: [String: Value] = [:]
  let threads: Int

  private var table: ColumnTable? { population.tables[subject.name] }
  var count: Int { table?.count ?? 0 }

  /// The column of a field; of one kept per fiscal year that of the newest closed one. nil when nothing is known of it.
  func column(of field: Field) -> Column? {
    table?.columns[ColumnTable.Key(field.name, year: field.years.map { _ in asOf.year - 1 })]
  }

  func cells(of field: Field) -> GroupingCells {
    guard let column = column(of: field) else {
      return GroupingCells(states: [UInt8](repeating: Column.State.unknown.rawValue, count: count), values: .none)
    }
    let rows = 0..<column.count
    let states = rows.map { column.state($0).rawValue }
    let wholes = rows.map { column.whole($0) }
    switch column.kind {
    case .number(let scale): return GroupingCells(states: states, values: .numbers(wholes, scale: scale))
    case .truth: return GroupingCells(states: states, values: .truths(wholes))
    case .date: return GroupingCells(states: states, values: .dates(wholes))
    case .text(let pool): return GroupingCells(states: states, values: .texts(wholes, Array(pool.texts)))
    case .reference(let table): return GroupingCells(states: states, values: .texts(wholes, names(of: table)))
    }
  }

  /// What the records of a type are called, by row.
  private func names(of type: String) -> [String] {
    guard let table = population.tables[type] else { return [] }
    guard let display = rulebook.dictionary[type]?.display, let column = table.columns[ColumnTable.Key(display)],
      case .text(let pool) = column.kind
    else { return Array(table.keys) }
    return table.keys.indices.map { row in
      column.state(row) == .given ? pool.texts[Int(column.whole(row))] : table.keys[row]
    }
  }

  func cells(ofDecision name: String) -> GroupingCells {
    let target = PopulationPlan.Target.decision(name)
    let plan = PopulationPlan(rulebook, over: population, asOf: asOf, overrides: overrides, targets: [target])
    var values = [Value](repeating: .null(), count: count)
    guard let results = try? plan.results(threads: threads), let series = results.series[target] else {
      interpret(name, rows: 0..<count, into: &values)
      return GroupingCells(values)
    }
    guard let cells = GroupingCells(series, count: count), results.doubtful.isEmpty else {
      for row in 0..<count { values[row] = series.value(row) }
      interpret(name, rows: results.doubtful, into: &values)
      return GroupingCells(values)
    }
    return cells
  }

  private func interpret(_ decision: String, rows: some Sequence<Int>, into values: inout [Value]) {
    guard let keys = table?.keys else { return }
    let facts = facts()
    for row in rows {
      values[row] =
        rulebook.value(ofDecision: decision, for: keys[row], facts: facts, asOf: asOf, overrides: overrides) ?? .null()
    }
  }
}
