import MessyTables
import TestKit
import Testing

@Suite("Workbooks as people make them", .enabled(if: Python.hasSpreadsheets, "needs python3 with openpyxl"))
struct MessyWorkbookTests {
  @Test("every cell is read, left out or refused with its place", arguments: messyWorkbooks)
  func workbook(_ table: MessyTable) throws {
    try withFolder([:] as [String: String]) { folder in
      let path = folder + "/名录.xlsx"
      try table.make(at: path)
      #expect(Transcript(path, type: table.type).lines == table.expectedLines)
    }
  }
}
