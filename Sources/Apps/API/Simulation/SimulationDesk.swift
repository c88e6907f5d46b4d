public import Diagnostics
public import FEEL
public import Policy
public import Population

/// Answers simulations of one region, and keeps what the next ones can use: the population as columns, the base, its groupings, the
/// rows that rest on the parameters at hand, and curves.
public actor SimulationDesk {
  private let rulebook: Rulebook
  private let facts: Facts
  private let interpretedRows: Int
  private var population: Population?
  private var simulation: Simulation?
  private var schemes: Set<String>?
  private var groupings = Kept<String, SimulationGrouping>(most: 6)
  private var focuses = Kept<Set<String>, SimulationFocus>(most: 2)
  private var curves = Kept<[String], SimulationSweep>(most: 24)

  /// - Parameter interpretedRows: schemes without a plan for columns that concern more subjects are left out.
  public init(_ rulebook: Rulebook, facts: Facts, interpretedRows: Int = .max) {
    self.rulebook = rulebook
    self.facts = facts
    self.interpretedRows = interpretedRows
  }

  /// - Parameters:
  ///   - population: as read from a column file.
  ///   - facts: the same records for the interpreter; without them it reads the columns.
  ///   - interpretedRows: schemes without a plan for columns that concern more subjects are left out.
  public init(
    _ rulebook: Rulebook, population: Population, facts: Facts? = nil, interpretedRows: Int = .max
  ) {
    self.rulebook = rulebook
    self.population = population
    self.facts = facts ?? population.facts(by: rulebook.dictionary)
    self.interpretedRows = interpretedRows
  }

  /// So many subjects are interpreted while somebody waits for a page.
  public static let interpretedRows = 2_000

  /// - Throws: `simulation.empty` without subjects, `policy.as-of.before`, `policy.parameter.…`, `simulation.…`.
  public func answer(_ question: SimulationQuestion) throws(Diagnostic) -> SimulationAnswer {
    let simulation = try base(of: question)
    let overrides = try (question.rules ?? rulebook).overrides(question.settings)
    var range: SweepRange?
    if let sweep = question.sweep { range = try SweepRange(sweep, of: rulebook) }
    let grouping = try groups(by: question.dimension, simulation)
    let focus = focus(for: question, overrides, range, simulation)
    let variant = simulation.variant(.init(overrides: overrides, rulebook: question.rules), focus: focus)
    var sweep: SimulationSweep?
    if let range { sweep = curve(range, overrides, question, focus, simulation) }
    return SimulationAnswer(
      rulebook: rulebook, asOf: question.asOf, settings: settings(question), subjects: simulation.count,
      record: rulebook.subjectType?.name ?? "", result: grouping.compare(variant), sweep: sweep,
      recomputedRows: variant.recomputed.isEmpty ? 0 : simulation.count,
      interpreted: (simulation.interpreted, variant.interpreted),
      beyond: (simulation.beyond, variant.beyond),
      unplanned: rulebook.schemes.compactMap { scheme in simulation.unplanned[scheme.name].map { (scheme.name, $0) } },
      leftOut: simulation.leftOut)
  }

  public func result(of question: SimulationQuestion) -> Result<SimulationAnswer, Diagnostic> {
    Result { () throws(Diagnostic) in try answer(question) }
  }

  /// Works the base out before anybody asks; what is wrong is told to whoever asks.
  public func prepare(asOf: CalendarDate) {
    let question = SimulationQuestion(asOf: asOf)
    guard let simulation = try? base(of: question) else { return }
    _ = try? groups(by: nil, simulation)
  }

  // MARK: what is kept

  private func base(of question: SimulationQuestion) throws(Diagnostic) -> Simulation {
    guard let type = rulebook.subjectType, facts[type.name]?.rows.isEmpty == false else {
      throw Diagnostic(
        "simulation.empty", at: SourcePlace(file: rulebook.main.id), ["record": rulebook.subjectType?.name ?? "—"])
    }
    try rulebook.requireInForce(question.asOf)
    if let simulation, simulation.asOf == question.asOf, schemes == question.schemes { return simulation }
    let population = self.population ?? Population(facts, dictionary: rulebook.dictionary)
    let facts = self.facts
    let made = Simulation(
      rulebook, over: population, facts: { facts }, asOf: question.asOf, only: question.schemes,
      interpretedRows: interpretedRows)
    self.population = population
    simulation = made
    schemes = question.schemes
    groupings.forget()
    focuses.forget()
    curves.forget()
    return made
  }

  private func groups(by name: String?, _ simulation: Simulation) throws(Diagnostic) -> SimulationGrouping {
    if let known = groupings[name ?? ""] { return known }
    var dimension: Dimension?
    if let name { dimension = try simulation.dimension(name) }
    let grouping = SimulationGrouping(simulation, by: dimension)
    groupings[name ?? ""] = grouping
    return grouping
  }

  /// Worth its price only where several answers are wanted: for a curve, and for a parameter that is being moved.
  private func focus(
    for question: SimulationQuestion, _ overrides: [String: Value], _ range: SweepRange?, _ simulation: Simulation
  ) -> SimulationFocus? {
    let atHand =
      question.atHand == nil
      ? nil : rulebook.parameters.first { $0.id == question.atHand || $0.name == question.atHand }?.name
    guard question.rules == nil, atHand != nil || range != nil else { return nil }
    var values = overrides.mapValues { [$0] }
    if let atHand { values[atHand, default: []] += [] }
    if let range {
      values[range.parameter.name, default: []] += [range.values.first, range.values.last].compactMap {
        $0.map { .number($0) }
      }
    }
    let names = Set(values.keys)
    if let known = focuses[names], known.covers(overrides, in: simulation) { return known }
    let focus = simulation.focus(on: values)
    focuses[names] = focus
    return focus
  }

  private func curve(
    _ range: SweepRange, _ overrides: [String: Value], _ question: SimulationQuestion, _ focus: SimulationFocus?,
    _ simulation: Simulation
  ) -> SimulationSweep {
    var others = question.settings
    for name in [range.parameter.name, range.parameter.id] { others[name] = nil }
    let key = [question.sweep ?? ""] + others.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    if let known = curves[key], question.rules == nil { return known }
    let whole = groupings[""] ?? SimulationGrouping(simulation)
    groupings[""] = whole
    let curve = simulation.sweep(
      range.parameter, over: range.values, overrides: overrides, rulebook: question.rules, grouping: whole, focus: focus
    )
    if question.rules == nil { curves[key] = curve }
    return curve
  }

  private func settings(_ question: SimulationQuestion) -> [SimulationAnswer.Setting] {
    question.settings.sorted { $0.key < $1.key }.compactMap { name, value in
      rulebook.parameters.first { $0.name == name || $0.id == name }.map {
        SimulationAnswer.Setting(parameter: $0.name, id: $0.id, value: value, base: $0.valueSource)
      }
    }
  }
}

/// The values used last, by key.
private struct Kept<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  let most: Int
  private var values: [Key: Value] = [:]
  private var order: [Key] = []

  init(most: Int) { self.most = most }

  subscript(key: Key) -> Value? {
    mutating get {
      guard let value = values[key] else { return nil }
      order.removeAll { $0 == key }
      order.append(key)
      return value
    }
    set {
      values[key] = newValue
      order.removeAll { $0 == key }
      if newValue != nil { order.append(key) }
      if order.count > most { values[order.removeFirst()] = nil }
    }
  }

  mutating func forget() {
    values = [:]
    order = []
  }
}
