import Diagnostics

/// Arithmetic, comparison, logic and `if`.
extension TypeInference {
  mutating func type(ofNegation operand: Node, at node: Node) -> FEELType {
    let type = type(of: operand)
    guard let kind = type.kind else { return type }
    if OperatorTypes.negatable.contains(where: { $0.kind == kind }) { return type }
    report("feel.type.operand", ["operator": "-", "given": type.summary], at: node)
    return .any
  }

  /// The join of the results of all rows that the operands may fit.
  mutating func type(of operation: ArithmeticOperator, _ left: Node, _ right: Node, at node: Node) -> FEELType {
    let a = type(of: left)
    let b = type(of: right)
    var result: FEELType?
    for row in OperatorTypes.rows(of: operation) where row.fits(a, b) {
      result = result.map { relations.join($0, row.result) } ?? row.result
    }
    return result ?? mismatch(operation.rawValue, a, b, at: node)
  }

  mutating func type(of comparison: ComparisonOperator, _ left: Node, _ right: Node, at node: Node) -> FEELType {
    let a = type(of: left)
    let b = type(of: right)
    if !comparison.mayHold(a, b) { _ = mismatch(comparison.rawValue, a, b, at: node) }
    return .boolean
  }

  private mutating func mismatch(_ operation: String, _ a: FEELType, _ b: FEELType, at node: Node) -> FEELType {
    report("feel.type.operands", ["operator": operation, "left": a.summary, "right": b.summary], at: node)
    return .any
  }

  /// An operand that is no boolean counts as null; the others may decide without it.
  mutating func type(ofLogic operands: [Node], _ word: String) -> FEELType {
    let types = operands.map { type(of: $0) }
    let isHopeless = !types.contains { $0.mayBe(kind: .boolean) }
    for (operand, type) in zip(operands, types) where !type.mayBe(kind: .boolean) {
      let severity = isHopeless ? Diagnostic.Severity.error : .warning
      report("feel.type.logic", ["operator": word, "given": type.summary], as: severity, at: operand)
    }
    return .boolean
  }

  /// `x >= from and x <= to`: one of the two comparisons may decide alone.
  mutating func type(ofBetween operand: Node, _ from: Node, _ to: Node, at node: Node) -> FEELType {
    let type = type(of: operand)
    let ends = [from, to].map { (node: $0, type: self.type(of: $0)) }
    let wrong = ends.filter { !type.mayBeOrdered(with: $0.type) }
    for end in wrong {
      let severity = wrong.count == ends.count ? Diagnostic.Severity.error : .warning
      report(
        "feel.type.operands", ["operator": "between", "left": type.summary, "right": end.type.summary], as: severity,
        at: end.node)
    }
    return .boolean
  }

  /// A ladder of `else if` is walked, not nested.
  mutating func type(ofConditional node: Node) -> FEELType {
    var node = node
    var result = FEELType.null
    while case .conditional(let condition, let yes, let no) = node.kind {
      let type = type(of: condition)
      if !type.mayBe(kind: .boolean) { report("feel.type.condition", ["given": type.summary], at: condition) }
      let branch = self.type(of: yes)
      result = relations.join(result, branch)
      node = no
    }
    let last = type(of: node)
    return relations.join(result, last)
  }

  mutating func type(ofInstance operand: Node) -> FEELType {
    _ = type(of: operand)
    return .boolean
  }

  mutating func type(of interval: Interval, at node: Node) -> FEELType {
    let start = type(of: interval.start)
    let end = type(of: interval.end)
    guard start.mayBeOrdered(with: end) else { return mismatch("..", start, end, at: node) }
    return .range(relations.join(start, end))
  }

  /// `(< 5)` as a value.
  mutating func type(ofRange comparison: ComparisonOperator, _ operand: Node, at node: Node) -> FEELType {
    let type = type(of: operand)
    guard type.mayBeOrdered(with: .any), comparison != .notEqual else {
      report("feel.type.operand", ["operator": comparison.rawValue, "given": type.summary], at: node)
      return .any
    }
    return .range(type)
  }
}

extension OperatorTypes {
  /// Operands of the row are of one kind each.
  func fits(_ a: FEELType, _ b: FEELType) -> Bool {
    left.kind.map { a.mayBe(kind: $0) } ?? true && right.kind.map { b.mayBe(kind: $0) } ?? true
  }
}

extension ComparisonOperator {
  func mayHold(_ a: FEELType, _ b: FEELType) -> Bool {
    switch self {
    case .equal, .notEqual: a.mayBeEqual(to: b)
    default: a.mayBeOrdered(with: b)
    }
  }
}
