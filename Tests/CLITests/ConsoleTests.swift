import Diagnostics
import FEEL
import Testing

@testable import silian

@Test(
  "Chinese characters take two columns",
  arguments: [
    ("", 0), ("abc", 3), ("政策", 4), ("三（二）8", 9), ("✓ 达标", 6), ("e\u{301}", 1), ("𠀋", 2), ("ｱ", 1), ("Ａ", 2),
  ])
func terminalWidth(text: String, width: Int) { #expect(text.terminalWidth == width) }

@Test func columnsStandUnderEachOther() {
  var columns = TextColumns(.left, .right)
  columns.add("政策", "1.00")
  columns.add("a", "1,000.00")
  #expect(columns.lines(indent: 1) == [" 政策      1.00", " a     1,000.00"])
}

@Test(
  "money has separators and two decimals",
  arguments: [
    ("0", "0.00"), ("12.5", "12.50"), ("999", "999.00"), ("1000", "1,000.00"), ("888800", "888,800.00"),
    ("-1234567.891", "-1,234,567.891"), ("10000000000", "10,000,000,000.00"),
  ])
func money(number: String, text: String) throws { #expect(try #require(Decimal128(number)).moneyText == text) }

@Test func nothingInATextSteersTheTerminal() {
  final class Written: TextOutputStream {
    var text = ""
    func write(_ string: String) { text += string }
  }
  let written = Written()
  Console(output: written, errors: written).print("甲\u{1B}[2J\u{202E}乙\t丙")
  #expect(written.text == "甲\u{FFFD}[2J\u{FFFD}乙\t丙\n")
}

@Test(
  "the status is that of the worst problem",
  arguments: [
    ([], CommandStatus.fine), (["policy.x"], .problems), (["policy.x", "store.file.missing"], .noInput),
    (["server.port-taken"], .unavailable), (["server.permission"], .noPermission),
  ])
func statuses(codes: [String], status: CommandStatus) {
  #expect(CommandStatus(codes.map { Diagnostic($0, at: SourcePlace(file: "a")) }) == status)
}
