/// `if`, `for`, `some`, `every` and `function` (DMN 1.5 §10.3.1.2, rules 44 to 46, 55, 56 and 63).
extension Parser {
  mutating func parseKeyword() throws(SyntaxError) -> Node {
    switch word {
    case .if: try parseConditional()
    case .for: try parseIteration()
    case .some: try parseQuantified(.some)
    case .every: try parseQuantified(.every)
    case .function: try parseFunction()
    default: throw unexpected()
    }
  }

  /// `if a then b else if c then d else e`: a ladder of conditions is no deeper than one.
  private mutating func parseConditional() throws(SyntaxError) -> Node {
    var rungs: [(start: Int, condition: Node, yes: Node)] = []
    repeat {
      let start = token.span.lowerBound
      advance()
      let condition = try parseExpression()
      try expect(.then)
      rungs.append((start, condition, try parseExpression()))
      try expect(.else)
    } while at(.if)
    var node = try parseExpression()
    for rung in rungs.reversed() {
      node = try make(.conditional(rung.condition, then: rung.yes, else: node), from: rung.start)
    }
    return node
  }

  private mutating func parseIteration() throws(SyntaxError) -> Node {
    let start = token.span.lowerBound
    let outer = locals.count
    defer { locals.removeLast(locals.count - outer) }
    let variables = try parseVariables()
    try expect(.return)
    let partialSlot = bind(variables.contains { $0.name == "partial" } ? "" : "partial")
    let result = try parseExpression()
    let iteration = Iteration(
      variables: variables, partialSlot: partialSlot, readsPartial: slotsRead.contains(partialSlot), result: result)
    slotsRead.remove(partialSlot)
    return try make(.iteration(iteration), from: start)
  }

  private mutating func parseQuantified(_ quantifier: Quantifier) throws(SyntaxError) -> Node {
    let start = token.span.lowerBound
    let outer = locals.count
    defer { locals.removeLast(locals.count - outer) }
    let variables = try parseVariables()
    try expect(.satisfies)
    let condition = try parseExpression()
    return try make(.quantified(quantifier, variables, satisfies: condition), from: start)
  }

  /// `for x in …, y in …`; each variable is known to those after it.
  private mutating func parseVariables() throws(SyntaxError) -> [IterationVariable] {
    var variables: [IterationVariable] = []
    repeat {
      advance()
      let name = try parseNewName(until: [.in])
      try expect(.in)
      let domain = try parseExpression()
      let end = take(.dots) ? try parseExpression() : nil
      variables.append(IterationVariable(name: name, slot: bind(name), domain: domain, end: end))
    } while at(.comma)
    return variables
  }

  private mutating func parseFunction() throws(SyntaxError) -> Node {
    let start = token.span.lowerBound
    let ownSlot = entryOfFunction.flatMap { $0.position == position ? $0.slot : nil }
    entryOfFunction = nil
    advance()
    try expect(.openRound)
    let parameters = try parseParameters()
    let outer = locals.count
    let firstUse = uses.count
    let outerSlots = slotsRead
    slotsRead = []
    defer { locals.removeLast(locals.count - outer) }
    for parameter in parameters { _ = bind(parameter.name, type: parameter.type) }
    let isExternal = take(.external)
    let body = try parseExpression()
    let names = Set(uses[firstUse...].map(\.name)).sorted()
    let kept = slotsRead.filter { $0 < outer }
    slotsRead = outerSlots.union(kept)
    let function = FunctionDefinition(
      parameters: parameters, body: body, isExternal: isExternal,
      result: isExternal ? .any : body.apparentType(locals: locals.map(\.type)),
      ownSlot: ownSlot.flatMap { kept.contains($0) ? $0 : nil }, localCount: outer, keptSlots: kept.sorted(),
      hostNames: names)
    return try make(.function(function), from: start)
  }

  private mutating func parseParameters() throws(SyntaxError) -> [FunctionParameter] {
    if take(.closeRound) { return [] }
    var parameters: [FunctionParameter] = []
    repeat {
      let name = try parseNewName(until: [.colon, .comma, .closeRound])
      let type = take(.colon) ? try parseType() : nil
      parameters.append(FunctionParameter(name, type: type))
    } while take(.comma)
    try expect(.closeRound)
    return parameters
  }
}
