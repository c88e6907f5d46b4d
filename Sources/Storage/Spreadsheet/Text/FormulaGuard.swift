/// A text for a CSV file that a spreadsheet will not take for a formula.
///
/// Spreadsheets calculate whatever begins with `=`, `+`, `-`, `@`, also in full width, and with a tab or carriage
/// return before them; `=HYPERLINK(…)` in a name that a stranger entered would send a reader's data away. Such a text
/// gets an apostrophe before it. Plain numbers like `-12.5` are left alone. A text that begins with apostrophes
/// before such a sign gets one too, so that `withoutSpreadsheetGuard` gives back every text.
public func spreadsheetSafe(_ text: String) -> String { needsGuard(text) ? "'" + text : text }

/// The text that `spreadsheetSafe` made this one from.
public func withoutSpreadsheetGuard(_ text: String) -> String {
  guard text.unicodeScalars.first == "'" else { return text }
  let rest = String(text.unicodeScalars.dropFirst())
  return needsGuard(rest) ? rest : text
}

private func needsGuard(_ text: String) -> Bool {
  let rest = text.unicodeScalars.drop { $0 == "'" }
  guard let first = rest.first else { return false }
  switch first {
  case "=", "@", "\t", "\r", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
  case "+", "-": return !isPlainNumber(rest.dropFirst())
  default: return false
  }
}

/// `12`, `12.5`
private func isPlainNumber(_ text: Substring.UnicodeScalarView) -> Bool {
  let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
  return parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { "0"..."9" ~= $0 } }
}
