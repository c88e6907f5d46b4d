import Diagnostics
import FEEL
import Testing

@Suite struct EvaluateTests {
  @Test(
    "arithmetic",
    arguments: [
      ("0.1 + 0.2", "0.3"), ("1 / 3 * 3", "0.9999999999999999999999999999999999"), ("\"a\" + \"b\"", "\"ab\""),
      ("@\"2024-01-31\" + @\"P1M\"", "2024-02-29"), ("@\"PT1H\" * 24 = @\"P1D\"", "true"), ("1 + null", "null"),
      ("1 + \"a\"", "null"), ("1 / 0", "null"), ("10 ** 10000", "null"), ("-\"a\"", "null"),
    ])
  func arithmetic(source: String, expected: String) { #expect(evaluated(source) == expected) }

  @Test(
    "comparison",
    arguments: [
      ("1 = 1.0", "true"), ("1 != 2", "true"), ("1 = \"1\"", "null"), ("null = null", "true"), ("1 = null", "false"),
      ("null != 1", "true"), ("null < 1", "null"), ("\"a\" < \"b\"", "true"), ("[1, 2] = [1, 2]", "true"),
      ("{a: 1} = {a: 1.0}", "true"), ("1 < \"a\"", "null"), ("[1..2] = [1..2]", "true"), ("true < false", "null"),
    ])
  func comparison(source: String, expected: String) { #expect(evaluated(source) == expected) }

  @Test(
    "three-valued logic",
    arguments: [
      ("true and null", "null"), ("null and false", "false"), ("1 and false", "false"), ("null or true", "true"),
      ("false or 1", "null"), ("null and null", "null"), ("true and true and false", "false"),
      ("5 between 1 and null", "null"),
      ("0 between 1 and null", "false"), ("\"a\" between 1 and 2", "null"),
    ])
  func logic(source: String, expected: String) { #expect(evaluated(source) == expected) }

  @Test(
    "filters",
    arguments: [
      ("[1, 2, 3][1]", "1"), ("[1, 2, 3][-1]", "3"), ("[1, 2, 3][0]", "null"), ("[1, 2, 3][4]", "null"), ("5[1]", "5"),
      ("[1, 2, 3][item > 1]", "[2, 3]"), ("[{a: 1}, {a: 2}][a > 1]", "[{a: 2}]"),
      ("[{item: 1}][item = 1]", "[{item: 1}]"),
      ("[][1]", "null"), ("[][item > 1]", "[]"), ("5[item > 9]", "[]"), ("[1, 2][\"a\"]", "null"),
      ("[1, 2][null]", "[]"),
      ("{i: 2, r: [4, 5][i]}.r", "5"), ("[4, 5][count([1, 2])]", "5"), ("null[1]", "null"), ("[1.5, 2][1.5]", "null"),
      ("{a: 1, r: [{b: 1}, {b: 2, a: 2}][b = a]}.r", "[{b: 1}, {b: 2, a: 2}]"),
      ("[{x: [{y: 1}]}][x[y = 1] != []]", "[{x: [{y: 1}]}]"),
    ])
  func filters(source: String, expected: String) { #expect(evaluated(source) == expected) }

  @Test(
    "paths and properties",
    arguments: [
      ("{a: {b: 1}}.a.b", "1"), ("[{a: 1}, {b: 2}, 3].a", "[1, null, null]"), ("null.a", "null"), ("1.5.a", "null"),
      ("@\"2024-02-29\".weekday", "4"), ("@\"PT90M\".minutes", "30"), ("[1..5).end included", "false"),
      ("(< 5).start", "null"), ("@\"10:00:00+08:00\".time offset", "PT8H"), ("{a: 1}.b", "null"),
    ])
  func paths(source: String, expected: String) { #expect(evaluated(source) == expected) }

  @Test(
    "iteration",
    arguments: [
      ("for x in [1, 2], y in [x, 9] return x * y", "[1, 9, 4, 18]"), ("for x in 3..1 return x", "[3, 2, 1]"),
      ("for x in 1..5 return if x = 1 then 1 else x * partial[-1]", "[1, 2, 6, 24, 120]"),
      ("for x in 5 return x", "[5]"),
      ("for x in [1..3] return x", "[1, 2, 3]"), ("for x in (1..4) return x", "[2, 3]"),
      ("for x in [3..1] return x", "null"), ("[2..1]", "null"), ("[1..1]", "[1..1]"),
      ("for d in @\"2024-02-28\"..@\"2024-03-01\" return d.day", "[28, 29, 1]"),
      ("for x in \"a\"..\"c\" return x", "null"),
      ("for x in null return x", "null"), ("for x in [] return x", "[]"), ("for x in [1], y in null return x", "null"),
      ("some x in [1, 2] satisfies x > 1", "true"), ("every x in [1, 2] satisfies x > 1", "false"),
      ("every x in [] satisfies false", "true"), ("some x in [1, null] satisfies x > 1", "null"),
      ("some x in [1, 2], y in [2, 3] satisfies x = y", "true"), ("some x in null satisfies true", "null"),
      ("for partial in [1, 2] return partial", "[1, 2]"), ("for x in [1] return for y in [2] return x + y", "[[3]]"),
      ("count(for x in 1..3 return partial)", "3"),
    ])
  func iteration(source: String, expected: String) { #expect(evaluated(source) == expected) }

  @Test(
    "types",
    arguments: [
      ("1 instance of number", "true"), ("[1] instance of list<number>", "true"),
      ("[1] instance of list<string>", "false"),
      ("{a: 1} instance of context<a: number>", "true"), ("[1..2] instance of range<number>", "true"),
      ("(function(a: number) a) instance of function<number> -> Any", "true"), ("null instance of number", "false"),
      ("@\"P1D\" instance of days and time duration", "true"), ("abs instance of function", "null"),
      ("@\"2024-01-01T00:00:00\" instance of date and time", "true"),
    ])
  func types(source: String, expected: String) { #expect(evaluated(source) == expected) }

  @Test(
    "functions",
    arguments: [
      ("(function(x) x + 1)(2)", "3"), ("{f: function(a, b) a - b, r: f(b: 1, a: 3)}.r", "2"),
      ("(function(x: number) x)(\"a\")", "null"),
      ("(function(x: number) x)([7])", "7"), ("(function(x) x)(1, 2)", "null"),
      ("{f: function(a) a, r: f(b: 1)}.r", "null"), ("{f: function(a, b) [a, b], r: f(b: 1)}.r", "[null, 1]"),
      ("{f: function(a) a, r: f(a: 1, a: 2)}.r", "null"),
      ("{n: 10, add: function(x) x + n, r: for y in [1, 2] return add(y)}.r", "[11, 12]"), ("\"f\"(1)", "null"),
      ("(for x in [1, 2] return function() x)[2]()", "2"), ("{f: abs, r: f(-3)}.r", "3"), ("nothing(1)", "null"),
      ("sort([3, 1, 2], function(a, b) a > b)", "[3, 2, 1]"),
      ("substring(start position: 2, string: \"abc\")", "\"bc\""),
      ("(function(a) function(b) a * 10 + b)(1)(2)", "12"), ("{f: {g: function(x) x}}.f.g(4)", "4"),
      ("(function(a, b) external {java: {class: \"java.lang.Math\", method signature: \"max(int, int)\"}})(1, 2)", "2"),
      ("(function(a) external {java: {class: \"java.lang.Foo\", method signature: \"bar(int)\"}})(1)", "null"),
    ])
  func functions(source: String, expected: String) { #expect(evaluated(source) == expected) }

  @Test("a function outlives the scope it was made in")
  func closures() throws {
    let maker = try Expression(parsing: "function(x) x * 利率", names: KnownNames(["利率"]))
    let function = maker.evaluate(in: Bindings(["利率": .number(3)])).value
    let user = try Expression(parsing: "f(2)", names: KnownNames(["f"]))
    #expect(user.evaluate(in: Bindings(["f": function])).value.description == "6")
  }

  @Test(
    "contexts and ranges",
    arguments: [
      ("{a: 1, b: a + 1, \"c d\": b * 2}", "{a: 1, b: 2, c d: 4}"), ("{a: 1, a: 2}", "null"),
      ("[1..null]", "[1..null]"),
      ("[1..\"a\"]", "null"), ("]1..2[ = (1..2)", "true"), ("[[1]..2]", "null"), ("(>= 5).start included", "true"),
      ("[1..[5][1]].end", "5"), ("[1..5[.end included", "false"), ("5 in [1..5[", "false"),
    ])
  func contexts(source: String, expected: String) { #expect(evaluated(source) == expected) }

  @Test(
    "a null with a cause leaves a warning",
    arguments: [
      ("甲", "unknownName"), ("1 / 0", "divisionByZero"), ("@\"P1D\" / @\"P0D\"", "divisionByZero"),
      ("1 + \"a\"", "types"), ("-\"a\"", "type"),
      ("[1][2]", "index"), ("{a: 1}.xyz", "entry"), ("{ab: 1}.abc", "entry.near"), ("1.5.a", "property"),
      ("if 1 then 2 else 3", "condition"),
      ("[1][\"a\"]", "filter"), ("for x in (< 3) return x", "domain"), ("\"f\"()", "notFunction"),
      ("{a: 1, a: 2}", "duplicateKey"),
      ("@\"x\"", "atLiteral"), ("(function(x) x)()", "arity"), ("(function(x: date) x)(1)", "argument"),
      ("10 ** 10000", "outOfRange"),
      ("(function(x) external {})(1)", "external"), ("[2..1]", "rangeOrder"), ("1 instance of list", "bareType"),
      ("(function(x) x)(y: 1)", "parameter"),
      ("1 < \"a\"", "types"),
    ])
  func warned(source: String, code: String) throws {
    let found = try evaluation(source).warnings
    #expect(found.map(\.code) == ["feel.evaluate.\(code)"])
    for warning in found {
      #expect(Language.allCases.allSatisfy { Catalogue.shared.has(warning.code, in: $0) }, "\(warning.code)")
    }
  }

  @Test(
    "a null that is simply null leaves none",
    arguments: ["null + 1", "null.a", "null < 1", "[{a: null}][a > 1]", "1 = null"])
  func silent(source: String) throws { #expect(try warnings(source) == []) }

  @Test("warnings stand where the cause stands")
  func places() throws {
    let expression = try Expression(parsing: "1 +\n  (2 / 0)", at: SourcePlace(file: "f", line: 5, column: 9))
    let warning = try #require(expression.evaluate(in: Bindings()).warnings.first)
    #expect(warning.place == SourcePlace(file: "f", line: 6, column: 4))
  }

  @Test("one moment for a whole evaluation, and the host's if given")
  func moment() throws {
    #expect(evaluated("now() = now()") == "true")
    let now = try #require(DateTime("2024-03-31T08:00:00+08:00"))
    let options = EvaluationOptions(now: now)
    #expect(try evaluation("today()", options: options).value.description == "2024-03-31")
  }

  @Test("evaluations that share a state share its warnings and its budget")
  func shared() throws {
    var invocation = Invocation()
    let first = try Expression(parsing: "1 / 0")
    let second = try Expression(parsing: "2 + 2")
    _ = first.evaluate(in: Bindings(), with: &invocation)
    let value = second.evaluate(in: Bindings(), with: &invocation).value
    #expect(value.description == "4")
    #expect(invocation.warnings.map(\.code) == ["feel.evaluate.divisionByZero"])
  }
}

@Test(
  "a value's literal gives the value again",
  arguments: [
    "null", "true", "-0.50", #""a \"b\" \\ 甲""#, #"date("2024-02-29")"#, #"time("10:00:00.5+08:00")"#,
    #"date and time("2024-02-29T10:00:00@Europe/Paris")"#, #"duration("P1DT2H")"#, #"duration("-P1Y2M")"#,
    #"[1, "x", [null], date("2024-01-01")]"#,
  ])
func literals(source: String) throws {
  let value = try evaluation(source).value
  let literal = try #require(value.feelLiteral)
  #expect(try evaluation(literal).value.isEqual(to: value) == true || value.isNull, "\(literal)")
}
