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
    guard at(.not), next.word == .openRound else { return nil }
    // Brackets cannot be counted, since those of intervals need not match: it is tried.
    let before = self, start = token.span.lowerBound
    do throws(SyntaxError) {
      advance(2)
      let tests = try parseTests()
      try expect(.closeRound)
      if token.kind == .end { return [try make(.negatedTests(tests), from: start)] }
    } catch {
      // A call has its arguments.
      if at(.closeRound) { throw error }
    }
    self = before
    return nil
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
