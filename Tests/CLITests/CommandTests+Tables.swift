import Foundation
import MessyTables
import TestKit
import Testing

@testable import silian

extension CommandTests {
  private static let openpyxl = Python.hasSpreadsheets
  private static let words = ["--source", "kjj", "--title", "科技局", "--authority", "office"]

  private static let report = """
    row('科技型企业情况表（2024年度）'); sheet.merge_cells('A1:F1')
    row('填报单位：科技局', None, None, None, None, '单位：万元')
    row('序号', '企业名称', '统一社会信用代码', '营业收入', None, '从业人员数')
    row(None, None, None, '2023年', '2024年', None)
    sheet.merge_cells('C3:C4'); sheet.merge_cells('D3:E3'); sheet.merge_cells('F3:F4')
    row(1, '天山智能', '{A}', '１，２３４．５６', 1500, '３５')
    row(2, '独山子材料', '{B}', '约300', 2000.5, 20)
    row('合计', None, None, 1, 2, 3)
    """

  /// A folder with a store and a workbook.
  private func withTable(
    _ kind: DatabaseUnderTest, _ body: (_ folder: String, _ path: String, _ store: [String]) async throws -> Void
  ) async throws {
    guard Self.openpyxl, let place = try kind.place?() else { return }
    defer { place.remove() }
    try await withFolder([String: String]()) { folder in
      let path = "\(folder)/情况.xlsx", store = ["--store", place.address]
      try MessyTable(name: "情况", script: Self.report).make(at: path)
      #expect(await run(["store", "init", pack] + store).status == .fine)
      try await body(folder, path, store)
    }
  }

  @Test(arguments: DatabaseUnderTest.all)
  func aTableIsProposedConfirmedAndRemembered(kind: DatabaseUnderTest) async throws {
    try await withTable(kind) { folder, path, store in
      let command = ["data", "import", pack, path] + Self.words + store
      let asked = await run(command)
      #expect(asked.status == .problems && asked.errors.contains("情况.xlsx[名录] F4: tabulation.column.near"))
      #expect(asked.output.contains("情况.xlsx[名录]：表头在第 3–4 行，读作“企业”"))
      #expect(asked.output.contains("4  D  营业收入/2023年   营业收入          2023  万元  就是字段名"))
      #expect(asked.output.contains("--confirm") && asked.output.contains("--column '6=从业人数（人）'"))
      #expect(asked.output.contains("--leave 6"))
      #expect(await run(["store", "batches"] + store).output == "")
      let english = await run(command + ["--english"])
      #expect(english.output.contains("add --confirm to the command"))
      #expect(await run(command + ["--json"]).output.contains("\"outcome\": \"unconfirmed\""))
      let refused = await run(command + ["--confirm", "--refused", "\(folder)/refused.csv"])
      #expect(refused.status == .problems && refused.errors.contains("情况.xlsx[名录] D6: tabulation.number.about"))
      #expect(refused.output.contains("没有入库：1 行有错，其余 1 行没有问题"))
      let sheet = try String(contentsOfFile: "\(folder)/refused.csv", encoding: .utf8)
      #expect(sheet.contains(filled("\"2,独山子材料,{B},约300,2000.5,20\"")))
      let sound = await run(command + ["--column", "F=从业人数", "--accept-sound"])
      #expect(sound.output.contains("已入库，批次 1：1 行，退回 1 行"))
      #expect(sound.output.contains("合计行  1  7") && sound.output.contains("A  序号  序号列"))
      #expect(await run(["data", "shapes"] + store).output.contains("6  F  从业人员数"))
      #expect(await run(command + ["--accept-sound"]).output.contains("已入库，批次 2"))
      #expect(await run(["data", "shapes", "--forget"] + store).status == .usage)
      let forgotten = await run(["data", "shapes", "--source", "kjj", "--forget"] + store)
      #expect(forgotten.output.contains("1 种读法已忘掉"))
      #expect(await run(["data", "shapes"] + store).output.contains("没有记下任何读法"))
      #expect(await run(command).output.contains("还没有入库"))
      #expect(await run(["audit", "export"] + store).output.contains("shape.forget"))
      #expect(await run(["store", "check"] + store).status == .fine)
    }
  }

  @Test(arguments: DatabaseUnderTest.all)
  func aTemplateComesBackAndGoesOutAgain(kind: DatabaseUnderTest) async throws {
    try await withTable(kind) { folder, _, store in
      let path = "\(folder)/模板.xlsx", out = "\(folder)/导出.xlsx", day = ["--as-of", "2026-10-15"]
      let template = ["data", "template", pack, "企业", "--out", path]
      #expect(await run(template + ["--years", "2023-2024"]).status == .fine)
      #expect(await run(template).status == .cannotCreate)
      let fill = """
        import sys, openpyxl
        book = openpyxl.load_workbook(sys.argv[1])
        sheet = book.worksheets[0]
        for column, cell in enumerate(sheet[1], 1):
          if cell.value.startswith('统一社会信用代码'): sheet.cell(2, column).value = '{A}'
          if cell.value.startswith('营业收入@2024'): sheet.cell(2, column).value = 1.5
        book.save(sys.argv[1])
        """
      try Python.run(filled(fill), [path])
      let imported = await run(["data", "import", pack, path] + Self.words + store)
      #expect(imported.status == .fine && imported.output.contains("已入库，批次 1：1 行"))
      #expect(await run(["data", "shapes"] + store).output.contains("没有记下"))
      let export = ["data", "export", pack] + store + day
      #expect(await run(export + ["--format", "xlsx", "--out", out]).status == .fine)
      #expect(await run(["data", "import", pack, out, "--source", "kjj"] + store).output.contains("批次 2：1 行"))
      #expect(await run(export + ["--format", "xls", "--out", out]).status == .usage)
      #expect(await run(export + ["--format", "xlsx", "--out", "\(folder)/x"]).status == .usage)
      #expect(await run(export + ["--guard-formulas", "--out", "\(folder)/csv"]).status == .fine)
      let provenance = try String(contentsOfFile: "\(folder)/csv/provenance.json", encoding: .utf8)
      #expect(provenance.contains("\"guarded\": true"))
    }
  }

  @Test func whatATableCommandCannotDoIsSaid() async throws {
    try await withTable(.sqlite) { folder, path, store in
      let command = ["data", "import", pack, path] + Self.words + store
      #expect(await run(command + ["--sheet", "没有"]).errors.contains("spreadsheet.sheet.missing"))
      #expect(await run(command + ["--record", "企业们"]).status == .usage)
      #expect(await run(command + ["--column", "六"]).status == .usage)
      #expect(await run(command + ["--leave", "40"]).errors.contains("tabulation.column.none"))
      #expect(await run(command + ["--column", "6=从业人"]).errors.contains("policy.facts.column"))
      let csv = "\(folder)/enterprise.csv"
      try filled("统一社会信用代码\n{A}\n").write(toFile: csv, atomically: true, encoding: .utf8)
      let canonical = ["data", "import", pack, csv] + Self.words + store
      #expect(await run(canonical + ["--confirm"]).errors.contains("cli.import.canonical"))
      #expect(await run(canonical).status == .fine)
      for years in ["23", "2025-2023", "1900-2100", "2023-"] {
        let template = ["data", "template", pack, "企业", "--out", "\(folder)/t.xlsx", "--years", years]
        #expect(await run(template).status == .usage)
      }
      #expect(await run(["data", "template", pack, "企业", "--out", "\(folder)/t.csv"]).status == .usage)
    }
  }
}
