import DMN
import FEEL

extension Node {
  /// The node and all below it.
  var all: [Node] {
    var found: [Node] = []
    var waiting = [self]
    while let node = waiting.popLast() {
      found.append(node)
      waiting += node.children
    }
    return found
  }
}

extension PolicyDecision {
  /// Every node of every expression and test.
  var nodes: [Node] {
    var roots = datedBy.map { [$0.root] } ?? []
    switch body {
    case .expression(let expression): roots.append(expression.root)
    case .table(let table): roots += table.roots
    }
    return roots.flatMap(\.all)
  }
}

extension DecisionTable {
  fileprivate var roots: [Node] {
    var roots = inputs.map(\.expression.root)
    for tests in inputs.compactMap(\.allowed) + outputs.compactMap(\.allowed) { roots += tests.tests }
    roots += outputs.compactMap(\.defaultValue?.root)
    for rule in rules {
      roots += rule.inputs.flatMap(\.tests)
      roots += rule.outputs.map(\.root)
    }
    return roots
  }
}
