/// Unary tests and `in` (DMN 1.5 §10.3.2.15 Table 55, §10.3.1.2 rules 7 and 13 to 15).
extension Invocation {
  mutating func membership(_ operand: Node, _ tests: [Node]) -> Value {
    let input = apart { $0.evaluate(operand) }
    return Value(truth: passes(input, any: tests))
  }

  /// Whether one of the tests holds. The absences of the input count for each test, except for the test `null`.
  mutating func passes(_ input: Binding, any tests: [Node]) -> Bool? {
    var kleene = Kleene(decisive: true)
    for test in tests {
      let result = apart { Value(truth: $0.passes(input, test)) }
      if kleene.add(result.value.truth, result.absences) { break }
    }
    return finish(kleene).truth
  }

  private mutating func passes(_ input: Binding, _ test: Node) -> Bool? {
    switch test.kind {
    case .literal(.null): return input.value.isNull
    case .negatedTests(let tests): return passes(input, any: tests).map { !$0 }
    case .test(let comparison, let operand):
      if operand.isNull, comparison == .equal || comparison == .notEqual {
        return input.value.isNull == (comparison == .equal)
      }
      note(input)
      return holds(comparison, input.value, evaluate(operand))
    default: return passes(input, expression: test)
    }
  }

  /// A test that is an expression: one that speaks of `?` is its own answer; of another the input is asked.
  private mutating func passes(_ input: Binding, expression test: Node) -> Bool? {
    let value = evaluate(test)
    if test.mentionsInput, let truth = value.truth { return truth }
    if case .boolean(let truth) = value, !test.isLiteral {
      if case .boolean = input.value {} else { return truth }
    }
    note(input)
    return matches(input.value, value)
  }

  /// Whether the input equals the value, lies in the range, or is matched by an element of the list.
  mutating func matches(_ input: Value, _ value: Value) -> Bool? {
    switch value {
    case .range(let range):
      if case .range = input { return input.isEqual(to: value) }
      return range.contains(input)
    case .list(let items):
      guard spend(items.count) else { return nil }
      if case .list = input, input.isEqual(to: value) == true { return true }
      if items.contains(where: { $0.isMatched(by: input) }) { return true }
      noteElements(of: value)
      return false
    default: return input.isEqual(to: value)
    }
  }
}

extension Value {
  fileprivate func isMatched(by input: Value) -> Bool {
    if case .range(let range) = self, range.contains(input) == true { return true }
    return input.isEqual(to: self) == true
  }
}

extension Node {
  var isLiteral: Bool {
    if case .literal = kind { true } else { false }
  }
}
