import Diagnostics
import FEEL
import Policy
import Population
import Registry
import SQL
import TestKit
import Testing

@testable import Store

@Suite("The registry in a database", .timeLimit(.minutes(30)))
struct RegistryStoreTests {
  private static let firms = #"""
    编号,名称,人数,在册,成立日期,规模,研发占比,营业收入@2024,营业收入@2023
    A,甲,12,是,2001-02-03,大,3.5,100.5,90
    B,乙,无,否,,小,,无,
    C,"丙, ""三""",,无,1999-12-31,,0.1234567,,0.000001
    """#
  private static let loans = "编号,企业,金额\nL1,A,1000\nL2,A,0.01\nL3,C,无\nL4,无,5\n"
  private static let files = ["enterprise.csv": firms, "loan.csv": loans]

  @Test("what was recorded is read as it was given", arguments: DatabaseUnderTest.all)
  func roundTrip(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      let report = try store.record(Self.files)
      #expect(report.batch == 1)
      #expect(report.rows == 7 && report.refused == 0)
      try withFolder(Self.files) { folder in
        let (facts, problems) = FactSource.read(path: folder).facts(by: smallDictionary)
        #expect(problems == [])
        let text = try store.text()
        #expect(text == lines(Population(facts, dictionary: smallDictionary)))
      }
    }
  }

  @Test("odd spellings are read as facts are, or refused with the same words", arguments: DatabaseUnderTest.all)
  func spellings(kind: DatabaseUnderTest) throws {
    for (name, text) in ColumnFolderTests.plainFolders {
      try kind.withRegistry { store throws in
        try withFolder(["enterprise.csv": text]) { folder in
          let (facts, problems) = FactSource.read(path: folder).facts(by: smallDictionary)
          var told: [Diagnostic] = []
          let request = FactImport(path: folder, source: .register, actor: "tester")
          let report: ImportReport
          do {
            report = try store.record(request, by: smallDictionary) { told += $0.problems }
          } catch {
            // One field in two columns: a store has one place for it.
            #expect((error as? Diagnostic)?.code == "store.facts.by-cell", "\(name)")
            return
          }
          let own = told.filter { $0.code.hasPrefix("store.import.") }
          #expect(told.filter { !$0.code.hasPrefix("store.import.") } == problems, "\(name)")
          if problems.isEmpty, own.isEmpty {
            #expect(report.batch == 1)
            let text = try store.text().sorted()
            #expect(text == lines(Population(facts, dictionary: smallDictionary)).sorted(), "\(name)")
          } else {
            #expect(report.isRefused)
          }
        }
      }
    }
  }

  private static let broken = """
    编号,名称,人数,规模
    A,甲,12,大
    B,乙,多,小
    C,丙,3,巨
    A,又一个甲,4,小
    D,丁,5
    E,戊,6,小
    """

  @Test(
    "a row that is wrong is refused with its place and reason, and nothing is recorded",
    arguments: DatabaseUnderTest.all)
  func refused(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      var rows: [RefusedRow] = []
      let report = try store.record(["enterprise.csv": Self.broken]) { rows.append($0) }
      #expect(report.isRefused)
      #expect(rows.map(\.place.line) == [3, 4, 6, 5])
      #expect(
        rows.map { $0.problems.map(\.code) } == [
          ["policy.facts.number"], ["policy.facts.value"], ["store.csv.width"], ["policy.facts.key-twice"],
        ])
      #expect(rows.first?.text == "B,乙,多,小")
      #expect(rows.last?.text == "A,又一个甲,4,小")
      #expect(try store.lastBatch(upTo: nil) == 0)
      #expect(try store.facts().tables.isEmpty)
      #expect(try store.verifyAudit().problems == [])
    }
  }

  @Test("sound rows are recorded where they are wanted", arguments: DatabaseUnderTest.all)
  func soundRows(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      let loans = "编号,企业,金额\nL1,A,1\nL2,B,2\nL3,E,3\n"
      var rows: [RefusedRow] = []
      let report = try store.record(
        ["enterprise.csv": Self.broken, "loan.csv": loans], takesSoundRows: true
      ) { rows.append($0) }
      #expect(report.batch == 1)
      // The loan of a firm that was refused leads nowhere.
      #expect(rows.last?.problems.map(\.code) == ["policy.facts.reference"])
      #expect(rows.last?.place.line == 3)
      let facts = try store.facts()
      #expect(facts["企业"]?.rows.map(\.key) == ["A", "E"])
      #expect(facts["贷款"]?.rows.map(\.key) == ["L1", "L3"])
      #expect(facts["贷款"]?.rows(where: "企业", refersTo: "E").map(\.key) == ["L3"])
    }
  }

  @Test("a try keeps nothing", arguments: DatabaseUnderTest.all)
  func dryRun(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      let report = try store.record(Self.files, isDryRun: true)
      if case .tried = report.outcome {} else { Issue.record("\(report.outcome)") }
      #expect(report.rows == 7)
      #expect(try store.lastBatch(upTo: nil) == 0)
      #expect(try store.source("register") == nil)
    }
  }

  @Test("the same from the same source is recorded once", arguments: DatabaseUnderTest.all)
  func again(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      try store.record(Self.files)
      let again = try store.record(Self.files)
      if case .known(1) = again.outcome {} else { Issue.record("recorded again") }
      #expect(try store.record(Self.files, from: .form).batch == 2)
      _ = try store.withdraw(1, reason: "wrong month", actor: "tester")
      #expect(try store.record(Self.files).batch == 4)
      #expect(try store.allBatches().map(\.id) == [1, 2, 3, 4])
    }
  }

  @Test(
    "a header without rows says that there are none; a type never spoken of is unknown",
    arguments: DatabaseUnderTest.all)
  func none(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      try store.record(["loan.csv": "编号,企业,金额\n"])
      let facts = try store.facts()
      #expect(facts["贷款"]?.rows.isEmpty == true)
      #expect(facts["企业"] == nil)
    }
  }

  @Test("a source keeps its authority", arguments: DatabaseUnderTest.all)
  func authority(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      try store.record(Self.files)
      let other = Source(id: "register", title: "登记", authority: .enterprise)
      #expect(code { try store.record(["loan.csv": Self.loans], from: other) } == "store.import.authority")
    }
  }

  // MARK: two times

  @Test(
    "facts as known before a correction, a withdrawal and a retraction stay what they were",
    arguments: DatabaseUnderTest.all)
  func asKnown(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      try store.record(Self.files)
      let first = try store.text()
      let corrected = "编号,人数,营业收入@2024\nA,13,200\nB,7,无\n"
      #expect(try store.record(["enterprise.csv": corrected]).batch == 2)
      let second = try store.text()
      #expect(second != first)
      #expect(try store.text(by: 1) == first)
      #expect(try store.withdraw(2, reason: "mistake", actor: "tester") == 3)
      #expect(try store.text() == first)
      #expect(try store.text(by: 2) == second)
      #expect(try store.text(by: 0) == [])
      let time = try store.allBatches()[1].recorded
      #expect(try store.lastBatch(upTo: time) == 2)
      #expect(try store.lastBatch(upTo: RecordedTime(microseconds: 0)) == 0)
      #expect(code { _ = try store.withdraw(2, reason: "again", actor: "tester") } == "store.withdraw.twice")
      #expect(code { _ = try store.withdraw(9, reason: "none", actor: "tester") } == "store.withdraw.unknown")
    }
  }

  @Test("what is true from a day on is not true before", arguments: DatabaseUnderTest.all)
  func validity(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      let until = Validity(to: CalendarDate("2026-01-01")), from = Validity(from: CalendarDate("2026-01-01"))
      try store.record(["enterprise.csv": "编号,名称\nA,旧名\nB,停业\n"], validity: until)
      try store.record(["enterprise.csv": "编号,名称\nA,新名\nC,新办\n"], validity: from)
      let before = try store.facts(on: "2025-12-31"), after = try store.facts(on: "2026-01-01")
      #expect(before["企业"]?.rows.map(\.key) == ["A", "B"])
      #expect(after["企业"]?.rows.map(\.key) == ["A", "C"])
      if case .value(.string(let name))? = before["企业"]?["A"]?["名称"] { #expect(name == "旧名") }
      if case .value(.string(let name))? = after["企业"]?["A"]?["名称"] { #expect(name == "新名") }
    }
  }

  @Test("of a time that nothing is said of, nothing is known", arguments: DatabaseUnderTest.all)
  func unknownTimes(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      try store.record(["enterprise.csv": "编号\nA\n"])
      try store.record(["loan.csv": "编号,企业\nL,A\n"], validity: Validity(from: CalendarDate("2026-01-01")))
      #expect(try store.facts(on: "2025-06-01")["贷款"] == nil)
      #expect(try store.facts(on: "2026-01-01")["贷款"]?.rows.count == 1)
    }
  }

  @Test(
    "where what a reference leads to was taken back, records and columns say the same", arguments: DatabaseUnderTest.all
  )
  func dangling(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      try store.record(["enterprise.csv": "编号\nA\n"])
      try store.record(["enterprise.csv": "编号\nB\n"], from: .form)
      try store.record(["loan.csv": "编号,企业,金额\nL,A,1\nM,B,2\n"])
      _ = try store.withdraw(2, reason: "错", actor: "tester")
      let moment = Moment(asOf: try #require(CalendarDate("2026-06-01")), known: 4)
      let snapshot = try store.snapshot(at: moment, by: smallDictionary)
      #expect(snapshot.population.tables["贷款"]?.count == 2)
      #expect(try store.facts()["贷款"]?.rows.count == 2)
      #expect(try store.facts()["贷款"]?.rows(where: "企业", refersTo: "A").count == 1)
      var codes: [String] = []
      let more = ["loan.csv": "编号,企业\nN,B\n"]
      #expect(try store.record(more) { codes += $0.problems.map(\.code) }.isRefused)
      #expect(codes == ["policy.facts.reference"])
    }
  }

  @Test(
    "a value that comes back is recorded, and rows that were left out may come again", arguments: DatabaseUnderTest.all)
  func comingBack(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      let ten = ["enterprise.csv": "编号,人数\nA,10\n"], twelve = ["enterprise.csv": "编号,人数\nA,12\n"]
      #expect(try store.record(ten).batch == 1)
      #expect(try store.record(twelve).batch == 2)
      #expect(try store.record(ten).batch == 3)
      let loans = ["loan.csv": "编号,企业\nL,B\nM,A\n"]
      #expect(try store.record(loans, takesSoundRows: true).refused == 1)
      #expect(try store.record(["enterprise.csv": "编号\nB\n"]).batch == 5)
      #expect(try store.record(loans).batch == 6)
      #expect(try store.facts()["贷款"]?.rows.map(\.key) == ["M", "L"])
    }
  }

  @Test(
    "what a database has no room for is refused by row", arguments: DatabaseUnderTest.all,
    [
      ("营业收入@2024（元）", "99999999999999999999", "store.import.large"),
      ("营业收入@2024（元）", "9223372036854775807", "store.import.large"),
      ("营业收入@2024（元）", "0.001", "store.import.finer"), ("成立日期", "10000-01-01", "store.import.day"),
      ("名称", "零\u{0}字节", "store.import.zero"),
    ])
  func room(kind: DatabaseUnderTest, cell: (column: String, value: String, code: String)) throws {
    try kind.withRegistry { store throws in
      var codes: [String] = []
      let report = try store.record(
        ["enterprise.csv": "编号,\(cell.column)\nA,\(cell.value)\nB,\n"], takesSoundRows: true
      ) { codes += $0.problems.map(\.code) }
      #expect(codes == [cell.code])
      #expect(report.batch == 1 && report.rows == 1)
    }
  }

  @Test("each fact tells the source and batch it comes from", arguments: DatabaseUnderTest.all)
  func origin(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      try store.record(["enterprise.csv": "编号,名称,人数\nA,甲,5\n"])
      try store.record(["enterprise.csv": "编号,名称,人数\nA,自称甲,6\n"], from: .form)
      let history = try store.history(of: "A", try #require(smallDictionary["企业"]), by: 2)
      let day = try #require(CalendarDate("2026-06-01"))
      let record = try #require(history.standing(on: day))
      let readings = try #require(record.readings[.init(field: "人数")])
      // Without a word of the dictionary fields are the firms' own to provide.
      #expect(readings.map(\.statement.batch.source) == [.form, .register])
    }
  }

  // MARK: the dictionary

  @Test(
    "a dictionary may add; what would change the meaning of what is recorded is refused",
    arguments: DatabaseUnderTest.all)
  func dictionaries(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      try store.record(Self.files)
      let first = try store.text()
      // 亿元 is money as 万元 is.
      try store.adopt(dictionary(units: "亿元"), owner: "small", actor: "tester")
      #expect(
        code { try store.adopt(dictionary(units: "家"), owner: "small", actor: "tester") } == "store.dictionary.changed")
      #expect(try store.text() == first)
    }
  }

  // MARK: layouts and foreign databases

  @Test("opening again changes nothing; a database of something else is left alone", arguments: DatabaseUnderTest.all)
  func opening(kind: DatabaseUnderTest) throws {
    try kind.withPlace { place in
      let store = try RegistryStore.open(place.address, creates: true)
      store.close()
      try RegistryStore.open(place.address).close()
      let database = try place.open()
      try database.write { _ = try $0.execute("UPDATE store SET value = '99' WHERE name = 'layout'") }
      #expect(code { try RegistryStore.open(place.address) } == "store.database.newer")
    }
    try kind.withPlace { place in
      let database = try place.open()
      try database.write { _ = try $0.execute("CREATE TABLE theirs (a INTEGER)") }
      #expect(code { try RegistryStore.open(place.address, creates: true) } == "store.database.foreign")
    }
  }

  @Test("a file that is none of ours is refused")
  func foreignFiles() throws {
    #expect(code { try RegistryStore.open("/nowhere/at/all.db") } == "store.database.missing")
    #expect(code { try RegistryStore.open("/nowhere/at/all.db", creates: true) } == "store.database.gone")
    try withFolder(["text.db": "not a database, and long enough to be looked at as one by whoever opens it"]) {
      folder in
      #expect(code { try RegistryStore.open("\(folder)/text.db") } == "store.database.missing")
      #expect(code { try RegistryStore.open("\(folder)/text.db", creates: true) } == "store.database.damaged")
    }
  }
}

/// The code of the diagnostic that a body throws; nil when it throws none.
func code(_ body: () throws -> some Any) -> String? {
  do {
    _ = try body()
    return nil
  } catch {
    return (error as? Diagnostic)?.code ?? "\(error)"
  }
}
