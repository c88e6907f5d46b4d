/// Functions with regular expressions (DMN 1.5 §10.3.4.3): those of XPath 3.1, whose errors are null here.
enum PatternBuiltins {
  static let rows: [Builtin] = [
    Builtin(
      "matches", [.one("input", .string), .one("pattern", .string), .nullable("flags", .string)], .boolean
    ) { arguments, invocation in
      guard let pattern = pattern(arguments.text(1), arguments.optionalText(2), in: &invocation) else { return .null() }
      var matcher = PatternMatcher(pattern, in: arguments.text(0))
      let isMatch = matcher.firstMatch() != nil
      return matcher.isExhausted ? exhausted(arguments.text(1), in: &invocation) : .boolean(isMatch)
    },
    Builtin(
      "replace",
      [
        .one("input", .string), .one("pattern", .string), .one("replacement", .string), .nullable("flags", .string),
      ], .string
    ) { arguments, invocation in
      guard let pattern = pattern(arguments.text(1), arguments.optionalText(3), in: &invocation) else { return .null() }
      guard let replacement = Replacement(arguments.text(2), for: pattern) else {
        invocation.warn("feel.builtin.replacement", ["replacement": arguments.text(2)])
        return .null()
      }
      return cut(arguments.text(0), by: pattern, arguments.text(1), in: &invocation).map { cut in
        replacement.joining(cut, in: &invocation)
      } ?? .null()
    },
    Builtin("split", [.one("string", .string), .one("delimiter", .string)], .list(.string)) { arguments, invocation in
      guard let pattern = pattern(arguments.text(1), nil, in: &invocation) else { return .null() }
      return cut(arguments.text(0), by: pattern, arguments.text(1), in: &invocation).map { cut in
        .list(cut.pieces.map { .string(String($0)) })
      } ?? .null()
    },
  ]

  private static func pattern(_ source: String, _ flags: String?, in invocation: inout Invocation) -> Pattern? {
    guard let options = Pattern.Options(flags: flags ?? "") else {
      invocation.warn("feel.builtin.flags", ["flags": flags ?? ""])
      return nil
    }
    if let pattern = Pattern.reading(source, options) { return pattern }
    invocation.warn("feel.builtin.pattern", ["pattern": source])
    return nil
  }

  private static func exhausted(_ pattern: String, in invocation: inout Invocation) -> Value {
    invocation.warn("feel.builtin.patternWork", ["pattern": pattern])
    return .null()
  }

  /// A text cut at each match of a pattern: always one piece more than matches.
  struct Cut {
    let text: [Unicode.Scalar]
    let matches: [PatternMatcher.Match]

    var pieces: [String] {
      let starts = [0] + matches.map(\.range.upperBound)
      let ends = matches.map(\.range.lowerBound) + [text.count]
      return zip(starts, ends).map { String(text[$0..<$1]) }
    }
  }

  /// nil, with a warning, for a pattern that matches the empty text (F&O err:FORX0003).
  private static func cut(
    _ text: String, by pattern: Pattern, _ source: String, in invocation: inout Invocation
  ) -> Cut? {
    var empty = PatternMatcher(pattern, in: "")
    guard empty.firstMatch() == nil else {
      invocation.warn("feel.builtin.patternEmpty", ["pattern": source])
      return nil
    }
    var matcher = PatternMatcher(pattern, in: text)
    var matches: [PatternMatcher.Match] = []
    var start = 0
    while let match = matcher.firstMatch(from: start) {
      guard invocation.spend(1 + match.groups.count) else { return nil }
      // An anchor may match nothing inside a text although it does not match the empty one.
      if match.range.isEmpty {
        start = match.range.upperBound + 1
        if start > matcher.text.count { break }
        continue
      }
      matches.append(match)
      start = match.range.upperBound
    }
    if matcher.isExhausted {
      _ = exhausted(source, in: &invocation)
      return nil
    }
    return Cut(text: matcher.text, matches: matches)
  }
}

/// What takes the place of a match: text with `$1` for groups, `$0` for the whole, and `\$`, `\\`.
private struct Replacement {
  private enum Part {
    case text(String)
    case group(Int)
  }
  private var parts: [Part] = []

  /// nil for a lone `$` or backslash (F&O err:FORX0004).
  init?(_ source: String, for pattern: Pattern) {
    if pattern.options.isLiteral {
      parts = [.text(source)]
      return
    }
    var rest = source.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\\":
        guard let escaped = rest.popFirst(), escaped == "\\" || escaped == "$" else { return nil }
        parts.append(.text(String(escaped)))
      case "$":
        guard let number = Replacement.group(&rest, of: pattern.groupCount) else { return nil }
        parts.append(.group(number))
      default: parts.append(.text(String(scalar)))
      }
    }
  }

  /// As many digits as still name a group of the pattern; one digit at least.
  private static func group(_ rest: inout Substring.UnicodeScalarView, of count: Int) -> Int? {
    var number: Int?
    while let digit = rest.first, ("0"..."9").contains(digit) {
      let longer = (number ?? 0) * 10 + Int(digit.value - 48)
      if number != nil && longer > count { break }
      number = longer
      rest.removeFirst()
    }
    return number
  }

  func joining(_ cut: PatternBuiltins.Cut, in invocation: inout Invocation) -> Value {
    let pieces = cut.pieces
    var result = pieces[0]
    for (match, piece) in zip(cut.matches, pieces.dropFirst()) {
      let before = result.utf8.count
      for part in parts {
        switch part {
        case .text(let text): result += text
        case .group(0): result += String(cut.text[match.range])
        case .group(let number):
          if number <= match.groups.count, let range = match.groups[number - 1] { result += String(cut.text[range]) }
        }
      }
      result += piece
      guard invocation.spend(result.utf8.count - before) else { return .null() }
    }
    return .string(result)
  }
}

extension String {
  fileprivate init(_ scalars: ArraySlice<Unicode.Scalar>) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}
