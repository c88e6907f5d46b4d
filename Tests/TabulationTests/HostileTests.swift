import Diagnostics
import MessyTables
import Policy
import TestKit
import Testing

@testable import Tabulation

@Suite("No table takes the memory or floods the reader")
struct HostileTests {
  private func lines(_ text: String) throws -> [String] {
    try withFolder(["a.csv": filled(text)]) { Transcript($0 + "/a.csv").lines }
  }

  @Test("more columns than a spreadsheet has are refused")
  func columns() throws {
    #expect(try lines("名称" + String(repeating: ",", count: 20_000)) == ["! tabulation.columns.many XFE1"])
  }

  @Test("a cell of hundreds of thousands of letters is refused")
  func cell() throws {
    #expect(try lines("名称,\"" + String(repeating: "a", count: 300_000)) == ["! tabulation.text.cell B1"])
  }

  @Test("a header of many columns of one name is one problem")
  func sameColumns() throws {
    let header = String(repeating: "名称,", count: 16_000) + "统一社会信用代码"
    #expect(try lines(header).first == "? tabulation.column.twice WQJ1")
  }

  @Test("of problems of one kind a hundred are kept, and all are counted")
  func problems() throws {
    let text = "统一社会信用代码,从业人数\n" + String(repeating: "{A},约5\n", count: 250)
    try withFolder(["a.csv": filled(text)]) { folder in
      let source = try TableSource(path: folder + "/a.csv")
      let proposal = try TableShape.propose(for: source, in: tableDictionary)
      let rows = try TableRows(source, proposal.shape, of: proposal.type, in: tableDictionary)
      while try rows.next() != nil {}
      #expect(rows.report.refused == 250)
      #expect(rows.report.problems.kept.count == 100)
      #expect(rows.report.diagnostics.last?.code == "tabulation.problems.more")
      #expect(rows.report.diagnostics.last?.arguments["count"] == "150")
    }
  }

  @Test(
    "other files are refused with what they are",
    arguments: [
      ("a.xlsx", "统一社会信用代码,名称\n", "spreadsheet.kind"), ("a.xls", "<table></table>", "spreadsheet.markup"),
      ("a.csv", "a\u{0}b", "text.binary"), ("missing.csv", "", "store.file.missing"),
    ])
  func files(name: String, text: String, code: String) throws {
    try withFolder(["a.xlsx": text, "a.xls": text, "a.csv": text]) { folder in
      #expect(throws: Diagnostic.self) { _ = try TableSource(path: "\(folder)/\(name)") }
      #expect(Transcript("\(folder)/\(name)").lines == ["! \(code) \(code == "text.binary" ? "B1" : "A1")"])
    }
  }
}
