import Diagnostics
import FEEL
import Policy
import Testing

@Suite("Verdicts: missing is not no, and none is not missing")
struct VerdictTests {
  private static let firm = "| 企业 | 人数 | 评分 |\n|---|---|---|\n"
  private static let loans = "\n| 贷款 | 借款人 | 利息 |\n|---|---|---|\n"

  @Test(
    "of a benefit about a child record",
    arguments: [
      ("| 甲 | 100 | |\n" + loans + "| L1 | 甲 | 1000 |", Verdict.met, "200"),
      ("| 甲 | 101 | |\n" + loans + "| L1 | 甲 | 1000 |", .unmet, "人多了"),
      ("| 甲 | | |\n" + loans + "| L1 | 甲 | 1000 |", .undetermined, "人数"),
      ("| 甲 | 100 | |\n" + loans + "| L1 | 甲 | |", .undetermined, "利息"),
      ("| 甲 | 100 | |\n" + loans + "| L1 | 甲 | 0 |", .notApplicable, "利息 > 0"),
      ("| 甲 | 101 | |\n" + loans + "| L1 | 甲 | |", .unmet, "人多了"),
      ("| 甲 | 100 | |\n" + loans + "| L1 | 甲 | 1000 |\n| L2 | 甲 | 0.03 |", .met, "200.01"),
      ("| 甲 | 100 | |\n\n- 无：贷款\n", .undetermined, "贷款"),
      ("| 甲 | 100 | |\n" + loans, .notApplicable, "贷款"),
      ("| 甲 | 100 | |\n", .undetermined, "贷款"),
    ])
  func childRecords(facts: String, verdict: Verdict, told: String) throws {
    let outcome = try SmallPack.outcome("贴息", facts: Self.firm + facts)
    #expect(outcome.verdict == verdict)
    #expect(outcome.told.contains(told), "\(outcome.told)")
  }

  @Test("a known none of a record type is written before the tables")
  func knownNone() throws {
    let outcome = try SmallPack.outcome("贴息", facts: "- 无：贷款\n\n" + Self.firm + "| 甲 | 100 | |")
    #expect(outcome.verdict == .notApplicable)
  }

  @Test("a fact that only an expert can give asks for review; a failed score is unmet")
  func review() throws {
    let open = ["award": "5000"]
    #expect(try SmallPack.outcome("奖", facts: Self.firm + "| 甲 | 1 | |", parameters: open).verdict == .review)
    #expect(try SmallPack.outcome("奖", facts: Self.firm + "| 甲 | 1 | 70 |", parameters: open).verdict == .unmet)
    #expect(try SmallPack.outcome("奖", facts: Self.firm + "| 甲 | 1 | 无 |", parameters: open).verdict == .unmet)
    let met = try SmallPack.outcome("奖", facts: Self.firm + "| 甲 | 1 | 71 |", parameters: open)
    #expect(met.verdict == .met && met.amount == Decimal128(5000))
  }

  @Test("a parameter left open makes the outcome undetermined, with the reason the policy gives")
  func openParameter() throws {
    let outcome = try SmallPack.outcome("奖", facts: Self.firm + "| 甲 | 1 | 71 |")
    #expect(outcome.verdict == .undetermined)
    let missing = try #require(outcome.missing.first { $0.kind == .parameter })
    #expect(missing.name == "奖励" && missing.reason == "条文没有给出数额")
  }

  @Test("an outcome names the suggested readings it rests on")
  func suggested() throws {
    let outcome = try SmallPack.outcome("贴息", facts: Self.firm + "| 甲 | 1 | |" + "\n" + Self.loans + "| L1 | 甲 | 10 |")
    #expect(outcome.outcomes.first?.suggested.map(\.id) == ["rate"])
    let overridden = try SmallPack.outcome(
      "贴息", facts: Self.firm + "| 甲 | 1 | |" + "\n" + Self.loans + "| L1 | 甲 | 10 |", parameters: ["rate": "10 %"])
    #expect(overridden.outcomes.first?.suggested == [])
    #expect(overridden.amount == Decimal128(1))
  }

  @Test("the trace shows the rule that fired and the first condition that failed the others")
  func trace() throws {
    let outcome = try SmallPack.outcome(
      "贴息", facts: Self.firm + "| 甲 | 100 | |" + "\n" + Self.loans + "| L1 | 甲 | 10 |")
    let condition = try #require(outcome.outcomes.first?.conditions.first)
    let node = try #require(condition.trace.first { $0.name == "档" })
    #expect(node.rules.map(\.state) == [.fired, .failed])
    #expect(
      node.rules[1].failedInput == "人数" && node.rules[1].failedTest == "> 100" && node.rules[1].failedValue == "100")
    #expect(node.children.contains { $0.kind == .fact && $0.name == "人数" && $0.value == "100" })
  }

  @Test("without traces the figures are the same")
  func traceless() throws {
    let (rulebook, _) = try SmallPack.read()
    let (facts, _) = rulebook.facts(of: try #require(rulebook.examples.first))
    let day = try #require(CalendarDate("2023-06-01"))
    let plain = try rulebook.checkUp(of: "甲", facts: facts, asOf: day, keepsTrace: false)
    let full = try rulebook.checkUp(of: "甲", facts: facts, asOf: day)
    #expect(plain.schemes.map(\.verdict) == full.schemes.map(\.verdict))
    #expect(plain.total == full.total && plain.total == Decimal128(200))
  }
}

@Suite("Time: versions, governing dates and fiscal years")
struct TimeTests {
  private static let facts =
    "| 企业 | 人数 |\n|---|---|\n| 甲 | 100 |\n\n| 贷款 | 借款人 | 利息 | 起息日 |\n|---|---|---|---|\n| L1 | 甲 | 1000 | 2023-12-31 |\n| L2 | 甲 | 1000 | 2024-01-01 |"
  private static let versions =
    "- 默认：20 %（建议）\n- 生效：2022-01-01..2024-01-01\n- 范围：[0..50] %\n\n### 参数：比例\n\n- 代号：rate\n- 默认：30 %\n- 生效：2024-01-01.."

  @Test("the as-of date picks the version, to the day")
  func asOf() throws {
    for (date, amount) in [("2023-12-31", 400), ("2024-01-01", 600)] {
      let outcome = try SmallPack.outcome(
        "贴息", facts: Self.facts, asOf: date, replacing: "- 默认：20 %（建议）", with: Self.versions)
      #expect(outcome.amount == Decimal128(amount))
    }
  }

  @Test("a scheme may name the date that governs it")
  func datedBy() throws {
    let (rulebook, _) = Rulebook.read(
      PackSource(
        files: try SmallPack.source().files.map { file in
          .init(
            path: file.path,
            text: file.text.replacing("- 默认：20 %（建议）", with: Self.versions)
              .replacing("- 适用：利息 > 0", with: "- 适用：利息 > 0\n- 依据日期：起息日"))
        }))
    var reader = FactReader(dictionary: rulebook.dictionary, allowsShortCodes: true)
    for (type, table) in RecordDocument(markdown: Self.facts, file: "f.md").tables { reader.add(table, of: type) }
    let day = try #require(CalendarDate("2025-01-01"))
    let checkUp = try rulebook.checkUp(of: "甲", facts: reader.facts, asOf: day)
    let outcomes = checkUp.schemes.first { $0.scheme.name == "贴息" }?.outcomes ?? []
    #expect(outcomes.map(\.amount) == [Decimal128(200), Decimal128(300)])
  }

  @Test(
    "fiscal lists follow the calendar, and a missing year is unknown",
    arguments: [
      ("2024-05-01", Verdict.met, "600"), ("2025-05-01", .undetermined, "营业收入@2024"),
      ("2030-05-01", .notApplicable, ""),
    ])
  func fiscalYears(date: String, verdict: Verdict, told: String) throws {
    let facts =
      "| 企业 | 人数 | 营业收入@2021（万元） | 营业收入@2022（元） | 营业收入@2023（元） |\n|---|---|---|---|---|\n| 甲 | 1 | 0.01 | 200 | 300 |\n\n- 无：贷款\n"
    let outcome = try SmallPack.outcome(
      "奖", facts: facts, asOf: date, replacing: "- 金额：奖励\n\n| 资格 | 判据 | 不符时 |\n|---|---|---|\n| 评分够 | 评分 > 70 | 评分不够 |",
      with: "- 金额：sum(sublist(营业收入, 1, 3))\n- 资格：营业收入[1] > 0")
    #expect(outcome.verdict == verdict)
    #expect(outcome.told.contains(told), "\(outcome.told)")
  }
}

extension SchemeOutcome {
  /// Amount, reasons and what is missing, as one text.
  var told: String {
    ([amount?.description ?? ""] + reasons.map { $0.text(in: .chinese) } + missing.map(\.name)).joined(separator: " ")
  }
}
