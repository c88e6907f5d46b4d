public import FEEL
public import Policy

/// What a whole population comes to by the rules as they are, kept so that changes can be tried out against it.
///
/// A ``Change`` sets parameters or takes other rules; only the schemes that can notice are worked out again (``variant(_:focus:)``),
/// and with a ``SimulationFocus`` only the rows that can.
public struct Simulation: Sendable {
  public let rulebook: Rulebook
  public let population: Population
  public let asOf: CalendarDate
  /// The parameters that the base itself is set to.
  public let overrides: [String: Value]
  /// The schemes, in the order of the packs; those that are left out are in ``leftOut``.
  public let schemes: [String]
  /// Schemes without a plan for columns, with the reason: the interpreter answered for them.
  public let unplanned: [String: Unsupported]
  /// Schemes without a plan over more rows than the interpreter is asked for.
  public let leftOut: [String]
  /// How many outcomes of the base, of a scheme for a row, the interpreter gave.
  public let interpreted: Int
  /// How many amounts of the base have no room in a column and count as nothing.
  public var beyond: Int { base.values.reduce(0) { $0 + $1.beyond } }
  let base: [String: SchemeColumn]
  let facts: @Sendable () -> Facts
  let threads: Int

  /// Works the base out.
  /// - Parameters:
  ///   - rulebook: its dictionary must have a subject type.
  ///   - facts: the same records as the population, for the interpreter; asked for when it is needed. Without them it reads the
  ///     columns (``Population/facts(by:file:)``).
  ///   - overrides: as `Rulebook.overrides` gives them.
  ///   - only: the schemes asked for; nil for all. Those that may exclude them come along.
  ///   - interpretedRows: schemes without a plan that concern more rows are left out.
  ///   - progress: when it is cancelled the base is not to be used.
  public init(
    _ rulebook: Rulebook, over population: Population, facts: (@Sendable () -> Facts)? = nil, asOf: CalendarDate,
    overrides: [String: Value] = [:], only: Set<String>? = nil, threads: Int = 2, interpretedRows: Int = .max,
    progress: WorkProgress? = nil
  ) {
    let own = population.facts(by: rulebook.dictionary)
    let facts = facts ?? { own }
    self.rulebook = rulebook
    self.population = population
    self.facts = facts
    self.asOf = asOf
    self.overrides = overrides
    self.threads = threads
    let asked = only.map { rulebook.withRivals($0) }
    let wanted = rulebook.schemeVersions.map { $0[0].name }.filter { asked?.contains($0) ?? true }
    let result = SchemeEvaluator(
      rulebook: rulebook, population: population, facts: facts, asOf: asOf, overrides: overrides, threads: threads,
      progress: progress
    ).outcomes(of: wanted, interpreting: interpretedRows)
    base = result.columns
    unplanned = result.unplanned
    interpreted = result.interpreted
    schemes = wanted.filter { result.columns[$0] != nil }
    leftOut = wanted.filter { result.columns[$0] == nil }
  }

  /// The schemes that columns have answered for.
  var planned: [String] { schemes.filter { unplanned[$0] == nil } }

  /// How many subjects there are.
  public var count: Int { rulebook.subjectType.flatMap { population.tables[$0.name]?.count } ?? 0 }

  /// What is to be tried out.
  public struct Change: Sendable {
    /// Beside those of the base, and before them.
    public var overrides: [String: Value]
    /// Other rules over the same dictionary; nil for those of the base.
    public var rulebook: Rulebook?

    public init(overrides: [String: Value] = [:], rulebook: Rulebook? = nil) {
      self.overrides = overrides
      self.rulebook = rulebook
    }
  }

  /// What a change comes to, where it may differ from the base.
  public struct Variant: Sendable {
    /// The schemes that were worked out again; all others are as in the base.
    public let recomputed: [String]
    /// How many outcomes, of a scheme for a row, the interpreter gave.
    public let interpreted: Int
    let columns: [String: SchemeColumn]

    /// How many amounts have no room in a column and count as nothing.
    public var beyond: Int { columns.values.reduce(0) { $0 + $1.beyond } }
  }

  /// Works a change out.
  /// - Parameter focus: where all that the change sets is among the parameters of the focus, what it keeps is not computed again.
  public func variant(_ change: Change, focus: SimulationFocus? = nil) -> Variant {
    let (affected, isParameters) = affected(by: change)
    let overrides = self.overrides.merging(change.overrides) { $1 }
    if isParameters, let results = affected.isEmpty ? nil : focus?.results(change.overrides, in: self) {
      return variant(results, overrides, beside: affected)
    }
    let rules = change.rulebook ?? rulebook
    let there = rules.schemeVersions.map { $0[0].name }
    // Schemes that only the other rules have come last.
    let new = change.rulebook == nil ? [] : there.filter { affected.contains($0) && !isKnown($0) }
    let recomputed = schemes.filter { affected.contains($0) } + new
    let evaluator = SchemeEvaluator(
      rulebook: rules, population: population, facts: facts, asOf: asOf, overrides: overrides, threads: threads)
    var result = evaluator.outcomes(of: recomputed.filter(Set(there).contains))
    // A scheme that the other rules do not have pays nobody.
    for scheme in recomputed where result.columns[scheme] == nil {
      result.columns[scheme] = SchemeColumn(count: count)
    }
    return Variant(recomputed: recomputed, interpreted: result.interpreted, columns: result.columns)
  }

  /// What a focus has left to the interpreter is asked of it, and the schemes that have no plan.
  private func variant(
    _ results: PopulationResults, _ overrides: [String: Value], beside affected: Set<String>
  ) -> Variant {
    let evaluator = SchemeEvaluator(
      rulebook: rulebook, population: population, facts: facts, asOf: asOf, overrides: overrides, threads: threads)
    let computed = planned.filter { results.series[.scheme($0)] != nil }
    var result = evaluator.outcomes(of: schemes.filter { affected.contains($0) && unplanned[$0] != nil })
    evaluator.take(computed, of: results, into: &result)
    let recomputed = schemes.filter { result.columns[$0] != nil }
    return Variant(recomputed: recomputed, interpreted: result.interpreted, columns: result.columns)
  }

  private func isKnown(_ scheme: String) -> Bool { rulebook.schemeVersions.contains { $0[0].name == scheme } }

  /// The schemes that may notice a change, and whether it is one of parameters alone.
  private func affected(by change: Change) -> (Set<String>, isParameters: Bool) {
    let set = Set(change.overrides.filter { name, value in value.isEqual(to: given(name)) != true }.keys)
    var affected = set.isEmpty ? [] : rulebook.schemes(restingOn: set)
    guard let other = change.rulebook else { return (affected, true) }
    guard let changed = rulebook.changes(to: other) else { return (Set(schemes), false) }
    affected.formUnion(changed.schemes)
    let names = set.union(changed.names)
    for rules in [rulebook, other] { affected.formUnion(rules.schemes(restingOn: names)) }
    for rules in [rulebook, other] { affected = rules.withRivals(affected) }
    return (affected, false)
  }

  /// What the base sets a parameter to; null where versions differ or nothing is given.
  func given(_ parameter: String) -> Value {
    if let value = overrides[parameter] { return value }
    let versions = rulebook.parametersByName[parameter] ?? []
    return versions.count == 1 ? versions[0].value ?? .null() : .null()
  }
}
