import DMN
import Diagnostics
import FEEL
import Testing

@Suite("Types through a model")
struct TypeCheckTests {
  private static let items = [
    ItemDefinition("tRate", base: "number", allowed: try! UnaryTests(parsing: "[0..1]", at: here)),
    ItemDefinition("tGrade", base: "string", allowed: try! UnaryTests(parsing: "\"高\", \"低\"", at: here)),
    ItemDefinition("tLoan", components: [ItemDefinition("额", base: "number"), ItemDefinition("日", base: "date")]),
    ItemDefinition("tLoans", base: "tLoan", isCollection: true),
    ItemDefinition(
      "tFunction",
      function: ItemDefinition.Function(parameters: [InformationItem("x", type: "number")], result: "string")),
  ]

  private static let inputs = [
    given("数", type: "number"), given("文", type: "string"), given("笔", type: "tLoans"), given("未定"),
    given("档", type: "tGrade"), given("日", type: "date"),
  ]
  private static let names = ["数", "文", "笔", "未定", "档", "日"]

  /// The typing of a model with one decision, `果`, besides the inputs.
  private func typing(
    _ expression: BoxedExpression, type: TypeReference? = nil, more: [Element] = [], calls: [String] = []
  ) throws -> ModelTyping {
    let result = try decision("果", expression, needs: Self.names, calls: calls, type: type)
    return linked(Self.inputs + more + [result], items: Self.items).typing()
  }

  private func text(_ source: String) throws -> BoxedExpression {
    .literal(
      try Expression(
        parsing: source, names: KnownNames(Self.names + ["减", "务", "n"], members: ["额", "日"]), at: here))
  }

  private func check(
    _ expression: BoxedExpression, _ type: String, _ codes: [String] = [], declared: TypeReference? = nil
  ) throws {
    let typing = try typing(expression, type: declared)
    #expect(typing.type(of: "果")?.description == type)
    #expect(typing.diagnostics.map(\.code) == codes)
    #expect(typing.diagnostics(of: "果").map(\.code) == codes)
    for diagnostic in typing.diagnostics { #expect(diagnostic.remedy(in: .english) != nil) }
  }

  // MARK: - Literals and declared types

  @Test(
    "the declared type holds, and the inferred one where it says more",
    arguments: [
      ("数 + 1", nil, "number", []), ("数 + 1", "number", "number", []), ("未定", "number", "number", []),
      ("笔", "Any", "list<context<日: date, 额: number>>", []), ("笔.额", nil, "list<number>", []),
      ("笔[额 > 1][1].日", "date", "date", []), ("数", "string", "string", ["dmn.type.declared"]),
      ("[1, 2]", "string", "string", ["dmn.type.declared"]), ("[数]", "number", "number", []),
      ("数", "tLoans", "list<context<日: date, 额: number>>", ["dmn.type.declared"]),
      ("{额: 1}", "tLoan", "context<日: date, 额: number>", ["dmn.type.declared"]),
      ("{额: 1, 日: 日, 其他: 1}", "tLoan", "context<其他: number, 日: date, 额: number>", []),
      ("日", "date and time", "date and time", []), ("0.5", "tRate", "number", []),
      ("2", "tRate", "number", ["dmn.type.notAllowed"]),
      ("null", "tRate", "Null", []), ("\"中\"", "tGrade", "string", ["dmn.type.notAllowed"]),
      ("数", "tUnknown", "number", []),
      ("文 + 数", nil, "Any", ["feel.type.operands"]), ("笔.利率", nil, "list<Any>", ["feel.type.entry"]),
    ] as [(String, String?, String, [String])])
  func literals(source: String, declared: String?, type: String, codes: [String]) throws {
    try check(text(source), type, codes, declared: declared.map { TypeReference($0) })
  }

  @Test("a decision's type goes on to those that require it")
  func chain() throws {
    let model = linked(
      Self.inputs + [
        try decision("丙", "乙 + 1", needs: ["乙"]), try decision("甲", "数 * 2", needs: ["数"]),
        try decision("乙", "string(甲)", needs: ["甲"]),
      ], items: Self.items)
    #expect(model.typing().type(of: "乙") == .string)
    #expect(model.checkTypes().map(\.code) == ["feel.type.operands"])
    #expect(model.typing().diagnostics(of: "丙").count == 1 && model.typing().diagnostics(of: "乙").isEmpty)
  }

  @Test("decisions in a circle are of any type, unless they declare one")
  func circle() throws {
    let model = linked([
      try decision("甲", "乙 + 1", needs: ["乙"]), try decision("乙", "甲 + \"a\"", needs: ["甲"], type: "string"),
    ])
    #expect(model.typing().type(of: "乙") == .string)
    #expect(model.checkTypes().map(\.code) == ["feel.type.operands"])
  }

  // MARK: - Boxed expressions

  @Test("contexts, relations and lists")
  func data() throws {
    let context = BoxedContext([
      .init(InformationItem("a"), try literal("1")),
      .init(InformationItem("b", type: "string"), try literal("a + 1", ["a"])),
    ])
    try check(.context(context), "context<a: number, b: string>", ["dmn.type.declared"])
    let result = BoxedContext([.init(InformationItem("a"), try literal("1"))], result: try literal("[a]", ["a"]))
    try check(.context(result), "list<number>")
    let columns = [InformationItem("a"), InformationItem("b", type: "date")]
    try check(
      .relation(
        Relation(
          columns: columns, rows: [[try literal("1"), try literal("null")], [try literal("2"), try literal("3")]])),
      "list<context<a: number, b: date>>", ["dmn.type.declared"])
    try check(.list([try literal("1"), try literal("null")]), "list<number>")
  }

  @Test("conditionals, filters and iterations")
  func control() throws {
    func conditional(_ condition: String) throws -> BoxedExpression {
      .conditional(BoxedConditional(if: try text(condition), then: try text("1"), else: try text("2"), place: here))
    }
    try check(conditional("数 > 1"), "number")
    try check(conditional("数"), "number", ["dmn.conditional.notBoolean"])
    func filter(_ match: String) throws -> BoxedExpression {
      .filter(BoxedFilter(try text("笔"), match: try literal(match, ["额", "item", "数"]), place: here))
    }
    try check(filter("额 > 数 and item.额 > 1"), "list<context<日: date, 额: number>>")
    try check(filter("数"), "Any")
    try check(filter("\"a\""), "Any", ["dmn.filter.notBoolean"])
    try check(filter("额 = \"a\""), "list<context<日: date, 额: number>>", ["feel.type.operands"])
    func iteration(_ kind: BoxedIteration.Kind, _ body: String, _ type: TypeReference? = nil) throws -> BoxedExpression
    {
      .iteration(
        BoxedIteration(
          kind, InformationItem("n", type: type), in: try text("笔"), body: try literal(body, ["n", "partial", "额"]),
          place: here))
    }
    try check(iteration(.for, "n.额 + count(partial)"), "list<number>")
    try check(iteration(.for, "n.额", "number"), "list<Any>", ["dmn.type.declared", "feel.type.property.none"])
    try check(iteration(.some, "n.额 > 1"), "boolean")
    try check(iteration(.every, "n.额"), "boolean", ["feel.type.satisfies"])
  }

  @Test("functions and invocations")
  func functions() throws {
    let body = try literal("x + 1", ["x"])
    let parameter = InformationItem("x", type: "number")
    try check(
      .function(BoxedFunction(parameters: [parameter], body: body, result: "string", place: here)),
      "function<number> -> string", ["dmn.type.declared"])
    func call(_ name: String, _ argument: String) throws -> BoxedExpression {
      let function = BoxedExpression.function(BoxedFunction(parameters: [parameter], body: body, place: here))
      let argument = BoxedInvocation.Argument(InformationItem(name), try text(argument))
      return .invocation(BoxedInvocation(function, arguments: [argument], place: here))
    }
    try check(call("x", "数"), "number")
    try check(call("x", "[数]"), "number")
    try check(call("x", "文"), "number", ["feel.type.argument"])
    try check(call("y", "数"), "number", ["dmn.invocation.parameter"])
    let wrong = BoxedInvocation(try text("数"), arguments: [], place: here)
    try check(.invocation(wrong), "Any", ["dmn.invocation.notFunction"])
  }

  @Test(
    "knowledge models and services are functions",
    arguments: [
      ("减(3, 2)", "number", []), ("减(被减: 3, 减: 2)", "number", []), ("减(\"a\", 2)", "number", ["feel.type.argument"]),
      ("减(1)", "number", ["feel.type.arity"]), ("减(被减: 3, 数: 2)", "number", ["feel.type.parameter"]),
      ("务(1)", "string", []), ("务(文)", "string", ["feel.type.argument"]), ("务(1) + 1", "Any", ["feel.type.operands"]),
    ] as [(String, String, [String])])
  func callables(source: String, type: String, codes: [String]) throws {
    let parameters = [InformationItem("被减", type: "number"), InformationItem("减", type: "number")]
    let service = DecisionService(
      id: "务", variable: InformationItem("务"), outputs: [Reference("内")], inputs: [Reference("数")], place: here)
    let typing = try typing(
      text(source),
      more: [
        try knowledge("减", parameters, "被减 - 减"), try decision("内", "string(数)", needs: ["数"]), .service(service),
      ], calls: ["减", "务"])
    #expect(typing.type(of: "果")?.description == type)
    #expect(typing.diagnostics.map(\.code) == codes)
  }

  @Test("a knowledge model is held to its types")
  func knowledgeModels() throws {
    func model(_ result: TypeReference?, variable: TypeReference?) throws -> LinkedModel {
      guard
        case .knowledgeModel(var model) = try knowledge(
          "f", [InformationItem("x", type: "number")], "x * 2", result: result)
      else { throw Diagnostic("test", at: here) }
      model.variable.type = variable
      return linked([.knowledgeModel(model)], items: Self.items)
    }
    #expect(try model(nil, variable: nil).typing().type(of: "f") == .function([.number], .number))
    #expect(try model("number", variable: nil).checkTypes() == [])
    for (result, variable) in [("string", nil), (nil, "string"), (nil, "tFunction")]
      as [(TypeReference?, TypeReference?)]
    {
      #expect(try model(result, variable: variable).checkTypes().map(\.code) == ["dmn.type.declared"])
    }
  }

  @Test("elements of an imported model have their types under the name of the import")
  func imports() throws {
    let rates = DecisionModel(
      name: "rates", namespace: "http://rates", items: [],
      elements: [try decision("利率", "0.5"), try knowledge("折", [InformationItem("x", type: "number")], "string(x)")],
      place: here)
    func typing(_ source: String) throws -> ModelTyping {
      let expression = try Expression(
        parsing: source, names: KnownNames(["库"], members: ["利率", "折"]), at: here)
      let main = DecisionModel(
        name: "main", namespace: "main", imports: [Import("库", namespace: "http://rates")],
        elements: [
          .decision(
            Decision(
              id: "果", variable: InformationItem("果"),
              requirements: requirements(["http://rates#利率"], ["http://rates#折"]), expression: .literal(expression),
              place: here))
        ], place: here)
      return LinkedModel(main, importing: [rates]).typing()
    }
    #expect(try typing("库.利率 * 2").type(of: "果") == .number)
    #expect(try typing("库.折(x: 1)").type(of: "果") == .string)
    #expect(try typing("库.利率").type(of: ElementName("利率", namespace: "http://rates")) == .number)
    #expect(try typing("库.利率 + \"a\"").diagnostics.map(\.code) == ["feel.type.operands"])
    #expect(try typing("库.折(y: 1)").diagnostics.map(\.code) == ["feel.type.parameter"])
    #expect(try typing("库.利息").diagnostics.map(\.code) == ["feel.type.entry"])
  }

  // MARK: - Decision tables

  @Test(
    "decision tables",
    arguments: [
      ("U | 数 || r\n < 5 || 1\n >= 5 || 2", "number", []), ("U | 数 || r\n \"a\" || 1", "number", ["feel.type.test"]),
      ("U | 数 || r\n < 5 || 1\n - || \"a\"", "Any", []), ("U | 文 || r\n \"a\", \"b\" || 数 + 1", "number", []),
      ("U | 未定 || r\n \"a\" || 1\n 5 || 2", "number", []),
      ("U | 数 || a | b\n < 5 || 1 | \"x\"", "context<a: number, b: string>", []),
      ("C | 数 || r\n < 5 || 1", "list<number>", []), ("C+ | 数 || r\n < 5 || 1", "number", []),
      ("C+ | 数 || r\n < 5 || \"a\"", "Any", ["feel.type.builtin.argument"]),
      ("C> | 数 || r\n < 5 || \"a\"", "string", []),
      ("C# | 数 || r\n < 5 || \"a\"", "number", []), ("R | 数 || r\n < 5 || 日", "list<date>", []),
      ("F | 数 || r = \"无\"\n < 5 || \"有\"", "string", []), ("F | 数 || r = 0\n < 5 || \"有\"", "Any", []),
      ("U | 数 || r: \"高\", \"低\"\n < 5 || \"中\"", "string", ["dmn.table.outputNotAllowed"]),
      ("U | 数 || r: \"高\", \"低\"\n < 5 || \"高\"\n - || null", "string", []),
      ("U | 数 || r: \"高\", \"低\"\n < 5 || 数", "number", ["dmn.table.outputNotAllowed"]),
      ("U | 档: \"高\", \"低\" || r\n \"高\" || 1", "number", []),
      ("U | 数: \"高\" || r\n - || 1", "number", ["feel.type.test"]),
      ("U | 数 || r\n ? > 5 || 1", "number", []),
    ] as [(String, String, [String])])
  func tables(text: String, type: String, codes: [String]) throws {
    try check(.table(table(text, names: Self.names)), type, codes)
  }

  @Test("columns are held to their types")
  func columns() throws {
    var columns = try table("U | 数 || r\n < 5 || 1\n >= 5 || \"a\"", names: Self.names)
    columns.outputs[0].type = "number"
    try check(.table(columns), "number", ["dmn.type.declared"])
    columns.inputs[0].type = "string"
    try check(.table(columns), "number", ["dmn.type.declared", "dmn.type.declared"])
    columns.outputs[0].type = "tGrade"
    columns.inputs[0].type = nil
    try check(.table(columns), "string", ["dmn.type.declared", "dmn.type.notAllowed"])
    var open = try table("U | 未定 || r\n \"a\" || 1", names: Self.names)
    open.inputs[0].type = "number"
    try check(.table(open), "number", ["feel.type.test"])
  }

  @Test("the allowed values of a type are of the type")
  func allowedValues() throws {
    let wrong = ItemDefinition("t", base: "number", allowed: try UnaryTests(parsing: "\"a\"", at: here))
    let list = ItemDefinition(
      "u", base: "number", isCollection: true, constraint: try UnaryTests(parsing: "count(?) > 1", at: here))
    let inside = ItemDefinition("v", components: [wrong])
    #expect(linked([], items: [wrong, list]).checkTypes().map(\.code) == ["feel.type.test"])
    #expect(linked([], items: [inside]).checkTypes().map(\.code) == ["feel.type.test"])
    #expect(linked([], items: Self.items).checkTypes() == [])
  }

  @Test("item definitions that unfold without end are compared within the bound on the work")
  func hugeTypes() throws {
    func family(_ letter: String, _ leaf: TypeReference) -> [ItemDefinition] {
      (0..<40).map { level in
        let base = level == 39 ? leaf : TypeReference("\(letter)\(level + 1)")
        return ItemDefinition("\(letter)\(level)", components: ["a", "b"].map { ItemDefinition($0, base: base) })
      }
    }
    let names = ["甲", "乙"]
    let model = linked(
      [
        given("甲", type: "t0"), try decision("乙", "甲", needs: ["甲"], type: "u0"),
        try decision("丙", "if 甲 = 乙 then 甲 else 乙", needs: names), try decision("丁", "[甲, 乙][甲 = 乙]", needs: names),
      ], items: family("t", "number") + family("u", "string"))
    #expect(model.checkTypes() == [])
  }

  @Test("a long chain of decisions is followed without nesting")
  func longChain() throws {
    var elements = [try decision("d0", "1")]
    for index in 1..<2_000 { elements.append(try decision("d\(index)", "d\(index - 1) + 1", needs: ["d\(index - 1)"])) }
    #expect(linked(elements.reversed()).typing().type(of: "d1999") == .number)
    elements = [try decision("d0", "1")]
    for index in 1..<300 { elements.append(try decision("d\(index)", "[d\(index - 1)]", needs: ["d\(index - 1)"])) }
    #expect(linked(elements).typing().type(of: "d299")?.mayBe(.list(.any)) == true)
  }
}
