import FEEL

/// Conditionals, filters and iterations.
extension BoxedEvaluator {
  /// A null condition takes the second branch; one of another kind than boolean has no answer.
  func evaluate(_ conditional: BoxedConditional, in scope: any Scope, with invocation: inout Invocation) -> Trace {
    traced(.boxed("conditional"), at: conditional.place, with: &invocation) { children, invocation in
      let condition = evaluate(conditional.condition, in: scope, with: &invocation)
      children.append(condition)
      let chosen: BoxedExpression
      switch invocation.read(condition.binding) {
      case .boolean(true): chosen = conditional.then
      case .boolean(false), .null: chosen = conditional.otherwise
      case let other:
        log.warn("dmn.conditional.notBoolean", ["given": other.typeName], at: conditional.place)
        return .null()
      }
      let branch = evaluate(chosen, in: scope, with: &invocation)
      children.append(branch)
      return invocation.use(branch.binding)
    }
  }

  /// The items that `match` holds for, or the item at the place that `match` gives.
  func evaluate(_ filter: BoxedFilter, in scope: any Scope, with invocation: inout Invocation) -> Trace {
    traced(.boxed("filter"), at: filter.place, with: &invocation) { children, invocation in
      let list = evaluate(filter.list, in: scope, with: &invocation)
      children.append(list)
      let items: [Value]
      switch invocation.read(list.binding) {
      case .null: return .null()
      case .list(let elements): items = elements
      case let value: items = [value]
      }
      var kept: [Value] = []
      for (position, item) in items.enumerated() {
        guard invocation.spend(1) else { return .null() }
        let match = evaluate(filter.match, in: Layer(names(of: item), over: scope), with: &invocation)
        append(match, item, to: &children)
        switch invocation.read(match.binding) {
        case .boolean(true): kept.append(item)
        case .boolean(false), .null: break
        case .number(let place) where position == 0: return self.item(at: place, of: items)
        case let other:
          log.warn("dmn.filter.notBoolean", ["given": other.typeName], at: filter.place)
          return .null()
        }
      }
      return .list(kept)
    }
  }

  /// What a filter's condition may read of an item: `item`, and the entries of a context.
  private func names(of item: Value) -> [String: Binding] {
    var names: [String: Binding] = [:]
    if case .context(let context) = item {
      for (name, value) in context.entries { names[name] = Binding(value) }
    }
    if names["item"] == nil { names["item"] = Binding(item) }
    return names
  }

  /// Counted from 1, or from the end when negative.
  private func item(at place: Decimal128, of items: [Value]) -> Value {
    guard let place = place.integer, place != 0, place.magnitude <= items.count else { return .null() }
    return place > 0 ? items[place - 1] : items[items.count + place]
  }

  func evaluate(_ iteration: BoxedIteration, in scope: any Scope, with invocation: inout Invocation) -> Trace {
    traced(.boxed(iteration.kind.rawValue), at: iteration.place, with: &invocation) { children, invocation in
      let list = evaluate(iteration.list, in: scope, with: &invocation)
      children.append(list)
      guard let items = self.items(of: list, with: &invocation) else { return .null() }
      return iteration.kind == .for
        ? results(of: iteration, over: items, in: scope, with: &invocation, &children)
        : quantified(iteration, over: items, in: scope, with: &invocation, &children)
    }
  }

  private func results(
    of iteration: BoxedIteration, over items: [Value], in scope: any Scope, with invocation: inout Invocation,
    _ children: inout [Trace]
  ) -> Value {
    var results: [Value] = []
    for item in items {
      guard invocation.spend(1) else { return .null() }
      let value = admit(item, as: iteration.variable, with: &invocation)
      var layer = Layer(["partial": Binding(.list(results))], over: scope)
      layer.names[iteration.variable.name] = Binding(value)
      let trace = evaluate(iteration.body, in: layer, with: &invocation)
      append(trace, item, to: &children)
      results.append(invocation.use(trace.binding))
    }
    return .list(results)
  }

  /// Kleene's `or` and `and` over the items: one that decides makes the others, and what they lack, of no account.
  private func quantified(
    _ iteration: BoxedIteration, over items: [Value], in scope: any Scope, with invocation: inout Invocation,
    _ children: inout [Trace]
  ) -> Value {
    let decider = iteration.kind == .some
    var open: Set<Absence> = []
    var isDecided = false
    var isKnown = true
    for item in items {
      guard invocation.spend(1) else { return .null() }
      let value = admit(item, as: iteration.variable, with: &invocation)
      let layer = Layer([iteration.variable.name: Binding(value)], over: scope)
      let trace = evaluate(iteration.body, in: layer, with: &invocation)
      append(trace, item, to: &children)
      let answer = invocation.alone { $0.read(trace.binding) }
      if case .boolean(let holds) = answer.value {
        if holds == decider && answer.absences.isEmpty { return .boolean(decider) }
        isDecided = isDecided || holds == decider
      } else {
        isKnown = false
      }
      open.formUnion(answer.absences)
    }
    invocation.absences.formUnion(open)
    if isDecided { return .boolean(decider) }
    return isKnown ? .boolean(!decider) : .null()
  }

  /// What an iteration goes over, as FEEL's `for` does: the items of a list, the whole numbers or days of a range, or
  /// the value as a list of one; nil for null and other ranges.
  private func items(of trace: Trace, with invocation: inout Invocation) -> [Value]? {
    guard let domain = IterationDomain(invocation.read(trace.binding)), domain.count < Int.max,
      invocation.spend(domain.count + 1)
    else { return nil }
    return (0..<domain.count).map { domain[$0] }
  }

  /// Keeps the trace of the first items only, so that the trace of a long list stays short.
  private func append(_ trace: Trace, _ item: Value, to children: inout [Trace]) {
    guard children.count <= EvaluationLog.maximumCalls else { return }
    children.append(
      Trace(.entry(String(children.count)), trace.binding, children: [Trace(.input("item"), Binding(item)), trace]))
  }
}
