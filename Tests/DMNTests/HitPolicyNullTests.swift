import DMN
import Diagnostics
import FEEL
import Testing

@Suite("Decision tables: nulls, nothing found, priorities and Chinese names")
struct HitPolicyNullTests {
  private func check(_ text: String, _ x: String, _ expected: String, warns code: String? = nil) throws {
    let evaluation = try table(text).evaluate(in: bindings(["x": x]))
    #expect(show(evaluation.evaluation) == expected, "\(text)")
    #expect(evaluation.warnings.first?.code == code, "\(text)")
  }

  @Test(
    "a null input is matched by - and by null alone",
    arguments: [
      ("U", "null", "dmn.table.severalMatches"), ("A", "null", "dmn.table.differentOutputs"),
      ("P", "\"任意\"", nil), ("F", "\"空\"", nil), ("R", "[\"空\", \"任意\"]", nil), ("O", "[\"任意\", \"空\"]", nil),
      ("C", "[\"空\", \"任意\"]", nil), ("C#", "2", nil), ("C<", "\"任意\"", nil), ("C>", "\"空\"", nil),
      ("C+", "null", "feel.builtin.item"),
    ] as [(String, String, String?)])
  func nullInputs(policy: String, expected: String, code: String?) throws {
    let rows = " | x || 结果: \"任意\", \"大\", \"空\"\nnull || \"空\"\n> 10 || \"大\"\nnot(null) || \"大\"\n- || \"任意\""
    try check(policy + rows, "null", expected, warns: code)
  }

  @Test(
    "a null output is a result like others, and the last in order",
    arguments: [
      ("U", "null", "dmn.table.severalMatches"), ("A", "null", "dmn.table.differentOutputs"), ("P", "2", nil),
      ("F", "null", nil), ("R", "[null, 2]", nil), ("O", "[2, null]", nil), ("C", "[null, 2]", nil),
      ("C+", "null", nil), ("C<", "null", nil), ("C>", "null", nil), ("C#", "2", nil),
    ] as [(String, String, String?)])
  func nullOutputs(policy: String, expected: String, code: String?) throws {
    try check(policy + " | x || y: 1, 2\n- || null\n- || 2", "1", expected, warns: code)
  }

  @Test("nulls agree with each other under any")
  func anyOfNulls() throws { try check("A | x || y\n- || null\n- || null", "1", "null") }

  @Test(
    "nothing found: null, zero for a count, the default where there is one",
    arguments: ["U", "A", "P", "F", "R", "O", "C", "C+", "C<", "C>", "C#"])
  func nothing(policy: String) throws {
    let none = policy == "C#" ? "0" : "null"
    try check(policy + " | x || y: 1, 2\n> 10 || 1", "5", none)
    try check(policy + " | x || y: 1, 2\n> 10 || 1", "null", none)
    try check(policy + " | x || y: 1, 2", "5", none)
    try check(policy + " | x || y = 2: 1, 2\n> 10 || 1", "5", "2")
  }

  @Test(
    "output order counts output by output; equals keep the order of the rules",
    arguments: [
      ("1", #"[{状态: "准", 等级: "甲"}, {状态: "准", 等级: "乙"}, {状态: "准", 等级: "乙"}, {状态: "拒", 等级: "甲"}]"#)
    ])
  func outputOrder(x: String, expected: String) throws {
    try check(
      "O | x || 状态: \"准\", \"拒\" | 等级: \"甲\", \"乙\"\n- || \"拒\" | \"甲\"\n- || \"准\" | \"乙\"\n- || \"准\" | \"乙\"\n- || \"准\" | \"甲\"",
      x, expected)
  }

  @Test("an output that is not allowed is null, and the last in order")
  func notAllowed() throws {
    try check("O | x || y: 1, 2\n- || 3\n- || 2\n- || 1", "1", "[1, 2, null]", warns: "dmn.table.outputNotAllowed")
    try check("P | x || y: 1, 2\n- || 3\n- || 2", "1", "2", warns: "dmn.table.outputNotAllowed")
    try check("F | x || y: 1, 2\n- || 3\n- || 2", "1", "null", warns: "dmn.table.outputNotAllowed")
  }

  @Test(
    "what can be ordered has a least and a greatest",
    arguments: [
      ("C<", "@\"2024-02-01\"", "@\"2024-01-01\"", "2024-01-01"), ("C>", "\"甲\"", "\"乙\"", "\"甲\""),
      ("C>", "@\"PT1H\"", "@\"PT59M\"", "PT1H"), ("C<", "1", "\"a\"", "null"), ("C+", "0.1", "0.2", "0.3"),
      ("C+", "[1, 2]", "[3]", "null"), ("C#", "[1, 2]", "[3]", "2"),
    ])
  func aggregates(policy: String, a: String, b: String, expected: String) throws {
    let evaluation = try table(policy + " | x || y\n- || \(a)\n- || \(b)").evaluate(in: bindings(["x": "1"]))
    #expect(show(evaluation.evaluation) == expected)
  }

  @Test(
    "Chinese names of several words, in inputs, outputs and what reads them",
    arguments: [
      ("5000", "true", "\"甲\""), ("100", "true", "\"乙\""), ("100", "null", "null"), ("null", "true", "\"乙\""),
    ])
  func chineseNames(income: String, listed: String, expected: String) throws {
    let rules = try table(
      "F | 营业 收入 | 是否 入库 || 扶持 等级 | 金额（万元）\n> 1000 | true || \"甲\" | 营业 收入 / 100\n- | true || \"乙\" | 0",
      names: ["营业 收入"])
    let model = linked([
      given("营业 收入", type: "number"), given("是否 入库", type: "boolean"),
      try decision("评定 结果", .table(rules), needs: ["营业 收入", "是否 入库"]),
      try decision("等级", "评定 结果.扶持 等级", needs: ["评定 结果"]),
    ])
    #expect(model.diagnostics == [])
    let inputs: [ElementName: Value] = ["营业 收入": try value(income), "是否 入库": try value(listed)]
    #expect(show(try model.evaluate(decision: "等级", inputs: inputs).evaluation) == expected)
  }
}
