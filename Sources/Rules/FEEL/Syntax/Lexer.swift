/// Cuts a source text into tokens. Spaces and comments fall away; what they separate stays separate.
struct Lexer {
  /// Longest source text, in Unicode scalars.
  static let maximumLength = 500_000

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var tokens: [Token] = []

  private init(_ source: String) { scalars = Array(source.unicodeScalars) }

  /// - Returns: the tokens, with an `end` token last.
  static func tokens(of source: String) throws(SyntaxError) -> [Token] {
    guard source.utf8.count <= maximumLength * 4 else { throw tooLong }
    var lexer = Lexer(source)
    guard lexer.scalars.count <= maximumLength else { throw tooLong }
    lexer.tokens.reserveCapacity(lexer.scalars.count / 3 + 2)
    while try lexer.skipSpace() { try lexer.readToken() }
    let end = lexer.scalars.count
    lexer.tokens.append(Token(kind: .end, text: "", span: end..<end))
    return lexer.tokens
  }

  /// The tokens that make up a name, for comparison with source text; empty when it is not made of tokens.
  static func pieces(of name: String) -> [String] {
    guard let tokens = try? tokens(of: name) else { return [] }
    let isName = tokens.allSatisfy { $0.kind != .string && $0.kind != .atLiteral }
    return isName ? tokens.dropLast().map(\.text) : []
  }

  private static var tooLong: SyntaxError {
    SyntaxError(code: "feel.syntax.tooLong", offset: 0, arguments: ["limit": "\(maximumLength)"])
  }

  private func scalar(_ ahead: Int = 0) -> Unicode.Scalar {
    let index = position + ahead
    return index < scalars.count ? scalars[index] : "\0"
  }

  private mutating func readToken() throws(SyntaxError) {
    let first = scalar()
    if first.isNameStart {
      readName()
    } else if first.isDigit || (first == "." && scalar(1).isDigit) {
      readNumber()
    } else if first == "\"" {
      try readString(.string)
    } else if first == "@" && scalar(1) == "\"" {
      try readString(.atLiteral)
    } else {
      readSymbol()
    }
  }

  private mutating func add(_ kind: Token.Kind, from start: Int, text: String? = nil) {
    let text = text ?? self.text(start..<position)
    tokens.append(Token(kind: kind, text: text, span: start..<position))
  }

  private func text(_ range: Range<Int>) -> String {
    String(unsafeUninitializedCapacity: range.count * 4) { bytes in
      var count = 0
      for scalar in scalars[range] {
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          bytes[count] = byte
          count += 1
        }
      }
      return count
    }
  }
}

// MARK: - Spaces and comments

extension Lexer {
  /// false at the end of the text.
  private mutating func skipSpace() throws(SyntaxError) -> Bool {
    while position < scalars.count {
      if scalar().isFEELSpace {
        position += 1
      } else if scalar() == "/" && scalar(1) == "/" {
        while position < scalars.count && !scalar().isVerticalSpace { position += 1 }
      } else if scalar() == "/" && scalar(1) == "*" {
        try skipComment()
      } else {
        return true
      }
    }
    return false
  }

  private mutating func skipComment() throws(SyntaxError) {
    let start = position
    position += 2
    while !(scalar() == "*" && scalar(1) == "/") {
      guard position < scalars.count else { throw SyntaxError(code: "feel.syntax.openComment", offset: start) }
      position += 1
    }
    position += 2
  }
}

// MARK: - Names, numbers, symbols

extension Lexer {
  private static let apostrophes: Set<Unicode.Scalar> = ["'", "\u{2019}"]

  private mutating func readName() {
    let start = position
    while position < scalars.count && scalar().isNamePart { position += 1 }
    add(.name, from: start)
  }

  private mutating func readNumber() {
    let start = position
    skipDigits()
    if scalar() == "." && scalar(1).isDigit {
      position += 1
      skipDigits()
    }
    if scalar() == "e" || scalar() == "E" {
      let sign = scalar(1) == "+" || scalar(1) == "-" ? 1 : 0
      if scalar(1 + sign).isDigit {
        position += 1 + sign
        skipDigits()
      }
    }
    add(.number, from: start)
  }

  private mutating func skipDigits() {
    while scalar().isDigit { position += 1 }
  }

  /// A symbol of two signs.
  private static func isSymbol(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    switch (first, second) {
    case (".", "."), ("*", "*"), ("!", "="), ("<", "="), (">", "="), ("-", ">"): true
    default: false
    }
  }

  private mutating func readSymbol() {
    let start = position
    if Self.isSymbol(scalar(), scalar(1)) {
      position += 2
      add(.symbol, from: start)
    } else {
      position += 1
      add(.symbol, from: start, text: Self.apostrophes.contains(scalars[start]) ? "'" : nil)
    }
  }
}

// MARK: - Strings

extension Lexer {
  private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
    "\"": "\"", "\\": "\\", "'": "'", "n": "\n", "r": "\r", "t": "\t",
  ]

  private mutating func readString(_ kind: Token.Kind) throws(SyntaxError) {
    let start = position
    position += kind == .atLiteral ? 2 : 1
    var text = String.UnicodeScalarView()
    while scalar() != "\"" || position >= scalars.count {
      guard position < scalars.count else { throw SyntaxError(code: "feel.syntax.openString", offset: start) }
      text.append(scalar() == "\\" ? try readEscape() : takeScalar())
    }
    position += 1
    add(kind, from: start, text: String(text))
  }

  private mutating func takeScalar() -> Unicode.Scalar {
    defer { position += 1 }
    return scalar()
  }

  /// An escape of the standard, or the backslash itself where what follows is none.
  private mutating func readEscape() throws(SyntaxError) -> Unicode.Scalar {
    let start = position
    if scalar(1) == "u" || scalar(1) == "U" {
      return try readUnicodeEscape(from: start)
    }
    guard let scalar = Self.escapes[scalar(1)], position + 1 < scalars.count else { return takeScalar() }
    position += 2
    return scalar
  }

  private mutating func readUnicodeEscape(from start: Int) throws(SyntaxError) -> Unicode.Scalar {
    let digits = scalar(1) == "u" ? 4 : 6
    guard var value = hexadecimal(at: 2, digits: digits) else { throw badEscape(start) }
    position += 2 + digits
    if (0xD800...0xDBFF).contains(value) {
      guard scalar() == "\\", scalar(1) == "u", let low = hexadecimal(at: 2, digits: 4),
        (0xDC00...0xDFFF).contains(low)
      else { throw badEscape(start) }
      value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00)
      position += 6
    }
    guard let scalar = Unicode.Scalar(value) else { throw badEscape(start) }
    return scalar
  }

  private func hexadecimal(at ahead: Int, digits: Int) -> UInt32? {
    var value: UInt32 = 0
    for index in 0..<digits {
      guard let digit = Character(scalar(ahead + index)).hexDigitValue, scalar(ahead + index).isASCII else {
        return nil
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private func badEscape(_ start: Int) -> SyntaxError {
    let text = text(start..<min(start + 8, scalars.count))
    return SyntaxError(code: "feel.syntax.escape", offset: start, arguments: ["text": text])
  }
}
