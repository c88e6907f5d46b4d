import Spreadsheet
import Testing

@Suite("No text of a CSV file becomes a formula")
struct FormulaGuardTests {
  @Test(
    "dangerous texts get an apostrophe",
    arguments: [
      ("=1+1", "'=1+1"), ("+1+1", "'+1+1"), ("-1+1", "'-1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"),
      ("\r=1", "'\r=1"), ("\u{FF1D}1", "'\u{FF1D}1"), ("-", "'-"), ("+86-10", "'+86-10"), ("-1e5", "'-1e5"),
      ("-1,5", "'-1,5"), ("'=1", "''=1"), ("-12.", "'-12."), ("\r\n=1", "'\r\n=1"), ("=\u{301}1", "'=\u{301}1"),
      ("-12.5", "-12.5"), ("+7", "+7"), ("-0.001", "-0.001"), ("12", "12"), ("", ""), ("a=1", "a=1"),
      ("'quoted'", "'quoted'"), (" =1", " =1"), ("\u{4F01}\u{4E1A}", "\u{4F01}\u{4E1A}"),
    ])
  func guarded(text: String, expected: String) {
    #expect(spreadsheetSafe(text) == expected)
    #expect(withoutSpreadsheetGuard(expected) == text)
  }

  @Test func everyTextComesBack() {
    var random = SeededGenerator(seed: 8)
    let signs = ["'", "=", "+", "-", "@", "\t", "\r", "1", ".", "a", "\u{FF1D}", "\u{301}", "\n"]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...5, using: &random)).map { _ in signs.randomElement(using: &random) ?? "" }
        .joined()
      let safe = spreadsheetSafe(text)
      #expect(withoutSpreadsheetGuard(safe).unicodeScalars.elementsEqual(text.unicodeScalars))
      #expect(spreadsheetSafe(safe) == safe || safe.hasPrefix("'"))
    }
  }
}
