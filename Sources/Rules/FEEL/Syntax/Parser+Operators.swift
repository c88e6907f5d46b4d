import Diagnostics

/// Whole texts, and operators from the loosest to the tightest (DMN 1.5 §10.3.1.2, rules 1 to 4 and 49 to 51).
extension Parser {
  mutating func parseExpressionText() throws(Diagnostic) -> Node {
    let node = try parseExpression()
    guard token.kind == .end else { throw unexpected() }
    return node
  }

  mutating func parseExpression() throws(Diagnostic) -> Node {
    try nested { parser throws(Diagnostic) in
      let outer = parser.isInIntervalEnd
      parser.isInIntervalEnd = false
      defer { parser.isInIntervalEnd = outer }
      return try parser.parseDisjunction()
    }
  }

  /// The second end of an interval: as an expression, but a `[` that closes the interval is left alone.
  mutating func parseIntervalEnd() throws(Diagnostic) -> Node {
    try nested { parser throws(Diagnostic) in
      let outer = parser.isInIntervalEnd
      parser.isInIntervalEnd = true
      defer { parser.isInIntervalEnd = outer }
      return try parser.parseDisjunction()
    }
  }

  private mutating func parseDisjunction() throws(Diagnostic) -> Node {
    let start = token.span.lowerBound
    let first = try parseConjunction()
    guard at(word: "or") else { return first }
    var operands = [first]
    while take(word: "or") { operands.append(try parseConjunction()) }
    return try make(.disjunction(operands), from: start)
  }

  private mutating func parseConjunction() throws(Diagnostic) -> Node {
    let start = token.span.lowerBound
    let first = try parseComparison()
    guard at(word: "and") else { return first }
    var operands = [first]
    while take(word: "and") { operands.append(try parseComparison()) }
    return try make(.conjunction(operands), from: start)
  }

  private mutating func parseComparison() throws(Diagnostic) -> Node {
    let start = token.span.lowerBound
    var left = try parseArithmetic(minimum: 0)
    while true {
      if let comparison = takeComparison() {
        left = try make(.comparison(comparison, left, try parseArithmetic(minimum: 0)), from: start)
      } else if take(word: "between") {
        let from = try parseArithmetic(minimum: 0)
        try expect(word: "and")
        left = try make(.between(left, from: from, to: try parseArithmetic(minimum: 0)), from: start)
      } else if take(word: "in") {
        left = try make(.membership(left, try parseMembershipTests()), from: start)
      } else {
        return left
      }
    }
  }

  mutating func takeComparison() -> ComparisonOperator? {
    guard token.kind == .symbol, let comparison = ComparisonOperator(rawValue: token.text) else { return nil }
    advance()
    return comparison
  }

  /// An operand of a comparison.
  mutating func parseOperand() throws(Diagnostic) -> Node {
    try nested { parser throws(Diagnostic) in try parser.parseArithmetic(minimum: 0) }
  }

  private static let arithmetic: [String: (level: Int, operation: ArithmeticOperator)] = [
    "+": (0, .add), "-": (0, .subtract), "*": (1, .multiply), "/": (1, .divide), "**": (2, .power),
  ]

  /// All arithmetic operators associate to the left, `**` too.
  private mutating func parseArithmetic(minimum: Int) throws(Diagnostic) -> Node {
    let start = token.span.lowerBound
    var left = try parseUnary()
    while token.kind == .symbol, let (level, operation) = Self.arithmetic[token.text], level >= minimum {
      advance()
      left = try make(.arithmetic(operation, left, try parseArithmetic(minimum: level + 1)), from: start)
    }
    return left
  }

  /// `-x` binds tighter than `**`: -2 ** 2 is 4.
  private mutating func parseUnary() throws(Diagnostic) -> Node {
    let start = token.span.lowerBound
    guard take("-") else { return try parseInstance() }
    return try nested { parser throws(Diagnostic) in
      try parser.make(.negation(try parser.parseUnary()), from: start)
    }
  }

  private mutating func parseInstance() throws(Diagnostic) -> Node {
    let start = token.span.lowerBound
    var node = try parsePostfix()
    while at(word: "instance"), next.isWord("of") {
      advance(2)
      node = try make(.instance(node, of: try parseType()), from: start)
    }
    return node
  }
}
