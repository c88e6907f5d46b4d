import Diagnostics
import Foundation
import Spreadsheet
import TestKit
import Testing

/// Writes one sheet and runs `body` with the path of the workbook.
private func written<Result>(
  _ plan: SheetPlan, _ rows: [[SheetCell.Value]], _ body: (String) throws -> Result
) throws -> Result {
  try withFolder([:] as [String: String]) { folder in
    var writer = try WorkbookWriter(path: folder + "/a.xlsx")
    try writer.beginSheet(plan)
    for row in rows { try writer.write(row) }
    try writer.close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.xlsx"])
    return try body(folder + "/a.xlsx")
  }
}

@Suite("What is written is read back", .enabled(if: Python.hasSpreadsheets, "needs python3 with openpyxl"))
struct WorkbookWriterTests {
  private static let columns = ["甲", "乙"].map { SheetPlan.Column($0) }

  @Test(
    "each value comes back as it was",
    arguments: [
      (.text("天山"), "\"天山\""), (.text("=1+1"), "\"=1+1\""), (.text("007"), "\"007\""),
      (.text("a\r\nb\tc"), "\"a\r\nb\tc\""), (.text("_x000D_"), "\"_x000D_\""),
      (.text("\u{0}\u{1F}\u{FFFF}"), "\"\u{0}\u{1F}\u{FFFF}\""),
      (.text(" <a> & \"b\" "), "\" <a> & \"b\" \""), (.text("https://example.com"), "\"https://example.com\""),
      (.text("{=SUM(A1)}"), "\"{=SUM(A1)}\""), (.text(""), "-"), (.empty, "-"),
      (.number(SheetNumber("0.1")), "0.1"), (.number(SheetNumber("-1234567.89")), "-1234567.89"),
      (.number(SheetNumber("123456789012345")), "123456789012345"),
      (.number(SheetNumber("1234567890123456")), "\"1234567890123456\""),
      (.number(SheetNumber("9.00719925474099")), "9.00719925474099"), (.number(SheetNumber("1e-5")), "0.00001"),
      (.number(SheetNumber("about 3")), "\"about 3\""), (.number(SheetNumber("0.125", .percent)), "0.125%"),
      (.number(SheetNumber("1.5", .elapsed)), "1.5d"),
      (.truth(true), "true"), (.truth(false), "false"), (.error("#N/A"), "\"#N/A\""),
      (.date(SheetDate(year: 2024, month: 2, day: 29)), "2024-02-29"),
      (.date(SheetDate(year: 1900, month: 1, day: 1)), "1900-01-01"),
      (.date(SheetDate(year: 1899, month: 12, day: 31)), "\"1899-12-31\""),
      (.date(SheetDate(year: 2024, month: 2, day: 29, time: SheetTime(hour: 9, minute: 5))), "2024-02-29 09:05:00"),
      (.time(SheetTime(hour: 23, minute: 59, second: 59)), "23:59:59"),
    ] as [(SheetCell.Value, String)])
  func value(value: SheetCell.Value, expected: String) throws {
    try written(SheetPlan(name: "表", columns: Self.columns), [[.text("x"), value]]) { path in
      let cell = try Workbook.read(path: path)[0].rows[1][2]
      #expect(shown(cell) == expected)
    }
  }

  @Test func nothingIsAFormula() throws {
    let rows: [[SheetCell.Value]] = [[.text("=1+1"), .text("+1")], [.text("@x"), .text("{=1}")]]
    try written(SheetPlan(name: "=表", columns: Self.columns), rows) { path in
      let kinds = try Python.run(
        "import sys, openpyxl\n"
          + "for row in openpyxl.load_workbook(sys.argv[1]).active: print(*[c.data_type for c in row])",
        [path])
      #expect(kinds == "s s\ns s\ns s\n")
    }
  }

  @Test("a template has frozen bold headings, notes, lists to choose from and wide columns")
  func template() throws {
    let long = (1...60).map { "第\($0)类产业和服务业" }
    let plan = SheetPlan(
      name: "模板",
      columns: [
        SheetPlan.Column("企业名称", .text, note: "按营业执照填写\n不要简称", width: 30),
        SheetPlan.Column("类别", choices: ["大", "中", "小"]), SheetPlan.Column("行业", choices: long),
        SheetPlan.Column("备注", choices: ["有,逗号", "没有"]), SheetPlan.Column("成立日期", .date),
      ])
    try written(plan, []) { path in
      let seen = try Python.run(Self.look, [path])
      #expect(
        seen.split(separator: "\n") == [
          "模板 A2 True 企业名称", "note 按营业执照填写|不要简称",
          "lists B2:B1048576 \"大,中,小\" C2:C1048576 '选项'!$A$1:$A$60 D2:D1048576 '选项'!$B$1:$B$2",
          "hidden 选项 hidden 第60类产业和服务业 有,逗号", "widths 30 12 @ yyyy-mm-dd",
        ])
    }
  }

  private static let look = """
    import sys, openpyxl
    book = openpyxl.load_workbook(sys.argv[1])
    sheet = book.worksheets[0]
    print(sheet.title, sheet.freeze_panes, sheet['A1'].font.b, sheet['A1'].value)
    print('note', sheet['A1'].comment.text.replace('\\n', '|'))
    print('lists', *['%s %s' % (v.sqref, v.formula1) for v in sheet.data_validations.dataValidation])
    other = book.worksheets[1]
    print('hidden', other.title, other.sheet_state, other['A60'].value, other['B1'].value)
    columns = sheet.column_dimensions
    a, e = columns['A'], columns['E']
    print('widths', int(a.width), int(e.width), a.number_format, e.number_format)
    """

  @Test func whatNoCellHoldsIsTold() throws {
    try withFolder([:] as [String: String]) { folder in
      var writer = try WorkbookWriter(path: folder + "/a.xlsx")
      try writer.beginSheet(SheetPlan(name: "a", columns: Self.columns))
      try writer.write([.text(String(repeating: "企", count: 32_767))])
      do throws(Diagnostic) {
        try writer.write([.empty, .text(String(repeating: "企", count: 32_768))])
        Issue.record("a text too long was written")
      } catch {
        #expect(error.code == "spreadsheet.write.text" && error.place.line == 3 && error.place.column == 2)
      }
      do throws(Diagnostic) {
        try writer.close()
        Issue.record("a workbook that is not whole got its name")
      } catch {
        #expect(error.code == "spreadsheet.write.text")
      }
    }
  }

  @Test func aWorkbookNotClosedLeavesNothing() throws {
    try withFolder(["a.xlsx": "old"]) { folder in
      do {
        var writer = try WorkbookWriter(path: folder + "/a.xlsx")
        try writer.beginSheet(SheetPlan(name: "a", columns: Self.columns))
        try writer.write([.text("x")])
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.xlsx"])
      #expect(try String(contentsOfFile: folder + "/a.xlsx", encoding: .utf8) == "old")
      #expect(throws: Diagnostic.self) { _ = try WorkbookWriter(path: folder + "/none/a.xlsx") }
    }
  }

  @Test(
    "a full disk is told, and leaves the file that was there",
    .enabled(if: SmallDisk.isPossible, "needs root, to mount a small disk"))
  func fullDisk() throws {
    for kibibytes in [16, 64, 256, 1024, 1400, 1800, 2200] {
      try SmallDisk.with(kibibytes: kibibytes) { folder in
        try Data("old".utf8).write(to: URL(fileURLWithPath: folder + "/a.xlsx"))
        var isWritten = false
        do throws(Diagnostic) {
          var writer = try WorkbookWriter(path: folder + "/a.xlsx")
          try writer.beginSheet(SheetPlan(name: "a", columns: Self.columns))
          for number in 0..<10_000 {
            try writer.write([.number(SheetNumber(String(number))), .text("天山智能 \(number * 7919)")])
          }
          try writer.close()
          isWritten = true
        } catch {
          #expect(error.code == "store.file.unwritable")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.xlsx"])
        let size = try Data(contentsOf: URL(fileURLWithPath: folder + "/a.xlsx")).count
        #expect(isWritten ? shownRows(folder + "/a.xlsx").count == 10_001 : size == 3)
      }
    }
  }
}

/// A disk of memory, to be filled.
private enum SmallDisk {
  static let isPossible = getuid() == 0 && (try? with(kibibytes: 16) { _ in }) != nil

  static func with(kibibytes: Int, _ body: (String) throws -> Void) throws {
    try withFolder([:] as [String: String]) { folder in
      try run("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=\(kibibytes)k", "tmpfs", folder])
      defer { try? run("/usr/bin/umount", [folder]) }
      try body(folder)
    }
  }

  private static func run(_ tool: String, _ arguments: [String]) throws {
    let process = try Process.run(URL(fileURLWithPath: tool), arguments: arguments)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableNotLoadable) }
  }
}
