import Testing

@testable import Spreadsheet

@Suite("Places, names and escapes")
struct PlaceTests {
  @Test(
    "a reference is read or refused",
    arguments: [
      ("A1", "1,1"), ("Z9", "9,26"), ("AA10", "10,27"), ("XFD1048576", "1048576,16384"), ("b2", "2,2"),
      ("XFE1", "nil"), ("A1048577", "nil"), ("A0", "nil"), ("A", "nil"), ("1", "nil"), ("", "nil"), ("A1B", "nil"),
      ("$A$1", "nil"), ("A-1", "nil"), ("AAAAAAAAAAAAAAAAAAA1", "nil"), ("A99999999999999999999", "nil"),
      ("A01", "nil"),
    ])
  func reference(text: String, expected: String) {
    #expect(CellReference(text.utf8).map { "\($0.row),\($0.column)" } ?? "nil" == expected)
  }

  @Test func lettersComeBack() {
    for column in 1...CellReference.lastColumn {
      let place = CellReference(row: 7, column: column)
      #expect(CellReference(place.description.utf8) == place)
    }
  }

  @Test(
    "a path inside the workbook never leads out of it",
    arguments: [
      ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"), ("/xl/s.xml", "xl/s.xml"), ("../s.xml", "s.xml"),
      ("./a/./b.xml", "xl/a/b.xml"), ("a\\b.xml", "xl/a/b.xml"), ("../../etc/passwd", nil), ("/../x", nil),
      ("a/../../../x", nil),
    ] as [(String, String?)])
  func path(target: String, expected: String?) {
    #expect(PartPath.resolved(target, from: "xl/workbook.xml") == expected)
  }

  @Test(
    "escapes are decoded",
    arguments: [
      ("a_x000D_\nb", "a\r\nb"), ("_x005F_x000D_", "_x000D_"), ("_x000d_", "\r"), ("_xD83D__xDE00_", "\u{1F600}"),
      ("_xZZZZ_", "_xZZZZ_"), ("_x000D", "_x000D"), ("a_b", "a_b"), ("_", "_"), ("__x0041_", "_A"),
      ("\u{4F01}_x0009_\u{4E1A}", "\u{4F01}\t\u{4E1A}"), ("_xD83D_", "\u{FFFD}"),
    ])
  func decoded(text: String, expected: String) {
    #expect(Array(text.utf8).withUnsafeBufferPointer(EscapedText.decoded) == expected)
  }

  @Test func everyTextComesBack() {
    var random = SeededGenerator(seed: 3)
    let pieces = [
      "_", "x", "_x000D_", "0", "A", "\r", "\n", "\u{0}", "\u{1F}", "\u{FFFF}", "\u{1F600}", "\u{4F01}", "_x00", "5F_",
    ]
    for _ in 0..<5000 {
      let text = (0..<6).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let written = EscapedText.encoded(text)
      #expect(!written.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{FFFF}" })
      #expect(Array(written.utf8).withUnsafeBufferPointer(EscapedText.decoded) == text)
    }
  }

  @Test func sheetNamesAreMadeLegal() {
    var names = SheetNames()
    let wanted = [
      "a/b:c", "A_B_C", "'x'", "", "History", String(repeating: "\u{4F01}", count: 40),
      String(repeating: "\u{4F01}", count: 31), "  ", "[1]*?\\", "a\u{1}b",
    ]
    let long = String(repeating: "\u{4F01}", count: 31)
    #expect(
      wanted.map { names.legal($0) } == [
        "a_b_c", "A_B_C (2)", "x", "Sheet", "History (2)", long, String(long.prefix(27)) + " (2)", "Sheet (2)",
        "_1____",
        "a_b",
      ])
  }

  @Test("a text is as wide as it looks", arguments: [("abc", 3), ("\u{4F01}\u{4E1A}", 4), ("a\nbcd", 3), ("", 0)])
  func width(text: String, expected: Int) { #expect(TextWidth.of(text) == expected) }
}
