internal import Synchronization

/// A regular expression of XPath and XQuery 3.1 (F&O §5.6.1), as FEEL's `matches`, `replace` and `split` use them.
///
/// Matching is bounded: each state of the program meets each position of the text once, so that no pattern can take
/// more than time in proportion to both; patterns with back-references, which cannot be bounded so, have a budget.
struct Pattern: Sendable {
  let program: [Instruction]
  let groupCount: Int
  let loopCount: Int
  let hasBackReference: Bool
  let options: Options

  struct Options: Hashable, Sendable {
    var dotMatchesNewline = false
    var multiline = false
    var ignoresCase = false
    var ignoresSpace = false
    var isLiteral = false

    /// nil for a letter that is no flag.
    init?(flags: String) {
      for flag in flags.unicodeScalars {
        switch flag {
        case "s": dotMatchesNewline = true
        case "m": multiline = true
        case "i": ignoresCase = true
        case "x": ignoresSpace = true
        case "q": isLiteral = true
        default: return nil
        }
      }
    }
  }

  enum Instruction: Sendable {
    case character(Unicode.Scalar)
    case set(CharacterSet)
    /// Go on at the first; come back to the second when that fails.
    case split(Int, Int)
    case jump(Int)
    case save(Int)
    /// Remember where this round of a loop begins.
    case enterLoop(Int)
    /// A round that has consumed nothing fails.
    case requireProgress(Int)
    case backReference(Int)
    case textStart, textEnd, lineStart, lineEnd
    case match
  }
}

// MARK: - Patterns already read

extension Pattern {
  private struct Key: Hashable {
    let source: String
    let options: Options
  }

  private static let maximumKept = 256
  private static let kept = Mutex<[Key: Pattern]>([:])

  /// nil when `source` is no regular expression.
  static func reading(_ source: String, _ options: Options) -> Pattern? {
    let key = Key(source: source, options: options)
    if let pattern = kept.withLock({ $0[key] }) { return pattern }
    guard let pattern = Pattern(source, options) else { return nil }
    kept.withLock { kept in
      if kept.count >= maximumKept { kept.removeAll() }
      kept[key] = pattern
    }
    return pattern
  }

  private init?(_ source: String, _ options: Options) {
    var scalars = Array(source.unicodeScalars)
    var compiler = PatternCompiler(options)
    if options.isLiteral {
      compiler.compile(.sequence(scalars.map { .set(CharacterSet($0)) }))
    } else {
      if options.ignoresSpace { scalars = Pattern.withoutSpace(scalars) }
      var parser = PatternParser(scalars, options)
      guard let tree = parser.parse() else { return nil }
      compiler.compile(tree)
    }
    guard let program = compiler.finished() else { return nil }
    self.program = program
    groupCount = compiler.groupCount
    loopCount = compiler.loopCount
    hasBackReference = compiler.hasBackReference
    self.options = options
  }

  /// White space counts only inside square brackets.
  private static func withoutSpace(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var depth = 0
    var isEscaped = false
    return scalars.filter { scalar in
      if depth == 0 && [" ", "\t", "\n", "\r"].contains(scalar) { return false }
      if !isEscaped {
        if scalar == "[" { depth += 1 }
        if scalar == "]" { depth -= 1 }
      }
      isEscaped = scalar == "\\" && !isEscaped
      return true
    }
  }
}
