import DMN
import FEEL

extension TraceNode {
  /// A node that carries only the rules of a table; the decision's node takes them over.
  static func rules(_ table: DecisionTable, _ trace: TableTrace, _ detail: TraceDetail) -> TraceNode {
    TraceNode(
      kind: .decision, name: "", subject: nil, value: "", isOpen: false, unit: nil, citation: nil, place: table.place,
      origin: nil, rules: table.ruleTraces(trace, detail), children: [])
  }
}

extension DecisionTable {
  fileprivate func ruleTraces(_ trace: TableTrace, _ detail: TraceDetail) -> [RuleTrace] {
    zip(rules, trace.rules).enumerated().map { index, pair in
      let (rule, result) = pair
      var shown = RuleTrace(
        label: rule.label ?? String(index + 1), state: .failed, failedInput: nil, failedTest: nil, failedValue: nil,
        annotations: rule.annotations.filter { !$0.isEmpty }, place: rule.place)
      guard detail == .full else {
        if result.outcome == .matched { shown.state = .fired }
        return shown
      }
      switch result.outcome {
      case .matched: shown.state = .fired
      case .failed(let input): explain(&shown, rule, input, trace)
      case .undecided(let inputs):
        shown.state = .open
        if let input = inputs.first { explain(&shown, rule, input, trace) }
      case .notReached: shown.state = .failed
      }
      return shown
    }
  }

  private func explain(_ shown: inout RuleTrace, _ rule: Rule, _ input: Int, _ trace: TableTrace) {
    shown.failedInput = inputs[input].label ?? inputs[input].expression.source
    shown.failedTest = rule.inputs[input].source
    shown.failedValue = ValueType(.number).text(of: trace.inputs[input].value)
  }
}
