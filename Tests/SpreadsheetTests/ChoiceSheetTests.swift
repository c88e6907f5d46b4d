import Spreadsheet
import TestKit
import Testing

@Suite("Lists of choices find room")
struct ChoiceSheetTests {
  @Test(
    "a list of less than 255 characters and more than 255 bytes stands in the hidden sheet",
    arguments: [
      (16, ["表"]), (17, ["表", "选项"]), (40, ["表", "选项"]),
    ])
  func bytes(count: Int, sheets: [String]) throws {
    try withFolder([:] as [String: String]) { folder in
      let path = folder + "/a.xlsx"
      let choices = Array(repeating: "五个汉字啊", count: count)
      var writer = try WorkbookWriter(path: path)
      try writer.beginSheet(SheetPlan(name: "表", columns: [SheetPlan.Column("类别", choices: choices)]))
      try writer.close()
      #expect(try Workbook.read(path: path).map(\.name) == sheets)
    }
  }
}
