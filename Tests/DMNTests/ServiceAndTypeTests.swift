import DMN
import Diagnostics
import FEEL
import Testing

@Suite("Decision services, imports and types")
struct ServiceAndTypeTests {
  private func service(_ outputs: [String]) throws -> LinkedModel {
    let parts = DecisionService(
      id: "服务", variable: InformationItem("服务"), outputs: outputs.map { Reference($0) },
      inputDecisions: [Reference("系数")], inputs: [Reference("额")], place: here)
    return linked([
      given("额", type: "number"), try decision("系数", "2", type: "number"),
      try decision("结果", "额 * 系数", needs: ["额", "系数"]), try decision("加一", "额 + 1", needs: ["额"]),
      .service(parts),
      try decision("调用", "服务(10, 3)", calls: ["服务"]), try decision("按名", "服务(系数: 5, 额: 10)", calls: ["服务"]),
      try decision("错型", "服务(\"a\", 3)", calls: ["服务"]), try decision("缺参", "服务(10)", calls: ["服务"]),
      try decision("内外", "[服务(10, 3), 系数]", needs: ["系数"], calls: ["服务"]),
    ])
  }

  @Test(
    "a service is called like a function: input data first, then input decisions",
    arguments: [("调用", "30"), ("按名", "50"), ("错型", "null"), ("缺参", "null"), ("内外", "[30, 2]")])
  func calls(decision: ElementName, expected: String) throws {
    #expect(show(try service(["结果"]).evaluate(decision: decision).evaluation) == expected)
  }

  @Test("several outputs make a context")
  func outputs() throws {
    let evaluation = try service(["结果", "加一"]).evaluate(decision: "调用")
    #expect(show(evaluation.evaluation) == "{结果: 30, 加一: 11}")
  }

  @Test("a service is evaluated by name as well")
  func byName() throws {
    let inputs: [ElementName: Value] = ["额": try value("7"), "系数": try value("2")]
    #expect(show(try service(["结果"]).evaluate(service: "服务", inputs: inputs).evaluation) == "14")
    let absent: [ElementName: Value] = ["额": try value("absent3"), "系数": try value("2")]
    #expect(show(try service(["结果"]).evaluate(service: "服务", inputs: absent).evaluation) == "null ?3")
    #expect(throws: Diagnostic.self) { try service(["结果"]).evaluate(service: "服") }
  }

  @Test("a knowledge model is evaluated by name")
  func knowledgeModel() throws {
    let model = linked([try knowledge("加", [InformationItem("甲"), InformationItem("乙")], "甲 + 乙")])
    let evaluation = try model.evaluate(knowledgeModel: "加", arguments: ["甲": value("1"), "乙": value("2")])
    #expect(show(evaluation.evaluation) == "3")
    guard case .knowledgeModel("加") = evaluation.trace.step else { throw Diagnostic("trace", at: here) }
  }

  @Test("elements of an imported model are read under the name of the import")
  func imports() throws {
    let items = [ItemDefinition("tRate", base: "number", allowed: try UnaryTests(parsing: "[0..1]", at: here))]
    let rates = DecisionModel(
      name: "rates", namespace: "http://rates", items: items,
      elements: [
        given("基准", type: "tRate"), try decision("利率", "基准 * 2", needs: ["基准"]),
        try knowledge("折", [InformationItem("x")], "x / 2"),
      ], place: here)
    let text = "率.利率 + 率.折(1)"
    let names = KnownNames(["率"], members: ["利率", "折"])
    let main = DecisionModel(
      name: "main", namespace: "http://main", imports: [Import("率", namespace: "http://rates")],
      items: [ItemDefinition("tOwn", base: "率.tRate")],
      elements: [
        try decision(
          "合计", .literal(Expression(parsing: text, names: names, at: here)), needs: ["http://rates#利率"],
          calls: ["http://rates#折"], type: "tOwn")
      ], place: here)
    let model = LinkedModel(main, importing: [rates])
    #expect(model.diagnostics == [])
    func total(_ rate: String) throws -> String {
      let inputs = [ElementName("基准", namespace: "http://rates"): try value(rate)]
      return show(try model.evaluate(decision: "合计", inputs: inputs).evaluation)
    }
    #expect(try total("0.1") == "0.7")
    #expect(try total("0.4") == "null")  // 1.3 is no tRate
    #expect(try total("3") == "null")  // 3 is no 基准
    #expect(model.knownNames(for: Reference("合计")).contains("率"))
    #expect(LinkedModel(main).diagnostics.map(\.code).contains("dmn.import.unknown"))
  }

  private static func items() throws -> [ItemDefinition] {
    [
      ItemDefinition("tKind", base: "string", allowed: try UnaryTests(parsing: "\"甲\", \"乙\"", at: here)),
      ItemDefinition("tKinds", base: "tKind", isCollection: true),
      ItemDefinition(
        "tFew", base: "number", isCollection: true, allowed: try UnaryTests(parsing: "> 0", at: here),
        constraint: try UnaryTests(parsing: "count(?) < 3", at: here)),
      ItemDefinition(
        "tLoan",
        components: [ItemDefinition("金额", base: "number"), ItemDefinition("种类", base: "tKind")]),
      ItemDefinition("tLoans", base: "tLoan", isCollection: true),
      ItemDefinition("tTree", components: [ItemDefinition("值", base: "number"), ItemDefinition("枝", base: "tTree")]),
      ItemDefinition("tTest", function: .init(parameters: [InformationItem("x", type: "number")], result: "boolean")),
    ]
  }

  @Test(
    "a value is fitted to the declared type, or null",
    arguments: [
      ("number", "[5]", "5"), ("number", "\"5\"", "null"), ("tKind", "\"甲\"", "\"甲\""), ("tKind", "\"丙\"", "null"),
      ("tKind", "null", "null"), ("tKinds", "[\"甲\", \"乙\"]", #"["甲", "乙"]"#), ("tKinds", "\"甲\"", #"["甲"]"#),
      ("tKinds", "[\"甲\", \"丙\"]", "null"), ("tFew", "[1, 2]", "[1, 2]"), ("tFew", "[1, 2, 3]", "null"),
      ("tFew", "[0]", "null"), ("tLoan", "{金额: 1, 种类: \"甲\"}", #"{金额: 1, 种类: "甲"}"#),
      ("tLoan", "{金额: 1, 种类: \"丙\"}", "null"), ("tLoan", "{金额: 1}", "null"),
      ("tLoan", "{金额: 1, 种类: null}", "{金额: 1, 种类: null}"),
      ("tLoans", "[{金额: 1, 种类: \"丙\"}]", "null"), ("tLoans", "{金额: 1, 种类: \"乙\"}", #"[{金额: 1, 种类: "乙"}]"#),
      ("tTree", "{值: 1, 枝: {值: 2, 枝: null}}", "{值: 1, 枝: {值: 2, 枝: null}}"),
      ("date and time", "date(\"2026-01-02\")", "2026-01-02T00:00:00Z"), ("tTest", "5", "null"),
      ("tTest", "\"x\"", "null"),
    ] as [(TypeReference, String, String)])
  func admission(type: TypeReference, text: String, expected: String) throws {
    let model = linked([given("入", type: type), try decision("出", "入", needs: ["入"])], items: try Self.items())
    #expect(model.diagnostics == [])
    let evaluation = try model.evaluate(decision: "出", inputs: ["入": value(text)])
    #expect(show(evaluation.evaluation) == expected)
    #expect(evaluation.warnings.isEmpty == (expected != "null" || text == "null"))
  }

  @Test("results are fitted to the decision's type")
  func results() throws {
    let model = linked([try decision("出", "[1]", type: "number"), try decision("错", "1", type: "string")])
    #expect(show(try model.evaluate(decision: "出").evaluation) == "1")
    #expect(try model.evaluate(decision: "错").warnings.map(\.code) == ["dmn.type.mismatch"])
  }

  @Test("types that nothing declares are reported and let everything pass")
  func unknownType() throws {
    let model = linked([given("入", type: "tNone"), try decision("出", "入", needs: ["入"])])
    #expect(model.diagnostics.map(\.code) == ["dmn.type.unknown"])
    #expect(show(try model.evaluate(decision: "出", inputs: ["入": value("1")]).evaluation) == "1")
  }

  @Test("every code has its words in both languages")
  func catalogue() {
    let codes = Catalogue.shared.keys.filter { $0.hasPrefix("dmn.") }
    #expect(codes.count > 30)
    for code in codes {
      #expect(Catalogue.shared.has(code, in: .chinese) && Catalogue.shared.has(code, in: .english))
      #expect(Catalogue.shared.remedy(code, in: .chinese) != nil && Catalogue.shared.remedy(code, in: .english) != nil)
    }
  }
}
