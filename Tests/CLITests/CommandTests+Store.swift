import API
import Foundation
import JSON
import Policy
import Registry
import Store
import TestKit
import Testing

@testable import silian

extension CommandTests {
  private static let day = ["--as-of", "2026-10-15"]

  /// The firms of a worked case, and a store that they were imported into.
  private func withStore(
    _ kind: DatabaseUnderTest, _ body: (_ data: String, _ store: [String]) async throws -> Void
  ) async throws {
    guard let place = try kind.place?() else { return }
    defer { place.remove() }
    try await withFolder([String: String]()) { folder in
      let data = "\(folder)/w07", store = ["--store", place.address]
      #expect(await silian("example", pack, "--name", "W07 免申请批量兑付", "--out", data).status == .fine)
      #expect(await run(["store", "init", pack] + store).status == .fine)
      let words = ["--source", "register", "--title", "登记", "--authority", "office"]
      #expect(await run(["data", "import", pack, data] + words + store).status == .fine)
      try await body(data, store)
    }
  }

  @Test(arguments: DatabaseUnderTest.all)
  func aStoreSaysWhatItsFilesSay(kind: DatabaseUnderTest) async throws {
    try await withStore(kind) { data, store in
      let byFiles = await run(["run", pack, "--data", data] + Self.day)
      let byStore = await run(["run", pack, "--data", store[1]] + Self.day)
      #expect(byFiles.status == .fine)
      #expect(byStore.output == byFiles.output)
      let one = await run(["explain", pack, "--facts", store[1], "--subject", "A"] + Self.day)
      #expect(one.status == .fine && one.output.contains("登记#1"))
      let out = data + "-out"
      #expect(await run(["data", "export", pack, "--out", out] + store + Self.day).status == .fine)
      #expect(await run(["run", pack, "--data", out] + Self.day).output == byFiles.output)
    }
  }

  @Test(arguments: DatabaseUnderTest.all)
  func aDecisionReplaysAfterACorrection(kind: DatabaseUnderTest) async throws {
    try await withStore(kind) { data, store in
      let decided = await run(["decide", pack, "--subject", "A"] + store + Self.day)
      #expect(decided.status == .fine)
      let correction = data + "-correction"
      try FileManager.default.createDirectory(atPath: correction, withIntermediateDirectories: true)
      for name in ["provenance.json", "interest_payment.csv"] {
        try FileManager.default.copyItem(atPath: "\(data)/\(name)", toPath: "\(correction)/\(name)")
      }
      let path = "\(correction)/interest_payment.csv"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try text.replacingOccurrences(of: "000", with: "111").write(toFile: path, atomically: true, encoding: .utf8)
      #expect(await run(["data", "import", pack, correction, "--source", "register"] + store).status == .fine)
      let again = await run(["replay", "1"] + store)
      #expect(again.status == .fine && again.output.contains("一致"))
      let now = await run(["decide", pack, "--subject", "A", "--json"] + store + Self.day)
      let before = await run(["decide", pack, "--subject", "A", "--json", "--known-on", "1"] + store + Self.day)
      #expect(now.output != before.output)
      #expect(await run(["replay", "2"] + store).status == .fine)
      #expect(await run(["store", "withdraw", "2", "--reason", "错"] + store).status == .fine)
      #expect(await run(["replay", "2"] + store).status == .fine)
      #expect(await run(["audit", "verify"] + store).status == .fine)
      #expect(await run(["audit", "export"] + store).output.contains("decision.record"))
      #expect(await run(["store", "check"] + store).status == .fine)
      #expect(await run(["store", "batches"] + store).output.contains("撤回批次 2"))
    }
  }

  /// A folder in which something more is said of firms of the example.
  private func said(_ firms: String, beside data: String) throws -> String {
    let folder = data + "-more"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: data + "/provenance.json", toPath: folder + "/provenance.json")
    try firms.write(toFile: folder + "/enterprise.csv", atomically: true, encoding: .utf8)
    return folder
  }

  @Test("a portrait names who says what, what others say, and what it was before", arguments: DatabaseUnderTest.all)
  func aPortraitNamesItsSources(kind: DatabaseUnderTest) async throws {
    try await withStore(kind) { data, store in
      let correction = try said("统一社会信用代码,名称\nA,别的名称\n", beside: data)
      let words = ["--source", "survey", "--title", "调查", "--authority", "enterprise"]
      #expect(await run(["data", "import", pack, correction] + words + store).status == .fine)
      let asked = ["portrait", pack, "--data", store[1], "--subject", "A"] + Self.day
      let shown = await run(asked + ["--json"])
      #expect(shown.status == .fine, "\(shown.errors)")
      let portrait = try JSONNode.read(shown.output, file: "output").value
      let name = try #require(portrait["facts"]?.elements?.first { $0["field"]?.text == "名称" })
      #expect(name["value"]?.text != "别的名称")
      #expect(name["source"]?["title"]?.text == "登记")
      #expect(name["others"]?.elements?.map { $0["value"]?.text } == ["别的名称"])
      #expect(name["others"]?.elements?.map { $0["source"]?["title"]?.text } == ["调查"])
      #expect(portrait["history"]?.elements?.count == 2)
      let before = await run(asked + ["--known-on", "1", "--json"])
      let known = try JSONNode.read(before.output, file: "output").value
      #expect(known["facts"]?.elements?.first { $0["field"]?.text == "名称" }?["others"]?.elements?.isEmpty == true)
      let text = await run(asked)
      #expect(text.output.contains("登记 #1"))
      #expect(await run(asked.dropLast(3) + ["Z"] + Self.day).status == .problems)
    }
  }

  @Test("a server sees what a store comes to know", arguments: DatabaseUnderTest.all)
  func aServerSeesChanges(kind: DatabaseUnderTest) async throws {
    try await withStore(kind) { data, store in
      let registry = try RegistryStore.open(store[1])
      defer { registry.close() }
      let served = try ServedStore(Rulebook.sound(pack), registry)
      let shelf = RegionShelf([served.first])
      let keeping = Task { await ServedStore.keep([served], on: shelf) }
      defer { keeping.cancel() }
      try await Task.sleep(for: .milliseconds(700))
      let more = try said("统一社会信用代码,名称\nNEW,后来的企业\n", beside: data)
      #expect(await run(["data", "import", pack, more, "--source", "register"] + store).status == .fine)
      var found = 0
      for _ in 0..<150 where found == 0 {
        try await Task.sleep(for: .milliseconds(200))
        let region = try #require(shelf.regions.first)
        found = await region.subjects(matching: "后来", most: 5, asOf: try #require(region.asOf)).count
      }
      #expect(found == 1)
      #expect(shelf.regions.first?.archive?.moment.known == 2)
    }
  }

  @Test(arguments: DatabaseUnderTest.all)
  func aBackupRestores(kind: DatabaseUnderTest) async throws {
    try await withStore(kind) { data, store in
      let backup = data + ".backup", restored = data + ".db"
      #expect(await run(["store", "backup", backup] + store).status == .fine)
      #expect(await run(["store", "restore", backup, "--store", restored]).status == .fine)
      let byStore = await run(["run", pack, "--data", store[1]] + Self.day)
      #expect(await run(["run", pack, "--data", restored] + Self.day).output == byStore.output)
      #expect(await run(["store", "restore", backup, "--store", restored]).errors.contains("store.copy.not-empty"))
    }
  }

  @Test func whatAStoreCannotDoIsSaid() async throws {
    try await withFolder(["enterprise.csv": "统一社会信用代码,名称\nX,甲\n"]) { folder in
      let store = ["--store", "\(folder)/store.db"], csv = "\(folder)/enterprise.csv"
      #expect(await run(["store", "check"] + store).status == .noInput)
      #expect(
        await run(["data", "import", pack, csv, "--source", "a", "--authority", "office"] + store).status == .noInput)
      #expect(await run(["store", "init", pack] + store).status == .fine)
      let nobody = await run(["data", "import", pack, csv, "--source", "a"] + store)
      #expect(nobody.status == .usage && nobody.errors.contains("--authority"))
      let refused = await run(
        ["data", "import", pack, csv, "--source", "a", "--authority", "office", "--refused", "\(folder)/refused.csv"]
          + store)
      #expect(refused.status == .problems && refused.output.contains("没有入库"))
      let sheet = try String(contentsOfFile: "\(folder)/refused.csv", encoding: .utf8)
      #expect(sheet.contains("policy.facts.uscc.length") && sheet.contains("\"X,甲\""))
      let span = ["--from", "2026-02-01", "--to", "2026-01-01"]
      let words = ["--source", "a", "--authority", "office"]
      #expect(await run(["data", "import", pack, csv] + words + span + store).status == .usage)
      #expect(await run(["replay", "7"] + store).errors.contains("store.decision.unknown"))
      #expect(await run(["run", pack, "--data", store[1], "--known-on", "9"] + Self.day).status == .usage)
    }
  }
}
