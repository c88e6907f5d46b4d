import DMN
import FEEL

/// Which decisions and parameters an expression, decision or scheme rests on.
extension Rulebook {
  /// The parameters without a value that a scheme rests on.
  func openParameters(of scheme: Scheme) -> [Parameter] {
    open(names(in: scheme.allExpressions.flatMap(\.nameUses)))
  }

  func openParameters(of decision: PolicyDecision) -> [Parameter] {
    open(names(in: decision.expressionUses))
  }

  private func open(_ names: Set<String>) -> [Parameter] {
    parameters.filter { parameter in
      guard case .undetermined = parameter.state else { return false }
      return names.contains(parameter.name)
    }
  }

  /// All names reached from these uses, through decisions.
  func names(in uses: [NameUse]) -> Set<String> {
    var found: Set<String> = []
    var waiting = uses.map(\.name)
    while let name = waiting.popLast() {
      guard found.insert(name).inserted else { continue }
      for version in decisions[name] ?? [] { waiting += version.expressionUses.map(\.name) }
    }
    return found
  }

  /// Decisions that need themselves, each circle once, as the path of names.
  var cycles: [[String]] {
    var done: Set<String> = []
    var found: [[String]] = []
    func visit(_ name: String, _ path: [String]) {
      if let start = path.firstIndex(of: name) {
        found.append(Array(path[start...]) + [name])
        return
      }
      guard !done.contains(name), path.count < 500 else { return }
      for version in decisions[name] ?? [] where !version.isFunction {
        for use in Set(version.expressionUses.map(\.name)).sorted() { visit(use, path + [name]) }
      }
      done.insert(name)
    }
    for name in decisions.keys.sorted() { visit(name, []) }
    return found
  }
}

extension PolicyDecision {
  /// The host names that the body and the governing date read.
  var expressionUses: [NameUse] {
    let body: [NameUse]
    switch self.body {
    case .expression(let expression): body = expression.nameUses
    case .table(let table): body = table.nameUses
    }
    let own = Set((formals ?? []).map(\.name))
    return (body + (datedBy?.nameUses ?? [])).filter { !own.contains($0.name) }
  }
}

extension DecisionTable {
  var nameUses: [NameUse] {
    var uses: [NameUse] = []
    for input in inputs { uses += input.expression.nameUses + (input.allowed?.nameUses ?? []) }
    for output in outputs { uses += (output.allowed?.nameUses ?? []) + (output.defaultValue?.nameUses ?? []) }
    for rule in rules {
      for tests in rule.inputs { uses += tests.nameUses }
      for expression in rule.outputs { uses += expression.nameUses }
    }
    return uses
  }
}

extension Scheme {
  /// Every expression about a record of the scheme.
  var expressions: [Expression] {
    [applies, review, amount, datedBy].compactMap { $0 } + conditions.map(\.test)
  }

  /// With the cap, which is about the subject of the check-up.
  var allExpressions: [Expression] { expressions + [cap].compactMap { $0 } }
}
