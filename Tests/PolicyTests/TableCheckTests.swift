import Diagnostics
import Policy
import Testing

/// A pack with one document that holds `constructs`, over a dictionary with a field of each kind.
private func check(_ constructs: String) -> [Diagnostic] {
  let dictionary = """
    ## 记录：企业

    - 代号：enterprise
    - 主键：编号
    - 角色：主体

    | 字段 | 类型 | 单位 | 期间 | 取值 |
    |---|---|---|---|---|
    | 编号 | 文本 | | | |
    | 人数 | 数 | 人 | | |
    | 授信 | 数 | 元 | | |
    | 占比 | 数 | % | | |
    | 规模 | 文本 | | | 大、小 |
    | 等级 | 文本 | | | 一级、二级、无 |
    | 行业 | 文本 | | | |
    | 在册 | 是否 | | | |
    | 成立 | 日期 | | | |
    | 营业收入 | 数 | 元 | 年度 3 | |
    """
  let front =
    "---\nid: a\ntitle: 文\nissuer: 市\nnumber: 未给出\nissued: 2022-01-01\nin-force: 2022-01-01..\noutline: [一]\n---\n\n# 一\n\n- 条款：一\n\n"
  let manifest = "id: t\ntitle: 包\njurisdiction: \"650200\"\nversion: 1.0.0\nshared: true\n"
  return Rulebook.read(
    PackSource(files: [
      .init(path: "pack.yaml", text: manifest), .init(path: "dictionary.md", text: dictionary),
      .init(path: "a.md", text: front + constructs),
    ])
  ).1
}

/// The decision `档` with this table.
private func table(_ header: String, _ rows: String..., marker: String? = nil, type: String = "数（家）") -> String {
  let columns = header.split(separator: "|").count
  let plain = "|  |" + String(repeating: " i |", count: columns - 2) + " o |"
  return
    "### 决策：档\n\n- 对象：企业\n- 类型：\(type)\n\n| \(header) |\n\(String(repeating: "|---", count: columns))|\n\(marker ?? plain)\n"
    + rows.enumerated().map { "| \($0 + 1) | \($1) |" }.joined(separator: "\n") + "\n\n"
}

@Suite("What check finds in decision tables")
struct TableCheckTests {
  @Test(
    "a gap is told with a case that no rule covers, with units",
    arguments: [
      ("U | 授信 | 档", ["< 10000000 | 1", "> 10000000 | 2"], "授信 = 10000000 元"),
      ("U | 授信 | 档", ["<= 10000000 | 1"], "授信 = 10000000.01 元"),
      ("U | 授信（万元） | 档", ["<= 1000 | 1", "> 2000 | 2"], "授信 = 10000000.01 元"),
      ("U | 人数 | 档", ["<= 100 | 1", "> 200 | 2"], "人数 = 101 人"),
      ("U | 占比（%） | 档", ["< 5 | 1", "> 5 | 2"], "占比 = 5 %"),
      ("U | 规模 | 档", ["\"大\" | 1"], "规模 = 小"),
      ("U | 行业 | 档", ["\"种植\" | 1"], "行业 = 其他值"),
      ("U | 等级 | 档", ["\"一级\", \"二级\" | 1"], "等级 = 无"),
      ("U | 在册 | 档", ["true | 1"], "在册 = 否"),
      ("U | 成立 | 档", ["< date(\"2020-01-01\") | 1", "> date(\"2020-01-01\") | 2"], "成立 = 2020-01-01"),
      ("U | 规模 | 人数 | 档", ["\"大\" | - | 1", "\"小\" | < 10 | 2"], "规模 = 小，人数 = 10 人"),
      ("F | 营业收入[1] > 100 | 档", ["true | 1"], "营业收入[1] > 100 = 否"),
    ])
  func gap(header: String, rows: [String], witness: String) {
    let text = rows.count == 1 ? table(header, rows[0]) : table(header, rows[0], rows[1])
    let gaps = check(text).filter { $0.code == "policy.table.gap" }
    #expect(gaps.map { $0.arguments["case"] } == [witness])
  }

  @Test(
    "what cannot come, or is caught otherwise, is no gap",
    arguments: [
      // Between 100 and 101 people there is nobody, and there are never fewer than none.
      table("U | 人数 | 档", "[0..100] | 1", ">= 101 | 2"),
      table("U | 规模 | 档", "\"大\" | 1", "\"小\" | 2"),
      table("U | 在册 | 档", "true | 1", "not(true) | 2"),
      table("U | 授信 | 档", "<= 10 | 1", ">= 10.01 | 2"),
      table("U | 人数 | 档", "> 100 | 1", marker: "|  | i | o 默认 0 |"),
      table("U | 人数 | 档", "[1..5] | 1", marker: "|  | i 取 [1..5] | o |"),
      table("C | 人数 | 档", "> 100 | 1", type: "列表"),
      // An unknown fact makes the outcome undetermined by itself; a none does not come here.
      table("U | 成立 | 档", "< date(\"2020-01-01\") | 1", ">= date(\"2020-01-01\") | 2"),
    ])
  func noGap(text: String) { #expect(check(text).map(\.description) == []) }

  @Test("a text decision has the results that are written in it, a choice its words")
  func inferredDomains() {
    let size = "### 决策：类\n\n- 对象：企业\n- 类型：文本\n\n```feel\nif 人数 > 5 then \"甲\" else if 在册 then \"乙\" else 缺省\n```\n\n"
    let choice = "### 参数：缺省\n\n- 代号：fallback\n- 取值：丙、丁\n- 默认：丙\n\n"
    let found = check(size + choice + table("U | 类 | 档", "\"甲\", \"乙\" | 1", "\"丙\" | 2"))
    #expect(found.map { $0.arguments["case"] } == ["类 = 丁"])
    #expect(check(size + choice + table("U | 类 | 档", "not(\"丙\") | 1", "\"丙\" | 2")) == [])
    let orNone = size.replacing("else 缺省", with: "else null")
    #expect(check(orNone + table("U | 类 | 档", "\"甲\" | 1", "\"乙\" | 2")) == [])
  }

  @Test(
    "a number is whole or bounded where the text of its decision shows it",
    arguments: [
      ("count(营业收入)", ["0 | 1", ">= 1 | 2"]), ("max(0, min(3, 时点.year - 成立.year))", ["[0..1] | 1", "[2..3] | 2"]),
      ("if 在册 then 2 else 人数 + 3", ["2 | 1", ">= 3 | 2"]), ("sum([人数])", ["< 0.5 | 1", ">= 0.5 | 2"]),
      ("floor(授信 / 10)", ["<= 5 | 1", ">= 6 | 2"]), ("-abs(授信)", ["<= 0 | 1", "> 0, -1 | 1"]),
    ])
  func boundedNumbers(feel: String, rows: [String]) {
    let number = "### 决策：量\n\n- 对象：企业\n- 类型：数\n\n```feel\n\(feel)\n```\n\n"
    let gaps = check(number + table("F | 量 | 档", rows[0], rows[1])).filter { $0.code == "policy.table.gap" }
    #expect(gaps.map(\.description) == [])
  }

  @Test("a number of which nothing is known may lie between")
  func denseNumbers() {
    let number = "### 决策：量\n\n- 对象：企业\n- 类型：数\n\n```feel\n人数 / 2\n```\n\n"
    let gaps = check(number + table("U | 量 | 档", "<= 1 | 1", ">= 2 | 2")).map { $0.arguments["case"] }
    #expect(gaps == ["量 = 1.5"])
  }

  @Test("null counts in a column that asks for it")
  func nulls() {
    #expect(check(table("U | 人数 | 档", "<= 5 | 1", "> 5 | 2", "null | 3")) == [])
    let gap = check(table("U | 人数 | 成立 | 档", "<= 5 | - | 1", "> 5 | null | 2", "> 5 | not(null) | 3"))
    #expect(gap == [])
    let open = check(table("U | 人数 | 档", "not(null) | 1"))
    #expect(open.map { $0.arguments["case"] } == ["人数 = 无"])
  }

  private static let line = "### 参数：线\n\n- 代号：line\n- 类型：数（人）\n"

  @Test("a named parameter is its value; one that is open is named, and neither covers nor is missed")
  func parameters() {
    let rows = table("U | 人数 | 档", "<= 线 | 1", "> 线 + 1 | 2")
    let fixed = check(Self.line + "- 数值：100 人\n\n" + rows)
    #expect(fixed.map(\.code) == ["policy.table.gap"] && fixed[0].arguments["case"] == "人数 = 101 人")
    let open = check(Self.line + "- 未定：原文没有写\n\n" + rows)
    #expect(open.map(\.code) == ["policy.table.unanalysed", "policy.table.unanalysed"])
    #expect(open.allSatisfy { $0.severity == .note && $0.arguments["name"] == "线" })
  }

  @Test("each version of a parameter is tried")
  func versions() {
    let two =
      Self.line + "- 数值：100 人\n- 生效：2022-01-01..2024-01-01\n\n" + Self.line
      + "- 数值：200 人\n- 生效：2024-01-01..\n\n"
    let found = check(two + table("U | 人数 | 档", "<= 线 | 1", "> 100 | 2"))
    #expect(found.map(\.code) == ["policy.table.overlap"])
    #expect(found.first?.arguments["case"] == "人数 = 101 人")
  }

  @Test(
    "an overlap is told with both rules and a case; in an A table only of different outputs",
    arguments: [
      (table("U | 人数 | 档", "<= 100 | 1", ">= 100 | 1"), Diagnostic.Severity.error, "人数 = 100 人"),
      (table("A | 人数 | 档", "<= 100 | 1", ">= 50 | 2"), .error, "人数 = 50 人"),
      (table("A | 人数 | 档", "<= 100 | if 在册 then 1 else 2", ">= 50 | 3 - 1"), .warning, "人数 = 50 人"),
    ])
  func overlap(text: String, severity: Diagnostic.Severity, witness: String) {
    let found = check(text)
    #expect(found.map(\.code) == ["policy.table.overlap"])
    #expect(found.map(\.severity) == [severity])
    #expect(
      found.map { [$0.arguments["rule"], $0.arguments["other"], $0.arguments["case"]] } == [["2", "1", witness]])
  }

  @Test("a last row for everything else catches a none, and is not masked")
  func catchAll() { #expect(check(table("F | 规模 | 档", "\"大\", \"小\" | 1", "- | 2")) == []) }

  @Test("equal outputs may meet in an A table, and any outputs in F and C")
  func allowedOverlaps() {
    #expect(check(table("A | 人数 | 档", "<= 100 | 1", ">= 50 | 1.0")) == [])
    #expect(check(table("F | 人数 | 档", "<= 100 | 1", "- | 2")) == [])
    #expect(check(table("C+ | 人数 | 档", "<= 100 | 1", "- | 2")) == [])
  }

  @Test(
    "a rule that never matches, and one that never wins",
    arguments: [
      (table("C | 规模 | 档", "\"大\" | 1", "\"中\" | 2", type: "列表"), "policy.rule.dead", "2"),
      (table("C | 人数 | 档", "> 1 | 1", "< 0 | 2", type: "列表"), "policy.rule.dead", "2"),
      (table("C | 人数 | 档", "> 1 | 1", "(5..5) | 2", type: "列表"), "policy.rule.dead", "2"),
      (table("F | 人数 | 档", "- | 1", "> 5 | 2"), "policy.rule.masked", "2"),
      (table("F | 人数 | 档", "<= 5 | 1", "> 3 | 2", "[2..9] | 3"), "policy.rule.masked", "3"),
      (table("F | 规模 | 档", "\"大\", \"小\", null | 1", "- | 2"), "policy.rule.masked", "2"),
      (
        table("P | 人数 | 档", "> 5 | 1", "- | 2", "< 5 | 3", marker: "|  | i | o 取 2, 1, 3 |"), "policy.rule.masked",
        "1"
      ),
    ])
  func deadAndMasked(text: String, code: String, rule: String) {
    let found = check(text)
    #expect(found.contains { $0.code == code && $0.arguments["rule"] == rule }, "\(found.map(\.description))")
    #expect(found.allSatisfy { $0.severity == .warning })
  }
}

@Suite("Cliffs")
struct CliffTests {
  private static func amount(_ feel: String, _ more: String = "") -> String {
    "### 决策：补贴\n\n- 对象：企业\n- 类型：数（元）\n\(more)\n```feel\n\(feel)\n```\n"
  }

  @Test(
    "are told with the edge and both values",
    arguments: [
      (table("U | 授信 | 档", "<= 1000 | 授信 * 0.2", "> 1000 | 授信 * 0.1", type: "数（元）"), "授信", "1000 元", "200 元"),
      (table("U | 授信 | 档", "< 1000 | 500", ">= 1000 | 300", type: "数（元）"), "授信", "999.99 元", "500 元"),
      (
        table("U | 授信（万元） | 档（%）", "<= 1 | 20", "> 1 | 10", type: "数（比例）")
          + "### 待遇：奖\n\n- 对象：企业\n- 资格：在册\n- 金额：授信 * 档\n", "授信", "10000 元", "20 %"
      ),
      (
        table("U | 规模 | 人数 | 档", "\"大\" | - | 1", "\"小\" | <= 9 | 8", "\"小\" | > 9 | 2", type: "数（元）"), "人数", "9 人",
        "8 元"
      ),
      (amount("if 人数 <= 300 then 5000 else 1000"), "人数", "300 人", "5000 元"),
      (
        amount(
          "if 营业收入[1] < 4 亿 then 授信 * 1 % else 0".replacing("1 %", with: "0.01").replacing("4 亿", with: "400000000")),
        "营业收入", "399999999.99 元", "10000 元"
      ),
    ])
  func told(text: String, fact: String, from: String, before: String) {
    let cliffs = check(text).filter { $0.code == "policy.table.cliff" }
    #expect(
      cliffs.map { [$0.arguments["fact"], $0.arguments["from"], $0.arguments["before"]] } == [[fact, from, before]])
    #expect(cliffs.allSatisfy { $0.severity == .warning })
  }

  @Test(
    "are not told where an amount rises, falls by less than a quarter, or goes on without a break",
    arguments: [
      table("U | 授信 | 档", "<= 1000 | 0", "> 1000 | 200", type: "数（元）"),
      table("U | 授信 | 档", "<= 1000 | 100", "> 1000 | 76", type: "数（元）"),
      table("U | 授信 | 档", "<= 1000 | 授信 * 0.2", "> 1000 | 200 + (授信 - 1000) * 0.1", type: "数（元）"),
      table("U | 授信 | 档", "<= 1000 | 20", "> 1000 | 10"),
      amount("min(授信, 1000) * 0.2"), amount("if 授信 > 0 then 0.01 else 1000"),
      // A line that only a condition reads.
      table("U | 授信 | 档（%）", "<= 1000 | 20", "> 1000 | 10", type: "数（比例）")
        + "### 待遇：奖\n\n- 对象：企业\n- 资格：占比 > 档\n- 金额：授信\n",
    ])
  func notTold(text: String) { #expect(check(text) == []) }

  @Test("are not told again once the author has said why")
  func acknowledged() {
    let feel = "if 人数 <= 300 then 5000 else 1000"
    #expect(check(Self.amount(feel)).map(\.code) == ["policy.table.cliff"])
    #expect(check(Self.amount(feel, "- 断崖：原文如此\n")) == [])
    let benefit = "### 待遇：奖\n\n- 对象：企业\n- 资格：在册\n- 金额：\(feel)\n"
    #expect(check(benefit).map(\.code) == ["policy.table.cliff"])
    #expect(check(benefit + "- 断崖：原文如此\n") == [])
  }
}
