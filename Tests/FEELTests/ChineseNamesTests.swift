import Diagnostics
import FEEL
import Testing

@Suite struct ChineseNamesTests {
  private static let bindings: Bindings = [
    "单户授信": .number(1000), "单户 授信": .number(2), "贷款（万元）": .number(3), "R&D": .number(4), "研发-费用": .number(5),
    "𠮷野家": .number(6), "年度 and 季度": .number(7), "A类、B类": .number(8), "研发": .number(50), "费用": .number(20),
    "企业": .context(Context([("名称", .string("天山智能")), ("注册 资本", .number(9))])), "百分之50": .number(10),
    "金额·元": .number(11), "Ⅱ类": .number(12), "O’Neill": .number(13),
  ]

  @Test(
    "Chinese names, with spaces, marks and rare characters",
    arguments: [
      ("单户授信 / 10", "100"), ("单户 授信", "2"), ("单户　授信", "2"), ("贷款（万元） + 1", "4"), ("研发-费用", "5"), ("研发 - 费用", "5"),
      ("(研发)-(费用)", "30"), ("𠮷野家", "6"), ("年度 and 季度", "7"), ("A类、B类", "8"), ("企业.名称", "\"天山智能\""),
      ("企业.注册 资本", "9"), ("百分之50", "10"), ("金额·元", "11"), ("Ⅱ类", "12"), ("O'Neill", "13"),
      ("if 单户授信>=1000 then \"够\" else \"不够\"", "\"够\""), ("{甲乙: 1, 丙: 甲乙+1}.丙", "2"), ("{🐎: 1}.🐎", "1"),
      ("for 年 in 1..3 return 年*年", "[1, 4, 9]"), ("[{等级: \"甲\"}, {等级: \"乙\"}][等级 = \"乙\"].等级", "[\"乙\"]"),
      ("{函数: function(甲, 乙: number) 甲 ** 乙, 值: 函数(乙: 3, 甲: 2)}.值", "8"),
    ])
  func names(source: String, expected: String) {
    #expect(evaluated(source, in: Self.bindings, members: ["注册 资本"]) == expected)
  }

  @Test(
    "a full-width mark in an unknown name is pointed out",
    arguments: [
      ("单户授信，研发", "，", ","), ("单户授信＞1", "＞", ">"), ("max（单户授信）", "（", "("), ("研发、费用", "、", ","), ("研发＝费用", "＝", "="),
      ("研发。", "。", "."),
    ])
  func marks(source: String, mark: String, half: String) throws {
    let warning = try #require(try evaluation(source, in: Self.bindings).warnings.first)
    #expect(warning.code == "feel.evaluate.unknownName.mark")
    #expect(warning.arguments["mark"] == mark && warning.arguments["half"] == half)
    #expect(warning.remedy(in: .chinese)?.contains(half) == true)
  }

  @Test("Chinese quotation marks are refused with the mend", arguments: ["“甲”", "研发 = “甲”", "研发 × 2", "研发 ≥ 2"])
  func quotes(source: String) {
    #expect(evaluated(source, in: Self.bindings) == "syntax: feel.syntax.fullWidth")
  }

  @Test("a mistyped name suggests the near one")
  func near() throws {
    let entry = try #require(try evaluation("企业.名秤", in: Self.bindings).warnings.first)
    #expect(entry.arguments["near"] == "名称")
    let builtin = try #require(try evaluation("substrin(\"a\", 1)").warnings.first)
    #expect(builtin.arguments["near"] == "substring")
  }

  @Test("unknown names are told before anything is evaluated")
  func unknownNames() throws {
    let names = KnownNames(["单户授信", "研发费用"])
    let expression = try Expression(parsing: "单户授信 +\n 研发废用 + list[任意 = 1] + 甲，乙", names: names)
    let found = expression.unknownNames(among: names)
    #expect(
      found.map(\.code) == ["near", nil, "mark"].map { "feel.evaluate.unknownName" + ($0.map { "." + $0 } ?? "") })
    #expect(found.first?.arguments["near"] == "研发费用")
    #expect(found.first?.place == SourcePlace(file: "feel", line: 2, column: 2))
  }
}
