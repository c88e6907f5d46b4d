/// Names that spreadsheets accept, no two of them alike.
struct SheetNames {
  private var taken: Set<String> = []

  private static let longest = 31
  private static let forbidden: Set<Character> = ["[", "]", ":", "*", "?", "/", "\\"]
  /// Names that spreadsheets keep for themselves.
  private static let reserved: Set<String> = ["history"]

  /// The nearest name to `name` that may be used.
  mutating func legal(_ name: String) -> String {
    let wanted = SheetNames.cleaned(name)
    var result = SheetNames.shortened(wanted, to: SheetNames.longest)
    var number = 2
    while !taken.insert(result.lowercased()).inserted || SheetNames.reserved.contains(result.lowercased()) {
      let suffix = " (\(number))"
      result = SheetNames.shortened(wanted, to: SheetNames.longest - suffix.count) + suffix
      number += 1
    }
    return result
  }

  private static func cleaned(_ name: String) -> String {
    let replaced = String(name.map { forbidden.contains($0) || isUnwritable($0) ? "_" : $0 })
    return withoutEnds(replaced)
  }

  private static func isUnwritable(_ character: Character) -> Bool {
    character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0xFFFE || $0.value == 0xFFFF }
  }

  /// A name neither begins nor ends with an apostrophe.
  private static func withoutEnds(_ name: String) -> String {
    let isEnd: (Character) -> Bool = { $0 == "'" || $0.isWhitespace }
    let rest = name.drop(while: isEnd)
    let end = rest.lastIndex { !isEnd($0) }
    return end.map { String(rest[...$0]) } ?? "Sheet"
  }

  /// Length is counted as spreadsheets do: in UTF-16.
  private static func shortened(_ name: String, to length: Int) -> String {
    var result = name
    while result.utf16.count > length { result.removeLast() }
    return withoutEnds(result)
  }
}
