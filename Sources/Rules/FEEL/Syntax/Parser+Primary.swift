/// Literals, brackets, paths, filters and calls (DMN 1.5 §10.3.1.2, rules 8 to 12, 18, 31 to 43, 50 and 53 to 60).
extension Parser {
  mutating func parsePostfix() throws(SyntaxError) -> Node {
    let start = token.span.lowerBound
    var node = try parsePrimary()
    if bracketedTests != nil { return node }
    while true {
      switch word {
      case .dot where next.kind == .name:
        advance()
        node = try make(.path(node, parseMember(of: node)), from: start)
      case .openSquare where !closesInterval: node = try parseFilter(of: node, from: start)
      case .openRound: node = try parseCall(of: node, from: start)
      default: return node
      }
    }
  }

  /// `[1..b[`: a bracket after which no expression can begin closes the interval.
  private var closesInterval: Bool {
    guard isInIntervalEnd else { return false }
    switch next.kind {
    case .end: return true
    case .number, .string, .atLiteral: return false
    case .name: return [.and, .or, .then, .else, .return, .satisfies, .in, .between].contains(next.word)
    case .symbol:
      let beginnings: [Word] = [
        .openRound, .openSquare, .openCurly, .minus, .less, .lessOrEqual, .greater, .greaterOrEqual, .closeSquare,
      ]
      return !beginnings.contains(next.word)
    }
  }

  private mutating func parsePrimary() throws(SyntaxError) -> Node {
    let start = token.span.lowerBound
    switch tokens[position].kind {
    case .number: return try parseNumber()
    case .string:
      let text = token.text
      advance()
      return try make(.literal(.string(text)), from: start)
    case .atLiteral: return try parseAtLiteral()
    case .name: return try parseWord()
    case .symbol: return try parseBracket()
    case .end: throw unexpected()
    }
  }

  private mutating func parseNumber() throws(SyntaxError) -> Node {
    let start = token.span.lowerBound
    guard let number = wholeNumber ?? Decimal128(token.text) else {
      throw error("feel.syntax.number", at: start, ["text": token.text])
    }
    advance()
    return try make(.literal(.number(number)), from: start)
  }

  /// The number at hand when it is but a few digits, which need no reading of a decimal.
  private var wholeNumber: Decimal128? {
    let digits = tokens[position].text.utf8
    guard digits.count <= 18 else { return nil }
    var value = 0
    for digit in digits {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return Decimal128(value)
  }

  private mutating func parseAtLiteral() throws(SyntaxError) -> Node {
    let start = token.span.lowerBound
    let text = token.text
    advance()
    let value = Value(atLiteral: text)
    return try make(value.map { .literal($0) } ?? .malformedLiteral(text), from: start)
  }

  private mutating func parseBracket() throws(SyntaxError) -> Node {
    let start = token.span.lowerBound
    if let comparison = takeComparison() {
      return try make(.test(comparison, try parseOperand()), from: start)
    }
    switch word {
    case .openRound: return try parseRoundBracket()
    case .openSquare: return try parseSquareBracket()
    case .closeSquare:
      advance()
      let first = try parseExpression()
      return try parseInterval(from: start, first, startIncluded: false)
    case .openCurly: return try parseContext()
    default: throw unexpected()
    }
  }
}

// MARK: - Brackets

extension Parser {
  /// `(expression)`, `(a..b]`, or the tests after `in`.
  private mutating func parseRoundBracket() throws(SyntaxError) -> Node {
    let start = token.span.lowerBound
    let mayHoldTests = bracketOfTests == position
    bracketOfTests = nil
    advance()
    let first = try parseExpression()
    if at(.dots) { return try parseInterval(from: start, first, startIncluded: false) }
    guard mayHoldTests, at(.comma) else {
      try expect(.closeRound)
      return first
    }
    var tests = [first]
    while take(.comma) { tests.append(try parseExpression()) }
    try expect(.closeRound)
    bracketedTests = (tests, position)
    return first
  }

  /// `[a, b]` or `[a..b)`.
  private mutating func parseSquareBracket() throws(SyntaxError) -> Node {
    let start = token.span.lowerBound
    advance()
    if take(.closeSquare) { return try make(.list([]), from: start) }
    let first = try parseExpression()
    if at(.dots) { return try parseInterval(from: start, first, startIncluded: true) }
    var items = [first]
    while take(.comma) { items.append(try parseExpression()) }
    try expect(.closeSquare)
    return try make(.list(items), from: start)
  }

  private mutating func parseInterval(
    from start: Int, _ first: Node, startIncluded: Bool
  ) throws(SyntaxError) -> Node {
    try expect(.dots)
    let last = try parseIntervalEnd()
    let endIncluded = at(.closeSquare)
    guard take(.closeSquare) || take(.closeRound) || take(.openSquare) else { throw unexpected(expected: .closeSquare) }
    let interval = Interval(start: first, end: last, startIncluded: startIncluded, endIncluded: endIncluded)
    return try make(.interval(interval), from: start)
  }

  private mutating func parseContext() throws(SyntaxError) -> Node {
    let start = token.span.lowerBound
    advance()
    let outer = locals.count
    defer { locals.removeLast(locals.count - outer) }
    var entries: [ContextEntry] = []
    if !at(.closeCurly) {
      repeat { entries.append(try parseEntry()) } while take(.comma)
    }
    try expect(.closeCurly)
    return try make(.context(entries), from: start)
  }

  private mutating func parseEntry() throws(SyntaxError) -> ContextEntry {
    let key = try parseKey()
    try expect(.colon)
    let knowsItself = at(.function) && !isKnown(key)
    let slot = knowsItself ? bind(key) : locals.count
    if knowsItself { entryOfFunction = (slot, position) }
    let value = try parseExpression()
    ownMembers.insert(key)
    return ContextEntry(key: key, value: value, slot: knowsItself ? slot : bind(key), knowsItself: knowsItself)
  }

  /// A key that means something already keeps its meaning in a function of that name.
  private func isKnown(_ key: String) -> Bool {
    locals.contains { $0.name == key } || names.contains(key) || Builtins.named(key) != nil
  }

  private mutating func parseKey() throws(SyntaxError) -> String {
    guard token.kind == .string else { return try parseNewName(until: [.colon]) }
    let key = token.text
    advance()
    return key
  }
}

// MARK: - Filters and calls

extension Parser {
  private mutating func parseFilter(of node: Node, from start: Int) throws(SyntaxError) -> Node {
    advance()
    let slot = bind("item")
    filterSlots.append(slot)
    defer {
      filterSlots.removeLast()
      locals.removeLast()
    }
    let condition = try parseExpression()
    try expect(.closeSquare)
    return try make(.filter(node, by: condition, slot: slot), from: start)
  }

  private mutating func parseCall(of callee: Node, from start: Int) throws(SyntaxError) -> Node {
    if let use = uses.lastIndex(where: { $0.span == callee.span }) { uses[use].isCalled = true }
    advance()
    var names: [String] = []
    var arguments: [Node] = []
    if !at(.closeRound) {
      repeat {
        if let name = try parseArgumentName() {
          names.append(name)
        } else if !names.isEmpty {
          throw unexpected(expected: .colon)
        }
        arguments.append(try parseExpression())
      } while take(.comma)
    }
    try expect(.closeRound)
    guard names.isEmpty || names.count == arguments.count else {
      throw error("feel.syntax.mixedArguments", at: start)
    }
    return try make(.call(Call(callee: callee, arguments: arguments, names: names)), from: start)
  }

  /// `name:` before an argument; nil, with nothing read, when the argument is positional.
  private mutating func parseArgumentName() throws(SyntaxError) -> String? {
    let length = tokens[position...].prefix(while: \.mayBeInName).count
    guard length > 0, tokens[position + length].word == .colon else { return nil }
    let text = try parseNewName(until: [.colon])
    advance()
    return text
  }
}
