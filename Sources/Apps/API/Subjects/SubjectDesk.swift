public import FEEL
import Policy
public import Population

/// Finds the firms of one region and compares them with their like. What that takes is made once for a day, and kept for the last few.
public actor SubjectDesk {
  private let rulebook: Rulebook
  private let facts: Facts
  private var population: Population?
  private var indices: [SubjectIndex] = []

  /// - Parameter population: the same records as columns, where they are at hand.
  init(_ rulebook: Rulebook, facts: Facts, population: Population?) {
    self.rulebook = rulebook
    self.facts = facts
    self.population = population
  }

  private static let mostDays = 2

  /// nil where there are no subjects.
  public func index(asOf: CalendarDate) -> SubjectIndex? {
    if let known = indices.first(where: { $0.asOf == asOf }) { return known }
    guard let type = rulebook.subjectType, facts[type.name]?.rows.isEmpty == false else { return nil }
    let columns = population ?? Population(facts, dictionary: rulebook.dictionary)
    population = columns
    let facts = facts
    guard let made = SubjectIndex(rulebook, over: columns, facts: { facts }, asOf: asOf) else { return nil }
    indices = Array(([made] + indices).prefix(Self.mostDays))
    return made
  }
}
