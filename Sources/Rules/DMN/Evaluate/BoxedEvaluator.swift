public import Diagnostics
public import FEEL

/// Evaluates boxed expressions: the types that names stand for, the running state, and the trace of calls.
struct BoxedEvaluator {
  let types: ItemTypes
  /// What is evaluated: where warnings stand that have no nearer place.
  var place: SourcePlace
  let log: EvaluationLog

  /// The value of `expression` with what it depends on; `invocation` keeps the warnings and the work done.
  func evaluate(_ expression: BoxedExpression, in scope: any Scope, with invocation: inout Invocation) -> Trace {
    let hasRoom = invocation.isOnLargeStack
    guard log.enter(within: hasRoom ? EvaluationLog.maximumDepth : EvaluationLog.smallDepth) else {
      return hasRoom ? tooDeep() : evaluateDeep(expression, in: scope, with: &invocation)
    }
    defer { log.leave() }
    var trace = evaluateInner(expression, in: scope, with: &invocation)
    if hasRoom, log.depth > EvaluationLog.smallDepth { trace.children = [] }
    return trace
  }

  /// Beyond the depth that a small stack bears.
  private func evaluateDeep(
    _ expression: BoxedExpression, in scope: any Scope, with invocation: inout Invocation
  ) -> Trace {
    var job = (evaluator: self, expression: expression, scope: scope, trace: tooDeepTrace)
    invocation.onLargeStack(&job) { job, invocation in
      job.trace = job.evaluator.evaluate(job.expression, in: job.scope, with: &invocation)
    }
    return job.trace
  }

  private var tooDeepTrace: Trace { Trace(.boxed("expression"), Binding(.null())) }

  private func tooDeep() -> Trace {
    log.warn("dmn.boxed.tooDeep", ["limit": String(EvaluationLog.maximumDepth)], at: place)
    return tooDeepTrace
  }

  private func evaluateInner(
    _ expression: BoxedExpression, in scope: any Scope, with invocation: inout Invocation
  ) -> Trace {
    switch expression {
    case .literal(let literal): evaluate(literal, in: scope, with: &invocation)
    case .table(let table): evaluate(table, in: scope, with: &invocation)
    case .context(let context): evaluate(context, in: scope, with: &invocation)
    case .relation(let relation): evaluate(relation, in: scope, with: &invocation)
    case .list(let items): evaluate(items, in: scope, with: &invocation)
    case .invocation(let call): evaluate(call, in: scope, with: &invocation)
    case .function(let function): Trace(.boxed("function"), Binding(.function(value(of: function, in: scope))))
    case .conditional(let conditional): evaluate(conditional, in: scope, with: &invocation)
    case .filter(let filter): evaluate(filter, in: scope, with: &invocation)
    case .iteration(let iteration): evaluate(iteration, in: scope, with: &invocation)
    case .invalid(let diagnostics): invalid(diagnostics)
    }
  }

  /// A trace of `step` whose value `body` makes out of the traces it adds.
  func traced(
    _ step: Trace.Step, at place: SourcePlace? = nil, with invocation: inout Invocation,
    _ body: (inout [Trace], inout Invocation) -> Value
  ) -> Trace {
    let outer = begin(&invocation)
    var children: [Trace] = []
    let value = body(&children, &invocation)
    return end(outer, step, value, at: place, children, &invocation)
  }

  /// What was noted before a traced step began.
  private struct Outer {
    var absences: Set<Absence>
    var calls: [Trace]
  }

  private func begin(_ invocation: inout Invocation) -> Outer {
    let outer = Outer(absences: invocation.absences, calls: log.exchange())
    invocation.absences = []
    return outer
  }

  private func end(
    _ outer: Outer, _ step: Trace.Step, _ value: Value, at place: SourcePlace?, _ children: [Trace],
    _ invocation: inout Invocation
  ) -> Trace {
    let result = Binding(value, absences: invocation.absences)
    invocation.absences = outer.absences
    return Trace(step, result, at: place, children: children + log.exchange(calls: outer.calls))
  }

  /// The value as its place asks for it: itself, or after an implicit conversion; null with a warning when its type or
  /// the allowed values forbid it.
  func admit(_ value: Value, as item: InformationItem, with invocation: inout Invocation) -> Value {
    guard let type = item.type else { return value }
    let code: String
    switch types.admission(of: value, as: type, with: &invocation) {
    case .admitted(let fit): return fit
    case .mismatch: code = "dmn.type.mismatch"
    case .notAllowed: code = "dmn.type.notAllowed"
    }
    log.warn(code, ["name": item.name, "type": type.name, "value": value.summary], at: place)
    return .null()
  }

  private func evaluate(_ literal: Expression, in scope: any Scope, with invocation: inout Invocation) -> Trace {
    let outer = log.exchange()
    let result = literal.evaluate(in: scope, with: &invocation)
    return Trace(.literal(literal.source), result, at: literal.place, children: log.exchange(calls: outer))
  }

  private func evaluate(_ table: DecisionTable, in scope: any Scope, with invocation: inout Invocation) -> Trace {
    let outer = log.exchange()
    let table = table.prioritised(by: types)
    let (result, rules) = table.evaluate(in: scope, with: &invocation, log) { value, output, invocation in
      let name = output.name ?? output.label ?? table.outputLabel ?? ""
      return admit(value, as: InformationItem(name, type: output.type), with: &invocation)
    }
    return Trace(.table(rules), result, at: table.place, children: log.exchange(calls: outer))
  }

  private func invalid(_ diagnostics: [Diagnostic]) -> Trace {
    for diagnostic in diagnostics { log.append(diagnostic) }
    return Trace(.boxed("literalExpression"), Binding(.null()), at: diagnostics.first?.place)
  }
}

extension BoxedExpression {
  /// Evaluates with the names that `scope` answers for; no model is needed.
  /// - Parameters:
  ///   - types: what the type names in the expression stand for besides those of FEEL.
  ///   - place: where the expression stands, for warnings that have no nearer place.
  public func evaluate(
    in scope: some Scope, types: ItemTypes = .init(), options: EvaluationOptions = .init(),
    at place: SourcePlace = SourcePlace(file: "dmn")
  ) -> TracedEvaluation {
    var invocation = Invocation(options: options)
    let log = EvaluationLog()
    let trace = BoxedEvaluator(types: types, place: place, log: log).evaluate(self, in: scope, with: &invocation)
    return TracedEvaluation(trace, warnings: invocation.warnings + log.warnings)
  }
}
