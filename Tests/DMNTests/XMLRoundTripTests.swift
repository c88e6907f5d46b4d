import DMN
import Diagnostics
import FEEL
import Testing

@Suite("DMN XML is written")
struct XMLRoundTripTests {
  private static let model = definitions(
    """
    <description>说明 &lt;&amp;&gt; "引号"</description>
    <import name="m" namespace="urn:m" importType="\(dmn15)"/>
    <itemDefinition name="t等级" label="等级"><typeRef>string</typeRef><allowedValues><text>"甲", "乙"</text></allowedValues></itemDefinition>
    <itemDefinition name="tLoan" isCollection="true"><itemComponent name="本 金"><typeRef>number</typeRef></itemComponent></itemDefinition>
    <itemDefinition name="tF"><functionItem outputTypeRef="number"><parameters name="x" typeRef="number"/></functionItem></itemDefinition>
    <inputData id="pack/doc#贷款" name="贷款"><variable name="贷款" typeRef="tLoan"/></inputData>
    <knowledgeSource id="_law" name="办法 第一条" locationURI="urn:law"><type>policy</type></knowledgeSource>
    <businessKnowledgeModel id="_k" name="息"><variable name="息" typeRef="tF"/><encapsulatedLogic><formalParameter name="x" typeRef="number"/><literalExpression typeRef="number"><text>decimal(x * 0.01, 2)</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
    <decision id="_sum" name="合计"><question>多少？</question><allowedAnswers>元</allowedAnswers><variable name="合计" typeRef="number"/>
      <informationRequirement><requiredInput href="#pack/doc#贷款"/></informationRequirement>
      <informationRequirement><requiredDecision href="urn:m#_b"/></informationRequirement>
      <knowledgeRequirement><requiredKnowledge href="#_k"/></knowledgeRequirement>
      <authorityRequirement><requiredAuthority href="#_law"/></authorityRequirement>
      <literalExpression><text>sum(for l in 贷款 return 息(l.本 金)) + m.b</text></literalExpression></decision>
    <decision id="_rank" name="评级"><variable name="评级" typeRef="t等级"/>
      <informationRequirement><requiredDecision href="#_sum"/></informationRequirement>
      <decisionTable hitPolicy="PRIORITY" outputLabel="级"><input label="合计"><inputExpression typeRef="number"><text>合计</text></inputExpression><inputValues><text>&gt;= 0</text></inputValues></input>
      <output name="级" typeRef="t等级"><outputValues><text>"甲", "乙"</text></outputValues><defaultOutputEntry><text>"乙"</text></defaultOutputEntry></output>
      <annotation name="依据"/>
      <rule><inputEntry><text>&gt; 12</text></inputEntry><outputEntry><text>"乙"</text></outputEntry><annotationEntry><text>一 &amp; 二</text></annotationEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"甲"</text></outputEntry><annotationEntry><text/></annotationEntry></rule>
      </decisionTable></decision>
    <decisionService id="_s" name="服务"><variable name="服务"/><outputDecision href="#_rank"/><encapsulatedDecision href="#_sum"/><inputData href="#pack/doc#贷款"/></decisionService>
    """, more: "id=\"_defs\"")
  private static let imported = definitions(literalDecision("b", "10"), namespace: "urn:m")
  private static let loans = "[{本 金: 100}, {本 金: 250}]"

  private func loans() throws -> Value {
    try Expression(parsing: Self.loans, names: KnownNames(members: ["本 金"])).evaluate(in: Bindings()).value
  }

  @Test("written and read back, a model evaluates the same, and is written the same")
  func roundTrip() throws {
    // An id with `#` cannot be referred to, so that the first reading needs ids of its own.
    let source = Self.model.replacing("pack/doc#贷款", with: "_贷款")
    let first = read(source, Self.imported)
    #expect(first.diagnostics == [])
    let again = read(first.models[0].xml, first.models[1].xml)
    #expect(again.diagnostics == [])
    for name in ["合计", "评级"] as [ElementName] {
      let expected = try answer(name, of: first, ["贷款": loans()])
      #expect(try answer(name, of: again, ["贷款": loans()]) == expected)
      #expect(!expected.contains("null"))
    }
    #expect(again.models[0].xml == first.models[0].xml)
    #expect(again.models[0].documentation == "说明 <&> \"引号\"")
    #expect(again.models[0].items.map(\.label) == ["等级", nil, nil])
  }

  @Test("ids that XML cannot hold are changed together with the references to them")
  func ids() throws {
    let model = DecisionModel(
      name: "m", namespace: "urn:x",
      elements: [
        .input(InputData(id: "a/b#一", variable: InformationItem("一"), place: here)),
        .input(InputData(id: "a:b#一", variable: InformationItem("二"), place: here)),
        try decision("三", "一 + 二", needs: []),
      ].map { element in
        guard case .decision(var decision) = element else { return element }
        decision.id = "1 三"
        decision.requirements = [
          Requirement(.information, Reference("a/b#一")), Requirement(.information, Reference("a:b#一")),
        ]
        return .decision(decision)
      }, place: here)
    let files = read(model.xml)
    #expect(files.diagnostics == [])
    #expect(try answer("三", of: files, ["一": .number(1), "二": .number(2)]) == "3")
  }

  @Test("each boxed form is written and read back", arguments: XMLBoxedTests.forms)
  func boxed(expression: String, expected: String) throws {
    let model = try #require(read(definitions(boxedDecision(expression))).models.first)
    #expect(try answer("d", of: read(model.xml)) == expected)
  }

  @Test("the diagram shows each element in its layer, below what requires it")
  func diagram() throws {
    let source = Self.model.replacing("pack/doc#贷款", with: "_贷款")
    let xml = try #require(read(source, Self.imported).models.first).xml
    let shapes = xml.matches(
      of: /dmnElementRef="([^"]+)"[^>]*>\s*<dc:Bounds height="64" width="160" x="(\d+)" y="(\d+)"/)
    let places = Dictionary(uniqueKeysWithValues: shapes.map { (String($0.1), Int($0.3) ?? -1) })
    #expect(places.count == 6)
    #expect(try #require(places["_rank"]) < #require(places["_sum"]))
    #expect(try #require(places["_sum"]) < #require(places["_贷款"]))
    #expect(Set(shapes.map { "\($0.2) \($0.3)" }).count == 6)
    #expect(xml.matches(of: /<dmndi:DMNEdge/).count == 4)
    #expect(xml.matches(of: /<di:waypoint/).count == 8)
  }

  @Test("a circle of requirements is laid out too")
  func circle() throws {
    let body =
      literalDecision("a", "b", requires: requires(decision: "#_b"))
      + literalDecision("b", "a", requires: requires(decision: "#_a"))
    let model = try #require(read(definitions(body)).models.first)
    #expect(model.xml.matches(of: /<dmndi:DMNEdge/).count == 2)
  }
}
