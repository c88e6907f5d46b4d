import Diagnostics
import FEEL
import Policy
import Testing

/// Three benefits over facts that are their amounts, one of them about the projects of a firm.
private struct StackPack {
  static let dictionary = """
    ## 记录：企业

    - 代号：enterprise
    - 主键：编号
    - 角色：主体

    | 字段 | 类型 | 单位 | 反向 |
    |---|---|---|---|
    | 编号 | 文本 | | |
    | 甲额 | 数 | 元 | |
    | 乙额 | 数 | 元 | |
    | 上限 | 数 | 元 | |

    ## 记录：项目

    - 代号：project
    - 主键：编号
    - 归属：企业

    | 字段 | 类型 | 单位 | 反向 |
    |---|---|---|---|
    | 编号 | 文本 | | |
    | 企业 | 企业 | | 项目 |
    | 额 | 数 | 元 | |
    | 开始 | 日期 | | |
    """

  static let front =
    "---\nid: a\ntitle: 文\nissuer: 市\nnumber: 未给出\nissued: 2020-01-01\nin-force: 2020-01-01..\noutline: [一]\n---\n\n# 一\n\n- 条款：一\n\n"

  static func benefit(_ name: String, about: String = "企业", amount: String, _ more: String = "") -> String {
    "### 待遇：\(name)\n\n- 对象：\(about)\n- 资格：\(amount) > 0\n- 金额：\(amount)\n\(more)\n"
  }

  static func checkUp(_ constructs: String..., facts: String, asOf: String = "2024-01-01") throws -> CheckUp {
    let (rulebook, diagnostics) = Rulebook.read(
      PackSource(files: [
        .init(path: "pack.yaml", text: "id: t\ntitle: 包\njurisdiction: \"650200\"\nversion: 1.0.0\nshared: true\n"),
        .init(path: "dictionary.md", text: dictionary), .init(path: "a.md", text: front + constructs.joined()),
      ]))
    try #require(diagnostics.filter { $0.severity == .error } == [])
    var reader = FactReader(dictionary: rulebook.dictionary, allowsShortCodes: true)
    for (type, table) in RecordDocument(markdown: facts, file: "f.md").tables { reader.add(table, of: type) }
    reader.close()
    try #require(reader.diagnostics == [])
    return try rulebook.checkUp(of: "E", facts: reader.facts, asOf: try #require(CalendarDate(asOf)))
  }

  static func firm(_ a: String, _ b: String, cap: String = "") -> String {
    "| 企业 | 甲额 | 乙额 | 上限 |\n|---|---|---|---|\n| E | \(a) | \(b) | \(cap) |\n\n"
  }

  static func projects(_ amounts: String...) -> String {
    "| 项目 | 企业 | 额 |\n|---|---|---|\n"
      + amounts.enumerated().map { "| P\($0 + 1) | E | \($1) |" }.joined(separator: "\n") + "\n"
  }
}

extension CheckUp {
  fileprivate var seen: [String] {
    schemes.map { "\($0.scheme.name) \($0.verdict.rawValue) \($0.amount?.description ?? "—")" }
  }
}

@Suite("Stacking, settled after each scheme has been decided")
struct StackingTests {
  private static let second = StackPack.benefit("乙", amount: "乙额")

  @Test("of two that exclude each other the better stays; the other says which, and the total counts one")
  func exclusion() throws {
    let first = StackPack.benefit("甲", amount: "甲额", "- 不叠加：乙\n")
    let better = try StackPack.checkUp(first, Self.second, facts: StackPack.firm("100", "300"))
    #expect(better.seen == ["甲 unmet —", "乙 met 300"])
    #expect(better.total == Decimal128(300))
    let reason = try #require(better.schemes[0].reasons.first)
    #expect(reason.text(in: .chinese).contains("乙") && reason.text(in: .chinese).contains("300"))
    let equal = try StackPack.checkUp(first, Self.second, facts: StackPack.firm("300", "300"))
    #expect(equal.seen == ["甲 met 300", "乙 unmet —"])
    let single = try StackPack.checkUp(first, Self.second, facts: StackPack.firm("100", "0"))
    #expect(single.seen == ["甲 met 100", "乙 unmet —"])
    #expect(single.schemes[1].outcomes[0].decidedBy != nil)
  }

  @Test("only the best of a group counts")
  func bestOf() throws {
    let group = "- 择优：人才\n"
    let checkUp = try StackPack.checkUp(
      StackPack.benefit("甲", amount: "甲额", group), StackPack.benefit("乙", amount: "乙额", group),
      StackPack.benefit("丙", amount: "甲额 + 乙额", group), facts: StackPack.firm("100", "300"))
    #expect(checkUp.seen == ["甲 unmet —", "乙 unmet —", "丙 met 400"])
  }

  @Test("schemes about the same records are compared record by record, others as a whole")
  func records() throws {
    let small = StackPack.benefit("小", about: "项目", amount: "额", "- 不叠加：定\n")
    let fixed = StackPack.benefit("定", about: "项目", amount: "50")
    let facts = StackPack.firm("100", "1") + StackPack.projects("20", "80")
    #expect(try StackPack.checkUp(small, fixed, facts: facts).seen == ["小 met 80", "定 met 50"])
    let whole = StackPack.benefit("小", about: "项目", amount: "额", "- 不叠加：甲\n")
    let firm = StackPack.benefit("甲", amount: "甲额")
    #expect(try StackPack.checkUp(whole, firm, facts: facts).seen == ["小 met 100", "甲 unmet —"])
    let more = StackPack.firm("101", "1") + StackPack.projects("20", "80")
    #expect(try StackPack.checkUp(whole, firm, facts: more).seen == ["小 unmet —", "甲 met 101"])
  }

  @Test(
    "a cap cuts record by record, and says so",
    arguments: [
      ("- 封顶：150 元\n", "", ["80", "70", "0"], "150"), ("- 封顶：0.01 万元\n", "", ["80", "20", "0"], "100"),
      ("- 封顶：合计 上限 * 2\n", "90", ["80", "80", "20"], "180"), ("- 封顶：无规定\n", "", ["80", "80", "80"], "240"),
      ("- 封顶：上限（按年，金额里已经算过）\n", "90", ["80", "80", "80"], "240"), ("- 封顶：未给出（原文没有写）\n", "", ["80", "80", "80"], "240"),
    ])
  func cap(field: String, limit: String, amounts: [String], total: String) throws {
    let checkUp = try StackPack.checkUp(
      StackPack.benefit("项", about: "项目", amount: "额", field),
      facts: StackPack.firm("1", "1", cap: limit) + StackPack.projects("80", "80", "80"))
    let outcome = try #require(checkUp.schemes.first)
    #expect(outcome.verdict == .met && outcome.amount?.description == total)
    #expect(outcome.outcomes.map { $0.amount?.description } == amounts)
    #expect(outcome.outcomes.map { $0.adjustments.isEmpty } == amounts.map { $0 == "80" })
  }

  @Test("a cap that rests on something unknown leaves the outcome undetermined, with what is missing")
  func openCap() throws {
    let checkUp = try StackPack.checkUp(
      StackPack.benefit("项", about: "项目", amount: "额", "- 封顶：合计 上限\n"),
      facts: StackPack.firm("1", "1") + StackPack.projects("80"))
    #expect(checkUp.seen == ["项 undetermined —"])
    #expect(checkUp.schemes[0].missing.map(\.name) == ["上限"])
  }
}

@Suite("Versions of a scheme")
struct SchemeVersionTests {
  private static let old = StackPack.benefit("项", about: "项目", amount: "额", "- 生效：2020-01-01..2023-01-01\n")
  private static let new = StackPack.benefit("项", about: "项目", amount: "额 * 2", "- 生效：2023-01-01..\n")
  private static let dated = "- 依据日期：开始\n"

  @Test(
    "the as-of date picks one, to the day, and the scheme is listed once",
    arguments: [("2022-12-31", "10"), ("2023-01-01", "20")])
  func asOf(day: String, amount: String) throws {
    let checkUp = try StackPack.checkUp(
      Self.old, Self.new, facts: StackPack.firm("1", "1") + StackPack.projects("10"), asOf: day)
    #expect(checkUp.seen == ["项 met \(amount)"])
  }

  @Test("the governing date picks one for each record; unknown, it leaves the outcome undetermined")
  func governingDate() throws {
    let rows =
      "| 项目 | 企业 | 额 | 开始 |\n|---|---|---|---|\n| P1 | E | 10 | 2022-05-01 |\n| P2 | E | 10 | 2023-05-01 |\n| P3 | E | 10 | |\n"
    let checkUp = try StackPack.checkUp(
      Self.old.replacing("- 生效", with: Self.dated + "- 生效"), Self.new.replacing("- 生效", with: Self.dated + "- 生效"),
      facts: StackPack.firm("1", "1") + rows)
    let outcomes = try #require(checkUp.schemes.first).outcomes
    #expect(checkUp.schemes.count == 1)
    #expect(outcomes.map { $0.amount?.description } == ["10", "20", nil])
    #expect(outcomes.map(\.verdict) == [.met, .met, .undetermined])
    #expect(outcomes[2].missing.map(\.name) == ["开始"])
  }

  @Test("outside every interval it is not applicable")
  func outside() throws {
    let checkUp = try StackPack.checkUp(
      Self.old, facts: StackPack.firm("1", "1") + StackPack.projects("10"), asOf: "2024-01-01")
    #expect(checkUp.seen == ["项 not-applicable —"])
  }
}
