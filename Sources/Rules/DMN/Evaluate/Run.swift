import Diagnostics
import FEEL

/// One evaluation of a model: every decision that is needed, once.
struct Run {
  /// What is known of one element.
  private struct Outcome {
    var trace: Trace
    var warnings: [Diagnostic] = []
    /// The requirements that its expression read.
    var uses: [Int] = []
  }

  let linked: LinkedModel
  let log: EvaluationLog
  private var outcomes: [Int: Outcome] = [:]

  init(_ linked: LinkedModel, log: EvaluationLog) {
    self.linked = linked
    self.log = log
  }

  func value(of index: Int) -> Binding { outcomes[index]?.trace.binding ?? Binding(.null()) }

  // MARK: - Given values

  mutating func give(_ inputs: [ElementName: Value], with invocation: inout Invocation) {
    for (name, value) in inputs {
      guard let index = linked.index(of: name) else {
        log.warn("dmn.input.unknown", ["name": name.name], at: linked.model.place)
        continue
      }
      give(Binding(value), to: index, with: &invocation)
    }
  }

  /// The value as the element's type asks for it.
  mutating func give(_ binding: Binding, to index: Int, with invocation: inout Invocation) {
    let element = linked.nodes[index].element
    let (value, warnings) = heeding(&invocation) { invocation in
      evaluator(of: index).admit(binding.value, as: element.variable, with: &invocation)
    }
    let trace = Trace(.input(element.name), Binding(value, absences: binding.absences), at: element.place)
    outcomes[index] = Outcome(trace: trace, warnings: warnings)
  }

  /// Null to those that have no value yet.
  mutating func giveNull(to parameters: [Int]) {
    for index in parameters where outcomes[index] == nil {
      let element = linked.nodes[index].element
      outcomes[index] = Outcome(trace: Trace(.input(element.name), Binding(.null()), at: element.place))
    }
  }

  // MARK: - Decisions

  /// Evaluates the decisions and all they require, requirements first: the depth of the graph costs no stack.
  mutating func evaluate(_ targets: [Int], with invocation: inout Invocation) {
    for index in needed(for: targets) {
      outcomes[index] = linked.cycles[index].map { inCycle(index, $0) } ?? decide(index, with: &invocation)
    }
  }

  private func needed(for targets: [Int]) -> [Int] {
    var found: Set<Int> = []
    var rest = targets
    while let index = rest.popLast() {
      guard outcomes[index] == nil, linked.nodes[index].element.isDecision, found.insert(index).inserted else {
        continue
      }
      rest += linked.nodes[index].needs.lazy.filter { $0.kind == .information }.map(\.target)
    }
    return found.sorted { linked.rank[$0] < linked.rank[$1] }
  }

  private func inCycle(_ index: Int, _ names: [String]) -> Outcome {
    let element = linked.nodes[index].element
    let cycle = (names + names.prefix(1)).joined(separator: " → ")
    let warning = Diagnostic("dmn.cycle", .warning, at: element.place, ["cycle": cycle])
    let trace = Trace(.decision(element.name), Binding(.null()), at: element.place)
    return Outcome(trace: trace, warnings: [warning])
  }

  private func decide(_ index: Int, with invocation: inout Invocation) -> Outcome {
    guard case .decision(let decision) = linked.nodes[index].element else {
      return Outcome(trace: Trace(.input(linked.nodes[index].element.name), Binding(.null())))
    }
    let reads = Reads()
    let scope = RequirementScope(names: linked.names(for: index, log) { value(of: $0) }, reads: reads)
    var children: [Trace] = []
    let (result, warnings) = heeding(&invocation) { invocation in
      guard let expression = decision.expression else {
        log.warn("dmn.decision.empty", ["name": decision.variable.name], at: decision.place)
        return Binding(.null())
      }
      let evaluator = evaluator(of: index)
      let trace = evaluator.evaluate(expression, in: scope, with: &invocation)
      children.append(trace)
      return invocation.alone { invocation in
        evaluator.admit(invocation.use(trace.binding), as: decision.variable, with: &invocation)
      }
    }
    let uses = linked.nodes[index].needs.filter { reads.names.contains($0.importName ?? $0.name) }
    let trace = Trace(.decision(decision.variable.name), result, at: decision.place, children: children)
    return Outcome(trace: trace, warnings: warnings, uses: uses.filter { $0.kind == .information }.map(\.target))
  }

  private func evaluator(of index: Int) -> BoxedEvaluator {
    BoxedEvaluator(types: linked.types(of: index), place: linked.nodes[index].element.place, log: log)
  }

  /// The result of `body`, with the warnings it caused.
  private func heeding<T>(_ invocation: inout Invocation, _ body: (inout Invocation) -> T) -> (T, [Diagnostic]) {
    let before = (invocation.warnings.count, log.warnings.count)
    let result = body(&invocation)
    return (result, Array(invocation.warnings.dropFirst(before.0)) + log.warnings.dropFirst(before.1))
  }

  // MARK: - Services

  /// The output decisions of a service, from the values given so far.
  mutating func service(_ index: Int, with invocation: inout Invocation) -> Trace {
    let node = linked.nodes[index]
    let outputs = node.service?.outputs ?? []
    evaluate(outputs, with: &invocation)
    let outcome = invocation.alone { invocation in
      let values = outputs.map { (linked.nodes[$0].element.name, invocation.use(value(of: $0))) }
      let whole = values.count == 1 ? values[0].1 : .context(Context(values))
      return evaluator(of: index).admitResult(whole, of: node.element.variable, with: &invocation)
    }
    return Trace(
      .service(node.element.name), outcome, at: node.element.place, children: outputs.map { result(of: $0).trace })
  }

  // MARK: - Results

  /// Longest chain of decisions that a trace shows one inside the other.
  private static let maximumNesting = 60

  func result(of target: Int) -> TracedEvaluation {
    var seen: Set<Int> = []
    let tree = trace(of: target, seen: &seen, depth: 0)
    return TracedEvaluation(tree, warnings: warnings(of: target))
  }

  /// The warnings of the decision and of all that it made use of, those of the requirements first.
  private func warnings(of target: Int) -> [Diagnostic] {
    var found: Set<Int> = []
    var rest = [target]
    while let index = rest.popLast() {
      if found.insert(index).inserted { rest += outcomes[index]?.uses ?? [] }
    }
    return found.sorted { (linked.rank[$0], $0) < (linked.rank[$1], $1) }.flatMap { outcomes[$0]?.warnings ?? [] }
  }

  /// The tree of the decision; what was shown before is only named.
  private func trace(of index: Int, seen: inout Set<Int>, depth: Int) -> Trace {
    let element = linked.nodes[index].element
    guard var trace = outcomes[index]?.trace else {
      return Trace(.input(element.name), Binding(.null()), at: element.place)
    }
    guard seen.insert(index).inserted, depth < Self.maximumNesting else {
      return Trace(.seen(element.name), trace.binding, at: element.place)
    }
    for use in outcomes[index]?.uses ?? [] { trace.children.append(self.trace(of: use, seen: &seen, depth: depth + 1)) }
    return trace
  }
}
