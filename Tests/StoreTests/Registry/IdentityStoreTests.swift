import Diagnostics
import FEEL
import Policy
import Population
import Registry
import SQL
import TestKit
import Testing

@testable import Store

/// Two keys that a person has decided to be one record, or not.
@Suite("Who is who in a store", .timeLimit(.minutes(30)))
struct IdentityStoreTests {
  private static let firms = "编号,名称,人数,营业收入@2024\nA,甲公司,12,100\nB,甲有限公司,无,\nC,丙,3,7\n"
  private static let loans = "编号,企业,金额\nL1,A,1000\nL2,B,2\nL3,C,3\n"

  private func withFirms(_ kind: DatabaseUnderTest, _ body: (RegistryStore, RecordType) throws -> Void) throws {
    try kind.withRegistry { store throws in
      try store.record(["enterprise.csv": Self.firms, "loan.csv": Self.loans])
      try store.record(["enterprise.csv": "编号,人数,营业收入@2023\nB,15,80\n"], from: .form)
      try body(store, try #require(smallDictionary["企业"]))
    }
  }

  @Test("two keys are one record from then on, and two before", arguments: DatabaseUnderTest.all)
  func same(kind: DatabaseUnderTest) throws {
    try withFirms(kind) { store, type throws in
      let before = try store.text()
      #expect(try store.decide(.same, type, "A", "B", reason: "更名", actor: "张三") == 3)
      #expect(try store.text(by: 2) == before)
      let facts = try store.facts()
      #expect(facts["企业"]?.rows.map(\.key) == ["A", "C"])
      let firm = try #require(facts.record("企业", key: "B"))
      #expect(firm.key == "A")
      guard case .value(.string(let key))? = firm["编号"] else { return #expect(Bool(false)) }
      #expect(key == "A")
      // Of one batch what it says under the main key, and what the form said of the other key.
      guard case .value(.string(let name))? = firm["名称"] else { return #expect(Bool(false)) }
      #expect(name == "甲公司")
      guard case .value(.number(let staff))? = firm["人数"] else { return #expect(Bool(false)) }
      #expect(staff == 15)
      guard case .annual(let years)? = firm["营业收入"] else { return #expect(Bool(false)) }
      #expect(Set(years.keys) == [2024, 2023])
      #expect(facts["贷款"]?.rows(where: "企业", refersTo: "A").map(\.key) == ["L1", "L2"])
      #expect(facts.record("企业", key: "D") == nil)
      let history = try store.history(of: "B", type, by: 3)
      #expect(history.key == "A")
      #expect(history.statements.map(\.otherKey) == [nil, "B", "B"])
      #expect(try store.history(of: "B", type, by: 2).key == "B")
      #expect(try store.verifyAudit().problems == [] && store.check().problems == [])
    }
  }

  @Test("an export and columns say what the interpreter reads", arguments: DatabaseUnderTest.all)
  func export(kind: DatabaseUnderTest) throws {
    try withFirms(kind) { store, type throws in
      _ = try store.decide(.same, type, "A", "B", reason: "更名", actor: "张三")
      _ = try store.withdraw(2, reason: "错", actor: "张三")
      for known in 1...4 {
        let moment = Moment(asOf: try #require(CalendarDate("2026-06-01")), known: known)
        let snapshot = try store.snapshot(at: moment, by: smallDictionary)
        #expect(lines(snapshot.population) == (try store.text(by: known)), "by batch \(known)")
      }
      let last = try store.text()
      #expect(!last.contains { $0.contains("L2") && $0.contains("B") })
    }
  }

  @Test("a decision is taken back like a batch, and what was known meanwhile stays", arguments: DatabaseUnderTest.all)
  func withdraw(kind: DatabaseUnderTest) throws {
    try withFirms(kind) { store, type throws in
      let before = try store.text()
      _ = try store.decide(.same, type, "B", "A", reason: "更名", actor: "张三")
      let joined = try store.text()
      #expect(joined != before)
      #expect(try store.withdraw(3, reason: "看错了", actor: "李四") == 4)
      #expect(try store.text() == before)
      #expect(try store.text(by: 3) == joined)
      #expect(try store.decide(.distinct, type, "A", "B", reason: "两家", actor: "李四") == 5)
      #expect(try store.identityDecisions(type, by: 5).map(\.batch) == [5])
      #expect(try store.verifyAudit().problems == [])
    }
  }

  @Test("what cannot be decided is refused and changes nothing", arguments: DatabaseUnderTest.all)
  func refused(kind: DatabaseUnderTest) throws {
    try withFirms(kind) { store, type throws in
      func refusal(_ kind: IdentityDecision.Kind, _ main: String, _ other: String) -> String? {
        code { _ = try store.decide(kind, type, main, other, reason: "", actor: "") }
      }
      #expect(refusal(.same, "A", "A") == "store.identity.self")
      #expect(refusal(.same, "A", "Z") == "store.identity.unknown")
      _ = try store.decide(.distinct, type, "B", "C", reason: "两家", actor: "张三")
      #expect(refusal(.distinct, "C", "B") == "store.identity.known")
      #expect(refusal(.same, "B", "C") == "store.identity.distinct")
      _ = try store.decide(.same, type, "A", "B", reason: "一家", actor: "张三")
      #expect(refusal(.same, "C", "A") == "store.identity.distinct")
      #expect(refusal(.same, "B", "A") == "store.identity.known")
      #expect(refusal(.distinct, "A", "B") == "store.identity.one")
      #expect(try store.lastBatch(upTo: nil) == 4)
      #expect(try store.verifyAudit().problems == [])
    }
  }

  @Test("pairs are proposed with reasons until somebody decides", arguments: DatabaseUnderTest.all)
  func duplicates(kind: DatabaseUnderTest) throws {
    let shown = namedDictionary
    try kind.withRegistry(shown) { store throws in
      let firms = "编号,名称,信用代码\nA,甲公司,91650203YYY000089N\nB,甲有限公司,\nC,丙厂,91650203YYY000089N\nD,丁丁丁,\n"
      try withFolder(["enterprise.csv": firms]) { folder in
        let facts = FactImport(path: folder, source: .register, actor: "tester")
        _ = try store.record(facts, by: shown)
      }
      let type = try #require(shown["企业"])
      func pairs() throws -> [[String]] {
        let day = try #require(CalendarDate("2026-06-01"))
        let moment = Moment(asOf: day, known: try store.lastBatch(upTo: nil))
        return try store.duplicates(of: type, at: moment, limit: 10).pairs.map { [$0.key, $0.other] }
      }
      #expect(try pairs() == [["A", "C"], ["A", "B"]])
      _ = try store.decide(.distinct, type, "A", "C", reason: "同一集团", actor: "张三")
      #expect(try pairs() == [["A", "B"]])
      _ = try store.decide(.same, type, "A", "B", reason: "一家", actor: "张三")
      #expect(try pairs() == [])
      let loans = try #require(shown["贷款"])
      let moment = Moment(asOf: try #require(CalendarDate("2026-06-01")), known: 1)
      #expect(code { _ = try store.duplicates(of: loans, at: moment, limit: 1) } == "store.duplicates.fields")
    }
  }

  @Test(
    "whoever touches a decision is seen", arguments: DatabaseUnderTest.all,
    [
      "UPDATE identity SET main_key = 'C' WHERE batch = 3", "UPDATE identity SET kind = 'distinct' WHERE batch = 3",
      "DELETE FROM identity WHERE batch = 3",
      "INSERT INTO identity (batch, kind, type, main_key, other_key, reason, audit) VALUES (1, 'same', 'enterprise', 'A', 'C', '', 3)",
    ])
  func tampering(kind: DatabaseUnderTest, attack: String) throws {
    try withFirms(kind) { store, type throws in
      _ = try store.decide(.same, type, "A", "B", reason: "更名", actor: "张三")
      try store.database.write { _ = try $0.execute(attack) }
      let codes = Set(try store.verifyAudit().problems.map(\.code))
      #expect(codes.isSubset(of: ["store.audit.identity", "store.audit.batch"]) && !codes.isEmpty, "\(codes)")
    }
  }

  @Test("a store of the first layout opens, and has room for what came later", arguments: DatabaseUnderTest.all)
  func migrates(kind: DatabaseUnderTest) throws {
    try kind.withPlace { place in
      let store = try RegistryStore.open(place.address, creates: true)
      try store.database.write { connection in
        for table in ["identity", "table_shape"] { _ = try connection.execute("DROP TABLE \(table)") }
        try Metadata(connection).set("layout", "1")
      }
      store.close()
      let opened = try RegistryStore.open(place.address)
      defer { opened.close() }
      try opened.adopt(smallDictionary, owner: "small", actor: "tester")
      try opened.record(["enterprise.csv": Self.firms])
      let type = try #require(smallDictionary["企业"])
      #expect(try opened.decide(.same, type, "A", "B", reason: "", actor: "t") == 2)
      #expect(try opened.verifyAudit().problems == [])
    }
  }

  @Test("a copy in any database says the same of who is who", arguments: DatabaseUnderTest.all, DatabaseUnderTest.all)
  func copy(from: DatabaseUnderTest, to: DatabaseUnderTest) throws {
    try withFirms(from) { store, type throws in
      _ = try store.decide(.same, type, "A", "B", reason: "更名", actor: "张三")
      let text = try store.text()
      try to.withPlace { place in
        _ = try store.copy(to: place.address)
        let copy = try RegistryStore.open(place.address)
        defer { copy.close() }
        #expect(try copy.text() == text)
        #expect(try copy.check().problems == [])
      }
    }
  }
}
