import Diagnostics
import Policy
import Testing

/// A mistake made in the small pack: one text replaced by another. `‸` in the new text marks the exact place that the
/// diagnostic must name; it is taken out before the pack is read.
struct Mistake: Sendable, CustomTestStringConvertible {
  var code: String
  var changes: [(old: String, new: String)]

  init(_ code: String, _ old: String, _ new: String, also: (String, String)? = nil) {
    self.code = code
    changes = [(old, new)] + [also].compactMap { $0 }
  }

  /// Something written before the last clause.
  init(_ code: String, adding text: String) { self.init(code, "# 其余\n", text + "\n\n# 其余\n") }

  var testDescription: String { "\(code): \(changes[0].new.prefix(60))" }

  /// The pack with the mistake, and where the mark stood.
  func made() throws -> (source: PackSource, place: SourcePlace) {
    var source = try SmallPack.source()
    for (old, new) in changes {
      try #require(source.files.contains { $0.text.contains(old) }, "\(old) is not in the pack")
      for index in source.files.indices { source.files[index].text.replace(old, with: new) }
    }
    var place: SourcePlace?
    for (index, file) in source.files.enumerated() {
      guard let mark = file.text.firstIndex(of: "‸") else { continue }
      let lines = file.text[..<mark].split(separator: "\n", omittingEmptySubsequences: false)
      place = SourcePlace(
        file: file.path, line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1)
      source.files[index].text.remove(at: mark)
    }
    return (source, try #require(place, "\(changes) marks no place"))
  }

  /// Everything that reading the pack and running its examples has to say.
  func diagnostics() throws -> (found: [Diagnostic], place: SourcePlace) {
    let (source, place) = try made()
    let (rulebook, diagnostics) = Rulebook.read(source)
    let report = rulebook.checkExamples()
    return (diagnostics + report.failures + report.unhit, place)
  }
}

extension Mistake {
  static let all =
    folder + dictionary + names + types + decisions + tables + parameters + schemes + declarations + clauses + examples

  private static let front = """
    ---
    id: doc
    title: 小办法
    issuer: 某市
    number: 未给出
    issued: 2022-01-01
    in-force: 2022-01-01..2030-01-01
    outline: [一, 二]

    """

  private static let folder = [
    Mistake("policy.manifest.id", "id: small", "‸id: 小"),
    Mistake("policy.uses.missing", "version: 1.0.0", "version: 1.0.0\n‸uses:\n  - pack: other"),
    Mistake("policy.front-matter.missing", front + "---\n", "‸"),
    Mistake("policy.front-matter.open", front + "---\n", "‸" + front),
    Mistake("policy.front-matter.key", "---\nid: doc\ntitle: 小办法\n", "‸---\nid: doc\n"),
    Mistake("policy.front-matter.key", "id: small\n", "‸"),
    Mistake("policy.front-matter.unknown", "version: 1.0.0", "version: 1.0.0\n‸author: 我"),
    Mistake("policy.front-matter.unknown", "issuer: 某市", "issuer: 某市\n‸author: 我"),
    Mistake("policy.yaml.syntax", "version: 1.0.0", "version: [1\n‸"),
    Mistake("policy.yaml.anchor", "issuer: 某市", "‸issuer: &a 某市"),
    Mistake("policy.word.unknown", "shared: true", "‸shared: 也许"),
    Mistake("policy.period.form", "in-force: 2022-01-01..2030-01-01", "‸in-force: 2022"),
    Mistake("policy.period.form", "in-force: 2022-01-01..2030-01-01", "‸in-force: 2030-01-01..2022-01-01"),
    Mistake("policy.keyword.unknown", "### 参数：奖励", "### ‸参散：奖励"),
    Mistake("policy.field.form", "- 代号：rate", "- 代号：rate\n- ‸没有冒号"),
    Mistake("policy.field.unknown", "- 不可计算：没有数字", "- ‸不可計算：没有数字"),
    Mistake("policy.field.not-here", "- 代号：rate", "- 代号：rate\n- ‸金额：3"),
    Mistake("policy.field.twice", "- 代号：rate", "- 代号：rate\n- ‸代号：rate2"),
    Mistake("policy.id.form", "- 代号：rate", "- 代号：‸率"),
  ]

  private static let dictionary = [
    Mistake("policy.type.unknown", "- 类型：文本", "- 类型：‸文字"),
    Mistake("policy.type.unknown", "| 合同号 | contract | 文本 |", "| 合同号 | contract | ‸字符 |"),
    Mistake("policy.unit.unknown", "| 人数 | staff | 数 | 人 |", "| 人数 | staff | 数 | ‸口 |"),
    Mistake("policy.field.redefined", "| 人数 | staff | 数 | 人 |", "| ‸编号 | staff | 数 | 人 |"),
    Mistake("policy.field.unused", "| 成立 | founded |", "| ‸成立 | founded |", also: ("shared: true\n", "")),
    Mistake("policy.period.annual", "年度 3", "‸每年"),
    Mistake("policy.record.table", "| 字段 | 代号 | 类型 | 单位 | 提供 | 反向 |", "‸| 字段 | 代号 | 种类 | 单位 | 提供 | 反向 |"),
    Mistake("policy.record.key", "- 主键：编号", "- 主键：‸编码"),
    Mistake("policy.record.display", "- 显示：名称", "- 显示：‸名字"),
    Mistake("policy.record.owner", "- 归属：借款人", "- 归属：‸借款"),
    Mistake("policy.record.division", "- 显示：名称", "- 显示：名称\n- 区划：‸区域"),
    Mistake("policy.record.relation", "- 归属：借款人", "- 归属：借款人\n- 角色：‸关系"),
    Mistake("policy.record.relation", "- 归属：借款人", "- 归属：借款人\n- 角色：‸承继"),
    Mistake("policy.record.link", "- 角色：主体", "- 角色：‸环节"),
    Mistake("policy.word.unknown", "- 角色：主体", "- 角色：‸主角"),
    Mistake("policy.word.unknown", "- 归属：借款人", "- 归属：借款人\n- 用途：‸展示"),
    Mistake("policy.column.unknown", "| 字段 | 代号 | 类型 | 单位 | 提供 | 反向 |", "| 字段 | 代号 | 类型 | 单位 | ‸谁 | 反向 |"),
  ]

  private static let names = [
    Mistake("policy.name.empty", "### 参数：比例", "### ‸参数："),
    Mistake("policy.name.punctuation", "### 参数：比例", "### 参数：‸比例（市）"),
    Mistake("policy.name.twice", "### 待遇：奖\n", "### 待遇：‸贴息\n"),
    Mistake("policy.name.shadows", "### 参数：奖励", "### 参数：‸人数"),
    Mistake("policy.name.unknown", "利息 * 比例", "利息 * ‸比利"),
    Mistake("policy.name.unknown", "| U | 人数 | 档 |", "| U | ‸人頭 | 档 |"),
    Mistake("policy.name.member", "round half up(利息 * 比例, 2)", "‸借款人.员工"),
    Mistake("policy.unit.mismatch", "round half up(利息 * 比例, 2)", "‸利息 + 借款人.人数"),
    Mistake("policy.unit.mismatch", "- 适用：利息 > 0", "- 适用：‸利息 > 借款人.人数"),
    Mistake("policy.unit.mismatch", "- 金额：贴息额", "- 金额：‸借款人.人数"),
  ]

  private static let decisions = [
    Mistake(
      "policy.decision.type", "### 决策：档\n\n- 对象：企业\n- 类型：文本\n", "### 决策：‸档\n\n- 对象：企业\n"),
    Mistake(
      "policy.decision.body", "### 决策：贴息额\n\n- 对象：贷款\n- 类型：数（元）\n\n```feel\nround half up(利息 * 比例, 2)\n```\n",
      "### 决策：‸贴息额\n\n- 对象：贷款\n- 类型：数（元）\n"),
    Mistake(
      "policy.decision.cycle", "### 决策：贴息额\n\n- 对象：贷款\n- 类型：数（元）\n\n```feel\nround half up(利息 * 比例, 2)\n```\n",
      "### 决策：‸贴息额\n\n- 对象：贷款\n- 类型：数（元）\n\n```feel\n贴息额 * 比例\n```\n"),
    Mistake("policy.decision.overlap", "### 决策：贴息额", "### 决策：‸档"),
    Mistake(
      "policy.table.cliff", "round half up(利息 * 比例, 2)", "if 利息 > ‸1000 then 0 else round half up(利息 * 比例, 2)"),
  ]

  private static let types = [
    Mistake("policy.type.result", "round half up(利息 * 比例, 2)", "‸string(利息)"),
    Mistake("policy.type.field", "- 适用：利息 > 0", "- 适用：‸利息"),
    Mistake("policy.type.field", "- 金额：奖励", "- 金额：奖励\n- 封顶：合计 ‸名称"),
    Mistake("policy.type.parameter", "- 默认：20 %（建议）", "- 类型：文本\n- 默认：‸20 %"),
    Mistake(
      "policy.type.value", "| L1 | 贴息 | 达标 | 200.00 |",
      "| L1 | 贴息 | 达标 | 200.00 |\n\n| 应得 | 决策 | 值 |\n|---|---|---|\n| L1 | 贴息额 | ‸\"多\" |"),
  ]

  private static let header = "| U | 人数 | 档 |\n|---|---|---|\n|   | i | o |\n"
  private static let rules = header + "| 1 | <= 100 | \"小\" |\n| 2 | > 100 |"

  private static let tables = [
    Mistake("policy.table.hit-policy", "| U | 人数 | 档 |", "| ‸Z | 人数 | 档 |"),
    Mistake("policy.table.marker", header, "‸| U | 人数 | 档 |\n|---|---|---|\n"),
    Mistake("policy.table.marker-cell", "|   | i | o |", "|   | i | ‸x |"),
    Mistake("policy.table.output", "|   | i | o |", "|   ‸| i | i |"),
    Mistake("policy.table.gap", rules, "‸" + rules.replacing("> 100", with: "> 200")),
    Mistake("policy.table.overlap", "| 2 | > 100 |", "| ‸2 | >= 100 |"),
    Mistake("policy.table.unanalysed", "| 2 | > 100 |", "| 2 | ‸> 评分 |"),
    Mistake("policy.table.unanalysed.form", "| 2 | > 100 |", "| 2 | ‸modulo(?, 2) = 1 |"),
    Mistake("policy.rule.unhit", "| 2 | > 100 |", "| ‸2 | > 100 |"),
    Mistake("policy.rule.dead", "| 2 | > 100 |", "| 2 | > 100 | \"大\" |\n| 3 | ‸< 0 |"),
    Mistake(
      "policy.rule.masked", rules,
      header.replacing("U", with: "F") + "| 1 | <= 100 | \"小\" |\n| ‸3 | < 50 | \"小\" |\n| 2 | > 100 |"),
    Mistake("policy.table.too-large", adding: largeTable),
  ]

  /// Thirty rules over twelve inputs, each cutting every other.
  private static let largeTable: String = {
    let columns = 12
    var lines = [
      "### 决策：大表\n\n- 对象：企业\n- 类型：数（家）\n", "‸| U |" + String(repeating: " 人数 |", count: columns) + " 家数 |",
      String(repeating: "|---", count: columns + 2) + "|", "|   |" + String(repeating: " i |", count: columns) + " o |",
    ]
    for rule in 0..<30 {
      let cells = (0..<columns).map { column in
        let start = (rule * 7 + column * 11) % 30
        return " [\(start)..\(start + 25)] |"
      }
      lines.append("| \(rule) |" + cells.joined() + " 1 |")
    }
    return lines.joined(separator: "\n")
  }()

  private static let parameters = [
    Mistake(
      "policy.parameter.state", "### 参数：奖励\n\n- 代号：award\n- 未定：条文没有给出数额\n", "### 参数：‸奖励\n\n- 代号：award\n"),
    Mistake("policy.parameter.reason", "- 未定：条文没有给出数额", "- ‸未定："),
    Mistake("policy.parameter.id", "### 参数：比例\n\n- 代号：rate\n", "### 参数：‸比例\n\n"),
    Mistake("policy.parameter.bounds", "- 默认：20 %（建议）", "- 默认：‸60 %"),
    Mistake("policy.parameter.choice", "- 未定：条文没有给出数额", "- 取值：甲、乙\n- 默认：‸丙"),
    Mistake("policy.parameter.number", "- 时点：2023-06-01", "- 时点：2023-06-01\n- 参数：‸比例 = 两成"),
    Mistake("policy.parameter.unknown", "- 时点：2023-06-01", "- 时点：2023-06-01\n- 参数：‸比率 = 1"),
    Mistake("policy.parameter.unused", adding: "### 参数：‸闲置\n\n- 代号：idle\n- 数值：3"),
    Mistake("policy.parameter.overlap", "### 参数：奖励", "### 参数：‸比例"),
  ]

  private static let award = "### 待遇：奖\n\n- 对象：企业\n- 金额：奖励\n"
  private static let test = "\n| 资格 | 判据 | 不符时 |\n|---|---|---|\n| 评分够 | 评分 > 70 | 评分不够 |\n"

  private static let schemes = [
    Mistake("policy.scheme.about", "### 待遇：贴息\n\n- 对象：贷款\n", "### 待遇：‸贴息\n\n"),
    Mistake("policy.record.unknown", "- 对象：贷款\n- 适用：利息 > 0", "- 对象：‸货款\n- 适用：利息 > 0"),
    Mistake("policy.scheme.eligible", award + test, award.replacing("：奖\n", with: "：‸奖\n")),
    Mistake("policy.scheme.amount", award, "### 待遇：‸奖\n\n- 对象：企业\n"),
    Mistake("policy.scheme.table", test, test.replacing("| 资格 |", with: "‸| 条件 |")),
    Mistake("policy.scheme.overlap", adding: "### 待遇：‸奖\n\n- 对象：企业\n- 金额：奖励\n- 资格：true"),
    Mistake("policy.stacking.unknown", "- 金额：奖励", "- 金额：奖励\n- 不叠加：贴息、‸奖金（市）"),
    Mistake("policy.stacking.self", "- 金额：奖励", "- 金额：奖励\n- 不叠加：‸奖"),
    Mistake("policy.stacking.alone", "- 金额：奖励", "- 金额：奖励\n- 择优：‸奖补"),
    Mistake("policy.stacking.cap", "- 金额：奖励", "- 金额：奖励\n- 封顶：‸50 %"),
    Mistake("policy.reference.unknown", "- 金额：奖励", "- 金额：奖励\n- 资金：‸专项资金"),
  ]

  private static func steps(_ rows: String) -> String { "### 办件：兑付\n\n| 环节 | 下一步 |\n|---|---|\n" + rows }

  private static let declarations = [
    Mistake("policy.case.table", adding: "### 办件：兑付\n\n‸| 环节 | 由谁 |\n|---|---|\n| 受理 | 市局 |"),
    Mistake("policy.case.step", adding: steps("| 受理 | 审核、‸复审 |\n| 审核 | 办结 |")),
    Mistake("policy.case.unreachable", adding: steps("| 受理 | 办结 |\n| ‸审核 | 办结 |")),
    Mistake("policy.case.stuck", adding: steps("| 受理 | 审核、办结 |\n| 审核 | ‸审核 |")),
    Mistake("policy.word.unknown", adding: "### 目标：企业数\n\n- 数值：>= 50 家\n- 性质：存量、‸总量"),
    Mistake("policy.word.unknown", adding: "### 目标：企业数\n\n- 数值：>= 50 家\n- 方向：‸增加"),
    Mistake("policy.attribute.unknown", adding: "### 画像：全貌\n\n- 对象：企业\n- 指标：‸产值"),
    Mistake("policy.attribute.kind", adding: "### 画像：全貌\n\n- 对象：企业\n- 风险：‸营业收入"),
    Mistake("policy.facts.date", adding: "### 单位：市局\n\n- 自：‸去年"),
  ]

  private static let clauses = [
    Mistake("policy.outline.missing", front, "‸" + front.replacing("outline: [一, 二]\n", with: "")),
    Mistake("policy.clause.missing", "outline: [一, 二]", "‸outline: [一, 二, 三]"),
    Mistake("policy.clause.unknown", "- 条款：二", "- 条款：‸三"),
    Mistake("policy.clause.silent", "# 其余\n\n- 条款：二\n- 不可计算：没有数字", "# ‸其余\n\n- 条款：二"),
    Mistake(
      "policy.body.unknown", "# 其余\n\n- 条款：二\n", "### 单位：市局\n\n# 其余\n\n- 条款：二\n- 责任：市局、‸县局\n"),
    Mistake("policy.body.unknown", adding: "### 单位：市局\n\n### 目标：企业数\n\n- 数值：>= 50 家\n- 牵头：‸县局"),
  ]

  private static let firms = "| 企业 | 名称 | 人数 | 评分 |\n|---|---|---|---|\n| 甲 | 甲厂 | 100 | 71 |"
  private static let loan = "| L1 | 甲 | 1000.00 | 2023-01-01 |"
  private static let expected = "| L1 | 贴息 | 达标 | 200.00 |"

  private static let examples = [
    Mistake("policy.example.expects", adding: "### 例：‸空\n\n- 时点：2023-06-01"),
    Mistake("policy.example.date", "### 例：一家\n\n- 时点：2023-06-01\n", "### 例：‸一家\n"),
    Mistake("policy.example.base", "### 例：一家\n", "### 例：‸一家\n\n- 沿用：没有的例\n"),
    Mistake("policy.example.override", "- 时点：2023-06-01", "- 时点：2023-06-01\n- 参数：‸比例"),
    Mistake("policy.parameter.bounds", "- 时点：2023-06-01", "- 时点：2023-06-01\n- 参数：‸比例 = 60 %"),
    Mistake("policy.example.verdict", expected, "| L1 | 贴息 | ‸通过 | 200.00 |"),
    Mistake("policy.facts.number", expected, "| L1 | 贴息 | 达标 | ‸二百 |"),
    Mistake("policy.example.target", expected, "| ‸L1 | 贴现 | 达标 | 200.00 |"),
    Mistake("policy.example.subject", expected, "| ‸L2 | 贴息 | 达标 | 200.00 |"),
    Mistake("policy.example.failed", expected, "| ‸L1 | 贴息 | 达标 | 200.01 |"),
    Mistake("policy.example.failed", expected, "| ‸L1 | 贴息 | 未达标 | |"),
    Mistake("policy.facts.date", "- 时点：2023-06-01", "- 时点：‸六月"),
    Mistake("policy.as-of.before", "- 时点：2023-06-01", "- 时点：2021-06-01", also: (front, "‸" + front)),
    Mistake("policy.facts.record", firms, "‸" + firms.replacing("| 企业 |", with: "| 企业家 |")),
    Mistake("policy.facts.column", "| 企业 | 名称 | 人数 | 评分 |", "| 企业 | 名称 | ‸人口 | 评分 |"),
    Mistake("policy.facts.year", "| 企业 | 名称 | 人数 | 评分 |", "| 企业 | 名称 | ‸营业收入 | 评分 |"),
    Mistake("policy.facts.unit", "| 企业 | 名称 | 人数 | 评分 |", "| 企业 | 名称 | ‸人数（元） | 评分 |"),
    Mistake("policy.facts.key-empty", "| 甲 | 甲厂 | 100 | 71 |", "| 甲 | 甲厂 | 100 | 71 |\n|  ‸| 乙厂 | 1 | |"),
    Mistake("policy.facts.key-twice", loan, "| L1 | 甲 | 1 | |\n| ‸L1 | 甲 | 2 | |"),
    Mistake("policy.facts.value", firms, "| 企业 | 规模 |\n|---|---|\n| 甲 | ‸中 |"),
    Mistake("policy.facts.date", loan, "| L1 | 甲 | 1000.00 | ‸2023-13-01 |"),
    Mistake(
      "policy.facts.boolean", "| 甲 | 甲厂 | 100 | 71 |", "| 甲 | 甲厂 | 100 | ‸也许 |",
      also: ("| 评分 | score | 数 | 分 |", "| 评分 | score | 是否 | |")),
    Mistake("policy.facts.number", "| 甲 | 甲厂 | 100 | 71 |", "| 甲 | 甲厂 | ‸一百 | 71 |"),
    Mistake("policy.facts.reference", loan, "| ‸L1 | 乙 | 1000.00 | 2023-01-01 |"),
  ]
}
