/// Reads the text of a range whose ends are literals (DMN 1.5 §10.3.1.2, rules 66 and 67): `[1..5)`, `(..10]`,
/// `["a".."f"]`, `[@"2024-01-01"..@"2024-12-31"]`, `(date("2024-01-01")..)`.
struct RangeText {
  private var rest: Substring

  init(_ text: String) { rest = text[...] }

  /// nil when the text is no range, when its ends are of different kinds or stand in the wrong order.
  mutating func range() -> RangeValue? {
    skipSpace()
    guard let opening = rest.popFirst(), "[(]".contains(opening) else { return nil }
    skipSpace()
    var start: Value?
    if !rest.hasPrefix("..") {
      guard let value = end() else { return nil }
      start = value
    }
    skipSpace()
    guard rest.hasPrefix("..") else { return nil }
    rest = rest.dropFirst(2)
    skipSpace()
    var end: Value?
    if let next = rest.first, !"])[".contains(next) {
      guard let value = self.end() else { return nil }
      end = value
    }
    skipSpace()
    guard let closing = rest.popFirst(), "])[".contains(closing) else { return nil }
    skipSpace()
    guard rest.isEmpty else { return nil }
    return RangeText.range(start, includes: opening == "[", end, includes: closing == "]")
  }

  private static func range(_ start: Value?, includes first: Bool, _ end: Value?, includes last: Bool) -> RangeValue? {
    switch (start, end) {
    case (nil, nil): return nil
    case (nil, _?): if first { return nil }
    case (_?, nil): if last { return nil }
    case (let start?, let end?):
      guard let order = start.compare(end), order != .after else { return nil }
    }
    return RangeValue(start: start, startIncluded: first, end: end, endIncluded: last)
  }

  private mutating func skipSpace() { rest = rest.drop(while: \.isWhitespace) }

  private mutating func end() -> Value? {
    if rest.first == "\"" { return quoted().map { .string($0) } }
    if rest.first == "@" {
      rest.removeFirst()
      return quoted().flatMap { Value(atLiteral: $0) }
    }
    for (name, read) in RangeText.functions {
      if let text = argument(of: name) { return read(text) }
    }
    return number()
  }

  private static let functions: [(String, @Sendable (String) -> Value?)] = [
    ("date and time", { DateTime($0).map { .dateTime($0) } }),
    ("date", { CalendarDate($0).map { .date($0) } }),
    ("time", { TimeOfDay($0).map { .time($0) } }),
    ("duration", duration),
  ]

  @Sendable private static func duration(_ text: String) -> Value? {
    switch DurationText(text) {
    case .days(let duration)?: .daysDuration(duration)
    case .months(let duration)?: .monthsDuration(duration)
    case nil: nil
    }
  }

  /// `name("text")`; nil, with nothing read, when something else stands there.
  private mutating func argument(of name: String) -> String? {
    guard rest.hasPrefix(name) else { return nil }
    var ahead = self
    ahead.rest = rest.dropFirst(name.count)
    ahead.skipSpace()
    guard ahead.rest.popFirst() == "(" else { return nil }
    ahead.skipSpace()
    guard let text = ahead.quoted() else { return nil }
    ahead.skipSpace()
    guard ahead.rest.popFirst() == ")" else { return nil }
    self = ahead
    return text
  }

  private mutating func quoted() -> String? {
    guard rest.popFirst() == "\"" else { return nil }
    var text = ""
    while let character = rest.popFirst() {
      if character == "\"" { return text }
      if character == "\\", let escaped = rest.popFirst() {
        text += RangeText.escapes[escaped] ?? "\\\(escaped)"
      } else {
        text.append(character)
      }
    }
    return nil
  }

  private static let escapes: [Character: String] = ["n": "\n", "r": "\r", "t": "\t", "\"": "\"", "\\": "\\"]

  /// The point of a number is followed by a digit, so that `1..5` is read as two numbers.
  private mutating func number() -> Value? {
    var text = ""
    while let character = rest.first {
      let isNumeral = character.isASCII && (character.isNumber || "-+eE".contains(character))
      guard isNumeral || (character == "." && !rest.hasPrefix("..")) else { break }
      text.append(rest.removeFirst())
    }
    return Decimal128(text).map { .number($0) }
  }
}
