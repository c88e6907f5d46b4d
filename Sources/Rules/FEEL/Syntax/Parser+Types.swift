import Diagnostics

/// Types (DMN 1.5 §10.3.1.2, rule 52): `number`, `list<string>`, `context<a: date>`, `range<time>`,
/// `function<number> -> string`, or the name of a type of the host.
extension Parser {
  mutating func parseType() throws(SyntaxError) -> FEELType {
    try enter()
    defer { leave() }
    guard next.word == .less else { return try parseNamedType() }
    switch word {
    case .list: return .list(try parseElementType())
    case .range: return .range(try parseElementType())
    case .context: return try parseContextType()
    case .function: return try parseFunctionType()
    default: return try parseNamedType()
    }
  }

  private static let constructors: Set<String> = ["list", "context", "range", "function"]
  private static let builtin = NameTable(FEELType.named.keys)

  private mutating func parseNamedType() throws(SyntaxError) -> FEELType {
    let host = NameTable(names.types.keys)
    if let name = longer(host.longest(in: tokens, at: position), Self.builtin.longest(in: tokens, at: position)) {
      advance(name.count)
      if names.types[name.text] == nil, Self.constructors.contains(name.text) { namesBareType = true }
      return names.types[name.text] ?? FEELType.named[name.text] ?? .any
    }
    let candidates = Set(FEELType.named.keys).union(names.types.keys)
    let near = nearWord(to: token.text, among: candidates)
    guard let near else { throw error("feel.syntax.type", at: token.span.lowerBound, ["found": token.text]) }
    throw error("feel.syntax.type.near", at: token.span.lowerBound, ["found": token.text, "near": near])
  }

  private mutating func parseElementType() throws(SyntaxError) -> FEELType {
    advance(2)
    let element = try parseType()
    try expect(.greater)
    return element
  }

  private mutating func parseContextType() throws(SyntaxError) -> FEELType {
    advance(2)
    var entries: [String: FEELType] = [:]
    repeat {
      let key = try parseNewName(until: [.colon])
      advance()
      entries[key] = try parseType()
    } while take(.comma)
    try expect(.greater)
    return .context(entries)
  }

  private mutating func parseFunctionType() throws(SyntaxError) -> FEELType {
    advance(2)
    var parameters: [FEELType] = []
    if !at(.greater) {
      repeat { parameters.append(try parseType()) } while take(.comma)
    }
    try expect(.greater)
    try expect(.arrow)
    return .function(parameters, try parseType())
  }
}
