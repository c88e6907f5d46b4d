import Spreadsheet

/// Reads yes and no, and the signs for them.
struct TruthReader {
  func read(_ value: SheetCell.Value) -> Reading {
    switch value {
    case .truth(let truth): .text(TableWords.shared.first(in: truth ? .yes : .no))
    default: read(SheetCell(value).shownText)
    }
  }

  private func read(_ text: String) -> Reading {
    let word = text.compact
    for group in [TableWords.Group.yes, .no] where TableWords.shared.has(word, in: group) {
      return .text(TableWords.shared.first(in: group))
    }
    return .text(text.plain)
  }
}
