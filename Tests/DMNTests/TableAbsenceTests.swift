import DMN
import FEEL
import Testing

@Suite("Decision tables: what missing facts decide")
struct TableAbsenceTests {
  private static let rows = """
     | x   | y   || 结果 = "无"
    > 10   | -   || "甲"
    -      | > 5 || "乙"
    """

  @Test(
    "a missing fact marks the result unless the table is decided without it",
    arguments: [
      // x decides the first rule, and the first rule decides the table
      ("F", "20", "absent1", "\"甲\""),
      // the first rule is open, so the second is not certain
      ("F", "absent1", "9", "\"乙\" ?1"),
      ("F", "absent1", "1", "\"无\" ?1"),
      // one decided "no" fails the rule: nothing is open
      ("F", "1", "absent2", "\"无\" ?2"),
      ("F", "absent1", "absent2", "\"无\" ?1 ?2"),
      ("U", "20", "absent1", "\"甲\" ?1"), ("A", "20", "absent1", "\"甲\" ?1"), ("C", "20", "absent1", "[\"甲\"] ?1"),
      ("R", "1", "9", "[\"乙\"]"), ("U", "1", "9", "\"乙\""), ("C#", "20", "absent1", "1 ?1"),
    ])
  func marks(policy: String, x: String, y: String, expected: String) throws {
    let evaluation = try table(policy + Self.rows).evaluate(in: bindings(["x": x, "y": y]))
    #expect(show(evaluation.evaluation) == expected)
  }

  @Test(
    "a rule with one decided mismatch does not mark",
    arguments: [("absent1", "1", "\"无\""), ("1", "absent1", "\"无\""), ("absent1", "9", "\"无\" ?1")])
  func mismatch(x: String, y: String, expected: String) throws {
    let both = try table("U | x | y || 结果 = \"无\"\n> 10 | > 5 || \"甲\"")
    #expect(show(both.evaluate(in: try bindings(["x": x, "y": y])).evaluation) == expected)
  }

  @Test("a test for null does not mark")
  func explicitNull() throws {
    let asked = try table("U | x || 结果\nnull || \"未填\"\nnot(null) || \"已填\"")
    #expect(show(asked.evaluate(in: try bindings(["x": "absent1"])).evaluation) == "\"未填\"")
  }

  @Test("the top priority is decided whatever else may match")
  func priority() throws {
    let text = "P | x | y || 结果: \"高\", \"低\"\n> 10 | - || \"高\"\n- | > 5 || \"低\""
    #expect(show(try table(text).evaluate(in: bindings(["x": "20", "y": "absent1"])).evaluation) == "\"高\"")
    #expect(show(try table(text).evaluate(in: bindings(["x": "absent1", "y": "9"])).evaluation) == "\"低\" ?1")
  }

  @Test("a missing fact in the chosen output marks, one in another output does not")
  func outputs() throws {
    let text = "U | x || 结果\n> 10 || y + 1\n<= 10 || 0"
    #expect(
      show(try table(text, names: ["y"]).evaluate(in: bindings(["x": "20", "y": "absent4"])).evaluation) == "null ?4")
    #expect(show(try table(text, names: ["y"]).evaluate(in: bindings(["x": "1", "y": "absent4"])).evaluation) == "0")
  }

  @Test("the trace says of each rule what failed it")
  func trace() throws {
    let text = "F | x | y || 结果\n> 10 | - || 1\n- | > 5 || 2\n< 5 | > 7 || 3\n- | - || 4\n- | - || 5"
    let trace = try table(text).evaluate(in: bindings(["x": "1", "y": "absent1"])).trace
    #expect(
      trace.rules.map(\.outcome) == [
        .failed(input: 0), .undecided(inputs: [1]), .undecided(inputs: [1]), .matched, .notReached,
      ])
    #expect(trace.chosen == [3])
    #expect(trace.rules[1].absences == [Absence(1)])
    #expect(trace.inputs.map { "\($0.value)" } == ["1", "null"])
  }
}
