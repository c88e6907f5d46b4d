/// Names: the longest one that is known; else one word and the words that follow it.
extension Parser {
  /// A word: a keyword's expression, a literal, or a name.
  mutating func parseWord() throws(SyntaxError) -> Node {
    let start = token.span.lowerBound
    guard word.isKeyword, (knownName()?.count ?? 0) < 2 else { return try parseName() }
    let literal: Value
    switch word {
    case .null: literal = .null()
    case .true: literal = .boolean(true)
    case .false: literal = .boolean(false)
    default: return try parseKeyword()
    }
    advance()
    return try make(.literal(literal), from: start)
  }

  private mutating func parseName() throws(SyntaxError) -> Node {
    let start = token.span.lowerBound
    let found = knownName()
    let count = max(found?.count ?? 0, found.map { words(after: $0.count) } ?? words(after: 1))
    var name = KnownName(text: found?.text ?? "", count: count, origin: found?.origin)
    if found?.count != count { name = KnownName(text: joined(count), count: count, origin: nil) }
    advance(count)
    return try make(.name(resolve(name, from: start)), from: start)
  }

  /// The longest name known at the present position; among equals locals go before the host's, and those before
  /// built-ins.
  private func knownName() -> KnownName? {
    var best: KnownName?
    for local in locals.reversed() where !local.pieces.isEmpty && tokens.begin(with: local.pieces, at: position) {
      best = longer(best, KnownName(text: local.name, count: local.pieces.count))
    }
    if !filterSlots.isEmpty {
      let own = ownMembers.longest(in: tokens, at: position)
      best = longer(best, longer(own, names.member(in: tokens, at: position).flatMap(sameOrLonger)))
    }
    let variable = names.variable(in: tokens, at: position)
    return longer(longer(best, variable), KnownNames.builtin(in: tokens, at: position))
  }

  /// Members are known in a filter only where they take more than the one word that any name takes.
  private func sameOrLonger(_ name: KnownName) -> KnownName? { name.count > 1 ? name : nil }

  /// How many tokens a name has that begins with `count` tokens and goes on in words and numbers: two words side by
  /// side can only be one name.
  private func words(after count: Int) -> Int {
    var end = position + count
    while tokens[end].continuesName { end += 1 }
    return end - position
  }

  private func joined(_ count: Int) -> String {
    count == 1 ? token.text : tokens[position...].prefix(count).map(\.text).joined(separator: " ")
  }

  /// Where the value of the name is found.
  private mutating func resolve(_ name: KnownName, from start: Int) -> Name {
    let text = name.text
    let slot = locals.lastIndex { $0.name == text }
    var filters: [Int] = []
    if !filterSlots.isEmpty {
      filters = filterSlots.reversed().filter { $0 >= slot ?? 0 }
      slotsRead.formUnion(filters)
    }
    if let slot {
      slotsRead.insert(slot)
      return Name(text: text, slot: slot, filterSlots: filters, builtin: nil)
    }
    // Of equally long names the host's is found before a built-in one.
    let isKnown = name.origin == .host || (name.origin != .builtin && names.contains(text))
    let builtin = isKnown ? nil : Builtins.named(text)
    if builtin == nil, text != "?" {
      uses.append(
        NameUse(name: text, path: [], span: start..<end, isKnown: isKnown, isInFilter: !filterSlots.isEmpty))
    }
    return Name(text: text, slot: nil, filterSlots: filters, builtin: builtin)
  }

  /// The name after a point.
  mutating func parseMember(of node: Node) -> String {
    let known = longer(ownMembers.longest(in: tokens, at: position), names.member(in: tokens, at: position))
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

  /// A name that the text introduces: everything up to one of the terminators. Spaces between words are kept as one.
  mutating func parseNewName(until terminators: [Word]) throws(SyntaxError) -> String {
    guard token.kind == .name else { throw unexpected() }
    var text = ""
    var last: Token?
    while !terminators.contains(word), token.mayBeInName {
      if let last, last.span.upperBound < token.span.lowerBound { text += " " }
      text += token.text
      last = token
      advance()
    }
    guard terminators.contains(word) else { throw unexpected(expected: terminators[0]) }
    return text
  }
}

extension Token {
  /// Whether a name that is not known goes on with it.
  fileprivate var continuesName: Bool { (kind == .name && !word.isKeyword) || kind == .number }
}
