/// The signs and words of the grammar, so that tokens are told apart without comparing texts.
enum Word: UInt8, CaseIterable, Sendable {
  /// What the grammar does not name.
  case other

  // Signs.
  case plus, minus, times, over, power
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  case dot, dots, comma, colon, arrow, apostrophe
  case openRound, closeRound, openSquare, closeSquare, openCurly, closeCurly

  // Words that cannot begin a name by themselves, nor continue a name that is not known.
  case `if`, then, `else`, `for`, `in`, `return`, some, every, satisfies, instance, between, and, or
  case null, `true`, `false`, function, external

  // Words that have a meaning in certain places only.
  case not, of, list, range, context

  var isKeyword: Bool { rawValue >= Word.if.rawValue && rawValue <= Word.external.rawValue }

  var spelling: String { Self.spellings[Int(rawValue)] }

  private static let spellings = allCases.map(\.text)

  private var text: String {
    switch self {
    case .other: ""
    case .plus: "+"
    case .minus: "-"
    case .times: "*"
    case .over: "/"
    case .power: "**"
    case .equal: "="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .dot: "."
    case .dots: ".."
    case .comma: ","
    case .colon: ":"
    case .arrow: "->"
    case .apostrophe: "'"
    case .openRound: "("
    case .closeRound: ")"
    case .openSquare: "["
    case .closeSquare: "]"
    case .openCurly: "{"
    case .closeCurly: "}"
    default: "\(self)"
    }
  }
}

// MARK: - Reading

extension Word {
  /// The sign at the beginning of two scalars, and how many of them it takes; `other` for any other scalar.
  static func sign(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> (word: Word, length: Int) {
    switch (first, second) {
    case (".", "."): (.dots, 2)
    case ("*", "*"): (.power, 2)
    case ("!", "="): (.notEqual, 2)
    case ("<", "="): (.lessOrEqual, 2)
    case (">", "="): (.greaterOrEqual, 2)
    case ("-", ">"): (.arrow, 2)
    default: (sign(first), 1)
    }
  }

  private static func sign(_ scalar: Unicode.Scalar) -> Word {
    switch scalar {
    case "+": .plus
    case "-": .minus
    case "*": .times
    case "/": .over
    case "=": .equal
    case "<": .less
    case ">": .greater
    case ".": .dot
    case ",": .comma
    case ":": .colon
    case "'", "\u{2019}": .apostrophe
    case "(": .openRound
    case ")": .closeRound
    case "[": .openSquare
    case "]": .closeSquare
    case "{": .openCurly
    case "}": .closeCurly
    default: .other
    }
  }

  /// The word that the bytes spell; `other` when the grammar has none such.
  static func word(_ bytes: some Collection<UInt8>) -> Word {
    guard bytes.count <= longest, let code = code(bytes) else { return .other }
    for entry in byLength[bytes.count] where entry.code == code { return entry.word }
    return .other
  }

  /// Small letters at five bits each; nil for other texts.
  private static func code(_ bytes: some Collection<UInt8>) -> UInt64? {
    var code: UInt64 = 0
    for byte in bytes {
      guard byte >= UInt8(ascii: "a"), byte <= UInt8(ascii: "z") else { return nil }
      code = code << 5 | UInt64(byte - 0x60)
    }
    return code
  }

  private static let longest = 9

  /// Words by how many letters they have.
  private static let byLength: [[(code: UInt64, word: Word)]] = {
    var table: [[(code: UInt64, word: Word)]] = Array(repeating: [], count: longest + 1)
    for word in allCases where word.rawValue >= Word.if.rawValue {
      if let code = code(word.text.utf8) { table[word.text.utf8.count].append((code, word)) }
    }
    return table
  }()
}
