import Policy

/// What one cell of a header says: a name, a fiscal year, a unit. Each may be missing.
struct HeaderLabel {
  let text: String
  /// The name letter by letter, when the cell is written as canonical headers are: `营业收入@2023（万元）`, and `*`
  /// behind a key.
  private(set) var exactName: String
  /// The year behind `@` in such a heading.
  private(set) var exactYear: Int?
  /// All of the cell, for comparing.
  private(set) var comparable: String
  /// The name for comparing, without year, unit and fillers.
  private(set) var name: String
  private(set) var years: Set<Int> = []
  /// Years before that of the title: 0 for this year, 1 for the last.
  private(set) var yearsAgo: Int?
  private(set) var unit: Unit?
  /// What looks like a unit and is none, such as thousands where only tens of thousands are known.
  private(set) var unknownUnit: UnknownUnit?
  /// The name without `this year` or `last year`, when it holds one of them.
  private(set) var nameWithoutYearWord: String?

  init(_ text: String) {
    self.text = text
    exactName = HeaderLabel.withoutMark(text)
    comparable = text.compact.withoutMarks
    name = comparable
    readExact()
    readBrackets()
    readUnit()
    readYears()
    readYearWord()
    name = name.withoutMarks
  }

  var isEmpty: Bool { comparable.isEmpty }
  /// Whether the name is a field's, letter by letter.
  func isExactly(_ field: Field) -> Bool {
    [text, exactName].contains { $0 == field.name || $0 == field.id }
  }

  /// Whether there is a year or a unit and nothing else.
  var isPure: Bool { !isEmpty && (name.isEmpty || nameWithoutYearWord?.isEmpty == true) }

  /// Behind the heading of a key in a template.
  static let keyMark = "*"

  private static func withoutMark(_ text: String) -> String {
    text.hasSuffix(keyMark) ? String(text.dropLast(keyMark.count)) : text
  }

  private mutating func readExact() {
    if exactName.hasSuffix("）") || exactName.hasSuffix(")"),
      let open = exactName.lastIndex(where: { $0 == "（" || $0 == "(" }),
      Unit.named(String(exactName[exactName.index(after: open)...].dropLast())) != nil
    {
      exactName = String(exactName[..<open])
    }
    if let at = exactName.lastIndex(of: "@"), let year = Int(exactName[exactName.index(after: at)...]) {
      (exactName, exactYear) = (String(exactName[..<at]), year)
    }
  }
}

// MARK: - What stands beside the name

extension HeaderLabel {
  private static var words: TableWords { TableWords.shared }

  /// Units, years and fillers in brackets; other brackets belong to the name.
  private mutating func readBrackets() {
    var rest = name[...]
    var kept = ""
    while let open = rest.firstIndex(of: "("), let close = rest[open...].firstIndex(of: ")") {
      kept += rest[..<open]
      let inside = String(rest[rest.index(after: open)..<close])
      if !readBracket(inside) { kept += rest[open...close] }
      rest = rest[rest.index(after: close)...]
    }
    name = kept + rest
  }

  private mutating func readBracket(_ inside: String) -> Bool {
    if Self.words.has(inside, in: .filler) { return true }
    if let unit = Self.unit(inside) {
      self.unit = unit
      return true
    }
    unknownUnit = UnknownUnit(inside) ?? unknownUnit
    var rest = inside
    let found = YearText.takeYears(from: &rest)
    let unit = Self.unit(rest)
    guard !found.isEmpty, rest.isEmpty || unit != nil else { return false }
    years.formUnion(found)
    self.unit = unit ?? self.unit
    return true
  }

  /// `万元`, `单位:万元`
  static func unit(_ text: String) -> Unit? {
    if let unit = Unit.named(text) { return unit }
    guard let word = words.prefix(of: text, in: .unit) else { return nil }
    return Unit.named(String(text.dropFirst(word.count)).withoutMarks)
  }

  /// A cell that is a unit, and `营业收入/万元`.
  private mutating func readUnit() {
    if let whole = Self.unit(name) {
      (unit, name) = (whole, "")
    } else if let sign = name.lastIndex(where: { "/:,".contains($0) }),
      let last = Self.unit(String(name[name.index(after: sign)...]))
    {
      unit = last
      name = String(name[..<sign])
    }
  }

  private mutating func readYears() {
    var rest = name
    let found = YearText.takeYears(from: &rest)
    guard !found.isEmpty else { return }
    years.formUnion(found)
    name = rest
  }

  private mutating func readYearWord() {
    let groups: [TableWords.Group] = [.thisYear, .lastYear, .yearBeforeLast]
    for (ago, group) in groups.enumerated() {
      if let word = Self.words.prefix(of: name, in: group) {
        (yearsAgo, nameWithoutYearWord) = (ago, String(name.dropFirst(word.count)))
        return
      }
    }
  }
}

extension String {
  /// Without stars, colons and the like at both ends.
  var withoutMarks: String {
    let marks: Set<Character> = ["*", ":", ".", "、", ",", ";", "-", "_", "/", "@", "＊", "·"]
    var rest = self[...]
    while let last = rest.last, marks.contains(last) { rest.removeLast() }
    while let first = rest.first, marks.contains(first) { rest.removeFirst() }
    return String(rest)
  }
}
