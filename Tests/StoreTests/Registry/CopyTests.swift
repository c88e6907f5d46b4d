import Diagnostics
import FEEL
import Policy
import Population
import Registry
import SQL
import TestKit
import Testing

@testable import Store

/// A store in one database and in another is the same store.
@Suite("Copies of a store", .timeLimit(.minutes(30)))
struct CopyTests {
  private static let files = [
    "enterprise.csv": "编号,名称,人数,营业收入@2024\nA,甲,1.5,100\nB,乙,无,无\nC,丙,,\n", "loan.csv": "编号,企业,金额\nL,A,0.01\n",
  ]

  @Test(
    "a copy in any database has the digest and the facts of the store", arguments: DatabaseUnderTest.all,
    DatabaseUnderTest.all)
  func copy(from: DatabaseUnderTest, to: DatabaseUnderTest) throws {
    try from.withRegistry { store throws in
      try store.record(Self.files)
      try store.record(["enterprise.csv": "编号,人数\nA,2\n"], from: .form)
      _ = try store.withdraw(2, reason: "错", actor: "tester")
      let text = try store.text()
      try to.withPlace { place in
        let report = try store.copy(to: place.address)
        let copy = try RegistryStore.open(place.address)
        defer { copy.close() }
        #expect(try copy.check().problems == [])
        #expect(try copy.digest().0 == report.digest)
        #expect(try copy.text() == text)
        // It goes on as the store itself would.
        #expect(try copy.record(["loan.csv": "编号,企业,金额\nM,B,7\n"]).batch == 4)
        #expect(try copy.verifyAudit().problems == [])
        #expect(code { _ = try store.copy(to: place.address) } == "store.copy.not-empty")
      }
    }
  }

  @Test("a backup is a file that is there whole, and never over another", arguments: DatabaseUnderTest.all)
  func backup(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      try store.record(Self.files)
      try withFolder(["there.db": "something"]) { folder in
        let report = try store.backUp(to: "\(folder)/backup.db")
        let backup = try RegistryStore.open("\(folder)/backup.db")
        let digest = try backup.digest().0
        backup.close()
        #expect(digest == report.digest)
        #expect(code { _ = try store.backUp(to: "\(folder)/there.db") } == "store.file.exists")
        #expect(code { _ = try store.backUp(to: "\(folder)/no/such/backup.db") } == "store.database.gone")
      }
    }
  }

  @Test(
    "rows that another program took away or added are found", arguments: DatabaseUnderTest.all,
    [
      "DELETE FROM record__enterprise WHERE _key = 'B'", "UPDATE record__enterprise SET _batch = 9 WHERE _key = 'B'",
      "UPDATE batch_type SET row_count = 5 WHERE type = 'enterprise'", "DELETE FROM batch_type",
    ])
  func broken(kind: DatabaseUnderTest, attack: String) throws {
    try kind.withRegistry { store throws in
      try store.record(Self.files)
      #expect(try store.check().problems == [])
      try store.database.write { _ = try $0.execute(attack) }
      #expect(try store.check().problems.map(\.code).contains("store.batch.rows"))
    }
  }

  @Test("what is exported is read as what the store says", arguments: DatabaseUnderTest.all)
  func export(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      try store.record(Self.files)
      try store.record(["enterprise.csv": "编号,名称,营业收入@2023\nA,\"甲,改\",5\nD,丁,\n"])
      let moment = Moment(asOf: try #require(CalendarDate("2026-06-01")), known: 2)
      try withFolder([String: String]()) { folder in
        let counts = try store.export(smallDictionary.types, at: moment, pack: "small", to: "\(folder)/out")
        #expect(counts.map(\.rows) == [4, 1])
        let (facts, problems) = FactSource.read(path: "\(folder)/out").facts(by: smallDictionary)
        #expect(problems == [])
        let text = try store.text()
        #expect(lines(Population(facts, dictionary: smallDictionary)) == text)
        let snapshot = try store.snapshot(at: moment, by: smallDictionary)
        #expect(lines(snapshot.population) == text)
        let provenance = try Provenance.read(from: "\(folder)/out")
        #expect(provenance?.store?.known == 2 && provenance?.asOf == moment.asOf)
        #expect(provenance?.store?.digest.count == 64)
      }
    }
  }

  @Test("random histories: columns of a store say what its records say", arguments: DatabaseUnderTest.all)
  func randomHistories(kind: DatabaseUnderTest) throws {
    var random = SeededRandom(seed: 11)
    for _ in 0..<(kind == .sqlite ? 12 : 4) {
      try kind.withRegistry { store throws in
        for _ in 0..<Int.random(in: 1...5, using: &random) {
          let validity = Validity(
            from: Bool.random(using: &random) ? CalendarDate("2026-05-01") : nil,
            to: Int.random(in: 0..<4, using: &random) == 0 ? CalendarDate("2026-05-20") : nil)
          let source = Bool.random(using: &random) ? Source.register : .form
          try store.record(Self.someFirms(&random), from: source, validity: validity, takesSoundRows: true)
        }
        let last = try store.lastBatch(upTo: nil)
        if last > 1, Bool.random(using: &random) { _ = try store.withdraw(1, reason: "r", actor: "t") }
        for day in ["2026-04-30", "2026-05-10", "2026-06-01"] {
          let moment = Moment(
            asOf: try #require(CalendarDate(day)), known: Int.random(in: 1...last, using: &random))
          let text = try store.text(on: day, by: moment.known)
          let columns = lines(try store.snapshot(at: moment, by: smallDictionary).population)
          #expect(columns == text)
        }
      }
    }
  }

  private static func someFirms(_ random: inout SeededRandom) -> [String: String] {
    var text = "编号,名称,人数,在册,成立日期,营业收入@2024,营业收入@2023\n"
    for key in "ABCDEF" where Int.random(in: 0..<3, using: &random) > 0 {
      let cells =
        [["", "甲", "无", "乙"], ["", "1", "2.5", "无"], ["", "是", "否", "无"], ["", "2001-01-01", "无"]]
        + Array(repeating: ["", "1", "0.000001", "无", "-3"], count: 2)
      text += "\(key)," + cells.map { $0.randomElement(using: &random) ?? "" }.joined(separator: ",") + "\n"
    }
    return ["enterprise.csv": text]
  }
}
