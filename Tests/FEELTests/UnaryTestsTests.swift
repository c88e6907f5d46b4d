import Diagnostics
import FEEL
import Testing

@Suite struct UnaryTestsTests {
  private func passes(_ source: String, _ input: String) throws -> String {
    let input = try evaluation(input).value
    return try UnaryTests(parsing: source, names: KnownNames(["限额"]))
      .evaluate(input: Binding(input), in: Bindings(["限额": .number(100)])).value.description
  }

  @Test(
    "tests of an input",
    arguments: [
      ("-", "null", "true"), ("5", "5", "true"), ("5, 6", "6", "true"), ("< 5", "5", "false"), ("<= 5", "5", "true"),
      ("= 5", "5", "true"), ("!= 5", "5", "false"), ("[1..5)", "5", "false"), ("(1..5]", "5", "true"),
      ("]1..5[", "1", "false"),
      ("\"甲\", \"乙\"", "\"乙\"", "true"), ("not(\"甲\", \"乙\")", "\"乙\"", "false"), ("not(< 5)", "7", "true"),
      ("not(1), 1", "1", "true"), ("<= 限额", "100", "true"), ("> 限额 * 2", "100", "false"), ("null", "null", "true"),
      ("null", "1", "false"),
      ("not(null)", "null", "false"), ("not(null)", "0", "true"), ("not([1..5))", "5", "true"),
      ("not([1..5))", "3", "false"), ("not((1..5], [7..9))", "1", "true"), ("not((1..5], [7..9))", "8", "false"),
      ("not(? > 2) and ? > 1", "2", "true"), ("[1, 2, 3]", "2", "true"),
      ("[[1..2], 9]", "2", "true"),
      ("? > 5", "7", "true"), ("? > 5 and ? < 限额", "7", "true"), ("count(?) = 2", "[1, 2]", "true"),
      ("?.a = 1", "{a: 1}", "true"),
      ("限额 > 50", "\"x\"", "true"), ("限额 > 500", "7", "false"), ("true", "true", "true"), ("false", "false", "true"),
      ("true", "false", "false"), ("< 5", "null", "null"), ("< 5", "\"a\"", "null"), ("5", "\"a\"", "null"),
      ("5, \"a\"", "\"a\"", "true"),
      ("@\"2024-01-01\"", "@\"2024-01-01\"", "true"), ("[@\"2024-01-01\"..@\"2024-12-31\"]", "@\"2024-06-01\"", "true"),
      ("- 5", "-5", "true"), ("some x in ? satisfies x > 2", "[1, 3]", "true"), ("{a: 1}", "{a: 1}", "true"),
      ("[1..3]", "[1..3]", "true"),
      ("not(true)", "true", "false"), ("contains(?, \"山\")", "\"天山\"", "true"),
    ])
  func tests(source: String, input: String, expected: String) throws {
    #expect(try passes(source, input) == expected, "\(source) of \(input)")
  }

  @Test(
    "membership in an expression",
    arguments: [
      ("1 in [2, 3, 1]", "true"), ("1 in <= 10", "true"), ("10 in (1, < 5, >= 10)", "true"), ("10 in (!= 10)", "false"),
      ("[1, 2, 3] in [[1, 2, 3, 4], [1, 2, 3]]", "true"), ("null in [1..10]", "null"), ("5 in [1..null]", "null"),
      ("3 in (2..4)", "true"), ("true in [false, 2]", "false"), ("1 in (1)", "true"), ("1 in (1 + 0) * 1", "true"),
      ("null in (null, 1)", "true"),
      ("{a: 1} in ({a: 2}, {a: 1})", "true"), ("1 in (]0..2[, 5)", "true"),
      ("1 in ((1, 2), 3)", "syntax: feel.syntax.expected"),
      ("1 in (1, 2) + 3", "syntax: feel.syntax.unexpected"), ("1 in []", "false"), ("\"a\" in 1", "null"),
    ])
  func membership(source: String, expected: String) { #expect(evaluated(source) == expected) }

  @Test("what is no unary test is refused", arguments: ["", "1,", "- 5 -", "not(1", "not()", "1 2", ", 1"])
  func errors(source: String) {
    #expect(throws: Diagnostic.self) { try UnaryTests(parsing: source) }
  }
}
