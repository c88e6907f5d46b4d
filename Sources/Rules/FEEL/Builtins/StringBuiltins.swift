/// Functions on strings (DMN 1.5 §10.3.4.3). Lengths and positions count code points.
enum StringBuiltins {
  private typealias Parameter = Builtin.Parameter
  private static let string = Parameter.one("string", .string)
  private static let match = Parameter.one("match", .string)

  static let rows: [Builtin] =
    [
      Builtin("substring", [string, .one("start position", .number), .optional("length", .number)], .string) {
        arguments, _ in
        substring(of: arguments.text(0), from: arguments.integer(1), length: arguments.optionalInteger(2))
      },
      Builtin("string length", [string], .number) { arguments, _ in
        .number(Decimal128(arguments.text(0).unicodeScalars.count))
      },
      Builtin("upper case", [string], .string) { arguments, _ in .string(arguments.text(0).uppercased()) },
      Builtin("lower case", [string], .string) { arguments, _ in .string(arguments.text(0).lowercased()) },
      Builtin("substring before", [string, match], .string) { arguments, _ in
        let text = arguments.text(0)
        return .string(text.codePointRange(of: arguments.text(1)).map { String(text[..<$0.lowerBound]) } ?? "")
      },
      Builtin("substring after", [string, match], .string) { arguments, _ in
        let text = arguments.text(0)
        return .string(text.codePointRange(of: arguments.text(1)).map { String(text[$0.upperBound...]) } ?? "")
      },
      Builtin("contains", [string, match], .boolean) { arguments, _ in
        .boolean(arguments.text(0).codePointRange(of: arguments.text(1)) != nil)
      },
      Builtin("starts with", [string, match], .boolean) { arguments, _ in
        .boolean(arguments.text(0).utf8.starts(with: arguments.text(1).utf8))
      },
      Builtin("ends with", [string, match], .boolean) { arguments, _ in
        .boolean(arguments.text(0).utf8.reversed().starts(with: arguments.text(1).utf8.reversed()))
      },
      Builtin("string join", [.one("list", .list(.string)), .nullable("delimiter", .string)], .string) {
        arguments, invocation in
        joined(arguments.list(0), by: arguments.text(1), in: &invocation)
      },
    ] + PatternBuiltins.rows

  /// Positions count from 1, or from the end when negative. A position outside the text, and a length that is below 1
  /// or goes beyond the end, have no answer.
  private static func substring(of text: String, from position: Int, length: Int?) -> Value? {
    let scalars = text.unicodeScalars
    let count = scalars.count
    guard position != 0, position.clamped.magnitude <= count else { return nil }
    let offset = position > 0 ? position - 1 : count + position
    let size = length ?? count - offset
    guard size >= 1, size <= count - offset else { return nil }
    let start = scalars.index(scalars.startIndex, offsetBy: offset)
    return .string(String(scalars[start..<scalars.index(start, offsetBy: size)]))
  }

  /// Nulls are passed over.
  private static func joined(_ items: [Value], by delimiter: String, in invocation: inout Invocation) -> Value? {
    var texts: [String] = []
    for case .string(let text) in items { texts.append(text) }
    let size = texts.reduce(texts.count * delimiter.utf8.count) { $0 + $1.utf8.count }
    return invocation.spend(size) ? .string(texts.joined(separator: delimiter)) : .null()
  }
}

extension String {
  /// Where `other` first stands, compared code point by code point; at the start for an empty text.
  func codePointRange(of other: String) -> Range<Index>? {
    guard let first = other.utf8.first else { return startIndex..<startIndex }
    let count = other.utf8.count
    var rest = utf8[...]
    while rest.count >= count, let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: other.utf8) { return start..<utf8.index(start, offsetBy: count) }
      rest = rest.dropFirst()
    }
    return nil
  }
}
