import FEEL
import Policy

/// The subjects whose outcomes may change with some parameters, as a population of their own.
///
/// Known-ness tells which: with the parameters left open, an outcome that is decided all the same does not rest on them, whatever
/// they are set to. So a step of a slider is worked out for those few alone.
public struct SimulationFocus: Sendable {
  public let parameters: Set<String>
  /// Those that rest on the parameters.
  public let schemes: Set<String>
  let population: Population
  /// Which rows of the whole; nil for all.
  let rows: [Int]?

  /// Whether a change of these parameters, felt by these schemes, stays within it.
  func covers(_ names: some Sequence<String>, of affected: Set<String>) -> Bool {
    parameters.isSuperset(of: names) && schemes.isSuperset(of: affected)
  }
}

extension Simulation {
  /// Finds the rows that rest on the parameters; all of them where that cannot be told.
  public func focus(on parameters: Set<String>) -> SimulationFocus {
    let schemes = rulebook.schemes(restingOn: parameters).intersection(self.schemes)
    let all = SimulationFocus(parameters: parameters, schemes: schemes, population: population, rows: nil)
    guard let subject = rulebook.subjectType, let rows = rows(restingOn: parameters, schemes) else { return all }
    let entries = rulebook.entries(readBy: schemes)
    let owned = owned(by: schemes)
    let part = population.part(
      of: rows, reading: entries, owned: owned, by: rulebook.dictionary, about: subject.name)
    // Where most would be kept there is nothing to win.
    guard part.rows.count * 4 < count * 3 else { return all }
    return SimulationFocus(
      parameters: parameters, schemes: schemes, population: part.population, rows: part.rows)
  }

  /// nil for all.
  private func rows(restingOn parameters: Set<String>, _ schemes: Set<String>) -> [Int]? {
    guard !schemes.isEmpty else { return [] }
    guard unplanned.keys.allSatisfy({ !schemes.contains($0) }), !rulebook.testsForNull(parameters, in: schemes) else {
      return nil
    }
    let evaluator = SchemeEvaluator(
      rulebook: rulebook.leavingOpen(parameters), population: population, facts: facts, asOf: asOf,
      overrides: overrides.filter { !parameters.contains($0.key) }, threads: threads)
    guard let (results, doubtful) = evaluator.plannedOutcomes(of: schemes.sorted()) else { return nil }
    var isOpen = [Bool](repeating: false, count: count)
    for row in doubtful { isOpen[row] = true }
    for (target, series) in results.series {
      let isOwn = rulebook.schemes.first { $0.name == target.name }?.about == rulebook.subjectType?.name
      for (row, code) in series.verdictCodes.enumerated() where Self.restsOnOpen(code, isOwn) { isOpen[row] = true }
    }
    return isOpen.indices.filter { isOpen[$0] }
  }

  /// Of several records the best verdict is told: a better one may hide one that is open.
  private static func restsOnOpen(_ code: UInt8, _ isOwn: Bool) -> Bool {
    let undetermined = Verdict.allCases.firstIndex(of: .undetermined) ?? 0
    return isOwn ? Int(code) == undetermined : Int(code) >= undetermined
  }

  /// The record types on the way from the subjects to the records that the schemes are about.
  private func owned(by schemes: Set<String>) -> Set<String> {
    var found: Set<String> = []
    for scheme in rulebook.schemes where schemes.contains(scheme.name) {
      var type = rulebook.dictionary[scheme.about]
      while let present = type, present.name != rulebook.subjectType?.name, found.insert(present.name).inserted {
        type = present.owner.flatMap { present.field(named: $0)?.type.record }.flatMap { rulebook.dictionary[$0] }
      }
    }
    return found
  }
}
