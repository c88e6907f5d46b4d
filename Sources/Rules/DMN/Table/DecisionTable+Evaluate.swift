import Diagnostics
public import FEEL

extension DecisionTable {
  /// Evaluates the table with the names that `scope` answers for (DMN 1.5 §8.2, §10.3.2.10).
  public func evaluate(in scope: some Scope, options: EvaluationOptions = .init()) -> TableEvaluation {
    var invocation = Invocation(options: options)
    return evaluate(in: scope, with: &invocation)
  }

  /// Evaluates with a state that other evaluations share: the moment and the budget.
  /// - Returns: all that the table found. The warnings of its cells stand in `invocation` as well.
  public func evaluate(in scope: some Scope, with invocation: inout Invocation) -> TableEvaluation {
    let log = EvaluationLog()
    let earlier = invocation.warnings.count
    let (result, trace) = evaluate(in: scope, with: &invocation, log) { value, _, _ in value }
    return TableEvaluation(
      value: result.value, absences: result.absences,
      warnings: Array(invocation.warnings.dropFirst(earlier)) + log.warnings, trace: trace)
  }

  /// What becomes of a value in an output column: itself, or as the column's type asks for it.
  typealias Admission = (Value, Output, inout Invocation) -> Value

  func evaluate(
    in scope: some Scope, with invocation: inout Invocation, _ log: EvaluationLog, admit: Admission
  ) -> (Binding, TableTrace) {
    var trace = TableTrace(inputs: inputs.map { $0.expression.evaluate(in: scope, with: &invocation) })
    let result = invocation.alone { invocation in
      guard areAllowed(trace.inputs, in: scope, with: &invocation, log) else { return .null() }
      trace.rules = match(trace.inputs, in: scope, with: &invocation)
      return choose(in: scope, with: &invocation, log, &trace, admit)
    }
    return (result, trace)
  }

  /// Every input value satisfies the column's allowed values; null is no value and is left to the rules.
  private func areAllowed(
    _ values: [Binding], in scope: some Scope, with invocation: inout Invocation, _ log: EvaluationLog
  ) -> Bool {
    for (input, binding) in zip(inputs, values) where !binding.value.isNull {
      guard let allowed = input.allowed else { continue }
      if allowed.acceptsItems(of: binding.value, in: scope, with: &invocation) { continue }
      invocation.absences.formUnion(binding.absences)
      let name = input.label ?? input.expression.source
      log.warn(
        "dmn.table.inputNotAllowed",
        ["input": name, "value": binding.value.summary, "allowed": allowed.source], at: input.expression.place)
      return false
    }
    return true
  }
}
