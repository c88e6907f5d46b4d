import Diagnostics

/// `if`, `for`, `some`, `every` and `function`.
extension Parser {
  mutating func parseKeyword() throws(Diagnostic) -> Node {
    switch token.text {
    case "if": try parseConditional()
    case "for": try parseIteration()
    case "some": try parseQuantified(.some)
    case "every": try parseQuantified(.every)
    case "function": try parseFunction()
    default: throw unexpected()
    }
  }

  private mutating func parseConditional() throws(Diagnostic) -> Node {
    let start = token.span.lowerBound
    advance()
    let condition = try parseExpression()
    try expect(word: "then")
    let yes = try parseExpression()
    try expect(word: "else")
    return try make(.conditional(condition, then: yes, else: try parseExpression()), from: start)
  }

  private mutating func parseIteration() throws(Diagnostic) -> Node {
    let start = token.span.lowerBound
    let outer = locals.count
    defer { locals.removeLast(locals.count - outer) }
    let variables = try parseVariables()
    try expect(word: "return")
    let partialSlot = bind(variables.contains { $0.name == "partial" } ? "" : "partial")
    let result = try parseExpression()
    let iteration = Iteration(
      variables: variables, partialSlot: partialSlot, readsPartial: slotsRead.contains(partialSlot), result: result)
    slotsRead.remove(partialSlot)
    return try make(.iteration(iteration), from: start)
  }

  private mutating func parseQuantified(_ quantifier: Quantifier) throws(Diagnostic) -> Node {
    let start = token.span.lowerBound
    let outer = locals.count
    defer { locals.removeLast(locals.count - outer) }
    let variables = try parseVariables()
    try expect(word: "satisfies")
    let condition = try parseExpression()
    return try make(.quantified(quantifier, variables, satisfies: condition), from: start)
  }

  /// `for x in …, y in …`; each variable is known to those after it.
  private mutating func parseVariables() throws(Diagnostic) -> [IterationVariable] {
    var variables: [IterationVariable] = []
    repeat {
      advance()
      let name = try parseNewName(until: ["in"])
      try expect(word: "in")
      let domain = try parseExpression()
      let end = take("..") ? try parseExpression() : nil
      variables.append(IterationVariable(name: name, slot: bind(name), domain: domain, end: end))
    } while at(",")
    return variables
  }

  private mutating func parseFunction() throws(Diagnostic) -> Node {
    let start = token.span.lowerBound
    advance()
    try expect("(")
    let parameters = try parseParameters()
    let outer = locals.count
    let firstUse = uses.count
    defer { locals.removeLast(locals.count - outer) }
    for parameter in parameters { _ = bind(parameter.name) }
    let isExternal = take(word: "external")
    let body = try parseExpression()
    let names = Set(uses[firstUse...].map(\.name)).sorted()
    let function = FunctionDefinition(
      parameters: parameters, body: body, isExternal: isExternal, localCount: outer, hostNames: names)
    return try make(.function(function), from: start)
  }

  private mutating func parseParameters() throws(Diagnostic) -> [FunctionParameter] {
    if take(")") { return [] }
    var parameters: [FunctionParameter] = []
    repeat {
      let name = try parseNewName(until: [":", ",", ")"])
      let type = take(":") ? try parseType() : nil
      parameters.append(FunctionParameter(name, type: type))
    } while take(",")
    try expect(")")
    return parameters
  }
}
