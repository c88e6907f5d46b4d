import FEEL

extension DecisionTable {
  /// What each rule makes of the input values. A table that asks for the first match stops at a certain one.
  func match(_ values: [Binding], in scope: some Scope, with invocation: inout Invocation) -> [RuleTrace] {
    var isDecided = false
    return rules.map { rule in
      guard !isDecided else { return RuleTrace(.notReached, isMatch: false) }
      let trace = match(rule, values, in: scope, with: &invocation)
      isDecided = hitPolicy == .first && trace.outcome == .matched
      return trace
    }
  }

  /// One decided "no" fails a rule, whatever else is missing; a missing fact leaves it undecided only without one.
  private func match(
    _ rule: Rule, _ values: [Binding], in scope: some Scope, with invocation: inout Invocation
  ) -> RuleTrace {
    var isMatch = true
    var undecided: [Int] = []
    var absences: Set<Absence> = []
    for (index, (test, value)) in zip(rule.inputs, values).enumerated() where !test.isAny {
      let answer = test.evaluate(input: value, in: scope, with: &invocation)
      let passes = answer.value.isTrue
      if answer.absences.isEmpty {
        if !passes { return RuleTrace(.failed(input: index), isMatch: false) }
      } else {
        undecided.append(index)
        absences.formUnion(answer.absences)
        isMatch = isMatch && passes
      }
    }
    if undecided.isEmpty { return RuleTrace(.matched, isMatch: true) }
    return RuleTrace(.undecided(inputs: undecided), isMatch: isMatch, absences: absences)
  }
}
