import Diagnostics
import Foundation
import MessyTables
import Policy
import Spreadsheet
import TestKit
import Testing

@testable import Tabulation

@Suite("A blank template comes back filled in")
struct TemplateTests {
  private static let years = [2024, 2023]

  @Test("each column is matched letter by letter", arguments: ["企业", "贷款"], Language.allCases)
  func exact(record: String, language: Language) throws {
    try withFolder([:] as [String: String]) { folder in
      let type = try #require(tableDictionary[record])
      let path = folder + "/模板.xlsx"
      try BlankTemplate(for: type, years: Self.years, language: language).write(to: path)
      let proposal = try TableShape.propose(for: TableSource(path: path), in: tableDictionary)
      #expect(proposal.diagnostics == [])
      #expect(proposal.type.id == type.id)
      let fields = type.fields.map { $0.years == nil ? 1 : Self.years.count }.reduce(0, +)
      #expect(proposal.shape.columns.map(\.match) == Array(repeating: .exact, count: fields))
    }
  }

  @Test("the sheets say what is wanted")
  func sheets() throws {
    try withFolder([:] as [String: String]) { folder in
      let type = try #require(tableDictionary["企业"])
      let path = folder + "/模板.xlsx"
      try BlankTemplate(for: type, years: Self.years).write(to: path)
      let sheets = try Workbook.read(path: path)
      #expect(sheets.map(\.name) == ["企业", "填表说明"])
      #expect(sheets[0].rows[0].entries.map(\.cell.shownText).prefix(2) == ["统一社会信用代码*", "名称"])
      #expect(sheets[1].rows.count == 1 + sheets[0].width)
      #expect(
        sheets[1].rows.map { $0.entries.map(\.cell.shownText).joined(separator: " | ") }.prefix(2) == [
          "栏目 | 含义 | 填法 | 单位 | 由谁提供 | 是否必填",
          "统一社会信用代码* | 十八位 | 18 位代码，数字和大写字母 | 政府部门 | 主键，每行必填，不能重复",
        ])
    }
  }

  @Test("rows that were filled in are read", .enabled(if: Python.hasSpreadsheets, "needs python3 with openpyxl"))
  func filledIn() throws {
    try withFolder([:] as [String: String]) { folder in
      let type = try #require(tableDictionary["企业"])
      let path = folder + "/模板.xlsx"
      try BlankTemplate(for: type, years: Self.years).write(to: path)
      try Python.run(filled(Self.filling), [path])
      let lines = Transcript(path).lines
      #expect(
        lines.dropFirst(2) == [
          filled("2: {A} | 天山智能 | · | 2024-03-01 | 35 | 100 | 200 | · | 1 | 12.5 | 是 | 小型")
        ])
    }
  }

  private static let filling = """
    import sys, datetime, openpyxl
    book = openpyxl.load_workbook(sys.argv[1])
    for column, value in enumerate(['{A}', '天山智能', None, datetime.date(2024, 3, 1), 35, 100, 200, None, 1, 12.5, '是',
                                    '小型'], 1):
        book['企业'].cell(2, column).value = value
    book.save(sys.argv[1])
    """
}
