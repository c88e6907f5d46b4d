import Diagnostics
import FEEL
import Dispatch
import Foundation
import MessyTables
import Policy
import Population
import Registry
import SQL
import Synchronization
import TestKit
import Testing

@testable import Store

@Suite("Whatever happens to an import, the store is whole and goes on", .timeLimit(.minutes(10)))
struct TableFaultTests {
  /// Loans under a header that is not the canonical one; every so many an amount is none.
  private static func loans(_ count: Int, wrongEvery: Int = .max) -> String {
    let rows = (1...count).map { number in
      "HT-\(number),\(number % wrongEvery == wrongEvery - 1 ? "五十" : "\(number)"),2024.3.1\n"
    }
    return "合同 编号,贷款金额（万元）,放款日期\n" + rows.joined()
  }

  private func checkUnharmed(_ store: RegistryStore, batches: Int = 0) throws {
    #expect(try store.lastBatch(upTo: nil) == batches)
    #expect(try store.check().problems == [])
    #expect(try store.verifyAudit().problems == [])
    if batches == 0 { #expect(try store.tableText() == [] && store.shapes().isEmpty) }
  }

  @Test("a full disk: nothing is recorded, and with room again everything is")
  func fullDisk() throws {
    try DatabaseUnderTest.sqlite.withRegistry(tableDictionary) { store throws in
      try withFolder(["台账.csv": Self.loans(20_000)]) { folder throws in
        let path = "\(folder)/台账.csv"
        try store.database.write { connection in
          let pages = try connection.first("PRAGMA page_count") { $0.integer(0) ?? 0 } ?? 0
          _ = try connection.first("PRAGMA max_page_count = \(pages + 50)") { $0.integer(0) }
        }
        #expect(code { try store.importTable(path) } == "store.database.full")
        try self.checkUnharmed(store)
        try store.database.write { connection in
          _ = try connection.first("PRAGMA max_page_count = 1000000") { $0.integer(0) }
        }
        #expect(try store.importTable(path).rows == 20_000)
        try self.checkUnharmed(store, batches: 1)
      }
    }
  }

  @Test(
    "a server that ends the connection in mid-import",
    .enabled(if: PostgreSQLPlace.url != nil, Comment(rawValue: PostgreSQLPlace.missing)))
  func terminated() throws {
    try DatabaseUnderTest.postgreSQL.withPlace { place throws in
      let store = try RegistryStore.open(place.address, creates: true)
      defer { store.close() }
      try store.adopt(tableDictionary, owner: "small", actor: "tester")
      let killer = try place.open()
      try withFolder(["台账.csv": Self.loans(20_000, wrongEvery: 10_000)]) { folder throws in
        var ended: Int64 = 0
        // The first row that is refused in mid-import is the moment.
        let kill = { (_: RefusedRow) in
          guard ended == 0 else { return }
          let sql = """
            SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE '%transaction%'
            """
          ended = try killer.read { try $0.first(sql) { $0.integer(0) } ?? 0 } ?? 0
        }
        let lost = code { try store.importTable("\(folder)/台账.csv", takesSoundRows: true, refused: kill) }
        #expect(ended == 1)
        #expect(lost == "store.database.gone")
        try self.checkUnharmed(store)
        let report = try store.importTable("\(folder)/台账.csv", takesSoundRows: true)
        #expect(report.rows == 19_998 && report.refused == 2)
        try self.checkUnharmed(store, batches: 1)
      }
    }
  }

  @Test("two importers at once: both files are recorded, the same file once", arguments: DatabaseUnderTest.all)
  func twoImporters(kind: DatabaseUnderTest) throws {
    try kind.withPlace { place throws in
      let first = try RegistryStore.open(place.address, creates: true)
      defer { first.close() }
      try first.adopt(tableDictionary, owner: "small", actor: "tester")
      let second = try RegistryStore.open(place.address)
      defer { second.close() }
      try second.prepare(for: tableDictionary)
      let files = ["a.csv": Self.loans(3_000), "b.csv": Self.loans(2_000)]
      try withFolder(files) { folder throws in
        let problems = Mutex<[String]>([])
        for pair in [["a.csv", "b.csv"], ["b.csv", "b.csv"]] {
          DispatchQueue.concurrentPerform(iterations: 2) { index in
            let store = index == 0 ? first : second
            do {
              _ = try store.importTable("\(folder)/\(pair[index])", from: index == 0 ? .register : .form)
            } catch {
              problems.withLock { $0.append("\(error)") }
            }
          }
        }
        #expect(problems.withLock { $0 } == [])
        // Both say b once more: register for the first time, form not again.
        #expect(try first.allBatches().map(\.rows).sorted() == [2_000, 2_000, 3_000])
        try self.checkUnharmed(second, batches: 3)
      }
    }
  }

  @Test("a file that is changed while it is read", arguments: DatabaseUnderTest.all)
  func changed(kind: DatabaseUnderTest) throws {
    try kind.withRegistry(tableDictionary) { store throws in
      try withFolder(["台账.csv": "合同 编号,贷款金额（元）\nHT-1,约5\nHT-2,5\n"]) { folder throws in
        let path = "\(folder)/台账.csv"
        let change = { (_: RefusedRow) in
          try "合同 编号,贷款金额（元）\nHT-1,约5\nHT-2,6\n".write(toFile: path, atomically: true, encoding: .utf8)
        }
        let told = code { try store.importTable(path, takesSoundRows: true, refused: change) }
        #expect(told == "store.import.changed")
        try self.checkUnharmed(store)
      }
    }
  }

  @Test("an import that is cancelled", arguments: DatabaseUnderTest.all)
  func cancelled(kind: DatabaseUnderTest) throws {
    try kind.withRegistry(tableDictionary) { store throws in
      try withFolder(["台账.csv": Self.loans(100)]) { folder throws in
        let path = "\(folder)/台账.csv"
        let plan = try #require(try store.tablePlan(for: path, of: "register", by: tableDictionary))
        var facts = FactImport(path: path, source: .register, actor: "tester")
        facts.tables = plan.importTables
        let request = facts, progress = WorkProgress()
        progress.cancel()
        #expect(code { try store.record(request, by: tableDictionary, progress: progress) } == "store.cancelled")
        try self.checkUnharmed(store)
      }
    }
  }

  @Test(
    "hostile and broken workbooks are refused for what they are",
    .enabled(if: Python.hasSpreadsheets, "needs python3 with openpyxl"), arguments: DatabaseUnderTest.all,
    [
      ("bomb", "spreadsheet.bomb"), ("doctype", "spreadsheet.doctype"), ("cut", "spreadsheet.truncated"),
      ("html", "spreadsheet.markup"), ("old", "spreadsheet.old"), ("cell", "spreadsheet.cell.value"),
    ])
  func hostile(kind: DatabaseUnderTest, attack: (name: String, code: String)) throws {
    try kind.withRegistry(tableDictionary) { store throws in
      try withWorkbook("row('信用代码', '名称')\nrow('{A}', '天山智能')\nrow('{B}', 5)") { path throws in
        try Python.run(Self.attacks, [path, attack.name])
        #expect(code { try store.importTable(path) } == attack.code)
        try self.checkUnharmed(store)
      }
      try withFolder(["台账.csv": Self.loans(3)]) { folder throws in
        #expect(try store.importTable("\(folder)/台账.csv").batch == 1)
      }
    }
  }

  private static let attacks = """
    import shutil, sys, zipfile
    path, attack = sys.argv[1:]
    data = open(path, 'rb').read()
    def changed(change):
      with zipfile.ZipFile(path) as old: parts = {name: old.read(name) for name in old.namelist()}
      with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items(): new.writestr(name, change(part) if name.endswith('sheet1.xml') else part)
    if attack == 'bomb': changed(lambda part: part.replace(b'<sheetData>', b'<sheetData>' + b' ' * (64 << 20)))
    if attack == 'doctype':
      changed(lambda part: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + part)
    if attack == 'cell': changed(lambda part: part.replace(b'<v>5</v>', b'<v>5x</v>'))
    if attack == 'cut': open(path, 'wb').write(data[:len(data) // 2])
    if attack == 'html': open(path, 'w').write('<html><table></table></html>')
    if attack == 'old': open(path, 'wb').write(bytes.fromhex('d0cf11e0a1b11ae1') + bytes(2048))
    """

  @Test(
    "texts that look like formulas stay texts all the way",
    .enabled(if: Python.hasSpreadsheets, "needs python3 with openpyxl"), arguments: DatabaseUnderTest.all)
  func injection(kind: DatabaseUnderTest) throws {
    let script = """
      row('信用代码', '企业名称', '从业人数')
      row('{A}', None, 5); sheet['B2'].value = '=HYPERLINK("http://x")'; sheet['B2'].data_type = 's'
      row('{B}', '=1+1', 5)
      row('{C}', '+86', '多')
      """
    try kind.withRegistry(tableDictionary) { store throws in
      try withWorkbook(script) { path throws in
        let sheetPath = path + ".refused.csv"
        let sheet = try RefusedSheet(path: sheetPath, language: .chinese)
        var rows: [RefusedRow] = []
        let tell = { (row: RefusedRow) in
          rows.append(row)
          try sheet.add(row)
        }
        try store.importTable(path, takesSoundRows: true, refused: tell)
        try sheet.close()
        #expect(
          rows.map { $0.problems.map(shown) } == [["tabulation.cell.uncalculated B3"], ["policy.facts.number C4"]])
        #expect(try store.tableText().last?.contains("名称=“=HYPERLINK(\"http://x\")”") == true)
        let moment = Moment(asOf: try #require(.init("2026-06-01")), known: 1)
        let book = path + ".out.xlsx"
        try store.exportWorkbook(tableDictionary.types, at: moment, pack: nil, to: book, language: .chinese)
        let kinds = try Python.run(
          "import sys, openpyxl\nprint(openpyxl.load_workbook(sys.argv[1]).worksheets[0]['B2'].data_type)", [book])
        #expect(kinds == "s\n")
      }
    }
  }
}
