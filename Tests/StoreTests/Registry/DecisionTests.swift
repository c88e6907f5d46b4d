import Diagnostics
import FEEL
import Policy
import Registry
import SQL
import TestKit
import Testing

@testable import Store

@Suite("Decisions that were kept")
struct DecisionTests {
  private static let pack = [
    "pack/pack.yaml": "id: small\ntitle: 小\njurisdiction: \"650200\"\nversion: 1.0.0\n",
    "pack/dictionary.md":
      "## 记录：企业\n\n- 代号：enterprise\n- 主键：编号\n- 角色：主体\n\n| 字段 | 代号 | 类型 |\n|---|---|---|\n| 编号 | id | 文本 |\n",
  ]

  @Test("come back as they were, with the packs that made them", arguments: DatabaseUnderTest.all)
  func kept(kind: DatabaseUnderTest) throws {
    try withFolder(Self.pack) { folder in
      let packs = KeptPacks(try #require(PackFolder.read("\(folder)/pack").0))
      #expect(packs.main.files.map(\.path).sorted() == ["pack/dictionary.md", "pack/pack.yaml"])
      try kind.withRegistry { store throws in
        let asOf = try #require(CalendarDate("2026-06-01"))
        let decision = DecisionRecord(
          actor: "张三", pack: packs.digest, subject: "A", moment: Moment(asOf: asOf, known: 3),
          parameters: ["比例": "25 %", "上限": "100"], schemes: ["甲", "乙"], outcome: "{\"total\":\"1.00\"}")
        #expect(try store.record(decision, by: packs) == 1)
        #expect(try store.record(decision, by: packs) == 2)
        let again = try store.decision(1)
        #expect(again.moment == decision.moment)
        #expect(again.parameters == decision.parameters)
        #expect(again.schemes == decision.schemes)
        #expect(again.outcome == decision.outcome)
        #expect(again.actor == "张三" && again.subject == "A")
        let kept = try store.packs(decision.pack)
        #expect(kept.digest == packs.digest)
        #expect(kept.rulebook.0.main.id == "small")
        #expect(code { _ = try store.decision(3) } == "store.decision.unknown")
        #expect(code { _ = try store.packs("0") } == "store.decision.pack")
        #expect(try store.verifyAudit().problems == [])
        try store.database.write { _ = try $0.execute("UPDATE pack SET files = ?", [.bytes(Array("[[]]".utf8))]) }
        #expect(code { _ = try store.packs(decision.pack) } == "store.decision.pack")
      }
    }
  }
}
