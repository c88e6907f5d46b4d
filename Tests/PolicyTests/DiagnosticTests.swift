import Diagnostics
import Policy
import Testing

@Suite("Mistakes in a pack are named with their place and a mend")
struct DiagnosticTests {
  @Test("the small pack itself is clean")
  func clean() throws {
    let (rulebook, diagnostics) = try SmallPack.read()
    #expect(diagnostics == [])
    #expect(rulebook.checkExamples().failures == [])
  }

  @Test(
    "a mistake gives its code",
    arguments: [
      ("id: small\n", "", "policy.front-matter.key"),
      ("version: 1.0.0", "version: 1.0.0\nauthor: 我", "policy.front-matter.unknown"),
      ("version: 1.0.0", "version: [1", "policy.yaml.syntax"),
      ("version: 1.0.0", "version: &a 1", "policy.yaml.anchor"),
      ("id: small", "id: 小", "policy.manifest.id"),
      ("version: 1.0.0", "version: 1.0.0\nuses:\n  - pack: other", "policy.uses.missing"),
      ("in-force: 2022-01-01..2030-01-01", "in-force: 2022", "policy.period.form"),
      ("in-force: 2022-01-01..2030-01-01", "in-force: 2030-01-01..2022-01-01", "policy.period.form"),
      ("outline: [一, 二]", "outline: [一, 二, 三]", "policy.clause.missing"),
      ("outline: [一, 二]", "outline: [一]", "policy.clause.unknown"),
      ("outline: [一, 二]\n", "", "policy.outline.missing"),
      ("- 条款：二\n- 不可计算：没有数字", "- 条款：二", "policy.clause.silent"),
      ("- 不可计算：没有数字", "- 不可計算：没有数字", "policy.field.unknown"),
      ("- 不可计算：没有数字", "没有冒号的列表\n- 没有冒号", "policy.clause.silent"),
      ("- 代号：rate", "- 代号：rate\n- 金额：3", "policy.field.not-here"),
      ("- 代号：rate", "- 代号：rate\n- 代号：rate2", "policy.field.twice"),
      ("- 代号：rate", "- 代号：率", "policy.id.form"),
      ("- 代号：rate\n", "", "policy.parameter.id"),
      ("- 默认：20 %（建议）", "- 默认：60 %", "policy.parameter.bounds"),
      ("- 默认：20 %（建议）\n", "", "policy.parameter.state"),
      ("- 默认：20 %（建议）", "- 默认：20 %\n- 数值：20 %", "policy.parameter.state"),
      ("### 参数：比例", "### 参数：比例（市）", "policy.name.punctuation"),
      ("### 参数：比例", "### 参数：", "policy.name.empty"),
      ("### 参数：奖励", "### 参散：奖励", "policy.keyword.unknown"),
      ("| U | 人数 | 档 |", "| Z | 人数 | 档 |", "policy.table.hit-policy"),
      ("|   | i | o |\n", "", "policy.table.marker"),
      ("|   | i | o |", "|   | i | x |", "policy.table.marker-cell"),
      ("|   | i | o |", "|   | i | i |", "policy.table.output"),
      ("| 2 | > 100 | \"大\" |", "| 2 | > (100 | \"大\" |", "feel.syntax.endExpected"),
      ("| U | 人数 | 档 |", "| U | 人頭 | 档 |", "policy.name.unknown"),
      ("- 类型：文本\n", "", "policy.decision.type"),
      ("- 类型：文本", "- 类型：文字", "policy.type.unknown"),
      ("```feel\nround half up(利息 * 比例, 2)\n```\n", "", "policy.decision.body"),
      ("round half up(利息 * 比例, 2)", "round half up(贴息额 * 比例, 2)", "policy.decision.cycle"),
      ("round half up(利息 * 比例, 2)", "利息 + 借款人.人数", "policy.unit.mismatch"),
      ("round half up(利息 * 比例, 2)", "借款人.员工", "policy.name.member"),
      ("round half up(利息 * 比例, 2)", "利息 + 1", "policy.parameter.unused"),
      ("- 适用：利息 > 0", "- 适用：利息 > 借款人.人数", "policy.unit.mismatch"),
      ("- 金额：贴息额", "- 金额：借款人.人数", "policy.unit.mismatch"),
      ("- 对象：贷款\n- 适用：利息 > 0", "- 对象：货款\n- 适用：利息 > 0", "policy.record.unknown"),
      ("- 对象：贷款\n- 适用：利息 > 0", "- 适用：利息 > 0", "policy.scheme.about"),
      ("| 资格 | 判据 | 不符时 |\n|---|---|---|\n| 评分够 | 评分 > 70 | 评分不够 |", "", "policy.scheme.eligible"),
      ("| 资格 | 判据 | 不符时 |\n|---|---|---|\n| 评分够", "| 条件 | 判据 | 不符时 |\n|---|---|---|\n| 评分够", "policy.scheme.table"),
      ("- 金额：奖励\n", "", "policy.scheme.amount"),
      ("### 待遇：奖\n", "### 待遇：贴息\n", "policy.name.twice"),
      ("### 参数：奖励", "### 参数：人数", "policy.name.shadows"),
      ("### 参数：奖励", "### 参数：比例", "policy.parameter.overlap"),
      ("### 决策：贴息额", "### 决策：档", "policy.decision.overlap"),
      ("| 人数 | staff | 数 | 人 |", "| 人数 | staff | 数 | 口 |", "policy.unit.unknown"),
      ("| 人数 | staff | 数 | 人 |", "| 编号 | staff | 数 | 人 |", "policy.field.redefined"),
      ("年度 3", "每年", "policy.period.annual"),
      ("- 主键：编号", "- 主键：编码", "policy.record.key"),
      ("- 显示：名称", "- 显示：名字", "policy.record.display"),
      ("- 归属：借款人", "- 归属：借款", "policy.record.owner"),
      ("- 角色：主体", "- 角色：主角", "policy.word.unknown"),
      ("| 字段 | 代号 | 类型 | 单位 | 提供 | 反向 |", "| 字段 | 代号 | 类型 | 单位 | 谁 | 反向 |", "policy.column.unknown"),
      ("| 合同号 | contract | 文本", "| 合同号 | contract | 字符", "policy.type.unknown"),
      ("- 时点：2023-06-01\n", "", "policy.example.date"),
      ("- 时点：2023-06-01", "- 时点：六月", "policy.facts.date"),
      ("- 时点：2023-06-01", "- 时点：2023-06-01\n- 参数：比例", "policy.example.override"),
      ("| L1 | 贴息 | 达标 | 200.00 |", "| L1 | 贴息 | 通过 | 200.00 |", "policy.example.verdict"),
      ("| L1 | 贴息 | 达标 | 200.00 |", "| L1 | 贴息 | 达标 | 二百 |", "policy.facts.number"),
    ])
  func mistake(old: String, new: String, code: String) throws {
    let (_, diagnostics) = try SmallPack.read(replacing: old, with: new)
    #expect(diagnostics.map(\.code).contains(code), "\(diagnostics.map(\.description))")
    for diagnostic in diagnostics {
      for language in Language.allCases {
        #expect(Catalogue.shared.has(diagnostic.code, in: language), "\(diagnostic.code) has no text")
        #expect(!diagnostic.description(in: language).contains("{"), "\(diagnostic.description(in: language))")
      }
    }
  }

  @Test(
    "a mistake in an example's facts or expectations gives its code",
    arguments: [
      ("| 甲 | 甲厂 | 100 | 71 |", "| 甲 | 甲厂 | 一百 | 71 |", "policy.facts.number"),
      ("| 企业 | 名称 | 人数 | 评分 |", "| 企业 | 名称 | 人口 | 评分 |", "policy.facts.column"),
      ("| 企业 | 名称 | 人数 | 评分 |", "| 企业 | 名称 | 人数（元） | 评分 |", "policy.facts.unit"),
      ("| 企业 | 名称 | 人数 | 评分 |", "| 企业 | 名称 | 营业收入 | 评分 |", "policy.facts.year"),
      ("| 企业 | 名称 | 人数 | 评分 |", "| 企业家 | 名称 | 人数 | 评分 |", "policy.facts.record"),
      (
        "| 企业 | 名称 | 人数 | 评分 |\n|---|---|---|---|\n| 甲 |", "| 企业 | 名称 | 人数 | 评分 |\n|---|---|---|---|\n|  |",
        "policy.facts.key-empty"
      ),
      ("| L1 | 甲 | 1000.00 | 2023-01-01 |", "| L1 | 乙 | 1000.00 | 2023-01-01 |", "policy.facts.reference"),
      ("| L1 | 甲 | 1000.00 | 2023-01-01 |", "| L1 | 甲 | 1000.00 | 2023-13-01 |", "policy.facts.date"),
      ("| L1 | 甲 | 1000.00 | 2023-01-01 |", "| L1 | 甲 | 1 | |\n| L1 | 甲 | 2 | |", "policy.facts.key-twice"),
      ("| L1 | 贴息 | 达标 | 200.00 |", "| L1 | 贴现 | 达标 | 200.00 |", "policy.example.target"),
      ("| L1 | 贴息 | 达标 | 200.00 |", "| L2 | 贴息 | 达标 | 200.00 |", "policy.example.subject"),
      ("| L1 | 贴息 | 达标 | 200.00 |", "| L1 | 贴息 | 达标 | 200.01 |", "policy.example.failed"),
      ("| L1 | 贴息 | 达标 | 200.00 |", "| L1 | 贴息 | 未达标 | |", "policy.example.failed"),
      ("- 时点：2023-06-01", "- 沿用：没有的例\n- 时点：2023-06-01", "policy.example.base"),
      ("- 时点：2023-06-01", "- 时点：2023-06-01\n- 参数：比率 = 1", "policy.parameter.unknown"),
      ("- 时点：2023-06-01", "- 时点：2023-06-01\n- 参数：比例 = 60 %", "policy.parameter.bounds"),
      ("- 时点：2023-06-01", "- 时点：2021-06-01", "policy.as-of.before"),
    ])
  func exampleMistake(old: String, new: String, code: String) throws {
    let (rulebook, _) = try SmallPack.read(replacing: old, with: new)
    let failures = rulebook.checkExamples().failures
    #expect(failures.map(\.code).contains(code), "\(failures.map(\.description))")
  }

  @Test("the place of a mistake is its line and column")
  func places() throws {
    let (_, diagnostics) = try SmallPack.read(replacing: "利息 * 比例", with: "利息 * 比利")
    let line = SmallPack.document.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.contains("利息 * 比例") }
    let problem = try #require(diagnostics.first { $0.code == "policy.name.unknown" })
    #expect(problem.place == SourcePlace(file: "doc.md", line: try #require(line) + 1, column: 20))
    #expect(problem.arguments["near"] == "比例")
  }

  @Test(
    "text that is no pack at all is refused, not crashed on",
    arguments: [
      "", "---", "---\n---", "\u{0}", "# 决策：", "### 决策：\n\n| U |\n|---|\n| |", "| a |", "- ：",
      String(repeating: "> ", count: 5000), String(repeating: "- ", count: 5000),
    ])
  func hostile(text: String) {
    let (rulebook, diagnostics) = Rulebook.read(
      PackSource(files: [.init(path: "pack.yaml", text: text), .init(path: "a.md", text: text)]))
    #expect(!diagnostics.isEmpty)
    #expect(rulebook.checkExamples().failures.isEmpty)
  }
}
