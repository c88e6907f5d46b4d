import FEEL

/// The outputs of a rule that matches.
private struct Hit {
  var rule: Int
  var values: [Value]
  /// For each output, the place of the value among the allowed ones.
  var rank: [Int]
}

extension DecisionTable {
  /// The result that the hit policy makes of the rules that match (DMN 1.5 §8.2.10, §8.2.11).
  func choose(
    in scope: some Scope, with invocation: inout Invocation, _ log: EvaluationLog, _ trace: inout TableTrace,
    _ admit: Admission
  ) -> Value {
    let matching = trace.rules.indices.filter { trace.rules[$0].isMatch }
    var hits: [Hit] = []
    for index in hitPolicy == .first ? Array(matching.prefix(1)) : matching {
      hits.append(hit(index, in: scope, with: &invocation, log, admit))
    }
    if hitPolicy == .priority || hitPolicy == .outputOrder { hits = sorted(hits) }
    noteUndecided(trace, hits, with: &invocation)
    trace.chosen = (hitPolicy == .priority ? Array(hits.prefix(1)) : hits).map(\.rule)
    guard !hits.isEmpty else { return unmatched(in: scope, with: &invocation, log, &trace, admit) }
    return result(of: hits, with: &invocation, log)
  }

  /// Rules that a missing fact leaves open mark the result, unless a certain hit decides without them.
  private func noteUndecided(_ trace: TableTrace, _ hits: [Hit], with invocation: inout Invocation) {
    if hitPolicy == .priority, let best = hits.first, isUnbeatable(best, trace) { return }
    for rule in trace.rules { invocation.absences.formUnion(rule.absences) }
  }

  /// A certain hit of the highest priority with no open rule before it.
  private func isUnbeatable(_ hit: Hit, _ trace: TableTrace) -> Bool {
    hit.rank.allSatisfy { $0 == 0 } && trace.rules[...hit.rule].allSatisfy { $0.absences.isEmpty }
  }

  private func result(of hits: [Hit], with invocation: inout Invocation, _ log: EvaluationLog) -> Value {
    switch hitPolicy {
    case .unique:
      guard hits.count == 1 else { return conflict("dmn.table.severalMatches", hits, log) }
    case .any:
      guard hits.dropFirst().allSatisfy({ agrees($0, hits[0]) }) else {
        return conflict("dmn.table.differentOutputs", hits, log)
      }
    case .first, .priority: break
    case .ruleOrder, .outputOrder, .collect: return collected(hits, with: &invocation, log)
    }
    return output(hits[0].values)
  }

  private func agrees(_ a: Hit, _ b: Hit) -> Bool {
    zip(a.values, b.values).allSatisfy { $0.isEqual(to: $1) ?? false }
  }

  private func conflict(_ code: String, _ hits: [Hit], _ log: EvaluationLog) -> Value {
    log.warn(code, ["rules": hits.map { String($0.rule + 1) }.joined(separator: ", ")], at: place)
    return .null()
  }

  // MARK: - Several hits

  private func collected(_ hits: [Hit], with invocation: inout Invocation, _ log: EvaluationLog) -> Value {
    let list = Value.list(hits.map { output($0.values) })
    guard hitPolicy == .collect, let aggregation else { return list }
    guard outputs.count == 1 else {
      log.warn("dmn.table.aggregationOfSeveral", ["aggregation": aggregation.rawValue], at: place)
      return .null()
    }
    return Builtins.named(aggregation.function)?.call([list], in: &invocation) ?? .null()
  }

  /// Highest priority first, output by output from the left; equals keep the order of the rules.
  private func sorted(_ hits: [Hit]) -> [Hit] {
    hits.sorted { a, b in
      a.rank == b.rank ? a.rule < b.rule : a.rank.lexicographicallyPrecedes(b.rank)
    }
  }

  // MARK: - Outputs

  private func hit(
    _ index: Int, in scope: some Scope, with invocation: inout Invocation, _ log: EvaluationLog, _ admit: Admission
  ) -> Hit {
    let cells = rules[index].outputs
    var hit = Hit(rule: index, values: [], rank: [])
    for (column, output) in outputs.enumerated() {
      let cell = column < cells.count ? cells[column].value(in: scope, with: &invocation) : .null()
      let value = admit(cell, output, &invocation)
      let (accepted, rank) = check(value, output, in: scope, with: &invocation, log)
      hit.values.append(accepted)
      hit.rank.append(rank)
    }
    return hit
  }

  /// A value outside the allowed ones becomes null; null ranks last.
  private func check(
    _ value: Value, _ output: Output, in scope: some Scope, with invocation: inout Invocation, _ log: EvaluationLog
  ) -> (Value, rank: Int) {
    guard let allowed = output.allowed, !allowed.isAny else { return (value, 0) }
    if value.isNull { return (value, Int.max) }
    for (rank, test) in output.priorities.enumerated() where test.accepts(value, in: scope, with: &invocation) {
      return (value, rank)
    }
    if allowed.accepts(value, in: scope, with: &invocation) { return (value, output.priorities.count) }
    log.warn(
      "dmn.table.outputNotAllowed",
      ["output": output.name ?? output.label ?? outputLabel ?? "", "value": value.summary, "allowed": allowed.source],
      at: place)
    return (.null(), Int.max)
  }

  /// The value of a single output, or a context of all.
  private func output(_ values: [Value]) -> Value {
    if outputs.count == 1, let value = values.first { return value }
    return .context(Context(zip(outputs, values).map { ($0.name ?? $0.label ?? "", $1) }))
  }

  /// The default outputs; without any, zero for a count and null for the rest.
  private func unmatched(
    in scope: some Scope, with invocation: inout Invocation, _ log: EvaluationLog, _ trace: inout TableTrace,
    _ admit: Admission
  ) -> Value {
    guard outputs.contains(where: { $0.defaultValue != nil }) else {
      return hitPolicy == .collect && aggregation == .count && outputs.count == 1 ? .number(.zero) : .null()
    }
    trace.usesDefault = true
    var values: [Value] = []
    for output in outputs {
      let cell = output.defaultValue.map { $0.value(in: scope, with: &invocation) } ?? .null()
      let value = admit(cell, output, &invocation)
      values.append(check(value, output, in: scope, with: &invocation, log).0)
    }
    return output(values)
  }
}

extension DecisionTable {
  /// The table with the allowed values of its outputs' types where it orders by them and names none itself
  /// (DMN 1.5 §8.2.10).
  func prioritised(by types: ItemTypes) -> DecisionTable {
    guard hitPolicy == .priority || hitPolicy == .outputOrder else { return self }
    var table = self
    for (column, output) in outputs.enumerated() where output.allowed == nil {
      table.outputs[column].allowed = output.type.flatMap { types.allowedValues(of: $0) }
    }
    return table
  }
}
