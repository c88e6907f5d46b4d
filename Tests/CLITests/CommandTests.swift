import Foundation
import JSON
import TestKit
import Testing

@testable import silian

// Help keeps its language for the process, so command lines are tried one after the other.
@Suite(.serialized) struct CommandTests {
  let pack = Checkout.path("packs/karamay")
  let fixed = Checkout.path("packs/karamay/demo/fixed")

  // MARK: - check

  @Test func aSoundPackIsFine() async throws {
    let people = await silian("check", pack)
    #expect(people.status == .fine)
    #expect(people.output.contains("没有错误"))
    let value = try await json("check", pack)
    #expect(value["errors"] == 0)
    #expect(value["coverage"]?["clauses"] == value["coverage"]?["accounted"])
    #expect(value["examples"]?["count"] == value["examples"]?["passed"])
  }

  @Test func aPlanSaysWhatColumnsComputeAndWhatNot() async throws {
    let people = await silian("check", pack, "--plan", "--english")
    #expect(people.status == .fine)
    #expect(people.output.contains("by columns"))
    let plan = try #require(try await json("check", pack, "--plan")["plan"])
    let interpreted = try #require(plan["interpreted"]?.elements)
    func whole(_ name: String) -> Int { if case .number(let text)? = plan[name] { Int(text) ?? 0 } else { 0 } }
    let count = whole("targets")
    // Nearly all: what is left says why.
    #expect(count > 200 && interpreted.count * 4 < count)
    #expect(interpreted.allSatisfy { $0["reason"]?.text?.contains("population.") == false })
    #expect(whole("bytesPerRow") > 0 && whole("steps") > 0)
  }

  @Test func aBrokenPackIsNamedByLineAndColumn() async throws {
    let manifest = "id: small\ntitle: 小\njurisdiction: \"650200\"\nversion: 1.0.0\n"
    let document = """
      ---
      id: a
      title: 文件
      issuer: 市
      number: 未给出
      issued: 2024-01-01
      in-force: 2024-01-01..
      ---
      # 一

      - 条款：一

      ### 决策：比例

      - 类型：数（比例）

      ```feel
      1 +
      ```
      """
    try await withFolder(["pack.yaml": manifest, "a.md": document]) { folder in
      let run = await silian("check", folder, "--english")
      #expect(run.status == .problems)
      #expect(run.output.contains("\(folder)/a.md:19:"))
      #expect(run.output.contains("to mend:"))
    }
  }

  // MARK: - explain

  @Test func aFirmGetsItsCheckUp() async throws {
    let run = await silian(
      "explain", pack, "--facts", fixed, "--as-of", "2026-10-15", "--subject", "演示W01A企业有限公司")
    #expect(run.status == .fine)
    #expect(run.output.contains("69,600.00 元  三（二）8"))
    #expect(run.output.contains("enterprise.csv:") || run.output.contains("interest_payment.csv:"))
    let value = try await json(
      "explain", pack, "--facts", fixed, "--as-of", "2026-10-15", "--subject", "91650205YYY000070N")
    #expect(value["formatVersion"] == 1)
    #expect(value["total"]?.text == "69600.00")
    let scheme = value["schemes"]?.elements?.first { $0["name"]?.text == "科技信贷贴息" }
    #expect(scheme?["verdict"]?.text == "met")
    #expect(scheme?["outcomes"]?[0]?["trace"]?.elements?.isEmpty == false)
  }

  @Test func everySchemeIsListedUnlessOneIsAskedFor() async throws {
    let arguments = ["explain", pack, "--facts", fixed, "--as-of", "2026-10-15", "--subject", "91650205YYY000070N"]
    let all = try await json(arguments)
    let one = try await json(arguments + ["--scheme", "科技信贷贴息"])
    #expect((all["schemes"]?.elements?.count ?? 0) > 3)
    #expect(one["schemes"]?.elements?.count == 1)
  }

  @Test func anotherReadingGivesAnotherAmount() async throws {
    let value = try await json(
      "explain", pack, "--facts", fixed, "--as-of", "2026-10-15", "--subject", "演示W01C企业有限公司", "--scheme",
      "科技信贷贴息", "--set", "discount.mode=分段")
    #expect(value["total"]?.text == "95700.00")
  }

  // MARK: - run

  @Test func theFirmsOfTheBatchComeToTheirTotal() async throws {
    try await withFolder(try batch("W07")) { folder in
      let arguments = [
        "run", pack, "--data", folder, "--as-of", "2026-10-15", "--scheme", "科技信贷贴息", "--scheme", "天使和创业投资奖励",
      ]
      let value = try await json(arguments)
      #expect(value["total"]?.text == "888800.00")
      #expect(value["bestVerdicts"]?["met"] == 5)
      #expect(value["bestVerdicts"]?["unmet"] == 4)
      let people = await silian(arguments)
      #expect(people.output.contains("合计 888,800.00 元，5 家至少一项达标"))
      for (firm, amount) in [
        ("A", "69,600.00"), ("B", "52,200.00"), ("C", "82,000.00"), ("G", "500,000.00"), ("H", "185,000.00"),
      ] {
        #expect(line(people, firm).contains(amount + " 元"), "\(firm): \(line(people, firm))")
      }
      for (firm, reason) in [("D", "不在名录"), ("E", "身份不符"), ("F", "3"), ("I", "投资方不符")] {
        #expect(line(people, firm).contains(reason), "\(firm): \(line(people, firm))")
      }
      let file = folder + "/results.txt"
      #expect(await silian(arguments + ["--csv", file]).status == .fine)
      let csv = try String(contentsOfFile: file, encoding: .utf8)
      #expect(csv.split(separator: "\n").count == 1 + 2 * 9)
    }
  }

  private func line(_ run: Run, _ firm: String) -> String {
    run.output.split(separator: "\n").first { $0.contains("演示W07\(firm)企业") }.map(String.init) ?? ""
  }

  /// The rows of the fixed facts that belong to firms with that word in their names, and those of no firm.
  private func batch(_ word: String) throws -> [String: String] {
    let firms = try String(contentsOfFile: fixed + "/enterprise.csv", encoding: .utf8).split(separator: "\n")
    let keys = firms.dropFirst().map { $0.split(separator: ",")[0] }
    let others = zip(keys, firms.dropFirst()).filter { !$1.contains(word) }.map(\.0)
    var files: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: fixed) where name.hasSuffix(".csv") {
      let lines = try String(contentsOfFile: fixed + "/" + name, encoding: .utf8).split(separator: "\n")
      files[name] = lines.filter { line in !others.contains { line.contains($0) } }.joined(separator: "\n") + "\n"
    }
    return files
  }

  // MARK: - simulate

  @Test func anotherReadingHasWinnersAndACost() async throws {
    try await withFolder(try batch("W07")) { folder in
      let arguments = [
        "simulate", pack, "--data", folder, "--as-of", "2026-10-15", "--set", "discount.mode=分段", "--by", "行政区划",
      ]
      let value = try await json(arguments)
      let scheme = try #require(value["schemes"]?.elements?.first { $0["scheme"]?.text == "科技信贷贴息" })
      #expect(scheme["base"]?["amount"]?.text == "203800.00" && scheme["variant"]?["amount"]?.text == "247300.00")
      #expect(scheme["winners"] == 1 && scheme["gained"]?.text == "43500.00" && scheme["losers"] == 0)
      #expect(value["total"]?["cost"]?.text == "43500.00" && value["subjects"] == 9)
      #expect(value["recomputed"]?["schemes"]?.elements == [.string("科技信贷贴息")])
      let people = await silian(arguments)
      #expect(people.output.contains("+43,500.00") && people.output.contains("分段（现行 整户）"))
      let english = await silian(arguments + ["--english", "--format", "csv"])
      #expect(english.output.hasPrefix("scheme,group,met now,met then"))
      #expect(english.output.contains("科技信贷贴息,everybody,3,3,0,0,6,6,203800.00,247300.00,43500.00,1,43500.00,0,0.00"))
    }
  }

  @Test func aSweepIsACurve() async throws {
    try await withFolder(try batch("W07")) { folder in
      let arguments = ["simulate", pack, "--data", folder, "--as-of", "2026-10-15", "--scheme", "科技信贷贴息"]
      let value = try await json(arguments + ["--sweep", "discount.rate.upper=0..20/10 %"])
      let points = try #require(value["sweep"]?["points"]?.elements)
      #expect(points.map { $0["value"]?.text } == ["0", "0.1", "0.2"])
      let amounts = points.compactMap { $0["amount"]?.text.flatMap { Int($0.dropLast(3)) } }
      #expect(amounts.count == 3 && amounts[1] - amounts[0] == amounts[2] - amounts[1] && amounts[0] < amounts[1])
      #expect(value["total"]?["base"]?["amount"]?.text == points[1]["amount"]?.text)
    }
  }

  @Test func anEditedPackIsComparedWithTheOneInForce() async throws {
    try await withFolder([:]) { folder in
      let files = FileManager.default
      for name in ["national", "karamay"] {
        try files.copyItem(atPath: Checkout.path("packs/\(name)"), toPath: "\(folder)/\(name)")
      }
      let document = folder + "/karamay/tech-finance.md"
      let text = try String(contentsOfFile: document, encoding: .utf8)
      let edited = text.replacing("- 默认：整户", with: "- 默认：分段")
      #expect(edited != text)
      try edited.write(toFile: document, atomically: true, encoding: .utf8)
      let value = try await json(
        "simulate", pack, "--data", fixed, "--as-of", "2026-10-15", "--variant", folder + "/karamay")
      let set = try await json(
        "simulate", pack, "--data", fixed, "--as-of", "2026-10-15", "--set", "discount.mode=分段")
      #expect(value["total"] == set["total"] && value["total"]?["winners"] != 0)
    }
  }

  // MARK: - synthesize

  @Test func theSameSeedWritesTheSameBytesAndFactsThatAreSound() async throws {
    try await withFolder([:]) { folder in
      for (name, seed) in [("a", "7"), ("b", "7"), ("c", "8")] {
        let run = await silian(
          "synthesize", "--region", pack + "/demo", "--count", "30", "--seed", seed, "--out", "\(folder)/\(name)")
        #expect(run.status == .fine, "\(run.errors)")
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/a").sorted()
      #expect(names.contains("enterprise.csv") && names.contains("provenance.json"))
      func bytes(_ run: String) throws -> [Data] {
        try names.map { try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(run)/\($0)")) }
      }
      #expect(try bytes("a") == bytes("b"))
      #expect(try bytes("a") != bytes("c"))
      let run = await silian("run", pack, "--data", folder + "/a", "--as-of", "2026-10-15")
      #expect(run.status == .fine, "\(run.errors)")
    }
  }

  @Test func theDemonstrationRegionStaysWhatItIs() async throws {
    try await withFolder([:]) { folder in
      let run = await silian("synthesize", "--region", pack + "/demo/region.yaml", "--out", folder + "/a")
      #expect(run.status == .fine, "\(run.errors)")
      var digest: UInt64 = 0xCBF2_9CE4_8422_2325
      for name in try FileManager.default.contentsOfDirectory(atPath: folder + "/a").sorted() {
        for byte in try Data(contentsOf: URL(fileURLWithPath: "\(folder)/a/\(name)")) {
          digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3
        }
      }
      #expect(digest == 0x9ACE243430551956, "FNV-1a of all files in the order of their names")
    }
  }

  @Test(
    "a population is sound, the same on any number of threads, and gets every verdict",
    arguments: ["karamay", "chongqing"])
  func populations(name: String) async throws {
    let pack = Checkout.path("packs/\(name)")
    try await withFolder([:]) { folder in
      for threads in ["1", "2"] {
        let run = await silian(
          "synthesize", "--region", pack + "/population/region.yaml", "--count", "150", "--threads", threads, "--out",
          "\(folder)/\(threads)")
        #expect(run.status == .fine, "\(run.errors)")
      }
      let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/1").sorted()
      for file in files {
        let bytes = try ["1", "2"].map { try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)/\(file)")) }
        #expect(bytes[0] == bytes[1], "\(file)")
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/1/provenance.json")).contains("synthetic".utf8))
      let report = try await json("run", pack, "--data", folder + "/1", "--as-of", "2026-10-15")
      let counts = (report["schemes"]?.elements ?? []).compactMap { $0["counts"] }
      for verdict in ["met", "unmet", "undetermined", "review", "notApplicable"] {
        #expect(counts.contains { $0[verdict].map { $0 != 0 } == true }, "no scheme says \(verdict)")
      }
    }
  }

  // MARK: - data

  @Test func aSnapshotIsWrittenUnderItsDigestAndReadAgain() async throws {
    try await withFolder([:]) { folder in
      let run = await silian("data", "snapshot", pack, "--data", fixed, "--out", folder + "/demo.columns", "--json")
      #expect(run.status == .fine, "\(run.errors)")
      let out = try #require(JSONNode.read(run.output, file: "output").value["out"]?.text)
      #expect(out.hasPrefix(folder + "/demo.") && out.hasSuffix(".columns"))
      let again = await silian("data", "snapshot", pack, "--data", out, "--out", folder + "/again.columns")
      #expect(again.status == .fine && again.output.contains("again."), "\(again.errors)")
      let none = await silian("data", "snapshot", pack, "--data", folder + "/none.columns", "--out", folder + "/x")
      #expect(none.status == .noInput && none.errors.contains("store.file.missing"))
    }
  }

  // MARK: - what is refused

  @Test(
    "a command line that cannot be carried out says why, and changes nothing",
    arguments: [
      (["chek", "x"], CommandStatus.usage, "chek"), (["explain", "PACK"], .usage, "--facts"),
      (["check", "/nothing/here"], .noInput, "store.pack.missing"),
      (["explain", "PACK", "--facts", "/nothing.json", "--as-of", "2026-10-15"], .noInput, "store.file.missing"),
      (["explain", "PACK", "--facts", "FIXED", "--as-of", "2026-02-30"], .usage, "cli.usage.date"),
      (["explain", "PACK", "--facts", "FIXED", "--as-of", "2026-10-15"], .usage, "cli.usage.subject"),
      (
        ["explain", "PACK", "--facts", "FIXED", "--as-of", "2026-10-15", "--subject", "演示W01B企业有限公"], .problems,
        "演示W01B企业有限公司"
      ),
      (["run", "PACK", "--data", "FIXED", "--as-of", "2020-01-01"], .problems, "policy.as-of.before"),
      (["run", "PACK", "--data", "FIXED", "--as-of", "2026-10-15", "--set", "discount.mode"], .usage, "cli.usage.set"),
      (
        ["run", "PACK", "--data", "FIXED", "--as-of", "2026-10-15", "--set", "discount.mod=x"], .problems,
        "discount.mode"
      ),
      (["run", "PACK", "--data", "FIXED", "--as-of", "2026-10-15", "--scheme", "贴息"], .problems, "cli.explain.scheme"),
      (["run", "PACK", "--data", "PACK", "--as-of", "2026-10-15"], .noInput, "store.facts.no-csv"),
      (
        ["run", "PACK", "--data", "FIXED", "--as-of", "2026-10-15", "--csv", "/nothing/x.csv"], .cannotCreate,
        "/nothing/x.csv"
      ),
      (["simulate", "PACK", "--data", "FIXED", "--as-of", "soon"], .usage, "cli.usage.date"),
      (["simulate", "PACK", "--data", "FIXED", "--set", "discount.mod=x"], .problems, "discount.mode"),
      (["simulate", "PACK", "--data", "FIXED", "--by", "行政区"], .problems, "行政区划"),
      (["simulate", "PACK", "--data", "FIXED", "--sweep", "discount.mode=1..2/1"], .problems, "simulation.sweep.kind"),
      (["simulate", "PACK", "--data", "FIXED", "--scheme", "贴息"], .problems, "cli.explain.scheme"),
      (["simulate", "PACK", "--data", "FIXED", "--variant", "/nothing"], .noInput, "store.pack.missing"),
      (["simulate", "PACK", "--data", "FIXED", "--format", "xml"], .usage, "xml"),
      (["synthesize", "--region", "/nothing", "--out", "/nothing"], .problems, "store.region.pack"),
      (["synthesize", "--region", "REGION", "--out", "/proc/nothing"], .cannotCreate, "store.file.unwritable"),
      (["serve", "PACK", "--port", "0"], .usage, "65535"),
    ])
  func refusals(arguments: [String], status: CommandStatus, words: String) async {
    let places = ["PACK": pack, "FIXED": fixed, "REGION": pack + "/demo"]
    let run = await silian(arguments.map { places[$0] ?? $0 })
    #expect(run.status == status, "\(run.errors)")
    #expect(run.errors.contains(words), "\(run.errors)")
    #expect(run.output == "")
  }

  @Test func aRefusalIsJSONWhenJSONIsAskedFor() async throws {
    let run = await silian("check", "/nothing/here", "--json")
    let value = try JSONNode.read(run.output, file: "output").value
    #expect(run.status == .noInput)
    #expect(value["diagnostics"]?[0]?["code"]?.text == "store.pack.missing")
  }

  @Test func badFactsAreNamedWithRowAndColumn() async throws {
    let code = "91650205YYY000070X"
    try await withFolder(["enterprise.csv": "统一社会信用代码,名称,从业人数\n\(code),甲,十\n"]) { folder in
      let run = await silian("run", pack, "--data", folder, "--as-of", "2026-10-15")
      #expect(run.status == .problems)
      #expect(run.errors.contains("enterprise.csv:2:1: policy.facts.uscc.check"))
      #expect(run.errors.contains("enterprise.csv:2:22: policy.facts.number"))
    }
  }

  @Test(.timeLimit(.minutes(30))) func aTakenPortIsNamed() async throws {
    try await withTakenPort { port in
      let run = await silian("serve", pack, "--port", String(port))
      #expect(run.status == .unavailable)
      #expect(run.errors.contains(String(port)))
    }
  }

  @Test func helpIsInBothLanguages() async {
    let chinese = await silian("explain", "--help"), english = await silian("explain", "--help", "--english")
    #expect(chinese.status == .fine && english.status == .fine)
    #expect(chinese.output.contains("政策体检") && !english.output.contains("政策体检"))
    #expect(english.output.contains("as-of date"))
  }

  // MARK: - asking

  func silian(_ arguments: String...) async -> Run { await silian(arguments) }

  func silian(_ arguments: [String]) async -> Run { await run(arguments) }

  func json(_ arguments: String...) async throws -> JSONValue { try await json(arguments) }

  func json(_ arguments: [String]) async throws -> JSONValue {
    let run = await silian(arguments + ["--json"])
    #expect(run.status == .fine, "\(run.errors)")
    return try JSONNode.read(run.output, file: "output").value
  }
}
