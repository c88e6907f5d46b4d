import DMN
import Diagnostics
import FEEL
import Testing

/// The code of DMN.docc, line by line, and what it says of its values.
@Suite("The pages of DMN.docc")
struct DocumentationTests {
  private let xml = definitions(
    """
    <inputData id="_a" name="金额"><variable name="金额" typeRef="number"/></inputData>
    <decision id="_r" name="折扣 率"><variable name="折扣 率" typeRef="number"/>\(requires(input: "#_a"))
    <decisionTable hitPolicy="UNIQUE"><input><inputExpression typeRef="number"><text>金额</text></inputExpression></input>
    <output typeRef="number"/>
    <rule><inputEntry><text>&gt;= 1000</text></inputEntry><outputEntry><text>0.1</text></outputEntry></rule>
    <rule><inputEntry><text>&lt; 1000</text></inputEntry><outputEntry><text>0</text></outputEntry></rule>
    </decisionTable></decision>
    <decision id="_p" name="应付"><variable name="应付" typeRef="number"/>\(requires(input: "#_a"))\(requires(decision: "#_r"))
    <literalExpression><text>金额 * (1 - 折扣 率)</text></literalExpression></decision>
    """)

  private func discount() throws -> LinkedModel {
    let files = ModelFiles(reading: [ModelFile(name: "discount.dmn", bytes: Array(xml.utf8))])
    return try #require(files.linked(file: "discount.dmn"))
  }

  @Test func overview() throws {
    let files = ModelFiles(reading: [ModelFile(name: "discount.dmn", bytes: Array(xml.utf8))])
    let model = try #require(files.linked(file: "discount.dmn"))
    let result = try model.evaluate(decision: "折扣 率", inputs: ["金额": .number(1200)])
    let rate = result.value  // 0.1
    #expect(rate.description == "0.1")
  }

  @Test func reading() throws {
    let main = definitions("<import name=\"r\" namespace=\"urn:rates\" importType=\"\(dmn15)\"/>")
    let rates = definitions(literalDecision("rate", "0.2"), namespace: "urn:rates")
    let both = ModelFiles(
      reading: [
        ModelFile(name: "main.dmn", bytes: Array(main.utf8)), ModelFile(name: "rates.dmn", bytes: Array(rates.utf8)),
      ])
    let broken = both.diagnostics.map(\.code)  // []
    let linked = try #require(both.linked(file: "main.dmn"))
    let mistakes = linked.diagnostics.map(\.code)  // []
    #expect(broken == [] && mistakes == [])
  }

  @Test func linking() throws {
    let place = SourcePlace(file: "double.swift")
    let number = InformationItem("x", type: "number")
    let double = Decision(
      id: "double", variable: InformationItem("double", type: "number"),
      requirements: [Requirement(.information, Reference("x"))],
      expression: .literal(try Expression(parsing: "x * 2", names: KnownNames(["x"]))), place: place)
    let own = DecisionModel(
      name: "own", namespace: "urn:own",
      elements: [.input(InputData(id: "x", variable: number, place: place)), .decision(double)], place: place)
    let four = try LinkedModel(own).evaluate(decision: "double", inputs: ["x": .number(2)]).value  // 4
    #expect(four.description == "4")
  }

  @Test func evaluating() throws {
    let model = try discount()
    let several = try model.evaluate(decisions: ["折扣 率", "应付"], inputs: ["金额": .number(1200)])
    let values = several.map(\.value.description)  // ["0.1", "1080"]
    #expect(values == ["0.1", "1080"])

    func outline(_ trace: Trace, depth: Int = 0) -> [String] {
      let line = String(repeating: "  ", count: depth) + "\(trace.value)"
      return [line] + trace.children.flatMap { outline($0, depth: depth + 1) }
    }
    let tree = outline(try model.evaluate(decision: "应付", inputs: ["金额": .number(1200)]).trace)
    #expect(tree.first == "1080" && tree.contains("  0.1"))
  }

  @Test func writing() throws {
    let model = try discount()
    let text = model.model.xml
    let again = ModelFiles(reading: [ModelFile(name: "again.dmn", bytes: Array(text.utf8))])
    let same = try again.linked(file: "again.dmn")?.evaluate(decision: "应付", inputs: ["金额": .number(1200)])
    let payable = same?.value  // 1080
    #expect(payable?.description == "1080")
  }
}
