import Spreadsheet
import TestKit
import Testing

@Suite("Workbooks of openpyxl are read", .enabled(if: Python.hasSpreadsheets, "needs python3 with openpyxl"))
struct OtherProgramsTests {
  @Test func everyKindOfCell() throws {
    try withFolder([:] as [String: String]) { folder in
      try Python.run(Self.script, [folder + "/a.xlsx"])
      let sheets = try Workbook.read(path: folder + "/a.xlsx")
      #expect(sheets.map(\.name) == ["企业名单", "隐藏", "深藏"])
      #expect(sheets.map(\.visibility) == [.visible, .hidden, .veryHidden])
      #expect(
        sheets[0].rows.map(shown) == [
          "1: A=\"名称\" B=\"授信额（万元）\" C=\"成立日期\" D=\"税率\"",
          "2: A=\"天山智能\" B=1234567.89 C=2024-02-29 D=0.13%",
          "3: hidden A=\"=1+1\" B=0.3 C=2024-02-29 09:05:00 D=true",
          "4: A==- B=!#DIV/0! C=09:05:00 D=-12.5",
          "5: A=\"两行\n文字\" B=0.1 C=1.5d D=1900-01-01",
          "6: C=2023-01-01",
          "9: A=\" 空格 \" D=\"_x000D_\"",
        ])
      #expect(sheets[0].merged.map(\.description) == ["A6:B7"])
      #expect(sheets[0].hiddenColumns == [5...5])
      #expect(sheets[1].rows == [])
    }
  }

  private static let script = """
    import datetime, sys, openpyxl
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = '企业名单'
    sheet.append(['名称', '授信额（万元）', '成立日期', '税率'])
    sheet.append(['天山智能', 1234567.89, datetime.date(2024, 2, 29), 0.13])
    sheet['D2'].number_format = '0.00%'
    sheet.append(['x', 0.1 + 0.2, datetime.datetime(2024, 2, 29, 9, 5), True])
    sheet['A3'].value = '=1+1'
    sheet['A3'].data_type = 's'
    sheet.append(['=1+1', '#DIV/0!', datetime.time(9, 5), -12.5])
    sheet.append(['两行\\n文字', 0.1, datetime.timedelta(days=1, hours=12), 1])
    sheet['D5'].number_format = 'yyyy"年"m"月"d"日"'
    sheet['C6'] = 44927
    sheet['C6'].number_format = '[DBNum1][$-804]yyyy"年"m"月"'
    sheet['A9'] = ' 空格 '
    sheet['D9'] = '_x005F_x000D_'
    sheet.merge_cells('A6:B7')
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions['E'].hidden = True
    book.create_sheet('隐藏').sheet_state = 'hidden'
    book.create_sheet('深藏').sheet_state = 'veryHidden'
    book.save(sys.argv[1])
    """
}
