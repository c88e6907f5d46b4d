import Diagnostics
import FEEL
import Testing

@testable import Policy

@Suite("Types through a pack")
struct TypeCheckTests {
  @Test("a mistake of type gives its code", arguments: mistakes)
  func mistake(old: String, new: String, codes: [String]) throws {
    let (_, diagnostics) = try SmallPack.read(replacing: old, with: new)
    // What a mistyped cell does to its table is told as well, by the checks of tables.
    let found = diagnostics.filter {
      !["policy.parameter.unused", "policy.table.gap", "policy.rule.dead"].contains($0.code)
    }
    #expect(found.map(\.code) == codes, "\(found.map(\.description))")
    for diagnostic in found {
      #expect(diagnostic.severity == .error)
      #expect(diagnostic.problem(in: .chinese).contains("{") == false)
      #expect(diagnostic.remedy(in: .chinese)?.contains("{") == false)
    }
  }

  private static let amount = "round half up(利息 * 比例, 2)"
  private static let input = "| U | 人数 | 档 |"
  private static let condition = "档(借款人) = \"小\""
  private static let expectation = "| L1 | 贴息 | 达标 | 200.00 |"

  static let mistakes: [(String, String, [String])] = [
    (amount, "利息 + \"元\"", ["feel.type.operands"]), (amount, "利息.年", ["feel.type.property.none"]),
    (amount, "起息日.年", ["feel.type.property"]), (amount, "起息日.year", []),
    (amount, "round half up(利息)", ["feel.type.builtin.arity"]),
    (amount, "round half up(起息日, 2)", ["feel.type.builtin.argument"]), (amount, "string(利息)", ["policy.type.result"]),
    (amount, "if 利息 then 1 else 2", ["feel.type.condition"]), (amount, "if 起息日 > 时点 then 1 else 2", []),
    (amount, "时点.year + 万", []), (amount, "借款人.贷款[1].借款人.成立 - 时点", ["policy.type.result"]),
    (amount, "借款人.贷款.利率", ["policy.name.member", "policy.type.result"]), (amount, "sum(借款人.贷款.利息)", []),
    (amount, "sum(借款人.贷款.起息日)", ["feel.type.builtin.argument"]),
    (amount, "sum(借款人.贷款[利息 > \"a\"].利息)", ["feel.type.operands"]),
    (amount, "借款人.营业收入 / 3", ["feel.type.operands"]), (amount, "借款人.营业收入[1] / 3", []),
    (amount, "min(借款人.贷款[借款人.规模 = 1].利息)", ["feel.type.operands"]), (amount, "贷款.利息 * 比例", []),
    (amount, "sum(for 笔 in 借款人.贷款 return 笔.借款人.人员)", ["policy.name.member"]),
    ("- 类型：数（元）", "- 类型：日期", ["policy.type.result", "policy.type.field"]),
    ("| 2 | > 100 | \"大\" |", "| 2 | > 100 | 1 |", ["policy.type.result"]),
    ("| 2 | > 100 | \"大\" |", "| 2 | \"大\" | \"大\" |", ["feel.type.test"]),
    ("| 2 | > 100 | \"大\" |", "| 2 | > 100 | \"大\" + 1 |", ["feel.type.operands"]),
    ("|   | i | o |", "|   | i | o 取 \"大\", \"中\" |", ["dmn.table.outputNotAllowed"]),
    ("|   | i | o |", "|   | i 取 \"大\" | o |", ["feel.type.test"]),
    (input, "| U | 营业收入 | 档 |", ["feel.type.test", "feel.type.test"]),
    (input, "| U | 营业收入[1] | 档 |", []), (input, "| U | count(贷款) | 档 |", []),
    (input, "| U | 人数 + 名称 | 档 |", ["feel.type.operands"]),
    (input, "| U | sum(贷款.利率) | 档 |", ["policy.name.member"]),
    (input, "| U | 贷款[1].借款人.成立 | 档 |", ["feel.type.test", "feel.type.test"]),
    (condition, "档(借款人) = 1", ["feel.type.operands"]), (condition, "档(借款人)", ["policy.type.field"]),
    (condition, "档(利息) = \"小\"", ["feel.type.argument"]),
    (condition, "档() = \"小\"", ["feel.type.arity"]), (condition, "档(企业: 借款人) = \"小\"", []),
    (condition, "档(人: 借款人) = \"小\"", ["feel.type.parameter"]),
    (condition, "借款人.规模 in (\"大\", \"小\") and 利息", ["feel.type.logic"]),
    ("- 适用：利息 > 0", "- 适用：利息", ["policy.type.field"]), ("- 适用：利息 > 0", "- 适用：利息 > 0\n- 复核：起息日", ["policy.type.field"]),
    ("- 适用：利息 > 0", "- 适用：利息 > 0\n- 依据日期：利息", ["policy.type.field"]), ("- 适用：利息 > 0", "- 适用：利息 > 0\n- 依据日期：起息日", []),
    ("- 金额：贴息额", "- 金额：贴息额\n- 封顶：合计 成立", ["policy.type.field"]), ("- 金额：贴息额", "- 金额：起息日", ["policy.type.field"]),
    ("- 金额：贴息额", "- 金额：if 利息 > 0 then 贴息额 else null", []),
    ("- 默认：20 %（建议）", "- 类型：文本\n- 默认：20 %", ["policy.type.parameter", "feel.type.test", "feel.type.operands"]),
    (expectation, "\(expectation)\n\n| 应得 | 决策 | 值 |\n|---|---|---|\n| L1 | 贴息额 | \"多\" |", ["policy.type.value"]),
    (expectation, "\(expectation)\n\n| 应得 | 决策 | 值 |\n|---|---|---|\n| L1 | 贴息额 | 200.00 |", []),
  ]

  @Test(
    "what decisions and functions give is known where they are used",
    arguments: [
      ("列表", "[{名: \"a\", 数: 1}]", "清单[1].数", []), ("列表", "[{名: \"a\", 数: 1}]", "清单[1].名", ["policy.type.result"]),
      ("列表", "[{名: \"a\", 数: 1}]", "清单[1].量", ["feel.type.entry"]), ("列表", "[1, 2]", "sum(清单)", []),
      ("列表", "1", "1", ["policy.type.result"]), ("上下文", "{名: \"a\", 数: 利息}", "清单.数", []),
      ("上下文", "{名: \"a\"}", "清单.数", ["feel.type.entry"]), ("上下文", "[1]", "1", ["policy.type.result"]),
    ])
  func inner(type: String, body: String, use: String, codes: [String]) throws {
    let decision = "### 决策：清单\n\n- 对象：贷款\n- 类型：\(type)\n\n```feel\n\(body)\n```\n\n"
    let (_, diagnostics) = try SmallPack.read(
      replacing: "### 决策：贴息额\n\n- 对象：贷款\n- 类型：数（元）\n\n```feel\nround half up(利息 * 比例, 2)\n",
      with: "\(decision)### 决策：贴息额\n\n- 对象：贷款\n- 类型：数（元）\n\n```feel\n\(use)\n")
    let found = diagnostics.filter { !["policy.parameter.unused", "policy.name.unknown"].contains($0.code) }
    #expect(found.map(\.code) == codes, "\(found.map(\.description))")
  }

  @Test(
    "functions are held to their parameters",
    arguments: [
      ("折(利息, \"一\")", []), ("折(额: 利息, 类: \"一\")", []), ("折(起息日, \"一\")", ["feel.type.argument"]),
      ("折(利息)", ["feel.type.arity"]), ("折(额: 利息, 别: \"一\")", ["feel.type.parameter"]),
    ])
  func functions(use: String, codes: [String]) throws {
    let function = "### 函数：折\n\n- 参数：额（数（元））、类（文本）\n- 类型：数（元）\n\n```feel\nif 类 = \"一\" then 额 else 0\n```\n\n"
    let (_, diagnostics) = try SmallPack.read(
      replacing: "### 决策：贴息额\n\n- 对象：贷款\n- 类型：数（元）\n\n```feel\nround half up(利息 * 比例, 2)\n",
      with: "\(function)### 决策：贴息额\n\n- 对象：贷款\n- 类型：数（元）\n\n```feel\n\(use)\n")
    let found = diagnostics.filter { $0.code != "policy.parameter.unused" }
    #expect(found.map(\.code) == codes, "\(found.map(\.description))")
  }

  @Test("the place is the line and column of the part that is wrong")
  func places() throws {
    let (_, diagnostics) = try SmallPack.read(replacing: "利息 * 比例", with: "利息 + 借款人.名称")
    let lines = SmallPack.document.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("利息 * 比例") })
    let problem = try #require(diagnostics.first { $0.code == "feel.type.operands" })
    #expect(problem.place == SourcePlace(file: "doc.md", line: line + 1, column: 15))
    #expect(problem.arguments["left"] == "number" && problem.arguments["right"] == "string")
  }

  @Test("what the decisions of this project give is of the types inferred", arguments: ProjectPacks.names)
  func projectValues(name: String) throws {
    let used = name == "national" ? [] : [try ProjectPacks.source("national")]
    let (rulebook, _) = Rulebook.read(try ProjectPacks.source(name), using: used)
    let types = PolicyTypes(rulebook)
    var count = 0
    for example in rulebook.examples where example.citation.pack == name {
      guard let asOf = rulebook.asOf(of: example) else { continue }
      let session = Session(rulebook, facts: rulebook.facts(of: example).facts, asOf: asOf, detail: .none)
      for expectation in example.expectations where expectation.targetIsDecision {
        let target = expectation.target ?? ""
        guard let decision = rulebook.versions(ofDecision: target).first(where: { $0.inForce.contains(asOf) }) else {
          continue
        }
        let type = try #require(types.result(of: decision.name))
        let value = rulebook.withValue(of: target, subject: expectation.subject ?? "", in: session) {
          ($0.value.conforms(to: type), $0.value.feelDescription)
        }
        guard let value else { continue }
        count += 1
        #expect(value.0, "\(decision.name): \(value.1) is no \(type)")
      }
    }
    #expect(count > 10)
  }
}
