import Spreadsheet

/// Reads names and other texts, and choices from a list.
struct TextReader {
  /// What may be chosen, by its compact form.
  let choices: [String: String]

  func read(_ value: SheetCell.Value) -> Reading {
    switch value {
    case .number(let number) where number.mayLackDigits: .refused("tabulation.cell.cut")
    case .text(let text): read(text)
    default: .text(SheetCell(value).shownText)
    }
  }

  private func read(_ text: String) -> Reading {
    if choices[text] == text { return .text(text) }
    let tidy = text.tidied
    if let choice = choices.isEmpty ? nil : choices[tidy.compact] { return .text(choice) }
    let bare = tidy.withoutApostrophe
    if bare.isShortenedNumber { return .refused("tabulation.cell.shortened") }
    return .text(bare.isDigits ? bare : tidy)
  }
}
