import DMN
import Diagnostics
import FEEL
import Testing

@Suite("Decision models")
struct LinkedModelTests {
  private func values(_ given: KeyValuePairs<ElementName, String>) throws -> [ElementName: Value] {
    var values: [ElementName: Value] = [:]
    for (name, text) in given { values[name] = try value(text) }
    return values
  }

  /// Two inputs, a knowledge model, two steps.
  private func loan() throws -> LinkedModel {
    linked([
      given("研发费用", type: "number"), given("营业收入", type: "number"),
      try decision("研发 占比", "研发费用 / 营业收入", needs: ["研发费用", "营业收入"], type: "number"),
      try knowledge("封顶", [InformationItem("额", type: "number"), InformationItem("顶", type: "number")], "min(额, 顶)"),
      try decision("贴息", "if 研发 占比 > 0.05 then 封顶(研发费用 * 0.1, 500) else 0", needs: ["研发 占比", "研发费用"], calls: ["封顶"]),
    ])
  }

  @Test(
    "a decision is evaluated from its requirements",
    arguments: [
      ("1000", "5000", "100"), ("100000", "200000", "500"), ("10", "5000", "0"), ("absent1", "5000", "0 ?1"),
      ("1000", "absent2", "0 ?2"),
    ])
  func requirements(spent: String, income: String, expected: String) throws {
    let evaluation = try loan().evaluate(decision: "贴息", inputs: values(["研发费用": spent, "营业收入": income]))
    #expect(show(evaluation.evaluation) == expected)
  }

  @Test("a decision that is given is not evaluated")
  func overriding() throws {
    let inputs = try values(["研发费用": "1000", "研发 占比": "0.5"])
    let evaluation = try loan().evaluate(decision: "贴息", inputs: inputs)
    #expect(show(evaluation.evaluation) == "100")
    #expect(evaluation.warnings == [])
  }

  @Test("the trace leads from the decision to the facts and the functions called")
  func trace() throws {
    let trace = try loan().evaluate(decision: "贴息", inputs: values(["研发费用": "1000", "营业收入": "5000"])).trace
    #expect(
      outline(trace) == """
        决策 贴息 = 100
          式 = 100
            函数 封顶 = 100
              式 = 100
          决策 研发 占比 = 0.2
            式 = 0.2
            给出 研发费用 = 1000
            给出 营业收入 = 5000
          已见 研发费用 = 1000

        """)
  }

  private func outline(_ trace: Trace, _ indent: String = "") -> String {
    let step =
      switch trace.step {
      case .input(let name): "给出 \(name)"
      case .decision(let name): "决策 \(name)"
      case .seen(let name): "已见 \(name)"
      case .knowledgeModel(let name): "函数 \(name)"
      case .service(let name): "服务 \(name)"
      case .literal: "式"
      case .table: "表"
      case .entry(let name): "格 \(name)"
      case .boxed(let name): name
      }
    let children = trace.children.map { outline($0, indent + "  ") }.joined()
    return "\(indent)\(step) = \(trace.value)\n\(children)"
  }

  @Test("warnings of a decision that was not read stay with it")
  func warningsStay() throws {
    let model = linked([
      try decision("坏", "1 + \"a\""), try decision("好", "if true then 1 else 坏", needs: ["坏"]),
      try decision("用坏", "坏", needs: ["坏"]),
    ])
    #expect(try model.evaluate(decision: "好").warnings == [])
    #expect(try model.evaluate(decision: "用坏").warnings.count == 1)
    #expect(try model.evaluate(decision: "坏").value.isNull)
  }

  @Test("a cycle is named, and its decisions are null while others work")
  func cycles() throws {
    let model = linked([
      try decision("a", "b", needs: ["b"]), try decision("b", "c + 1", needs: ["c"]),
      try decision("c", "a", needs: ["a"]), try decision("d", "if a = null then 1 else 2", needs: ["a"]),
      try decision("自己", "自己", needs: ["自己"]),
    ])
    #expect(model.diagnostics.map(\.code) == ["dmn.cycle", "dmn.cycle"])
    #expect(Set(model.diagnostics.compactMap { $0.arguments["cycle"] }) == ["a → b → c → a", "自己 → 自己"])
    let evaluation = try model.evaluate(decision: "b")
    #expect(evaluation.value.isNull)
    #expect(evaluation.warnings.map(\.code) == ["dmn.cycle"])
    #expect(show(try model.evaluate(decision: "d").evaluation) == "1")
  }

  @Test("a knowledge model may call itself so far as the depth allows")
  func recursion() throws {
    let model = linked([
      try knowledge("阶乘", [InformationItem("n")], "if n <= 1 then 1 else n * 阶乘(n - 1)", calls: ["阶乘"]),
      try decision("五", "阶乘(5)", calls: ["阶乘"]), try decision("千", "阶乘(1000)", calls: ["阶乘"]),
    ])
    #expect(model.diagnostics.map(\.code) == ["dmn.cycle.calls"])
    #expect(show(try model.evaluate(decision: "五").evaluation) == "120")
    let deep = try onSmallStack { try model.evaluate(decision: "千") }
    #expect(deep.value.isNull)
    #expect(deep.warnings.isEmpty == false)
  }

  @Test("a knowledge model of boxed expressions may call itself eighty times, on a small stack too")
  func boxedRecursion() throws {
    let body = BoxedConditional(
      if: try literal("n <= 0", ["n"]), then: try literal("0"), else: try literal("1 + 数(n - 1)", ["n", "数"]),
      place: here)
    let model = linked([
      .knowledgeModel(
        BusinessKnowledgeModel(
          id: "数", variable: InformationItem("数"), requirements: [Requirement(.knowledge, Reference("数"))],
          logic: BoxedFunction(parameters: [InformationItem("n")], body: .conditional(body), place: here), place: here)),
      try decision("深", "数(80)", calls: ["数"]), try decision("过深", "数(100000)", calls: ["数"]),
    ])
    #expect(show(try onSmallStack { try model.evaluate(decision: "深").evaluation }) == "80")
    let tooDeep = try onSmallStack { try model.evaluate(decision: "过深") }
    #expect(tooDeep.value.isNull)
    #expect(tooDeep.warnings.map(\.code).contains("dmn.boxed.tooDeep"))
  }

  @Test("a long chain of decisions needs little stack")
  func chain() throws {
    var elements = [try decision("d0", "1")]
    for number in 1...3_000 {
      elements.append(try decision("d\(number)", "d\(number - 1) + 1", needs: ["d\(number - 1)"]))
    }
    let model = linked(elements)
    #expect(model.diagnostics == [])
    #expect(show(try onSmallStack { try model.evaluate(decision: "d3000").evaluation }) == "3001")
  }

  @Test("what is shared is evaluated once, and shown once")
  func diamonds() throws {
    var elements = [try decision("d0", "1"), try decision("d1", "1")]
    for number in 2...60 {
      let needs = ["d\(number - 1)", "d\(number - 2)"]
      elements.append(try decision("d\(number)", needs.joined(separator: " + "), needs: needs))
    }
    let evaluation = try linked(elements).evaluate(decision: "d60")
    #expect(show(evaluation.evaluation) == "2504730781961")
    #expect(outline(evaluation.trace).split(separator: "\n").count < 300)
  }

  @Test("several decisions share a run")
  func several() throws {
    let inputs = try values(["研发费用": "1000", "营业收入": "5000"])
    let results = try loan().evaluate(decisions: ["研发 占比", "贴息"], inputs: inputs)
    #expect(results.map { show($0.evaluation) } == ["0.2", "100"])
  }

  @Test("an unknown decision is refused, with the near word")
  func unknownDecision() throws {
    let error = try #require(throws: Diagnostic.self) { try loan().evaluate(decision: "研发占比") }
    #expect(error.code == "dmn.decision.unknown.near")
    #expect(error.arguments["near"] == "研发 占比")
  }

  @Test("a requirement that leads nowhere is reported, and the decision still runs")
  func unknownReference() throws {
    let model = linked([try decision("a", "1", needs: ["missing"])])
    #expect(model.diagnostics.map(\.code) == ["dmn.reference.unknown"])
    #expect(show(try model.evaluate(decision: "a").evaluation) == "1")
  }
}
