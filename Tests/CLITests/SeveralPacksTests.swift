import Foundation
import JSON
import TestKit
import Testing

@testable import silian

extension CommandTests {
  @Test func eachPackIsCheckedAndTheRestPassedOver() async throws {
    try await withFolder(SmallPacks.files) { folder in
      let paths = ["README.md", "bad", "good", "notes"].map { "\(folder)/\($0)" }
      let all = await run(["check"] + paths)
      #expect(all.status == .problems)
      #expect(all.output.contains("policy.decision.body"))
      #expect(all.output.contains("（bad 1.0.0）") && all.output.contains("（good 1.0.0）"))
      #expect(all.errors == "")
      #expect(await run(["check", "\(folder)/good", "\(folder)/README.md"]).status == .fine)
      #expect(await run(["check", "\(folder)/README.md", "\(folder)/notes"]).status == .noInput)
      let missing = await run(["check", "\(folder)/nothing", "\(folder)/good"])
      #expect(missing.status == .noInput && missing.output.contains("（good 1.0.0）"))
      let answer = try JSONNode.read(await run(["check", "--json"] + paths).output, file: "output").value
      #expect(answer["packs"]?.elements?.compactMap { $0["pack"]?.text } == ["bad", "good"])
      #expect(answer["packs"]?.elements?.map { $0["errors"] } == [2, 0])
    }
  }

  @Test func systemsAreListedByIdWithPackClauseAndPrimitive() async throws {
    try await withFolder(SmallPacks.files) { folder in
      let path = "\(folder)/good"
      let people = await run(["systems", path, "\(folder)/README.md"])
      #expect(people.status == .fine)
      #expect(people.output.contains("S001  已声明  —     good 一  条款: 一"), "\(people.output)")
      #expect(people.output.contains("S002  能判定  判定  good 一  决策: 数"), "\(people.output)")
      #expect(people.output.contains("S：2 个编号，其中 1 个能判定"))
      #expect(people.output.contains("合计 3 个不同的编号"))
      let answer = try JSONNode.read(await run(["systems", path, "--prefix", "T", "--json"]).output, file: "o").value
      #expect(answer["systems"]?.elements?.compactMap { $0["id"]?.text } == ["T010"])
      #expect(answer["systems"]?[0]?["primitive"]?.text == "decision")
      #expect(answer["counts"]?[0]?["deciding"] == 1)
    }
  }

  @Test(.timeLimit(.minutes(30))) func aWatchedPackIsCheckedAgainWhenItChanges() async throws {
    try await withFolder(SmallPacks.files) { folder in
      let watched = Lines()
      let watch = Task {
        await Tool.run(["check", "--watch", "\(folder)/good"], on: Console(output: watched, errors: watched))
      }
      try await watched.wait(for: "等待改动")
      #expect(!watched.text.contains("policy."))
      try Data(SmallPacks.document("### 决策：数\n\n- 类型：数（家）\n").utf8).write(
        to: URL(fileURLWithPath: "\(folder)/good/a.md"))
      try await watched.wait(for: "有改动：\(folder)/good/a.md")
      try await watched.wait(for: "policy.decision.body")
      watch.cancel()
      #expect(await watch.value == .problems)
    }
  }
}

/// A pack that is sound, one that is not, and what else may lie beside packs.
private enum SmallPacks {
  private static let manifest = "title: 包\njurisdiction: \"650200\"\nversion: 1.0.0\n"

  static func document(_ body: String) -> String {
    """
    ---
    id: a
    title: 文件
    issuer: 市
    number: 未给出
    issued: 2024-01-01
    in-force: 2024-01-01..
    outline: [一]
    ---

    # 一

    - 条款：一
    - 关联：S001

    \(body)
    """
  }

  static let files = [
    "good/pack.yaml": "id: good\n" + manifest,
    "good/a.md": document("### 决策：数\n\n- 类型：数（家）\n- 关联：S002、T010\n\n```feel\n1\n```\n"),
    "bad/pack.yaml": "id: bad\n" + manifest, "bad/a.md": document("### 决策：数\n\n- 类型：数（家）\n"),
    "README.md": "# 政策包", "notes/a.md": "x",
  ]
}

/// What a command has written so far, for one who waits.
private final class Lines: TextOutputStream, @unchecked Sendable {
  private let lock = NSLock()
  private var written = ""

  var text: String { lock.withLock { written } }

  func write(_ string: String) { lock.withLock { written += string } }

  func wait(for words: String) async throws {
    while !text.contains(words) { try await Task.sleep(for: .milliseconds(50)) }
  }
}
