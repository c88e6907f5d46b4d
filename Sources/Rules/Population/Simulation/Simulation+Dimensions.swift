public import Diagnostics
import FEEL
public import Policy

extension Simulation {
  /// What subjects may be told apart by: the fields of their type, and the decisions about them that come to one value.
  public var dimensionNames: (fields: [String], decisions: [String]) { rulebook.dimensionNames }

  /// Groups by a field of the subjects or by a decision about them as it is in the base. Texts, truths and references stand for
  /// themselves, dates for their years; numbers of many values are cut into five parts of about as many subjects each. Of a field
  /// kept per fiscal year the newest closed one counts.
  /// - Throws: `simulation.dimension.unknown`, `simulation.dimension.many`, `simulation.dimension.kind`.
  public func dimension(_ name: String) throws(Diagnostic) -> Dimension {
    let place = SourcePlace(file: "by")
    guard let subject = rulebook.subjectType else { return .whole(count: count) }
    let cells: GroupingCells
    if let field = subject.field(named: name) {
      cells = try self.cells(of: field, subject)
    } else if rulebook.versions(ofDecision: name).first?.about == subject.name {
      cells = try self.cells(ofDecision: name)
    } else {
      let names = dimensionNames
      throw Diagnostic(
        "simulation.dimension.unknown", at: place,
        ["name": String(name.prefix(100)), "near": nearWord(to: name, among: names.fields + names.decisions) ?? "—"])
    }
    guard let dimension = cells.dimension(name) else {
      throw Diagnostic("simulation.dimension.many", at: place, ["name": name, "limit": String(Dimension.most)])
    }
    return dimension
  }

  private func cells(of field: Field, _ subject: RecordType) throws(Diagnostic) -> GroupingCells {
    guard field.isDimension else {
      throw Diagnostic("simulation.dimension.kind", at: SourcePlace(file: "by"), ["name": field.name])
    }
    let key = ColumnTable.Key(field.name, year: field.years.map { _ in asOf.year - 1 })
    guard let column = population.tables[subject.name]?.columns[key] else {
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

  private func cells(ofDecision name: String) throws(Diagnostic) -> GroupingCells {
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
    guard let keys = rulebook.subjectType.flatMap({ population.tables[$0.name] })?.keys else { return }
    let facts = facts()
    for row in rows {
      values[row] =
        rulebook.value(ofDecision: decision, for: keys[row], facts: facts, asOf: asOf, overrides: overrides) ?? .null()
    }
  }
}

extension Rulebook {
  /// What subjects may be told apart by.
  public var dimensionNames: (fields: [String], decisions: [String]) {
    guard let subject = subjectType else { return ([], []) }
    let fields = subject.fields.filter { $0.isDimension && $0.name != subject.key && $0.name != subject.display }
    var seen: Set<String> = []
    let decisions = allDecisions.filter { decision in
      !decision.isFunction && decision.about == subject.name && decision.type.isDimension
        && seen.insert(decision.name).inserted
    }
    return (fields.map(\.name), decisions.map(\.name))
  }
}

extension Field {
  fileprivate var isDimension: Bool { type.isDimension }
}

extension ValueType {
  fileprivate var isDimension: Bool { kind != .list && kind != .context && kind != .uscc }
}
