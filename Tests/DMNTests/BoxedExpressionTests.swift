import DMN
import Diagnostics
import FEEL
import Testing

@Suite("Boxed expressions")
struct BoxedExpressionTests {
  private let scope: Bindings

  init() throws {
    scope = try bindings(["a": "1", "b": "2", "list": "[1, 2, 3, 4]", "gone": "absent7", "text": "\"x\""])
  }

  private static let names = ["a", "b", "list", "gone", "text", "item", "partial", "n", "税率", "金额"]
  private func lit(_ text: String) throws -> BoxedExpression { try literal(text, Self.names) }

  private func check(_ expression: BoxedExpression, _ expected: String, warns code: String? = nil) {
    let evaluation = expression.evaluate(in: scope)
    #expect(show(evaluation.evaluation) == expected)
    #expect(evaluation.warnings.first?.code == code)
  }

  @Test("later entries of a context read the earlier ones")
  func contexts() throws {
    let entries = [
      BoxedContext.Entry(InformationItem("税率"), try lit("0.25")),
      BoxedContext.Entry(InformationItem("金额"), try lit("税率 * 100")),
    ]
    check(.context(BoxedContext(entries)), "{税率: 0.25, 金额: 25}")
    check(.context(BoxedContext(entries, result: try lit("金额 + a"))), "26")
  }

  @Test("an entry that the result does not read does not mark it")
  func contextAbsences() throws {
    let entries = [BoxedContext.Entry(InformationItem("n"), try lit("gone + 1"))]
    check(.context(BoxedContext(entries, result: try lit("a"))), "1")
    check(.context(BoxedContext(entries, result: try lit("n"))), "null ?7")
    check(.context(BoxedContext(entries)), "{n: null} ?7")
  }

  @Test("a typed entry is converted, or null")
  func typedEntries() throws {
    func entry(_ type: TypeReference, _ text: String) throws -> BoxedExpression {
      .context(BoxedContext([BoxedContext.Entry(InformationItem("n", type: type), try lit(text))]))
    }
    check(try entry("number", "[7]"), "{n: 7}")
    check(try entry("string", "7"), "{n: null}", warns: "dmn.type.mismatch")
  }

  @Test("a relation is a list of contexts")
  func relations() throws {
    let columns = [InformationItem("税率"), InformationItem("金额")]
    let rows = [[try lit("a"), try lit("b")], [try lit("3"), try lit("text")]]
    check(.relation(Relation(columns: columns, rows: rows)), #"[{税率: 1, 金额: 2}, {税率: 3, 金额: "x"}]"#)
  }

  @Test("a list keeps its order")
  func lists() throws { check(.list([try lit("b"), try lit("a")]), "[2, 1]") }

  @Test(
    "a conditional takes the branch of its condition",
    arguments: [
      ("a = 1", "1", nil), ("a = 2", "2", nil), ("null", "2", nil), ("text", "null", "dmn.conditional.notBoolean"),
      ("gone > 1", "2 ?7", nil), ("gone = null", "1", nil),
    ] as [(String, String, String?)])
  func conditionals(condition: String, expected: String, code: String?) throws {
    let conditional = BoxedConditional(if: try lit(condition), then: try lit("a"), else: try lit("b"), place: here)
    check(.conditional(conditional), expected, warns: code)
  }

  @Test(
    "a filter keeps what matches, or picks by place",
    arguments: [
      ("list", "item > 2", "[3, 4]"), ("list", "-1", "4"), ("list", "2", "2"), ("list", "9", "null"),
      ("list", "\"no\"", "null"), ("a", "item = 1", "[1]"), ("null", "true", "null"), ("[]", "item > 1", "[]"),
      ("[{n: 1}, {n: 5}]", "n > 2", "[{n: 5}]"), ("list", "item > gone", "[] ?7"),
    ])
  func filters(list: String, match: String, expected: String) throws {
    let filter = BoxedFilter(try lit(list), match: try lit(match), place: here)
    #expect(show(BoxedExpression.filter(filter).evaluate(in: scope).evaluation) == expected)
  }

  @Test(
    "iterations go over lists, ranges and single values",
    arguments: [
      (.for, "list", "n * 2", "[2, 4, 6, 8]"), (.for, "[2..4]", "n", "[2, 3, 4]"), (.for, "(2..4)", "n", "[3]"),
      (.for, "b", "n", "[2]"), (.for, "list", "n + count(partial)", "[1, 3, 5, 7]"), (.for, "null", "n", "null"),
      (.every, "list", "n > 0", "true"), (.every, "list", "n > 1", "false"), (.some, "list", "n > 3", "true"),
      (.some, "[]", "n > 3", "false"), (.every, "[]", "n > 3", "true"), (.some, "list", "\"x\"", "null"),
      (.some, "[gone, 5]", "n > 3", "true"), (.some, "[gone, 1]", "n > 3", "null ?7"),
      (.every, "[gone, 1]", "n > 3", "false"), (.for, "[1..100000000000]", "n", "null"),
      (.for, "[@\"2024-02-28\"..@\"2024-03-01\"]", "n.day", "[28, 29, 1]"), (.for, "(1..2)", "n", "[]"),
      (.for, "[3..1]", "n", "null"), (.for, "[1..2.5]", "n", "null"), (.every, "[1..3]", "n < 4", "true"),
    ] as [(BoxedIteration.Kind, String, String, String)])
  func iterations(kind: BoxedIteration.Kind, list: String, body: String, expected: String) throws {
    let iteration = BoxedIteration(kind, InformationItem("n"), in: try lit(list), body: try lit(body), place: here)
    #expect(show(BoxedExpression.iteration(iteration).evaluate(in: scope).evaluation) == expected)
  }

  @Test("a range is one value for a filter, and the variable of an iteration may be called partial")
  func rangesAndPartial() throws {
    check(.filter(BoxedFilter(try lit("[1..3]"), match: try lit("2 in item"), place: here)), "[[1..3]]")
    let variable = InformationItem("partial")
    check(
      .iteration(BoxedIteration(.for, variable, in: try lit("[7, 8]"), body: try lit("partial"), place: here)), "[7, 8]"
    )
  }

  @Test("a function keeps the names around it and takes its arguments by name")
  func functions() throws {
    let body = try lit("n + a")
    let function = BoxedFunction(parameters: [InformationItem("n", type: "number")], body: body, place: here)
    func call(_ name: String, _ argument: String) throws -> BoxedExpression {
      let argument = BoxedInvocation.Argument(InformationItem(name), try lit(argument))
      return .invocation(BoxedInvocation(.function(function), arguments: [argument], place: here))
    }
    check(try call("n", "b"), "3")
    check(try call("n", "[b]"), "3")
    check(try call("m", "b"), "null", warns: "dmn.invocation.parameter")
    check(try call("n", "text"), "null", warns: "feel.evaluate.argument")
    check(
      .invocation(BoxedInvocation(try lit("a"), arguments: [], place: here)), "null",
      warns: "dmn.invocation.notFunction")
  }

  @Test("a built-in is called by the names of its parameters")
  func builtins() throws {
    let arguments = try [("string", "\"foobar\""), ("start position", "4")].map {
      BoxedInvocation.Argument(InformationItem($0.0), try lit($0.1))
    }
    check(.invocation(BoxedInvocation(try lit("substring"), arguments: arguments, place: here)), "\"bar\"")
  }

  @Test("an outside function says that it cannot run, but for well-known methods")
  func external() throws {
    func call(_ signature: String) throws -> BoxedExpression {
      let description = BoxedContext([
        .init(InformationItem("class"), try lit("\"java.lang.Math\"")),
        .init(InformationItem("method signature"), try lit("\"\(signature)\"")),
      ])
      let parameters = [InformationItem("x"), InformationItem("y")]
      let function = BoxedFunction(kind: .java, parameters: parameters, body: .context(description), place: here)
      let arguments = parameters.map { BoxedInvocation.Argument($0, try? lit("b")) }
      return .invocation(BoxedInvocation(.function(function), arguments: arguments, place: here))
    }
    check(try call("max(double,double)"), "2")
    check(try call("exit(int)"), "null", warns: "dmn.function.external")
  }

  @Test("an unreadable expression is null and says why")
  func invalid() throws {
    check(.invalid([Diagnostic("feel.syntax.end", at: here)]), "null", warns: "feel.syntax.end")
  }

  @Test("boxes inside boxes end somewhere")
  func depth() throws {
    var expression = try lit("1")
    for _ in 0..<500 { expression = .list([expression]) }
    #expect(expression.evaluate(in: scope).warnings.map(\.code) == ["dmn.boxed.tooDeep"])
  }
}
