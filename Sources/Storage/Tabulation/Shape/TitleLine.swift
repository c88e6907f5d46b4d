/// Lines above or below a table that speak of it as a whole.
enum TitleLine {
  /// Whether a compact text is a word and a colon: `单位:万元`, `填报单位:…`, `填报日期:…`.
  static func isOne(_ text: String) -> Bool {
    [.unit, .day, .signature, .remark].contains { begins(text, with: $0) }
  }

  static func begins(_ text: String, with group: TableWords.Group) -> Bool {
    guard let word = TableWords.shared.prefix(of: text, in: group) else { return false }
    let behind = text.dropFirst(word.count)
    let rest = behind.drop { $0 == "(" || $0 == ")" || $0.isNumber }
    return rest.first == ":" || group == .remark && rest.startIndex != behind.startIndex
  }

  /// The units that a line gives to the whole table, as they are written.
  static func units(in text: String) -> [String] {
    TableWords.shared[.unit].flatMap { word -> [String] in
      guard let place = text.firstRange(of: word + ":") else { return [] }
      let behind = text[place.upperBound...].prefix { !")(;".contains($0) }
      return behind.split { "、,/".contains($0) }.map(String.init)
    }
  }

  /// The years that a title names; a day on which a table was filled in is none of them.
  static func years(in text: String) -> [Int] {
    guard !begins(text, with: .day), !begins(text, with: .signature) else { return [] }
    var rest = text
    return YearText.takeYears(from: &rest)
  }
}
