import DMN
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

  /// Whether these schemes may ask if something is null that rests on one of the names. Such a test decides whether or not
  /// the value is known, so that known-ness does not tell where it matters.
  package func testsForNull(_ names: Set<String>, in schemes: Set<String>) -> Bool {
    let readers = Readers(names, self)
    if self.schemes.contains(where: { scheme in
      schemes.contains(scheme.name) && scheme.allExpressions.contains { readers.testsForNull($0.root) }
    }) {
      return true
    }
    return decisions(of: schemes).contains { decision in
      if let dated = decision.datedBy, readers.testsForNull(dated.root) { return true }
      switch decision.body {
      case .expression(let expression): return readers.testsForNull(expression.root)
      case .table(let table): return readers.testsForNull(table)
      }
    }
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

/// Tells which parts of expressions rest on some names.
private struct Readers {
  /// The names, and the decisions that reach one of them.
  private let names: Set<String>

  init(_ names: Set<String>, _ rulebook: Rulebook) {
    var reached = names
    var grows = true
    while grows {
      grows = false
      for decision in rulebook.allDecisions where !reached.contains(decision.name) {
        if decision.expressionUses.contains(where: { reached.contains($0.name) }) {
          reached.insert(decision.name)
          grows = true
        }
      }
    }
    self.names = reached
  }

  /// Whether the value may rest on the names; what the expression binds itself may.
  private func mayRest(_ node: Node) -> Bool { node.readsLocals || rests(node) }

  private func rests(_ node: Node) -> Bool {
    node.all.contains { if case .name(let name) = $0.kind { names.contains(name.text) } else { false } }
  }

  func testsForNull(_ root: Node) -> Bool {
    rests(root) && root.all.contains { isTestForNull($0) }
  }

  func testsForNull(_ table: DecisionTable) -> Bool {
    for (column, input) in table.inputs.enumerated() {
      if testsForNull(input.expression.root) { return true }
      let cells = table.rules.flatMap { $0.inputs.indices.contains(column) ? $0.inputs[column].tests : [] }
      let tests = cells + (input.allowed?.tests ?? [])
      guard rests(input.expression.root) || tests.contains(where: { rests($0) }) else { continue }
      if tests.contains(where: { $0.all.contains { Self.isNull($0) || isTestForNull($0) } }) { return true }
    }
    return table.rules.contains { $0.outputs.contains { testsForNull($0.root) } }
  }

  private func isTestForNull(_ node: Node) -> Bool {
    switch node.kind {
    case .comparison(.equal, let left, let right), .comparison(.notEqual, let left, let right):
      return Self.isNull(left) && mayRest(right) || Self.isNull(right) && mayRest(left)
    case .membership(let value, let tests):
      return mayRest(value) && tests.contains { $0.all.contains(where: Self.isNull) }
    case .instance(let value, _): return mayRest(value)
    case .test(_, let value): return Self.isNull(value)
    case .call(let call):
      guard case .name(let name) = call.callee.kind, name.builtin != nil else { return false }
      return Self.nullTests.contains(name.text) && call.arguments.contains(where: mayRest)
        || call.arguments.contains(where: Self.isNull)
    default: return false
    }
  }

  /// Built-in functions of the standard that tell a null from a value.
  private static let nullTests: Set<String> = ["is", "is defined", "get value", "list contains", "index of"]

  private static func isNull(_ node: Node) -> Bool {
    if case .literal(.null) = node.kind { true } else { false }
  }
}
