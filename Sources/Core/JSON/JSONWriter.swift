extension JSONValue {
  public enum Layout: Sendable {
    /// One line, no spaces.
    case compact
    /// A member or element a line, indented by two.
    case pretty
  }

  /// The document as text. Members keep their order; pretty text has no line end behind it.
  public func text(_ layout: Layout = .compact) -> String {
    var text = ""
    write(to: &text, layout)
    return text
  }

  public func write(to output: inout some TextOutputStream, _ layout: Layout = .compact) {
    write(to: &output, indent: layout == .pretty ? "\n" : nil)
  }

  /// - Parameter indent: line end and spaces before what stands at this level; nil for compact.
  private func write(to output: inout some TextOutputStream, indent: String?) {
    switch self {
    case .null: output.write("null")
    case .boolean(let boolean): output.write(boolean ? "true" : "false")
    case .number(let text): output.write(text)
    case .string(let text): output.write(text.jsonQuoted)
    case .array(let elements):
      list(elements, "[", "]", indent, to: &output) { $0.write(to: &$1, indent: $2) }
    case .object(let members):
      list(members, "{", "}", indent, to: &output) { member, output, inner in
        output.write(member.name.jsonQuoted)
        output.write(inner == nil ? ":" : ": ")
        member.value.write(to: &output, indent: inner)
      }
    }
  }

  private func list<Item, Output: TextOutputStream>(
    _ items: [Item], _ open: String, _ close: String, _ indent: String?, to output: inout Output,
    each: (Item, inout Output, String?) -> Void
  ) {
    let inner = indent.map { $0 + "  " }
    output.write(open)
    for (position, item) in items.enumerated() {
      if position > 0 { output.write(",") }
      if let inner { output.write(inner) }
      each(item, &output, inner)
    }
    if let indent, !items.isEmpty { output.write(indent) }
    output.write(close)
  }
}

extension String {
  /// In quotes, with what JSON wants escaped, and the line separators that JavaScript once refused.
  var jsonQuoted: String {
    var result = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
