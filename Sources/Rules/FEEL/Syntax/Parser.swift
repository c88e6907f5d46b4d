import Diagnostics

/// Reads tokens into a tree: recursive descent, with the operators by precedence.
///
/// Names are recognised as they are met (``Parser+Names``), because a FEEL name may hold spaces and signs.
struct Parser {
  /// How deep a text may nest.
  static let maximumNesting = 100
  /// How deep it may nest where the stack may be small.
  static let smallNesting = 12
  /// Longest path from the root to a leaf; long chains of one operator are deep trees as well.
  static let maximumHeight = 500
  /// Most names that are bound at one place.
  static let maximumLocals = 1_000

  let tokens: [Token]
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
  /// Whether the type read last names `list`, `context`, `range` or `function` without the types inside.
  var namesBareType = false
  /// Where the end of an interval is being read, `[` may close it.
  var isInIntervalEnd = false

  /// The position after `in`, where a round bracket may hold several tests, and what was found there.
  var bracketOfTests: Int?
  var bracketedTests: (nodes: [Node], end: Int)?
  /// The slot of a context's entry whose value is the function at that position.
  var entryOfFunction: (slot: Int, position: Int)?

  struct Local {
    var name: String
    var pieces: [Token]
    /// That of a parameter which declares it.
    var type: FEELType?
  }

  init(_ source: String, names: KnownNames) throws(SyntaxError) {
    self.names = names
    tokens = try Lexer.tokens(of: source)
    uses.reserveCapacity(4)
  }

  /// Reads `source` with `body`; its errors become diagnostics with their place.
  static func read<T>(
    _ source: String, names: KnownNames, at place: SourcePlace,
    _ body: @escaping @Sendable (inout Parser) throws(SyntaxError) -> T
  ) throws(Diagnostic) -> (T, uses: [NameUse]) {
    do {
      var parser = try Parser(source, names: names)
      return (try parser.run(body), parser.uses)
    } catch {
      throw Diagnostic(error.code, at: place.advanced(by: error.offset, in: source), error.arguments)
    }
  }

  private typealias Job<T> = (parser: Parser, result: Result<T, SyntaxError>?)

  private mutating func run<T>(
    _ body: @escaping @Sendable (inout Parser) throws(SyntaxError) -> T
  ) throws(SyntaxError) -> T {
    guard mayNestDeep else { return try body(&self) }
    var job: Job<T> = (self, nil)
    LargeStack.run(&job) { job in
      do throws(SyntaxError) {
        job.result = .success(try body(&job.parser))
      } catch {
        job.result = .failure(error)
      }
    }
    self = job.parser
    guard let result = job.result else { throw unexpected() }
    return try result.get()
  }

  /// A quick look at the tokens: brackets open at once, and words and signs that begin a level. It may be too high, and
  /// never is too low.
  private var mayNestDeep: Bool {
    guard tokens.count > Self.smallNesting else { return false }
    var open = 0
    var deepest = 0
    var begun = 0
    var isAfterOperand = false
    for token in tokens {
      let opens = token.opens || (token.word == .closeSquare && !isAfterOperand)
      if opens {
        open += 1
      } else if token.closes {
        open -= 1
      } else if token.beginsLevel(afterOperand: isAfterOperand) {
        begun += 1
      }
      deepest = max(deepest, open)
      isAfterOperand = token.endsOperand && !opens
    }
    return deepest + begun > Self.smallNesting
  }
}

extension Token {
  fileprivate var opens: Bool {
    switch word {
    case .openRound, .openSquare, .openCurly: true
    default: false
    }
  }

  fileprivate var closes: Bool {
    switch word {
    case .closeRound, .closeSquare, .closeCurly: true
    default: false
    }
  }

  fileprivate func beginsLevel(afterOperand: Bool) -> Bool {
    switch word {
    case .for, .some, .every, .function, .if, .list, .range, .context: true
    case .minus, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: !afterOperand
    default: false
    }
  }

  /// Whether an operand may end with it.
  fileprivate var endsOperand: Bool {
    switch kind {
    case .number, .string, .atLiteral: true
    case .name: !word.isKeyword || [.null, .true, .false].contains(word)
    case .symbol: closes
    case .end: false
    }
  }
}

/// What cannot be read, and where. A reference, so that each frame of the parser keeps little room for it.
final class SyntaxError: Error {
  let code: String
  /// Unicode scalars from the beginning of the source text.
  let offset: Int
  let arguments: [String: String]

  init(code: String, offset: Int, arguments: [String: String] = [:]) {
    self.code = code
    self.offset = offset
    self.arguments = arguments
  }
}

// MARK: - Tokens

extension Parser {
  var token: Token { tokens[position] }
  var next: Token { tokens[min(position + 1, tokens.count - 1)] }
  /// What the present token is in the grammar.
  var word: Word { tokens[position].word }

  /// The end of the last token read.
  var end: Int { position > 0 ? tokens[position - 1].span.upperBound : 0 }

  func at(_ word: Word) -> Bool { self.word == word }

  mutating func advance(_ count: Int = 1) { position = min(position + count, tokens.count - 1) }

  mutating func take(_ word: Word) -> Bool {
    guard at(word) else { return false }
    advance()
    return true
  }

  mutating func expect(_ word: Word) throws(SyntaxError) {
    guard take(word) else { throw unexpected(expected: word) }
  }
}

// MARK: - Nodes and errors

extension Parser {
  /// Mutating, so that Swift reads the parser after the arguments, which move it on.
  mutating func make(_ kind: consuming Node.Kind, from start: Int) throws(SyntaxError) -> Node {
    let node = Node(kind, start..<max(start, end))
    guard node.height <= Self.maximumHeight else { throw tooDeep(at: start) }
    guard locals.count <= Self.maximumLocals else {
      throw error("feel.syntax.tooManyNames", at: start, ["limit": "\(Self.maximumLocals)"])
    }
    return node
  }

  /// Counts a level of nesting; ``leave()`` ends it.
  mutating func enter() throws(SyntaxError) {
    guard nesting < Self.maximumNesting else { throw tooDeep(at: token.span.lowerBound) }
    nesting += 1
  }

  mutating func leave() { nesting -= 1 }

  private func tooDeep(at offset: Int) -> SyntaxError {
    error("feel.syntax.tooDeep", at: offset, ["limit": "\(Self.maximumNesting)"])
  }

  func error(_ code: String, at offset: Int, _ arguments: [String: String] = [:]) -> SyntaxError {
    SyntaxError(code: code, offset: offset, arguments: arguments)
  }

  func unexpected(expected: Word? = nil) -> SyntaxError {
    let offset = token.span.lowerBound
    if let mark = FullWidthMarks.first(in: token.text), token.kind != .string {
      return error("feel.syntax.fullWidth", at: offset, ["mark": mark.mark, "half": mark.halfWidth])
    }
    if token.kind == .end {
      return expected.map { error("feel.syntax.endExpected", at: offset, ["expected": $0.spelling]) }
        ?? error("feel.syntax.end", at: offset)
    }
    let found = ["found": token.text]
    guard let expected else { return error("feel.syntax.unexpected", at: offset, found) }
    return error("feel.syntax.expected", at: offset, found.merging(["expected": expected.spelling]) { $1 })
  }
}
