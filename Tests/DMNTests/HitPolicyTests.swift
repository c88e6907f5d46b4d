import DMN
import Diagnostics
import FEEL
import Testing

@Suite("Decision tables: hit policies")
struct HitPolicyTests {
  private func check(_ text: String, _ x: String, _ expected: String, warns code: String? = nil) throws {
    let evaluation = try table(text).evaluate(in: bindings(["x": x]))
    #expect(show(evaluation.evaluation) == expected)
    #expect(evaluation.warnings.first?.code == code)
  }

  private static let overlapping = """
     | x    || 结果: "高", "中", "低"
    > 30    || "低"
    > 10    || "高"
    > 20    || "中"
    > 30    || "低"
    """

  @Test(
    "each policy chooses among the rules that match",
    arguments: [
      ("U", "5", "null", nil), ("U", "15", "\"高\"", nil), ("U", "25", "null", "dmn.table.severalMatches"),
      ("A", "15", "\"高\"", nil), ("A", "25", "null", "dmn.table.differentOutputs"),
      ("P", "35", "\"高\"", nil), ("F", "35", "\"低\"", nil), ("F", "25", "\"高\"", nil),
      ("R", "35", #"["低", "高", "中", "低"]"#, nil), ("O", "35", #"["高", "中", "低", "低"]"#, nil),
      ("C", "35", #"["低", "高", "中", "低"]"#, nil), ("C#", "35", "4", nil), ("C#", "5", "0", nil),
      ("C", "5", "null", nil), ("R", "5", "null", nil), ("O", "5", "null", nil), ("P", "5", "null", nil),
      ("F", "null", "null", nil),
    ] as [(String, String, String, String?)])
  func policies(policy: String, x: String, expected: String, code: String?) throws {
    try check(policy + Self.overlapping, x, expected, warns: code)
  }

  @Test(
    "a collecting table aggregates numbers",
    arguments: [
      ("C+", "3", "60.5"), ("C<", "3", "10"), ("C>", "3", "30.5"), ("C#", "3", "3"), ("C+", "1", "10"),
      ("C+", "0", "null"),
      ("C<", "0", "null"),
    ])
  func aggregation(policy: String, x: String, expected: String) throws {
    try check(policy + " | x || 金额\n>= 1 || 10\n>= 2 || 20\n>= 3 || 30.5", x, expected)
  }

  @Test("a null among the outputs is left to the aggregation's function")
  func nullOutputs() throws {
    try check("C+ | x || y\n- || 1\n- || null", "1", "null")
    try check("C# | x || y\n- || 1\n- || null", "1", "2")
  }

  @Test("equal outputs agree under any")
  func anyAgrees() throws {
    try check("A | x || y\n> 1 || 1 + 1\n> 2 || 2.0", "5", "2")
  }

  @Test(
    "several outputs make a context",
    arguments: [
      ("F", "15", #"{甲: 1, 乙: "a"}"#), ("C", "25", #"[{甲: 1, 乙: "a"}, {甲: 2, 乙: "b"}]"#),
      ("U", "5", #"{甲: 0, 乙: null}"#),
    ])
  func compound(policy: String, x: String, expected: String) throws {
    try check(policy + " | x || 甲 = 0 | 乙\n> 10 || 1 | \"a\"\n> 20 || 2 | \"b\"", x, expected)
  }

  @Test("an aggregation of several outputs has no answer")
  func compoundAggregation() throws {
    try check("C+ | x || a | b\n- || 1 | 2", "1", "null", warns: "dmn.table.aggregationOfSeveral")
  }

  @Test("priorities count output by output, from the left")
  func compoundPriority() throws {
    try check(
      "P | x || 状态: \"准\", \"拒\" | 等级: \"甲\", \"乙\"\n- || \"拒\" | \"甲\"\n- || \"准\" | \"乙\"\n- || \"准\" | \"甲\"", "1",
      #"{状态: "准", 等级: "甲"}"#)
  }

  @Test("the default output stands when no rule matches")
  func defaults() throws {
    try check("U | x || y = 7\n> 10 || 1", "5", "7")
    try check("C+ | x || y = 7\n> 10 || 1", "5", "7")
    try check("U | x || y = 7\n> 10 || null", "15", "null")
  }

  @Test("a value outside the allowed ones is null, with a warning")
  func allowedValues() throws {
    try check("U | x: \"a\", \"b\" || y\n- || 1", "\"c\"", "null", warns: "dmn.table.inputNotAllowed")
    try check("U | x: \"a\", \"b\" || y\n- || 1", "\"b\"", "1")
    try check("U | x: \"a\", \"b\" || y\n- || 1", "[\"b\", \"a\"]", "1")
    try check("U | x: \"a\", \"b\" || y\nnull || 1", "null", "1")
    try check("U | x || y: [0..10]\n- || x * 2", "6", "null", warns: "dmn.table.outputNotAllowed")
    try check("U | x || y: [0..10]\n- || x * 2", "5", "10")
  }

  @Test("a table without inputs always matches")
  func noInputs() throws { try check("U || y\n || 3", "1", "3") }

  @Test(
    "the form of a table is checked",
    arguments: [
      ("C+ | x || a | b\n- || 1 | 2", "dmn.table.aggregationOfSeveral"),
      ("P | x || a\n- || 1", "dmn.table.noPriorities"),
      ("U | x || a\n- | - || 1", "dmn.table.cells"), ("U+ | x || a\n- || 1", "dmn.table.aggregationWithout"),
      ("U | x || a | a\n- || 1 | 2", "dmn.table.outputNames"),
    ])
  func form(text: String, code: String) throws {
    #expect(try table(text).problems.map(\.code) == [code])
  }

  @Test("a well-formed table has no problems")
  func wellFormed() throws { #expect(try table("U | x || a\n- || 1").problems == []) }
}
