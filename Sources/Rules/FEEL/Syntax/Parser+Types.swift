import Diagnostics

/// Types (DMN 1.5 §10.3.1.2, rule 52): `number`, `list<string>`, `context<a: date>`, `range<time>`,
/// `function<number> -> string`, or the name of a type of the host.
extension Parser {
  mutating func parseType() throws(SyntaxError) -> FEELType {
    try enter()
    defer { leave() }
    guard next.isSymbol("<") else { return try parseNamedType() }
    switch token.text {
    case "list": return .list(try parseElementType())
    case "range": return .range(try parseElementType())
    case "context": return try parseContextType()
    case "function": return try parseFunctionType()
    default: return try parseNamedType()
    }
  }

  private static let constructors: Set<String> = ["list", "context", "range", "function"]
  private static let builtin = NameTable(FEELType.named.keys)

  private mutating func parseNamedType() throws(SyntaxError) -> FEELType {
    let host = NameTable(names.types.keys)
    if let name = longer(host.longest(at: rest), Self.builtin.longest(at: rest)) {
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
    try expect(">")
    return element
  }

  private mutating func parseContextType() throws(SyntaxError) -> FEELType {
    advance(2)
    var entries: [String: FEELType] = [:]
    repeat {
      let key = try parseNewName(until: [":"])
      advance()
      entries[key] = try parseType()
    } while take(",")
    try expect(">")
    return .context(entries)
  }

  private mutating func parseFunctionType() throws(SyntaxError) -> FEELType {
    advance(2)
    var parameters: [FEELType] = []
    if !at(">") {
      repeat { parameters.append(try parseType()) } while take(",")
    }
    try expect(">")
    try expect("->")
    return .function(parameters, try parseType())
  }
}
