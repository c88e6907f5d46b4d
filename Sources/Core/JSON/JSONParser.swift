import Diagnostics

/// Reads a document from its first byte to its last, counting lines and columns on the way.
struct JSONParser {
  private let bytes: [UInt8]
  private var position = 0
  private var place: SourcePlace

  init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    place = SourcePlace(file: file)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  mutating func document() throws(Diagnostic) -> JSONNode {
    guard bytes.count <= JSONNode.maximumSize else {
      throw problem("json.size", ["limit": "\(JSONNode.maximumSize >> 20) MiB"])
    }
    let node = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw problem("json.rest", ["found": found]) }
    return node
  }

  private mutating func value(depth: Int) throws(Diagnostic) -> JSONNode {
    skipSpace()
    let start = place
    return JSONNode(content: try content(depth: depth), place: start)
  }

  private mutating func content(depth: Int) throws(Diagnostic) -> JSONNode.Content {
    switch next {
    case UInt8(ascii: "{"): return .object(try object(depth: try deeper(depth)))
    case UInt8(ascii: "["): return .array(try array(depth: try deeper(depth)))
    case UInt8(ascii: "\""): return .string(try string())
    case .some(let byte) where byte == UInt8(ascii: "-") || byte.isDigit: return .number(try number())
    default: return try word()
    }
  }

  private func deeper(_ depth: Int) throws(Diagnostic) -> Int {
    guard depth < JSONNode.maximumDepth else {
      throw problem("json.depth", ["limit": String(JSONNode.maximumDepth)])
    }
    return depth + 1
  }

  private mutating func object(depth: Int) throws(Diagnostic) -> [JSONNode.Member] {
    var members: [JSONNode.Member] = []
    var names: Set<String> = []
    advance()
    skipSpace()
    if take("}") { return members }
    while true {
      skipSpace()
      let place = place
      guard next == UInt8(ascii: "\"") else { throw problem("json.name", ["found": found]) }
      let name = try string()
      guard names.insert(name).inserted else { throw Diagnostic("json.name.twice", at: place, ["name": name]) }
      skipSpace()
      guard take(":") else { throw problem("json.expected", ["expected": ":", "found": found]) }
      members.append(.init(name: name, place: place, value: try value(depth: depth)))
      skipSpace()
      if take("}") { return members }
      guard take(",") else { throw problem("json.expected", ["expected": ", }", "found": found]) }
    }
  }

  private mutating func array(depth: Int) throws(Diagnostic) -> [JSONNode] {
    var elements: [JSONNode] = []
    advance()
    skipSpace()
    if take("]") { return elements }
    while true {
      elements.append(try value(depth: depth))
      skipSpace()
      if take("]") { return elements }
      guard take(",") else { throw problem("json.expected", ["expected": ", ]", "found": found]) }
    }
  }

  private mutating func number() throws(Diagnostic) -> String {
    guard let end = JSONNumber.end(from: position, in: bytes) else { throw problem("json.number", ["found": found]) }
    let text = String(decoding: bytes[position..<end], as: UTF8.self)
    advance(to: end)
    return text
  }

  private static let words: [(text: String, content: JSONNode.Content)] = [
    ("true", .boolean(true)), ("false", .boolean(false)), ("null", .null),
  ]

  private mutating func word() throws(Diagnostic) -> JSONNode.Content {
    for word in JSONParser.words where bytes[position...].starts(with: word.text.utf8) {
      advance(to: position + word.text.utf8.count)
      return word.content
    }
    throw problem("json.value", ["found": found])
  }

  // MARK: - Strings

  private mutating func string() throws(Diagnostic) -> String {
    let start = place
    advance()
    var utf8: [UInt8] = []
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        advance()
        guard let text = String(validating: utf8, as: UTF8.self) else { throw Diagnostic("json.utf8", at: start) }
        return text
      case UInt8(ascii: "\\"): utf8 += try escape()
      case ..<0x20: throw problem("json.control", ["code": String(byte, radix: 16)])
      default:
        utf8.append(byte)
        advance()
      }
    }
    throw Diagnostic("json.string.open", at: start)
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
  ]

  private mutating func escape() throws(Diagnostic) -> [UInt8] {
    let start = place
    advance()
    if let byte = next, let meant = JSONParser.escapes[byte] {
      advance()
      return [meant]
    }
    guard take("u") else { throw Diagnostic("json.escape", at: start) }
    let first = try codeUnit(from: start)
    guard UTF16.isSurrogate(first) else { return utf8([first]) }
    guard UTF16.isLeadSurrogate(first), take("\\"), take("u") else { throw Diagnostic("json.surrogate", at: start) }
    let second = try codeUnit(from: start)
    guard UTF16.isTrailSurrogate(second) else { throw Diagnostic("json.surrogate", at: start) }
    return utf8([first, second])
  }

  private mutating func codeUnit(from start: SourcePlace) throws(Diagnostic) -> UInt16 {
    let end = position + 4
    guard end <= bytes.count, bytes[position..<end].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
    else { throw Diagnostic("json.escape", at: start) }
    advance(to: end)
    return unit
  }

  private func utf8(_ units: [UInt16]) -> [UInt8] { Array(String(decoding: units, as: UTF16.self).utf8) }

  // MARK: - Moving on

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func advance() {
    let byte = bytes[position]
    position += 1
    if byte == UInt8(ascii: "\n") {
      place.line += 1
      place.column = 1
    } else if byte & 0xC0 != 0x80 {
      place.column += 1
    }
  }

  private mutating func advance(to end: Int) { while position < end { advance() } }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: sign) else { return false }
    advance()
    return true
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { advance() }
  }

  /// What stands here, short, for a message.
  private var found: String {
    let rest = bytes[position...].prefix { $0 != 0x0A && $0 != 0x0D }
    return rest.isEmpty ? "…" : String(String(decoding: rest.prefix(60), as: UTF8.self).prefix(15))
  }

  private func problem(_ code: String, _ arguments: [String: String] = [:]) -> Diagnostic {
    Diagnostic(code, at: place, arguments)
  }
}
