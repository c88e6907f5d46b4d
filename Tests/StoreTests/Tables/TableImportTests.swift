import Diagnostics
import Foundation
import MessyTables
import Policy
import Registry
import SQL
import Tabulation
import TestKit
import Testing

@testable import Store

@Suite("Tables on their way into a store", .enabled(if: Python.hasSpreadsheets, "needs python3 with openpyxl"))
struct TableImportTests {
  /// A title, a unit for all, a header of two rows, totals, full-width digits.
  private static let report = """
    row('企业经营情况表（2024年度）'); sheet.merge_cells('A1:F1')
    row('填报单位：某某局', None, None, None, None, '单位：万元')
    row('序号', '企业名称', '统一社会信用代码', '营业收入', None, '从业人数')
    row(None, None, None, '2023年', '2024年', None)
    sheet.merge_cells('C3:C4'); sheet.merge_cells('D3:E3'); sheet.merge_cells('F3:F4')
    row(1, '天山智能', '９１６５０２００ＭＡ７ＴＥ５ＴＡ１Ｘ', '１，２３４．５６', 1500, '３５')
    row(2, '独山子材料', '{B}', '约300', 2000.5, 20)
    row(None, '小计', None, 1, 2, 3)
    row(3, '油城软件', '{C}', 88.8, '（12.30）', 12)
    row(4, '又一个油城', '{C}', 1, 2, 3)
    row('合计', None, None, 1, 2, 3)
    row('注：按审计数。')
    """

  @Test("rows and refusals of a report are those of its file", arguments: DatabaseUnderTest.all)
  func report(kind: DatabaseUnderTest) throws {
    try kind.withRegistry(tableDictionary) { store throws in
      try withWorkbook(Self.report) { path throws in
        var rows: [RefusedRow] = []
        #expect(try store.importTable(path).isRefused)
        #expect(try store.lastBatch(upTo: nil) == 0 && store.shapes().isEmpty)
        let report = try store.importTable(path, takesSoundRows: true, refused: { rows.append($0) })
        #expect(report.rows == 2 && report.refused == 2)
        #expect(rows.map { $0.problems.map(shown) } == [["tabulation.number.about D6"], ["policy.facts.key-twice C9"]])
        #expect(rows.map(\.text) == [filled("2,独山子材料,{B},约300,2000.5,20"), filled("4,又一个油城,{C},1,2,3")])
        let leftOut = report.tables[0].reading?.leftOut ?? [:]
        #expect(leftOut.mapValues(\.ranges) == [.total: [7...7, 10...10], .footer: [11...11]])
        let text = try store.tableText()
        #expect(text == ["企业 []", Self.firstLine, Self.secondLine])
        let batch = try #require(try store.allBatches().first)
        #expect(batch.origin == "名录.xlsx[名录]")
      }
    }
  }

  private static let firstLine =
    filled("企业 {A}: 从业人数=35 名称=“天山智能” 统一社会信用代码=“{A}” 营业收入@2023=12345600 营业收入@2024=15000000")
  private static let secondLine =
    filled("企业 {C}: 从业人数=12 名称=“油城软件” 统一社会信用代码=“{C}” 营业收入@2023=888000 营业收入@2024=-123000")

  @Test("the same file is recorded once; a try keeps nothing", arguments: DatabaseUnderTest.all)
  func again(kind: DatabaseUnderTest) throws {
    try kind.withRegistry(tableDictionary) { store throws in
      try withWorkbook("row('信用代码', '企业名称')\nrow('{A}', '天山智能')") { path throws in
        let tried = try store.importTable(path, isDryRun: true)
        if case .tried = tried.outcome {} else { Issue.record("\(tried.outcome)") }
        #expect(tried.rows == 1)
        #expect(try store.lastBatch(upTo: nil) == 0 && store.shapes().isEmpty && store.source("register") == nil)
        #expect(try store.importTable(path).batch == 1)
        let again = try store.importTable(path)
        if case .known(1) = again.outcome {} else { Issue.record("\(again.outcome)") }
        _ = try store.withdraw(1, reason: "错", actor: "tester")
        #expect(try store.importTable(path).batch == 3)
      }
    }
  }

  @Test(
    "a text in another encoding is read; one under a canonical header needs no shape", arguments: DatabaseUnderTest.all)
  func texts(kind: DatabaseUnderTest) throws {
    try kind.withRegistry(tableDictionary) { store throws in
      let text = filled("uscc,name\n{A},天山智能\n")
      try withFolder(["enterprise.csv": gb18030(text), "loan.csv": Array("合同编号,贷款金额（元）\nL,1\n".utf8)]) {
        folder throws in
        #expect(try store.importTable("\(folder)/enterprise.csv").rows == 1)
        #expect(try store.tableText().last?.contains("天山智能") == true)
        #expect(try store.tablePlan(for: "\(folder)/loan.csv", of: "register", by: tableDictionary) == nil)
        #expect(try store.tablePlan(for: folder, of: "register", by: tableDictionary) == nil)
        #expect(code { _ = try store.importTable("\(folder)/loan.csv", sheet: "名录") } == "tabulation.sheet.text")
      }
    }
  }

  // MARK: what is remembered

  private static let near = "row('统一社会信用代码', '名称', '所在区', '备注')\nrow('{A}', '天山智能', '白碱滩区', '补报')"

  @Test("a mapping is confirmed once, until the header changes or it is forgotten", arguments: DatabaseUnderTest.all)
  func remembered(kind: DatabaseUnderTest) throws {
    try kind.withRegistry(tableDictionary) { store throws in
      try withWorkbook(Self.near) { path throws in
        #expect(code { _ = try store.importTable(path) } == "tabulation.column.near")
        #expect(try store.lastBatch(upTo: nil) == 0 && store.shapes().isEmpty)
        #expect(try store.importTable(path) { $0.confirmAll() }.batch == 1)
        if case .known(1) = try store.importTable(path).outcome {} else { Issue.record("asked or recorded again") }
      }
      try withWorkbook(Self.near.replacing("{A}", with: "{B}")) { path throws in
        #expect(try store.tablePlan(for: path, of: "register", by: tableDictionary)?.isRemembered == true)
        #expect(code { _ = try store.importTable(path, from: .form) } == "tabulation.column.near")
        #expect(try store.importTable(path).batch == 2)
      }
      // Another order of columns: the word is known all the same.
      let moved = "row('所在区', '统一社会信用代码', '从业人员')\nrow('白碱滩区', '{C}', 5)"
      try withWorkbook(moved) { path throws in
        let plan = try #require(try store.tablePlan(for: path, of: "register", by: tableDictionary))
        #expect(!plan.isRemembered && plan.tables[0].proposal.shape.columns[0].match == .remembered)
        #expect(plan.open.map(shown) == ["tabulation.column.near C1"])
      }
      #expect(try store.shapes().map(\.source) == ["register"])
      #expect(try store.forgetShapes(of: "register", actor: "tester") == 1)
      try withWorkbook(Self.near.replacing("{A}", with: "{D}")) { path throws in
        #expect(code { _ = try store.importTable(path) } == "tabulation.column.near")
      }
      #expect(try store.check().problems == [])
    }
  }

  @Test(
    "where the title speaks of another year or unit, the same header is asked about again",
    arguments: DatabaseUnderTest.all, ["2025年度情况（单位：万元）", "2024年度情况（单位：元）"])
  func titles(kind: DatabaseUnderTest, other: String) throws {
    func script(_ title: String) -> String {
      "row('\(title)')\nsheet.merge_cells('A1:B1')\nrow('统一社会信用代码', '营业收入')\nrow('{A}', 5)"
    }
    try kind.withRegistry(tableDictionary) { store throws in
      try withWorkbook(script("2024年度情况（单位：万元）")) { path throws in
        #expect(try store.importTable(path) { $0.confirmAll() }.batch == 1)
      }
      try withWorkbook(script(other)) { path throws in
        #expect(code { _ = try store.importTable(path) } == "tabulation.year.assumed")
        let plan = try #require(try store.tablePlan(for: path, of: "register", by: tableDictionary))
        let column = plan.tables[0].proposal.shape.columns[1]
        #expect("\(column.year ?? 0)年度情况（单位：\(column.unit ?? "")）" == other)
      }
    }
  }

  @Test("columns are assigned and left out", arguments: DatabaseUnderTest.all)
  func decisions(kind: DatabaseUnderTest) throws {
    try kind.withRegistry(tableDictionary) { store throws in
      try withWorkbook("row('统一社会信用代码', '去年收入', '所在区', '名称')\nrow('{A}', 5, '白碱滩区')") { path throws in
        let place = SourcePlace(file: "--column")
        func assign(_ heading: String, _ number: Int = 2) -> String? {
          code {
            try store.importTable(path, isDryRun: true) { proposal in
              try proposal.shape.assign(heading: heading, toColumn: number, of: proposal.type, at: place)
            }
          }
        }
        #expect(assign("营业收人@2023（万元）") == "policy.facts.column")
        #expect(assign("营业收入") == "tabulation.year.missing")
        #expect(assign("营业收入@2023（人）") == "policy.facts.unit")
        #expect(assign("从业人数@2023") == "policy.facts.year")
        #expect(assign("营业收入@2023", 9) == "tabulation.column.none")
        #expect(assign("营业收入@2023（亿元）") == "tabulation.column.near")
        try store.importTable(path) { proposal in
          try proposal.shape.assign(heading: "营业收入@2023（亿元）", toColumn: 2, of: proposal.type, at: place)
          proposal.shape.decline(column: 3)
        }
        let line = try store.tableText().last
        #expect(line == filled("企业 {A}: 统一社会信用代码=“{A}” 营业收入@2023=500000000"))
        #expect(try store.shapes()[0].shape.columns.map(\.ignored) == [nil, nil, .declined, nil])
      }
    }
  }

  @Test(
    "what another program does to remembered shapes is found", arguments: DatabaseUnderTest.all,
    [
      ("UPDATE table_shape SET shape = '{}'", "store.audit.shape"), ("DELETE FROM table_shape", "store.audit.shape"),
      ("UPDATE table_shape SET actor = 'other'", "store.audit.shape"),
      ("UPDATE table_shape SET header = 'other'", "store.audit.shape-untold"),
    ])
  func tampering(kind: DatabaseUnderTest, attack: (sql: String, code: String)) throws {
    try kind.withRegistry(tableDictionary) { store throws in
      try withWorkbook(Self.near) { path in _ = try store.importTable(path) { $0.confirmAll() } }
      #expect(try store.check().problems == [])
      try store.database.write { _ = try $0.execute(attack.sql) }
      #expect(try store.check().problems.map(\.code).contains(attack.code))
    }
  }

  @Test("a copy remembers too", arguments: DatabaseUnderTest.all, DatabaseUnderTest.all)
  func copy(from: DatabaseUnderTest, to: DatabaseUnderTest) throws {
    try from.withRegistry(tableDictionary) { store throws in
      try withWorkbook(Self.near) { path throws in
        _ = try store.importTable(path) { $0.confirmAll() }
        try to.withPlace { place throws in
          let digest = try store.copy(to: place.address).digest
          let copy = try RegistryStore.open(place.address)
          defer { copy.close() }
          #expect(try copy.digest().0 == digest)
          #expect(try copy.tablePlan(for: path, of: "register", by: tableDictionary)?.isRemembered == true)
          #expect(try copy.check().problems == [])
        }
      }
    }
  }

  @Test("a store of the first layout gets the table for it", arguments: DatabaseUnderTest.all)
  func migration(kind: DatabaseUnderTest) throws {
    try kind.withPlace { place throws in
      let database = try place.open()
      try database.write { connection in
        try connection.execute("CREATE TABLE store (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        try Migration.all[0].apply(to: connection)
        try Metadata(connection).set("layout", "1")
      }
      let store = try RegistryStore.open(place.address)
      defer { store.close() }
      try store.adopt(tableDictionary, owner: "small", actor: "tester")
      try withWorkbook(Self.near) { path throws in
        #expect(try store.importTable(path) { $0.confirmAll() }.batch == 1)
      }
      #expect(try store.check().problems == [])
    }
  }
}
