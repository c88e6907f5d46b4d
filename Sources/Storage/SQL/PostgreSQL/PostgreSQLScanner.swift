/// Reads a statement once: numbers its placeholders and notes its words.
struct PostgreSQLScanner {
  private let source: [UInt8]
  private var position = 0
  private var output: [UInt8] = []
  private var result = PostgreSQLStatement()
  private var isCommandBegun = false

  init(_ sql: String) {
    source = Array(sql.utf8)
    output.reserveCapacity(source.count + 16)
  }

  mutating func statement() -> PostgreSQLStatement {
    while position < source.count { takePiece() }
    result.text = String(decoding: output, as: UTF8.self)
    return result
  }

  private mutating func takePiece() {
    switch (source[position], byte(after: 1)) {
    case (Sign.quote, _), (Sign.doubleQuote, _): takeQuoted(hasEscapes: false)
    case (Sign.dollar, _): takeDollar()
    case (Sign.dash, Sign.dash): take(to: source[position...].firstIndex(of: Sign.newline) ?? source.count)
    case (Sign.slash, Sign.star): take(to: endOfComment)
    case (Sign.placeholder, _): takePlaceholder()
    case (Sign.semicolon, _): endCommand()
    case (let byte, _) where Sign.isOfWord(byte): takeWord()
    case (let byte, _): takeSign(byte)
    }
  }

  // MARK: pieces

  private mutating func takeWord() {
    let end = source[position...].firstIndex { !Sign.isOfWord($0) && $0 != Sign.dollar } ?? source.count
    let word = String(decoding: source[position..<end], as: UTF8.self).uppercased()
    take(to: end)
    // E'…' knows \'.
    if word == "E", byte(after: 0) == Sign.quote { return takeQuoted(hasEscapes: true) }
    if !isCommandBegun { result.commands.append(word) }
    isCommandBegun = true
    result.words.insert(word)
    note(word)
  }

  private mutating func takePlaceholder() {
    result.placeholders += 1
    output.append(contentsOf: "$\(result.placeholders)".utf8)
    position += 1
    note("?")
  }

  private mutating func takeSign(_ byte: UInt8) {
    take(to: position + 1)
    if !Sign.isSpace(byte) { note("") }
  }

  private mutating func endCommand() {
    take(to: position + 1)
    isCommandBegun = false
  }

  /// A doubled quote within is two quoted pieces, one right behind the other.
  private mutating func takeQuoted(hasEscapes: Bool) {
    let quote = source[position]
    var end = position + 1
    while end < source.count, source[end] != quote { end += hasEscapes && source[end] == Sign.backslash ? 2 : 1 }
    take(to: end + 1)
    if hasEscapes, byte(after: 0) == quote { return takeQuoted(hasEscapes: true) }
    note("")
  }

  /// `$$…$$`, `$name$…$name$`
  private mutating func takeDollar() {
    let rest = source[(position + 1)...]
    guard let end = rest.firstIndex(where: { !Sign.isOfWord($0) }), source[end] == Sign.dollar else {
      return takeSign(Sign.dollar)
    }
    let tag = source[position...end]
    var start = end + 1
    while start < source.count, !source[start...].starts(with: tag) { start += 1 }
    take(to: start + tag.count)
    note("")
  }

  /// Comments may hold comments.
  private var endOfComment: Int {
    var end = position
    var depth = 0
    repeat {
      let pair = (source[end], end + 1 < source.count ? source[end + 1] : 0)
      if pair == (Sign.slash, Sign.star) { depth += 1 }
      if pair == (Sign.star, Sign.slash) { depth -= 1 }
      end += pair == (Sign.slash, Sign.star) || pair == (Sign.star, Sign.slash) ? 2 : 1
    } while depth > 0 && end < source.count
    return end
  }

  // MARK: steps

  private mutating func take(to end: Int) {
    let end = min(end, source.count)
    output.append(contentsOf: source[position..<end])
    position = end
  }

  private mutating func note(_ piece: String) { result.end = (result.end.1, piece) }

  private func byte(after count: Int) -> UInt8 { position + count < source.count ? source[position + count] : 0 }
}

/// Signs that mean something between words.
private enum Sign {
  static let quote = UInt8(ascii: "'")
  static let doubleQuote = UInt8(ascii: "\"")
  static let dollar = UInt8(ascii: "$")
  static let dash = UInt8(ascii: "-")
  static let slash = UInt8(ascii: "/")
  static let star = UInt8(ascii: "*")
  static let placeholder = UInt8(ascii: "?")
  static let semicolon = UInt8(ascii: ";")
  static let backslash = UInt8(ascii: "\\")
  static let newline = UInt8(ascii: "\n")

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF: true
    default: false
    }
  }
}
