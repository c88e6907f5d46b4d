import Spreadsheet

extension SheetCell {
  /// The value as a reader sees it.
  var shownText: String {
    switch value {
    case .empty: ""
    case .text(let text): withoutSpreadsheetGuard(text)
    case .number(let number): number.shownText
    case .date(let date): date.description
    case .time(let time): time.description
    case .truth(let truth): truth ? "TRUE" : "FALSE"
    case .error(let text): text
    }
  }
}

extension SheetNumber {
  /// `0.125` under a format of percents is `12.5%`.
  var shownText: String { format == .percent ? Self.timesHundred(text) + "%" : text }

  /// Moves the point two digits to the right.
  static func timesHundred(_ text: String) -> String {
    let isNegative = text.hasPrefix("-")
    let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    let behind = parts.count > 1 ? String(parts[1]) : ""
    let moved = behind.padded(to: 2)
    let whole = (String(parts[0]) + moved.prefix(2)).drop { $0 == "0" }
    var rest = moved.dropFirst(2)
    while rest.last == "0" { rest.removeLast() }
    let number = (whole.isEmpty ? "0" : String(whole)) + (rest.isEmpty ? "" : "." + rest)
    return isNegative && number != "0" ? "-" + number : number
  }
}

extension String {
  fileprivate func padded(to count: Int) -> String {
    self + String(repeating: "0", count: max(0, count - self.count))
  }
}
