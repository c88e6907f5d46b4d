import API
import Diagnostics
import FEEL
import Foundation
import JSON
import Policy
import Population
import Store
import TestKit
import Testing

@testable import silian

/// Commands over column files say what they say over the folders that the files were made of, and what the interpreter says.
extension CommandTests {
  @Test(
    "a run over a folder and over its column file is that of the interpreter",
    arguments: zip(["karamay", "chongqing"], [60, 12]))
  func runsAgree(name: String, count: Int) async throws {
    try await withSynthetic(name, count: count) { pack, folder, file in
      let arguments = ["run", pack, "--as-of", "2026-10-15"]
      let byFolder = try await json(arguments + ["--data", folder]),
        byFile = try await json(arguments + ["--data", file])
      #expect(byFolder == byFile && byFolder["subjects"] == .number("\(count)"))
      #expect(try byFile["results"]?.elements == interpreted(pack, folder))
      let tables = ["a", "b"].map { "\(file).\($0).csv" }
      for (table, data) in zip(tables, [folder, file]) {
        let run = await silian(arguments + ["--data", data, "--all", "--csv", table])
        #expect(run.status == .fine, "\(run.errors)")
      }
      let texts = try tables.map { try String(contentsOfFile: $0, encoding: .utf8) }
      #expect(texts[0] == texts[1])
      let people = await [silian(arguments + ["--data", folder]), silian(arguments + ["--data", file])]
      #expect(people[0].output == people[1].output && people[0].status == .fine)
    }
  }

  @Test func withoutReasonsVerdictsAndAmountsAreTheSame() async throws {
    try await withSynthetic("karamay", count: 80) { pack, _, file in
      let arguments = ["run", pack, "--as-of", "2026-10-15", "--data", file]
      let whole = try await json(arguments), brief = try await json(arguments + ["--no-reasons"])
      for (own, other) in zip(whole["results"]?.elements ?? [], brief["results"]?.elements ?? []) {
        #expect(own["key"] == other["key"] && own["display"] == other["display"])
        for (scheme, short) in zip(own["schemes"]?.elements ?? [], other["schemes"]?.elements ?? []) {
          for member in ["name", "verdict", "amount"] { #expect(scheme[member] == short[member]) }
          #expect(short["reasons"]?.elements == [] && short["missing"]?.elements == [])
        }
      }
      #expect(whole["schemes"] == brief["schemes"] && whole["total"] == brief["total"])
    }
  }

  @Test func groupsAddUpToTheWhole() async throws {
    try await withSynthetic("karamay", count: 80) { pack, _, file in
      let arguments = ["run", pack, "--as-of", "2026-10-15", "--data", file, "--by", "行政区划"]
      let value = try await json(arguments)
      let groups = try #require(value["by"]?["groups"]?.elements)
      #expect(groups.count > 1)
      let sum = groups.compactMap { $0["total"]?.text.flatMap { Decimal128($0) } }.reduce(.zero) { ($0 + $1) ?? .zero }
      #expect(sum == value["total"]?.text.flatMap { Decimal128($0) })
      #expect(await silian(arguments).output.contains("按行政区划"))
      let unknown = await silian(Array(arguments.dropLast()) + ["行政区"])
      #expect(unknown.status == .problems && unknown.errors.contains("行政区划"))
    }
  }

  @Test func simulationsAndCheckUpsReadColumnFiles() async throws {
    try await withSynthetic("karamay", count: 60) { pack, folder, file in
      let simulate = ["simulate", pack, "--set", "discount.rate.upper=20 %", "--by", "行政区划"]
      let simulated = try await [json(simulate + ["--data", folder]), json(simulate + ["--data", file])]
      #expect(simulated[0] == simulated[1])
      let results = try await json("run", pack, "--as-of", "2026-10-15", "--data", file)["results"]?.elements ?? []
      for result in results.prefix(3) {
        let key = try #require(result["key"]?.text)
        let explain = ["explain", pack, "--as-of", "2026-10-15", "--subject", key, "--facts"]
        let checkUps = try await [json(explain + [folder]), json(explain + [file])]
        #expect(checkUps[0]["total"] == checkUps[1]["total"])
        for (own, other) in zip(checkUps[0]["schemes"]?.elements ?? [], checkUps[1]["schemes"]?.elements ?? []) {
          for member in ["name", "verdict", "amount", "reasons", "missing"] { #expect(own[member] == other[member]) }
        }
      }
    }
  }

  @Test func aServerTakesItsFirmsFromAColumnFile() async throws {
    try await withSynthetic("karamay", count: 60) { pack, folder, file in
      let regions = try [folder, file].map { try Region.serving(Rulebook.sound(pack), data: $0) }
      #expect(regions[1].isSynthetic && regions[1].asOf == regions[0].asOf && regions[1].asOf != nil)
      let asOf = try #require(regions[0].asOf)
      let name = try #require(await regions[0].subjects(most: 7, asOf: asOf).first.last?.display)
      for text in ["", name, String(name.dropFirst(2).prefix(4)), "no such firm"] {
        let found = [
          await regions[0].subjects(matching: text, most: 5, asOf: asOf),
          await regions[1].subjects(matching: text, most: 5, asOf: asOf),
        ]
        #expect(found[0].first == found[1].first && found[0].count == found[1].count, "\(text)")
        if text.isEmpty { #expect(found[1].count == 60) }
      }
      let other = try Region.serving(Rulebook.sound(Checkout.path("packs/chongqing")), data: file)
      #expect(await other.subjects(most: 1, asOf: asOf).count == 0)
    }
  }

  @Test func workThatIsEndedLeavesNoFile() async throws {
    try await withSynthetic("karamay", count: 20) { pack, _, file in
      let rulebook = try Rulebook.sound(pack)
      let run = PopulationRun(
        rulebook: rulebook, data: try rulebook.subjectData(at: file), asOf: try #require(CalendarDate("2026-10-15")),
        overrides: [:], schemes: nil)
      let progress = WorkProgress(), base = try run.base(progress)
      let report = RunReport(
        run: run, base: base, figures: base.figures(of: run.wanted), showsAll: false, progress: progress)
      progress.cancel()
      let table = file + ".table.csv"
      #expect(throws: CancellationError.self) { try report.writeCSV(to: table, in: .chinese) }
      #expect(throws: CancellationError.self) { _ = try run.base(progress) }
      let left = try FileManager.default.contentsOfDirectory(atPath: (file as NSString).deletingLastPathComponent)
      #expect(!left.contains { $0.contains("table.csv") })
    }
  }

  @Test func whatAColumnFileCannotHoldIsNotPassedOver() async throws {
    let code = "91650205YYY000070N"
    let files = ["enterprise.csv": "统一社会信用代码,名称,从业人数\n\(code),甲,3.12345678901234567\n"]
    try await withFolder(files) { folder in
      let out = await silian("data", "snapshot", pack, "--data", folder, "--out", folder + "/x.columns", "--json")
      let file = try #require(JSONNode.read(out.output, file: "output").value["out"]?.text)
      let run = await silian("run", pack, "--data", file, "--as-of", "2026-10-15")
      #expect(run.status == .problems && run.errors.contains("cli.columns.unsuitable"), "\(run.errors)")
      #expect(run.errors.contains("从业人数"))
      #expect(await silian("run", pack, "--data", folder, "--as-of", "2026-10-15").status == .fine)
    }
  }

  // MARK: - a synthetic population

  /// Lends a folder of made-up firms and the column file of the same.
  private func withSynthetic(
    _ name: String, count: Int, _ body: (_ pack: String, _ folder: String, _ file: String) async throws -> Void
  ) async throws {
    let pack = Checkout.path("packs/\(name)")
    try await withFolder([:]) { folder in
      let data = folder + "/data"
      let made = await silian(
        "synthesize", "--region", pack + "/population/region.yaml", "--count", String(count), "--out", data)
      #expect(made.status == .fine, "\(made.errors)")
      let written = await silian("data", "snapshot", pack, "--data", data, "--out", folder + "/x.columns", "--json")
      let file = try #require(JSONNode.read(written.output, file: "output").value["out"]?.text)
      try await body(pack, data, file)
    }
  }

  /// What the interpreter says of every firm, in the form of the report.
  private func interpreted(_ pack: String, _ folder: String) throws -> [JSONValue] {
    let rulebook = try Rulebook.sound(pack), facts = try rulebook.facts(at: folder)
    let asOf = try #require(CalendarDate("2026-10-15"))
    return try (facts[rulebook.subjectType?.name ?? ""]?.rows ?? FactRows()).map { row in
      let checkUp = try rulebook.checkUp(of: row.key, facts: facts, asOf: asOf, keepsTrace: false)
      let schemes = checkUp.schemes.map { outcome -> JSONValue in
        [
          "name": .string(outcome.scheme.name), "verdict": .string(outcome.verdict.rawValue),
          "amount": .optional(outcome.amount.map { $0.amountText }),
          "reasons": .strings(outcome.reasons.map { $0.text(in: .chinese) }),
          "missing": .strings(outcome.missing.map(\.name)),
        ]
      }
      return [
        "key": .string(checkUp.enterprise.key), "display": .string(checkUp.enterprise.display),
        "schemes": .array(schemes),
      ]
    }
  }
}
