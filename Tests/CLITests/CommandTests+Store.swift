import Foundation
import JSON
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
