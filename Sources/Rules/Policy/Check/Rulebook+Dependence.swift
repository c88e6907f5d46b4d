public import FEEL

/// What rests on what: a simulation works out again only what a change can reach.
extension Rulebook {
  /// The schemes whose outcome may change with one of these parameters or decisions: those that read one, directly or through
  /// decisions, and those that exclude such a scheme or are excluded by it.
  public func schemes(restingOn names: Set<String>) -> Set<String> {
    let readers = schemeVersions.filter { versions in
      versions.contains { !self.names(in: $0.allExpressions.flatMap(\.nameUses)).isDisjoint(with: names) }
    }
    return withRivals(Set(readers.map { $0[0].name }))
  }

  /// The parameters that one of these schemes reads, directly or through decisions, in the order of the packs; each once.
  public func parameters(of schemes: Set<String>) -> [Parameter] {
    let read = names(
      in: self.schemes.filter { schemes.contains($0.name) }.flatMap(\.allExpressions).flatMap(\.nameUses))
    var seen: Set<String> = []
    return parameters.filter { read.contains($0.name) && seen.insert($0.name).inserted }
  }

  /// Every name and entry that stands in an expression of these schemes and of the decisions they rest on. Which record an
  /// entry is of is not asked.
  package func entries(readBy schemes: Set<String>) -> Set<String> {
    var found: Set<String> = []
    for node in roots(of: schemes).flatMap(\.all) {
      switch node.kind {
      case .name(let name): found.insert(name.text)
      case .path(_, let member): found.insert(member)
      case .literal(.string(let text)): found.insert(text)
      default: break
      }
    }
    return found
  }

  private func decisions(of schemes: Set<String>) -> [PolicyDecision] {
    let uses = self.schemes.filter { schemes.contains($0.name) }.flatMap(\.allExpressions).flatMap(\.nameUses)
    return names(in: uses).flatMap { decisions[$0] ?? [] }
  }

  private func roots(of schemes: Set<String>) -> [Node] {
    let own = self.schemes.filter { schemes.contains($0.name) }.flatMap(\.allExpressions).map(\.root)
    return own + decisions(of: schemes).flatMap(\.nodes)
  }
}
