/// Calendar years in a text.
enum YearText {
  static let known = 1950...2100

  /// Takes four-digit years out of a compact text, with what belongs to them: `2023年度`, `fy2023`, `@2023`.
  static func takeYears(from text: inout String) -> [Int] {
    var years: [Int] = []
    var rest = Array(text)
    var index = 0
    while index + 4 <= rest.count {
      guard let year = year(in: rest, at: index) else {
        index += 1
        continue
      }
      years.append(year)
      rest.removeSubrange(extent(of: index, in: rest))
      index = max(0, index - 2)
    }
    text = String(rest).withoutMarks
    return years
  }

  private static func year(in text: [Character], at index: Int) -> Int? {
    let digits = text[index..<index + 4]
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let year = Int(String(digits)), known.contains(year),
      index == 0 || !text[index - 1].isNumber, index + 4 == text.count || !text[index + 4].isNumber
    else { return nil }
    return year
  }

  /// The digits, and the words before and behind that only say that they are a year.
  private static func extent(of index: Int, in text: [Character]) -> Range<Int> {
    let behind = String(text[(index + 4)...])
    let suffix = TableWords.shared.prefix(of: behind, in: .yearSuffix)?.count ?? 0
    let hasLetters = index >= 2 && text[index - 2..<index] == ["f", "y"]
    return (hasLetters ? index - 2 : index)..<(index + 4 + suffix)
  }
}
