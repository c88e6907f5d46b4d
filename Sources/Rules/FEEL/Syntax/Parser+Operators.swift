/// Whole texts, and operators by precedence (DMN 1.5 §10.3.1.2, rules 1 to 4, 19 to 24, 47 to 49 and 51).
///
/// One function climbs all the levels: a level of nesting in the text then costs few frames of stack.
extension Parser {
  mutating func parseExpressionText() throws(SyntaxError) -> Node {
    let node = try parseExpression()
    guard token.kind == .end else { throw unexpected() }
    return node
  }

  mutating func parseExpression() throws(SyntaxError) -> Node {
    let outer = isInIntervalEnd
    isInIntervalEnd = false
    defer { isInIntervalEnd = outer }
    return try parse(.disjunction)
  }

  /// The second end of an interval: as an expression, but a `[` that closes the interval is left alone.
  mutating func parseIntervalEnd() throws(SyntaxError) -> Node {
    let outer = isInIntervalEnd
    isInIntervalEnd = true
    defer { isInIntervalEnd = outer }
    return try parse(.disjunction)
  }

  /// An operand of a comparison.
  mutating func parseOperand() throws(SyntaxError) -> Node { try parse(.sum) }

  /// Levels of operators, loosest first. All associate to the left, `**` too.
  enum Level: Int {
    case disjunction, conjunction, comparison, sum, product, power, unary

    var tighter: Level { Level(rawValue: rawValue + 1) ?? .unary }
  }

  /// An expression whose operators bind at least as tightly as `minimum`.
  private mutating func parse(_ minimum: Level) throws(SyntaxError) -> Node {
    try enter()
    defer { leave() }
    let start = token.span.lowerBound
    var left = try parseUnary()
    while let level = operatorLevel, level.rawValue >= minimum.rawValue {
      left = try extend(left, at: level, from: start)
    }
    return left
  }

  /// The level of the operator at the present position; nil when none stands there.
  private var operatorLevel: Level? {
    switch word {
    case .or: .disjunction
    case .and: .conjunction
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .between, .in: .comparison
    case .plus, .minus: .sum
    case .times, .over: .product
    case .power: .power
    default: nil
    }
  }

  /// `left` with the operator that follows, and its operand or operands.
  private mutating func extend(_ left: Node, at level: Level, from start: Int) throws(SyntaxError) -> Node {
    switch level {
    case .disjunction: return try make(.disjunction(parseOperands(after: left, .or, .conjunction)), from: start)
    case .conjunction: return try make(.conjunction(parseOperands(after: left, .and, .comparison)), from: start)
    case .comparison: return try parseComparison(of: left, from: start)
    case .sum, .product, .power, .unary:
      guard let operation = ArithmeticOperator(word) else { throw unexpected() }
      advance()
      return try make(.arithmetic(operation, left, parse(level.tighter)), from: start)
    }
  }

  private mutating func parseOperands(
    after first: Node, _ word: Word, _ level: Level
  ) throws(SyntaxError) -> [Node] {
    var operands = [first]
    while take(word) { operands.append(try parse(level)) }
    return operands
  }

  private mutating func parseComparison(of left: Node, from start: Int) throws(SyntaxError) -> Node {
    if let comparison = takeComparison() {
      return try make(.comparison(comparison, left, parseOperand()), from: start)
    }
    if take(.in) {
      return try make(.membership(left, parseMembershipTests()), from: start)
    }
    try expect(.between)
    let from = try parseOperand()
    try expect(.and)
    return try make(.between(left, from: from, to: parseOperand()), from: start)
  }

  mutating func takeComparison() -> ComparisonOperator? {
    guard let comparison = ComparisonOperator(word) else { return nil }
    advance()
    return comparison
  }

  /// `-x` binds tighter than `**`: -2 ** 2 is 4. So does `instance of`.
  private mutating func parseUnary() throws(SyntaxError) -> Node {
    let start = token.span.lowerBound
    if take(.minus) { return try make(.negation(parse(.unary)), from: start) }
    var node = try parsePostfix()
    while at(.instance), next.word == .of {
      advance(2)
      namesBareType = false
      let type = try parseType()
      node = try make(.instance(node, of: namesBareType ? nil : type), from: start)
    }
    return node
  }
}

extension ArithmeticOperator {
  fileprivate init?(_ word: Word) {
    switch word {
    case .plus: self = .add
    case .minus: self = .subtract
    case .times: self = .multiply
    case .over: self = .divide
    case .power: self = .power
    default: return nil
    }
  }
}

extension ComparisonOperator {
  fileprivate init?(_ word: Word) {
    switch word {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    default: return nil
    }
  }
}
