import Diagnostics

/// Reads tokens into a tree: recursive descent, with the operators by precedence.
///
/// Names are recognised as they are met (``Parser+Names``), because a FEEL name may hold spaces and signs.
struct Parser {
  /// How deep a text may nest. Each level costs the parser, and later the evaluator, a few frames of stack.
  static let maximumNesting = 100
  /// Longest path from the root to a leaf; long chains of one operator are deep trees as well.
  static let maximumHeight = 250

  let tokens: [Token]
  let source: String
  let place: SourcePlace
  let names: KnownNames
  var position = 0
  var nesting = 0
  /// Names bound inside the expression, innermost last; the index of each is its slot.
  var locals: [Local] = []
  /// Slots of the elements of the filters around the present position.
  var filterSlots: [Int] = []
  /// Keys of the contexts written in the text so far, for paths into them.
  var ownMembers = NameTable()
  var uses: [NameUse] = []
  /// Slots that some name in the text so far has read.
  var slotsRead: Set<Int> = []
  /// Where the end of an interval is being read, `[` may close it.
  var isInIntervalEnd = false

  /// The position after `in`, where a round bracket may hold several tests, and what was found there.
  var bracketOfTests: Int?
  var bracketedTests: (nodes: [Node], end: Int)?

  struct Local {
    var name: String
    var pieces: [String]
  }

  init(_ source: String, names: KnownNames, at place: SourcePlace) throws(Diagnostic) {
    self.source = source
    self.place = place
    self.names = names
    do {
      tokens = try Lexer.tokens(of: source)
    } catch {
      throw Diagnostic(error.code, at: place.advanced(by: error.offset, in: source), error.arguments)
    }
  }
}

// MARK: - Tokens

extension Parser {
  var token: Token { tokens[position] }
  var next: Token { tokens[min(position + 1, tokens.count - 1)] }
  var rest: ArraySlice<Token> { tokens[position...] }

  /// The end of the last token read.
  var end: Int { position > 0 ? tokens[position - 1].span.upperBound : 0 }

  func at(_ symbol: String) -> Bool { token.isSymbol(symbol) }
  func at(word: String) -> Bool { token.isWord(word) }

  mutating func advance(_ count: Int = 1) { position = min(position + count, tokens.count - 1) }

  mutating func take(_ symbol: String) -> Bool {
    guard at(symbol) else { return false }
    advance()
    return true
  }

  mutating func take(word: String) -> Bool {
    guard at(word: word) else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: String) throws(Diagnostic) {
    guard take(symbol) else { throw unexpected(expected: symbol) }
  }

  mutating func expect(word: String) throws(Diagnostic) {
    guard take(word: word) else { throw unexpected(expected: word) }
  }
}

// MARK: - Nodes and errors

extension Parser {
  func make(_ kind: Node.Kind, from start: Int) throws(Diagnostic) -> Node {
    let node = Node(kind, start..<max(start, end))
    guard node.height <= Self.maximumHeight else { throw tooDeep(at: start) }
    return node
  }

  /// Counts a level of nesting around `body`.
  mutating func nested<T>(_ body: (inout Parser) throws(Diagnostic) -> T) throws(Diagnostic) -> T {
    guard nesting < Self.maximumNesting else { throw tooDeep(at: token.span.lowerBound) }
    nesting += 1
    defer { nesting -= 1 }
    return try body(&self)
  }

  private func tooDeep(at offset: Int) -> Diagnostic {
    error("feel.syntax.tooDeep", at: offset, ["limit": "\(Self.maximumNesting)"])
  }

  func error(_ code: String, at offset: Int, _ arguments: [String: String] = [:]) -> Diagnostic {
    Diagnostic(code, at: place.advanced(by: offset, in: source), arguments)
  }

  func unexpected(expected: String? = nil) -> Diagnostic {
    let offset = token.span.lowerBound
    if let mark = FullWidthMarks.first(in: token.text), token.kind != .string {
      return error("feel.syntax.fullWidth", at: offset, ["mark": mark.mark, "half": mark.halfWidth])
    }
    if token.kind == .end {
      return expected.map { error("feel.syntax.endExpected", at: offset, ["expected": $0]) }
        ?? error("feel.syntax.end", at: offset)
    }
    let found = ["found": token.text]
    guard let expected else { return error("feel.syntax.unexpected", at: offset, found) }
    return error("feel.syntax.expected", at: offset, found.merging(["expected": expected]) { $1 })
  }
}
