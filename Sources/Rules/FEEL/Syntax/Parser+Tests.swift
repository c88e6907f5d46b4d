/// Unary tests (DMN 1.5 §10.3.1.2, rules 7 and 13 to 15).
extension Parser {
  /// A whole text of unary tests: `-`, `not(…)`, or tests with commas between.
  /// - Returns: nil for `-`, which any input passes.
  mutating func parseUnaryTestsText() throws(SyntaxError) -> [Node]? {
    if at(.minus), next.kind == .end { return nil }
    var tests = try parseNegatedTests()
    if tests == nil { tests = try parseTests() }
    guard token.kind == .end else { throw unexpected() }
    return tests
  }

  /// `not(…)` around all of the text, with tests inside; nil when the text is something else.
  private mutating func parseNegatedTests() throws(SyntaxError) -> [Node]? {
    guard at(.not), next.word == .openRound, closesAtEnd(from: position + 1) else { return nil }
    let start = token.span.lowerBound
    advance(2)
    let tests = try parseTests()
    try expect(.closeRound)
    return [try make(.negatedTests(tests), from: start)]
  }

  /// Whether the bracket at `index` is closed by the last token of the text.
  private func closesAtEnd(from index: Int) -> Bool {
    var depth = 0
    for (offset, token) in tokens[index...].enumerated() where token.kind == .symbol {
      if token.word == .openRound { depth += 1 }
      if token.word == .closeRound { depth -= 1 }
      if depth == 0 { return tokens[index + offset + 1].kind == .end }
    }
    return false
  }

  mutating func parseTests() throws(SyntaxError) -> [Node] {
    var tests = [try parseExpression()]
    while take(.comma) { tests.append(try parseExpression()) }
    return tests
  }

  /// What follows `in`: one test, or tests in round brackets.
  ///
  /// A round bracket may as well begin an expression or an interval; which it is shows only at its first comma.
  mutating func parseMembershipTests() throws(SyntaxError) -> [Node] {
    bracketOfTests = position
    let operand = try parseOperand()
    bracketOfTests = nil
    guard let tests = bracketedTests else { return [operand] }
    bracketedTests = nil
    guard tests.end == position else {
      position = tests.end
      throw unexpected()
    }
    return tests.nodes
  }
}
