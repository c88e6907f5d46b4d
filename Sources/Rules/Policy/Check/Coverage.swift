import Diagnostics

/// How the clauses of a document are accounted for.
public struct Coverage: Sendable, Hashable {
  public enum State: String, Sendable, CaseIterable {
    /// A benefit, title or decision whose figures are all given.
    case executable
    /// Executable, but everything in it needs a parameter that is 未定.
    case undetermined
    /// Only declarations.
    case declared
    /// Said not to be computable, with the reason.
    case notComputable = "not-computable"
    /// Nothing: an error.
    case silent
  }

  public var counts: [State: Int] = [:]

  public var total: Int { counts.values.reduce(0, +) }
  /// Clauses that are accounted for.
  public var accounted: Int { total - (counts[.silent] ?? 0) }
}

extension Rulebook {
  /// The clauses of the main pack, counted.
  public var coverage: Coverage { main.documents.map(coverage(of:)).reduce(Coverage()) { $0.merging($1) } }

  public func coverage(of document: PolicyDocument) -> Coverage {
    var coverage = Coverage()
    for section in document.clauses { coverage.counts[state(of: section, in: document), default: 0] += 1 }
    let written = document.clauses.compactMap(\.clause)
    for clause in document.outline where !written.contains(clause) { coverage.counts[.silent, default: 0] += 1 }
    return coverage
  }

  /// How a clause is accounted for: what stands in it or in the sections below it that are no clauses themselves.
  public func state(of clause: Section, in document: PolicyDocument) -> Coverage.State {
    let constructs = constructs(of: clause, in: document)
    let schemes = constructs.compactMap { if case .scheme(let scheme) = $0 { scheme } else { nil } }
    let decisions = constructs.compactMap { if case .decision(let decision) = $0 { decision } else { nil } }
    if !schemes.isEmpty || !decisions.isEmpty {
      let states = schemes.map { !openParameters(of: $0).isEmpty } + decisions.map { !openParameters(of: $0).isEmpty }
      return (schemes.isEmpty ? states : Array(states.prefix(schemes.count))).allSatisfy { $0 }
        ? .undetermined : .executable
    }
    if clause.notComputable != nil { return .notComputable }
    let isDeclared = constructs.contains { construct in
      switch construct {
      case .declaration, .parameter: true
      default: false
      }
    }
    if isDeclared { return .declared }
    return hasClauseBelow(clause, in: document) ? .declared : .silent
  }

  /// A clause that only heads others (三、重点任务) is accounted for by them.
  private func hasClauseBelow(_ clause: Section, in document: PolicyDocument) -> Bool {
    sectionsBelow(clause, in: document).contains { $0.clause != nil }
  }

  private func constructs(of clause: Section, in document: PolicyDocument) -> [Construct] {
    clause.constructs + sectionsBelow(clause, in: document).prefix { $0.clause == nil }.flatMap(\.constructs)
  }

  private func sectionsBelow(_ clause: Section, in document: PolicyDocument) -> [Section] {
    guard let start = document.sections.firstIndex(where: { $0.place == clause.place }) else { return [] }
    return Array(document.sections[(start + 1)...].prefix { $0.level > clause.level })
  }
}

extension Coverage {
  func merging(_ other: Coverage) -> Coverage {
    Coverage(counts: counts.merging(other.counts, uniquingKeysWith: +))
  }
}
