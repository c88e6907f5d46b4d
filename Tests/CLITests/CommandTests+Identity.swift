import Foundation
import JSON
import TestKit
import Testing

@testable import silian

extension CommandTests {
  /// Two firms under one name, an old and a new code of one of them, and the merger that they come from.
  private static let firms = """
    统一社会信用代码,名称,行政区划
    91650203YYY000089N,演示红柳装备有限公司,650203
    91650203YYY000097H,演示红柳（装备）有限责任公司,650203
    91650204YYY00010XG,演示胡杨软件有限公司,650204

    """
  private static let successions = """
    编号,前身,后继企业,承继方式,承继日
    承继-1,91650204YYY00010XG,91650203YYY000089N,合并,2025-01-01

    """
  private static let first = "91650203YYY000089N"
  private static let second = "91650203YYY000097H"

  private func withFirms(
    _ kind: DatabaseUnderTest, _ body: (_ store: [String]) async throws -> Void
  ) async throws {
    guard let place = try kind.place?() else { return }
    defer { place.remove() }
    try await withFolder(["enterprise.csv": Self.firms, "succession.csv": Self.successions]) { folder in
      let store = ["--store", place.address]
      #expect(await run(["store", "init", pack] + store).status == .fine)
      let words = ["--source", "register", "--title", "登记", "--authority", "office"]
      #expect(await run(["data", "import", pack, folder] + words + store).status == .fine)
      try await body(store)
    }
  }

  @Test(arguments: DatabaseUnderTest.all)
  func duplicatesAreProposedAndDecided(kind: DatabaseUnderTest) async throws {
    try await withFirms(kind) { store in
      let found = await run(["data", "duplicates", pack] + store)
      #expect(found.status == .fine && found.output.contains("名称相同") && found.output.contains("1 对"), "\(found)")
      let json = await run(["data", "duplicates", pack, "--json"] + store)
      let value = try JSONNode.read(json.output, file: "output").value
      #expect(value["pairs"]?.elements?.count == 1)
      let keys = [Self.first, Self.second, "--reason", "同一家"]
      let same = await run(["data", "same", pack] + keys + store)
      #expect(same.status == .fine && same.output.contains("批次 2"), "\(same)")
      #expect(await run(["data", "duplicates", pack] + store).output.contains("0 对"))
      let again = await run(["data", "same", pack] + keys + store)
      #expect(again.status == .problems && again.errors.contains("store.identity.known"))
      let history = await run(["data", "history", pack, "--key", Self.second] + store)
      #expect(history.output.contains(Self.first) && history.output.contains("别的说法和曾用的值"), "\(history)")
      let before = await run(["data", "history", pack, "--key", Self.second, "--known-on", "1", "--json"] + store)
      #expect(try JSONNode.read(before.output, file: "output").value["others"]?.elements?.count == 0)
      #expect(await run(["store", "withdraw", "2", "--reason", "错"] + store).status == .fine)
      let distinct = await run(["data", "distinct", pack] + keys + store)
      #expect(distinct.status == .fine)
      #expect(await run(["data", "duplicates", pack] + store).output.contains("0 对"))
      #expect(await run(["audit", "verify"] + store).status == .fine)
      #expect(await run(["data", "history", pack, "--key", "无此企业"] + store).errors.contains("cli.graph.unknown"))
      #expect(
        await run(["data", "duplicates", pack, "--record", "产业"] + store).errors.contains("policy.record.unknown"))
      #expect(await run(["data", "duplicates", pack, "--limit", "0"] + store).status == .usage)
    }
  }

  @Test(arguments: DatabaseUnderTest.all)
  func whatBecameOfAFirmIsTold(kind: DatabaseUnderTest) async throws {
    try await withFirms(kind) { store in
      let data = ["--data", store[1]]
      let graph = await run(["graph", pack, "--key", "91650204YYY00010XG"] + data)
      #expect(graph.status == .fine && graph.output.contains("后来：") && graph.output.contains("合并"), "\(graph)")
      #expect(await run(["data", "same", pack, Self.second, Self.first, "--reason", "换码"] + store).status == .fine)
      let after = await run(["graph", pack, "--key", "91650204YYY00010XG", "--json"] + data)
      let value = try JSONNode.read(after.output, file: "output").value
      #expect(value["successions"]?.elements?.first?["successor"]?["key"]?.text == Self.second)
      let before = await run(["graph", pack, "--key", "91650204YYY00010XG", "--json", "--known-on", "1"] + data)
      let old = try JSONNode.read(before.output, file: "output").value
      #expect(old["successions"]?.elements?.first?["successor"]?["key"]?.text == Self.first)
    }
  }

  @Test(arguments: DatabaseUnderTest.all)
  func aDecisionReplaysAfterTwoFirmsBecomeOne(kind: DatabaseUnderTest) async throws {
    try await withFirms(kind) { store in
      let day = ["--as-of", "2026-10-15"]
      #expect(await run(["decide", pack, "--subject", Self.first] + store + day).status == .fine)
      #expect(await run(["data", "same", pack, Self.second, Self.first, "--reason", "换码"] + store).status == .fine)
      #expect(await run(["replay", "1"] + store).status == .fine)
      #expect(await run(["decide", pack, "--subject", Self.first] + store + day).status == .fine)
      #expect(await run(["store", "withdraw", "2", "--reason", "错"] + store).status == .fine)
      for decision in ["1", "2"] { #expect(await run(["replay", decision] + store).status == .fine) }
      let facts = ["--facts", store[1], "--subject", Self.first]
      let joined = await run(["explain", pack, "--known-on", "2"] + facts + day)
      #expect(joined.status == .fine && joined.output.contains(Self.second), "\(joined)")
      let apart = await run(["explain", pack] + facts + day)
      #expect(apart.status == .fine && !apart.output.contains(Self.second), "\(apart)")
    }
  }

  @Test func theDemonstrationChainShowsWhatItLacks() async throws {
    try await withFolder([:]) { folder in
      #expect(await run(["synthesize", "--region", pack + "/demo", "--out", folder + "/a"]).status == .fine)
      let columns = await run([
        "data", "snapshot", pack, "--data", folder + "/a", "--out", folder + "/a.columns", "--json",
      ])
      let file = try #require(try JSONNode.read(columns.output, file: "output").value["out"]?.text)
      var outputs: [String] = []
      for data in [folder + "/a", file] {
        let whole = await run(["graph", pack, "--data", data, "--chain", "演示链"])
        #expect(whole.output.contains("5 个环节，其中 1 个没有企业"), "\(whole)")
        let part = await run(["graph", pack, "--data", data, "--chain", "演示链", "--within", "650205", "--json"])
        let value = try JSONNode.read(part.output, file: "output").value
        #expect(value["links"]?.elements?.count == 5 && (value["gaps"]?.elements?.count ?? 0) >= 1)
        let around = await run([
          "graph", pack, "--data", data, "--record", "chain_link", "--key", "演示链-3", "--depth", "1",
        ])
        #expect(around.output.contains("─ 环节承接 →"), "\(around)")
        outputs.append(whole.output + part.output + around.output)
      }
      #expect(outputs[0] == outputs[1])
      let data = ["--data", folder + "/a"]
      #expect(await run(["graph", pack] + data).status == .usage)
      #expect(await run(["graph", pack, "--key", "A", "--within", "65"] + data).status == .usage)
      #expect(await run(["graph", pack, "--key", "A", "--depth", "99"] + data).status == .usage)
      #expect(await run(["graph", pack, "--key", "A"] + data).errors.contains("cli.graph.unknown"))
      #expect(await run(["graph", pack, "--chain", "A"] + data).errors.contains("cli.graph.unknown"))
    }
  }

  @Test func aMistypedCodeIsRefusedWithTheOneThatWasMeant() async throws {
    let rows = "统一社会信用代码,名称\n91650203yyy000089n,甲\n9165O2O3YYY000097H,乙\n９１６５０２０４ＹＹＹ０００１０ＸＧ,丙\n"
    try await withFolder(["enterprise.csv": rows]) { folder in
      let store = ["--store", "\(folder)/store.db"]
      #expect(await run(["store", "init", pack] + store).status == .fine)
      let words = ["--source", "a", "--authority", "office", "--refused", "\(folder)/refused.csv"]
      let refused = await run(["data", "import", pack, "\(folder)/enterprise.csv"] + words + store)
      #expect(refused.status == .problems)
      let sheet = try String(contentsOfFile: "\(folder)/refused.csv", encoding: .utf8)
      for code in [Self.first, Self.second, "91650204YYY00010XG"] {
        #expect(sheet.contains("是不是“\(code)”"), "\(sheet)")
      }
    }
  }
}
