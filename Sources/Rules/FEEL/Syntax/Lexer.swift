/// Cuts a source text into tokens. Spaces and comments fall away; what they separate stays separate.
struct Lexer {
  /// Longest source text, in Unicode scalars.
  static let maximumLength = 500_000

  /// The text in UTF-8; it is valid, being that of a `String`.
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// How many bytes before `position` are not the first of their scalar.
  private var continuations = 0
  private var tokens: [Token] = []

  private init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    tokens.reserveCapacity(bytes.count / 3 + 2)
  }

  /// - Returns: the tokens, with an `end` token last.
  static func tokens(of source: String) throws(SyntaxError) -> [Token] {
    guard source.utf8.count <= maximumLength || source.unicodeScalars.count <= maximumLength else { throw tooLong }
    var source = source
    return try source.withUTF8 { bytes in
      Result { () throws(SyntaxError) in
        var lexer = Lexer(bytes)
        return try lexer.readAll()
      }
    }.get()
  }

  private mutating func readAll() throws(SyntaxError) -> [Token] {
    while try skipSpace() { try readToken() }
    tokens.append(Token(.end, text: "", span: offset..<offset))
    return tokens
  }

  /// The tokens that make up a name, for comparison with source text; empty when it is not made of tokens.
  static func pieces(of name: String) -> [Token] {
    guard let tokens = try? tokens(of: name) else { return [] }
    let isName = tokens.allSatisfy { $0.kind != .string && $0.kind != .atLiteral }
    return isName ? tokens.dropLast() : []
  }

  private static var tooLong: SyntaxError {
    SyntaxError(code: "feel.syntax.tooLong", offset: 0, arguments: ["limit": "\(maximumLength)"])
  }

  private mutating func readToken() throws(SyntaxError) {
    let first = byte()
    if first.isDigit || (first == UInt8(ascii: ".") && byte(1).isDigit) {
      readNumber()
    } else if first == UInt8(ascii: "\"") {
      try readString(.string)
    } else if first == UInt8(ascii: "@") && byte(1) == UInt8(ascii: "\"") {
      try readString(.atLiteral)
    } else if first.isLetterOrDigit || scalar().isNameStart {
      readName()
    } else {
      readSymbol()
    }
  }

  private mutating func add(_ kind: Token.Kind, _ word: Word = .other, from start: Mark, text: String? = nil) {
    let own = UnsafeBufferPointer(rebasing: bytes[start.position..<position])
    let text = text ?? String(decoding: own, as: UTF8.self)
    // Spellings of one sign are one.
    let hash = word == .other ? Token.hash(of: own) : UInt64(word.rawValue)
    tokens.append(Token(kind, word, text: text, hash: hash, span: start.offset..<offset))
  }
}

// MARK: - Bytes and scalars

extension Lexer {
  /// A place in the text: in bytes and in scalars.
  private struct Mark {
    var position: Int
    var offset: Int
  }

  private var mark: Mark { Mark(position: position, offset: offset) }

  /// Scalars from the beginning of the text.
  private var offset: Int { position - continuations }

  private var isAtEnd: Bool { position >= bytes.count }

  /// Zero beyond the end.
  private func byte(_ ahead: Int = 0) -> UInt8 {
    let index = position + ahead
    return index < bytes.count ? bytes[index] : 0
  }

  private func scalar() -> Unicode.Scalar { scalar(at: position).value }

  /// The scalar whose first byte stands at a position, and how many bytes it has.
  private func scalar(at index: Int) -> (value: Unicode.Scalar, length: Int) {
    guard index < bytes.count else { return ("\0", 1) }
    let first = bytes[index]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard index + length <= bytes.count else { return ("\u{FFFD}", 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for rest in 1..<length { value = value << 6 | UInt32(bytes[index + rest] & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }

  private mutating func skip(scalarOf length: Int) {
    position += length
    continuations += length - 1
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  /// In ASCII.
  fileprivate var isLetterOrDigit: Bool { isDigit || (self | 0x20 >= 0x61 && self | 0x20 <= 0x7A) }
}

// MARK: - Spaces and comments

extension Lexer {
  /// false at the end of the text.
  private mutating func skipSpace() throws(SyntaxError) -> Bool {
    while !isAtEnd {
      if bytes[position] == UInt8(ascii: " ") {
        position += 1
        continue
      }
      let (scalar, length) = scalar(at: position)
      if scalar.isFEELSpace {
        skip(scalarOf: length)
      } else if scalar == "/" && byte(1) == UInt8(ascii: "/") {
        while !isAtEnd, !self.scalar().isVerticalSpace { skip(scalarOf: self.scalar(at: position).length) }
      } else if scalar == "/" && byte(1) == UInt8(ascii: "*") {
        try skipComment()
      } else {
        return true
      }
    }
    return false
  }

  private mutating func skipComment() throws(SyntaxError) {
    let start = offset
    position += 2
    while !(byte() == UInt8(ascii: "*") && byte(1) == UInt8(ascii: "/")) {
      guard !isAtEnd else { throw SyntaxError(code: "feel.syntax.openComment", offset: start) }
      skip(scalarOf: scalar(at: position).length)
    }
    position += 2
  }
}

// MARK: - Names, numbers, symbols

extension Lexer {
  private mutating func readName() {
    let start = mark
    while !isAtEnd {
      if bytes[position].isLetterOrDigit {
        position += 1
        continue
      }
      let (scalar, length) = scalar(at: position)
      guard scalar.isNamePart else { break }
      skip(scalarOf: length)
    }
    let word = Word.word(UnsafeBufferPointer(rebasing: bytes[start.position..<position]))
    add(.name, word, from: start, text: word == .other ? nil : word.spelling)
  }

  private mutating func readNumber() {
    let start = mark
    skipDigits()
    if byte() == UInt8(ascii: ".") && byte(1).isDigit {
      position += 1
      skipDigits()
    }
    if byte() | 0x20 == UInt8(ascii: "e") {
      let sign = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-") ? 1 : 0
      if byte(1 + sign).isDigit {
        position += 1 + sign
        skipDigits()
      }
    }
    add(.number, from: start)
  }

  private mutating func skipDigits() {
    while byte().isDigit { position += 1 }
  }

  private mutating func readSymbol() {
    let start = mark
    let (scalar, length) = scalar(at: position)
    let sign = Word.sign(scalar, Unicode.Scalar(byte(length)))
    skip(scalarOf: length)
    position += sign.length - 1
    add(.symbol, sign.word, from: start, text: sign.word == .other ? nil : sign.word.spelling)
  }
}

// MARK: - Strings

extension Lexer {
  private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
    "\"": "\"", "\\": "\\", "'": "'", "n": "\n", "r": "\r", "t": "\t",
  ]

  private mutating func readString(_ kind: Token.Kind) throws(SyntaxError) {
    let start = mark
    position += kind == .atLiteral ? 2 : 1
    var text = String.UnicodeScalarView()
    while byte() != UInt8(ascii: "\"") {
      guard !isAtEnd else { throw SyntaxError(code: "feel.syntax.openString", offset: start.offset) }
      text.append(byte() == UInt8(ascii: "\\") ? try readEscape() : takeScalar())
    }
    position += 1
    add(kind, from: start, text: String(text))
  }

  private mutating func takeScalar() -> Unicode.Scalar {
    let (scalar, length) = scalar(at: position)
    skip(scalarOf: length)
    return scalar
  }

  /// An escape of the standard, or the backslash itself where what follows is none.
  private mutating func readEscape() throws(SyntaxError) -> Unicode.Scalar {
    let start = mark
    if byte(1) | 0x20 == UInt8(ascii: "u") { return try readUnicodeEscape(from: start) }
    guard position + 1 < bytes.count, let scalar = Self.escapes[Unicode.Scalar(byte(1))] else { return takeScalar() }
    position += 2
    return scalar
  }

  private mutating func readUnicodeEscape(from start: Mark) throws(SyntaxError) -> Unicode.Scalar {
    let digits = byte(1) == UInt8(ascii: "u") ? 4 : 6
    guard var value = hexadecimal(at: 2, digits: digits) else { throw badEscape(start) }
    position += 2 + digits
    if (0xD800...0xDBFF).contains(value) {
      guard byte() == UInt8(ascii: "\\"), byte(1) == UInt8(ascii: "u"), let low = hexadecimal(at: 2, digits: 4),
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
      guard let digit = Character(Unicode.Scalar(byte(ahead + index))).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private func badEscape(_ start: Mark) -> SyntaxError {
    let rest = String(decoding: UnsafeBufferPointer(rebasing: bytes[start.position...].prefix(32)), as: UTF8.self)
    let text = String(rest.unicodeScalars.prefix(8))
    return SyntaxError(code: "feel.syntax.escape", offset: start.offset, arguments: ["text": text])
  }
}
