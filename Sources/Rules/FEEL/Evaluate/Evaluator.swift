/// Evaluation by walking the tree: each kind of node in a function of its own, so that the stack stays small.
extension Invocation {
  mutating func evaluate(_ node: Node) -> Value {
    switch node.kind {
    case .literal(let value): return value
    case .name(let name): return read(name, at: node)
    default: break
    }
    guard spend(1) else { return .null() }
    guard depth < depthLimit else { return evaluateDeep(node) }
    depth += 1
    let value = evaluateInner(node)
    depth -= 1
    return value
  }

  /// A whole text: one that nests deep goes on a large stack at once, not anew for each item of its loops.
  mutating func evaluateText(_ node: Node) -> Value {
    let fits = Int(node.height) < depthLimit - depth || depthLimit >= options.maximumDepth
    return fits ? evaluate(node) : evaluateDeep(node)
  }

  /// Beyond the depth that a small stack bears: on a large one, until that has its fill too.
  private mutating func evaluateDeep(_ node: Node) -> Value {
    guard depthLimit < options.maximumDepth else { return tooDeep(at: node) }
    var job = (node: node, value: Value.null())
    onLargeStack(&job) { job, invocation in job.value = invocation.evaluate(job.node) }
    return job.value
  }

  private mutating func evaluateInner(_ node: Node) -> Value {
    switch node.kind {
    case .literal(let value): value
    case .malformedLiteral(let text): malformed(text, at: node)
    case .name(let name): read(name, at: node)
    case .path(let inner, let member): path(evaluate(inner), member, at: node)
    case .filter(let list, let condition, _): filter(list, by: condition, at: node)
    case .call(let call): evaluate(call, at: node)
    case .negation(let operand): negate(operand, at: node)
    case .arithmetic(let operation, let left, let right): arithmetic(operation, left, right, at: node)
    case .comparison(let comparison, let left, let right): compare(comparison, left, right, at: node)
    case .conjunction(let operands): logic(operands, decisive: false)
    case .disjunction(let operands): logic(operands, decisive: true)
    case .between(let operand, let from, let to): between(operand, from, to, at: node)
    case .membership(let operand, let tests): membership(operand, tests)
    case .conditional: conditional(node)
    case .iteration(let iteration): iterate(iteration, at: node)
    case .quantified(let quantifier, let variables, let condition): quantify(quantifier, variables, condition)
    case .instance(let operand, let type): instance(operand, type, at: node)
    case .function(let definition): makeFunction(definition, at: node)
    case .list(let items): makeList(items, at: node)
    case .context(let entries): makeContext(entries, at: node)
    case .interval(let interval): makeRange(interval, at: node)
    case .test(let comparison, let operand): makeRange(comparison, operand, at: node)
    case .negatedTests: .null()
    }
  }

  private mutating func tooDeep(at node: Node) -> Value {
    let limit = options.maximumDepth
    warn("feel.evaluate.depth", ["limit": String(limit)], at: node)
    return .null()
  }

  private mutating func malformed(_ text: String, at node: Node) -> Value {
    warn("feel.evaluate.atLiteral", ["text": text], at: node)
    return .null()
  }

  private mutating func instance(_ operand: Node, _ type: FEELType?, at node: Node) -> Value {
    let value = evaluate(operand)
    guard let type else {
      warn("feel.evaluate.bareType", at: node)
      return .null()
    }
    return .boolean(value.isInstance(of: type))
  }

  /// `if`: a null condition takes the else branch; one of another kind has no answer.
  /// A ladder of `else if` is walked, not nested.
  private mutating func conditional(_ node: Node) -> Value {
    var node = node
    while case .conditional(let condition, let yes, let no) = node.kind {
      switch evaluate(condition) {
      case .boolean(true): return evaluate(yes)
      case .boolean(false), .null: node = no
      case let other:
        warn("feel.evaluate.condition", ["given": other.typeName], at: condition)
        return .null()
      }
    }
    return evaluate(node)
  }
}

extension Value {
  init(truth: Bool?) { self = truth.map { .boolean($0) } ?? .null() }

  /// nil for everything but a boolean.
  var truth: Bool? {
    if case .boolean(let value) = self { value } else { nil }
  }
}
