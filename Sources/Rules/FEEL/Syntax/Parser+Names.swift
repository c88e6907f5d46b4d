/// Names: the longest one that is known; else one word and the words that follow it.
extension Parser {
  /// A word: a keyword's expression, a literal, or a name.
  mutating func parseWord() throws(SyntaxError) -> Node {
    let start = token.span.lowerBound
    if token.isKeyword, (knownName()?.count ?? 0) < 2 {
      if let literal = Keywords.literals[token.text] {
        advance()
        return try make(.literal(literal), from: start)
      }
      return try parseKeyword()
    }
    return try parseName()
  }

  private mutating func parseName() throws(SyntaxError) -> Node {
    let start = token.span.lowerBound
    let found = knownName()
    let count = max(found?.count ?? 0, found.map { words(after: $0.count) } ?? words(after: 1))
    guard let found, found.count == count else {
      let text = joined(count)
      advance(count)
      return try make(.name(resolve(text, from: start)), from: start)
    }
    advance(found.count)
    return try make(.name(resolve(found.text, from: start)), from: start)
  }

  /// The longest name known at the present position; among equals locals go before the host's, and those before
  /// built-ins.
  private func knownName() -> KnownName? {
    var best: KnownName?
    for local in locals.reversed() where rest.begins(with: local.pieces) && !local.pieces.isEmpty {
      best = longer(best, KnownName(text: local.name, count: local.pieces.count))
    }
    if !filterSlots.isEmpty {
      best = longer(best, longer(ownMembers.longest(at: rest), names.member(at: rest).flatMap(sameOrLonger)))
    }
    return longer(longer(best, names.variable(at: rest)), KnownNames.builtin(at: rest))
  }

  /// Members are known in a filter only where they take more than the one word that any name takes.
  private func sameOrLonger(_ name: KnownName) -> KnownName? { name.count > 1 ? name : nil }

  /// How many tokens a name has that begins with `count` tokens and goes on in words and numbers: two words side by
  /// side can only be one name.
  private func words(after count: Int) -> Int {
    count + rest.dropFirst(count).prefix { ($0.kind == .name && !$0.isKeyword) || $0.kind == .number }.count
  }

  private func joined(_ count: Int) -> String { rest.prefix(count).map(\.text).joined(separator: " ") }

  /// Where the value of the name is found.
  private mutating func resolve(_ text: String, from start: Int) -> Name {
    let slot = locals.lastIndex { $0.name == text }
    let filters = filterSlots.reversed().filter { $0 >= slot ?? 0 }
    slotsRead.formUnion(filters)
    if let slot {
      slotsRead.insert(slot)
      return Name(text: text, slot: slot, filterSlots: filters, builtin: nil)
    }
    let builtin = names.contains(text) ? nil : Builtins.named(text)
    if builtin == nil, text != "?" {
      uses.append(
        NameUse(
          name: text, path: [], span: start..<end, isKnown: names.contains(text), isInFilter: !filterSlots.isEmpty))
    }
    return Name(text: text, slot: nil, filterSlots: filters, builtin: builtin)
  }

  /// The name after a point.
  mutating func parseMember(of node: Node) -> String {
    let known = longer(ownMembers.longest(at: rest), names.member(at: rest))
    let count = max(known?.count ?? 0, words(after: known?.count ?? 1))
    let text = known.flatMap { $0.count == count ? $0.text : nil } ?? joined(count)
    advance(count)
    extendUse(of: node, with: text)
    return text
  }

  /// Adds a step to the path of the host name at the root of `node`.
  private mutating func extendUse(of node: Node, with member: String) {
    guard let root = rootSpan(of: node), let index = uses.lastIndex(where: { $0.span == root }) else { return }
    uses[index].path.append(member)
  }

  private func rootSpan(of node: Node) -> Range<Int>? {
    switch node.kind {
    case .name: node.span
    case .path(let inner, _), .filter(let inner, _, _): rootSpan(of: inner)
    default: nil
    }
  }
}

// MARK: - New names

extension Parser {
  /// Binds a name; later ones hide earlier ones of the same name.
  /// - Returns: its slot.
  mutating func bind(_ name: String, type: FEELType? = nil) -> Int {
    locals.append(Local(name: name, pieces: Lexer.pieces(of: name), type: type))
    return locals.count - 1
  }

  static let nameSymbols: Set<String> = [".", "/", "-", "'", "+", "*", "**", ".."]

  func isNameSymbol(_ token: Token) -> Bool { token.kind == .symbol && Self.nameSymbols.contains(token.text) }

  /// A name that the text introduces: everything up to one of the terminators. Spaces between words are kept as one.
  mutating func parseNewName(until terminators: Set<String>) throws(SyntaxError) -> String {
    guard token.kind == .name else { throw unexpected() }
    var text = ""
    var last: Token?
    while !terminators.contains(token.text), token.kind == .name || token.kind == .number || isNameSymbol(token) {
      if let last, last.span.upperBound < token.span.lowerBound { text += " " }
      text += token.text
      last = token
      advance()
    }
    guard terminators.contains(token.text) else { throw unexpected(expected: terminators.sorted().last) }
    return text
  }
}
