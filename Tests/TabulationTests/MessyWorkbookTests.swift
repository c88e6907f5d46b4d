import TestKit
import Testing

@Suite("Workbooks as people make them", .enabled(if: Python.hasSpreadsheets, "needs python3 with openpyxl"))
struct MessyWorkbookTests {
  @Test("every cell is read, left out or refused with its place", arguments: messyWorkbooks)
  func workbook(_ table: MessyTable) throws {
    try withFolder([:] as [String: String]) { folder in
      let path = folder + "/名录.xlsx"
      try Python.run(Self.head + Transcript.filled(table.script) + "\nbook.save(sys.argv[1])\n", [path])
      let lines = Transcript(path, type: table.type).lines
      #expect(lines == Transcript.filled(table.expected).split(separator: "\n").map(String.init))
    }
  }

  private static let head = """
    import sys, openpyxl
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = '名录'
    def row(*cells): sheet.append(cells)

    """
}
