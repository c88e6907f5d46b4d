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
    let values = SubjectValues(
      rulebook: rulebook, subject: subject, population: population, facts: facts, asOf: asOf, overrides: overrides,
      threads: threads)
    let cells: GroupingCells
    if let field = subject.field(named: name) {
      guard field.isDimension else {
        throw Diagnostic("simulation.dimension.kind", at: SourcePlace(file: "by"), ["name": field.name])
      }
      cells = values.cells(of: field)
    } else if rulebook.versions(ofDecision: name).first?.about == subject.name {
      cells = values.cells(ofDecision: name)
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
