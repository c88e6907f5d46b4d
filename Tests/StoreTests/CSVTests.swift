import Diagnostics
import Policy
import Store
import TestKit
import Testing

/// Rows as `a|b`, problems as `line:column code`.
private func read(_ text: String) -> [String] {
  let (table, diagnostics) = CSVTable.read(Array(text.utf8), file: "a.csv")
  let rows = table.map { [$0.header] + $0.rows } ?? []
  return rows.map { $0.map(\.text).joined(separator: "|") }
    + diagnostics.map { "\($0.place.line):\($0.place.column) \($0.code)" }
}

@Test(
  "a CSV file gives its cells",
  arguments: [
    ("a,b\n1,2\n", ["a|b", "1|2"]),
    ("a,b\r\n1,2\r\n", ["a|b", "1|2"]),
    ("a,b\n1,2", ["a|b", "1|2"]),
    ("\u{FEFF}a,b\n1,2\n", ["a|b", "1|2"]),
    ("a,b\n\n1,2\n\n\n", ["a|b", "1|2"]),
    ("名称,授信额（万元）\n天山, 800 \n", ["名称|授信额（万元）", "天山|800"]),
    ("a,b\n,\n", ["a|b", "|"]),
    ("a,b\n\"1,5\",\"x\"\"y\"\n", ["a|b", "1,5|x\"y"]),
    ("a,b\n\" 1 \" ,\"two\nlines\"\n", ["a|b", " 1 |two\nlines"]),
    ("a\n\"\"\n", ["a", ""]),
    ("a,b\n", ["a|b"]),
  ])
func cells(text: String, expected: [String]) { #expect(read(text) == expected) }

@Test(
  "a bad row is named and left out, the others stay",
  arguments: [
    ("", ["1:1 store.csv.empty"]),
    ("\n\n", ["1:1 store.csv.empty"]),
    ("a,b\n1\n2,3\n", ["a|b", "2|3", "2:1 store.csv.width"]),
    ("a,b\n1,2,3\n4,5\n", ["a|b", "4|5", "2:5 store.csv.width"]),
    ("企业,b\n甲乙,\"丙\n2,3\n", ["企业|b", "2:4 store.csv.quote"]),
    ("a,b\n\"1\"x,2\n3,4\n", ["a|b", "3|4", "2:4 store.csv.after-quote"]),
    ("a,b,a\n1,2,3\n", ["1:5 store.csv.header.twice"]),
    ("a,,b\n1,2,3\n", ["1:3 store.csv.header.empty"]),
    ("a;b\n1;2\n", ["1:1 store.csv.separator"]),
    ("a，b\n1，2\n", ["1:1 store.csv.separator"]),
  ])
func badRows(text: String, expected: [String]) { #expect(read(text) == expected) }

@Test func bytesThatAreNoUTF8AreFound() {
  let (table, diagnostics) = CSVTable.read([0x61, 0x0A, 0xE4, 0xBC, 0x81, 0xD6, 0xD0], file: "gbk.csv")
  #expect(table == nil)
  #expect(diagnostics == [Diagnostic("store.file.utf8", at: SourcePlace(file: "gbk.csv", line: 2, column: 2))])
}

@Test func noBytesCrashTheReader() {
  var state: UInt64 = 7
  let signs = Array("a,\"\n\r ;企\t".utf8)
  for _ in 0..<20_000 {
    var bytes: [UInt8] = []
    for _ in 0..<20 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      bytes.append(signs[Int(state >> 33) % signs.count])
    }
    let (table, _) = CSVTable.read(bytes, file: "a")
    for row in table?.rows ?? [] { #expect(row.count == table?.header.count) }
  }
}

@Test func whatIsWrittenReadsBack() throws {
  let rows = [["a", "b"], ["1,5", "x\"y"], ["", "two\nlines"], [" spaces ", "企业"]]
  try withFolder([:] as [String: String]) { folder in
    var writer = try CSVWriter(path: folder + "/out.csv")
    for row in rows { try writer.write(row) }
    try writer.close()
    let bytes = try TextFile.bytes(path: folder + "/out.csv", maximumSize: 1000)
    let (table, diagnostics) = CSVTable.read(bytes, file: "out.csv")
    #expect(diagnostics == [])
    #expect(table.map { [$0.header] + $0.rows }?.map { $0.map(\.text) } == rows)
  }
}
