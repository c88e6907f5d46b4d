/// A regular expression as read.
indirect enum PatternTree: Sendable {
  case sequence([PatternTree])
  case alternatives([PatternTree])
  case set(CharacterSet)
  /// A group in parentheses, numbered from 1.
  case capture(PatternTree, Int)
  case repetition(PatternTree, atLeast: Int, atMost: Int?, isGreedy: Bool)
  case backReference(Int)
  case start, end
}

/// Reads the syntax of XML Schema part 2 appendix F with the additions of F&O §5.6.1.
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private let options: Pattern.Options
  private var position = 0
  private var depth = 0
  private var openedGroups = 0
  private var closedGroups: Set<Int> = []

  private static let maximumDepth = 100
  private static let maximumRepetition = 1_000

  init(_ scalars: [Unicode.Scalar], _ options: Pattern.Options) {
    self.scalars = scalars
    self.options = options
  }

  /// nil when the text is no regular expression.
  mutating func parse() -> PatternTree? {
    guard let tree = alternatives(), position == scalars.count else { return nil }
    return tree
  }

  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  private mutating func advance() -> Unicode.Scalar? {
    defer { position += 1 }
    return next
  }

  private mutating func alternatives() -> PatternTree? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= PatternParser.maximumDepth else { return nil }
    var branches: [PatternTree] = []
    repeat {
      guard let branch = sequence() else { return nil }
      branches.append(branch)
    } while take("|")
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func sequence() -> PatternTree? {
    var pieces: [PatternTree] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      guard let atom = atom(), let piece = quantified(atom) else { return nil }
      pieces.append(piece)
    }
    return .sequence(pieces)
  }

  private mutating func atom() -> PatternTree? {
    switch advance() {
    case "(": return group()
    case "[": return set().map { .set($0) }
    case "\\": return escape()
    case ".": return .set(options.dotMatchesNewline ? .everything : .exceptNewlines)
    case "^": return .start
    case "$": return .end
    case nil, "?", "*", "+", "{", "}", "]": return nil
    case let scalar?: return .set(CharacterSet(scalar))
    }
  }

  private mutating func group() -> PatternTree? {
    if take("?") {
      guard take(":"), let tree = alternatives(), take(")") else { return nil }
      return tree
    }
    openedGroups += 1
    let number = openedGroups
    guard let tree = alternatives(), take(")") else { return nil }
    closedGroups.insert(number)
    return .capture(tree, number)
  }

  private mutating func quantified(_ atom: PatternTree) -> PatternTree? {
    var limits: (Int, Int?)?
    if take("?") {
      limits = (0, 1)
    } else if take("*") {
      limits = (0, nil)
    } else if take("+") {
      limits = (1, nil)
    } else if take("{") {
      guard let counted = count() else { return nil }
      limits = counted
    }
    guard let (least, most) = limits else { return atom }
    let isGreedy = !take("?")
    return .repetition(atom, atLeast: least, atMost: most, isGreedy: isGreedy)
  }

  /// `2}`, `2,}` or `2,5}`.
  private mutating func count() -> (Int, Int?)? {
    guard let least = number() else { return nil }
    if take("}") { return (least, least) }
    guard take(",") else { return nil }
    if take("}") { return (least, nil) }
    guard let most = number(), take("}"), most >= least else { return nil }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let scalar = next, ("0"..."9").contains(scalar) {
      value = (value ?? 0) * 10 + Int(scalar.value - 48)
      guard let value, value <= PatternParser.maximumRepetition else { return nil }
      position += 1
    }
    return value
  }

  // MARK: Escapes

  private mutating func escape() -> PatternTree? {
    if let digit = next, ("1"..."9").contains(digit) { return backReference() }
    return escapedSet().map { .set($0) }
  }

  /// As many digits as still name a group that has been opened; that group must be closed before the reference.
  private mutating func backReference() -> PatternTree? {
    var number = 0
    while let digit = next, ("0"..."9").contains(digit) {
      let longer = number * 10 + Int(digit.value - 48)
      if number > 0 && longer > openedGroups { break }
      number = longer
      position += 1
    }
    return closedGroups.contains(number) ? .backReference(number) : nil
  }

  /// What follows a backslash, as a set.
  private mutating func escapedSet() -> CharacterSet? {
    guard let scalar = advance() else { return nil }
    if let set = CharacterSet(classEscape: scalar) { return set }
    if scalar == "p" || scalar == "P" { return property(isNegated: scalar == "P") }
    return PatternParser.escaped(scalar).map { CharacterSet($0) }
  }

  private mutating func property(isNegated: Bool) -> CharacterSet? {
    guard take("{") else { return nil }
    var name = ""
    while let scalar = advance() {
      if scalar == "}" { return CharacterSet(property: name, isNegated: isNegated) }
      name.unicodeScalars.append(scalar)
    }
    return nil
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "n": "\n"
    case "r": "\r"
    case "t": "\t"
    case "\\", "|", ".", "?", "*", "+", "(", ")", "{", "}", "-", "[", "]", "^", "$": scalar
    default: nil
    }
  }

  // MARK: Square brackets

  /// What follows `[`, up to and with its `]`.
  private mutating func set() -> CharacterSet? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= PatternParser.maximumDepth else { return nil }
    var set = CharacterSet()
    set.isNegated = take("^")
    var isFirst = true
    while true {
      if next == "-", position + 1 < scalars.count, scalars[position + 1] == "[", !isFirst {
        position += 2
        guard let subtracted = self.set(), take("]") else { return nil }
        set.subtract(subtracted)
        return set
      }
      if take("]") { return isFirst ? nil : set }
      guard add(to: &set, isFirst: isFirst) else { return nil }
      isFirst = false
    }
  }

  /// One character, range or escape. A bare hyphen stands only at the beginning or the end.
  private mutating func add(to set: inout CharacterSet, isFirst: Bool) -> Bool {
    if next == "-" {
      guard isFirst || (position + 1 < scalars.count && scalars[position + 1] == "]") else { return false }
      position += 1
      set.insert("-"..."-")
      return true
    }
    if next == "\\", position + 1 < scalars.count, PatternParser.escaped(scalars[position + 1]) == nil {
      position += 1
      guard let escape = escapedSet() else { return false }
      set.insert(escape)
      return true
    }
    guard let lower = setCharacter() else { return false }
    guard next == "-", position + 1 < scalars.count, scalars[position + 1] != "]", scalars[position + 1] != "[" else {
      set.insert(lower...lower)
      return true
    }
    position += 1
    guard let upper = setCharacter(), lower <= upper else { return false }
    set.insert(lower...upper)
    return true
  }

  private mutating func setCharacter() -> Unicode.Scalar? {
    switch advance() {
    case nil, "[", "]": nil
    case "\\": advance().flatMap { PatternParser.escaped($0) }
    case let scalar?: scalar
    }
  }
}
