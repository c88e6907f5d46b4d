import DMN
import Diagnostics
import FEEL
import Testing

@testable import Policy

@Suite("DMN models as packs")
struct ImportTests {
  static let codes = [
    "policy.import.input", "policy.import.expression", "policy.import.empty", "policy.import.service",
    "policy.import.import",
  ]

  @Test("a model becomes a pack that decides the same, and says what it could not carry over")
  func example() throws {
    let (pack, diagnostics) = PackSource.importing(try model())
    #expect(diagnostics.map(\.code).sorted() == Self.codes.sorted())
    let (rulebook, problems) = Rulebook.read(pack)
    #expect(problems.filter { $0.severity == .error } == [])
    #expect(rulebook.coverage.accounted == rulebook.coverage.total)
    let record = try #require(rulebook.subjectType)
    var reader = FactReader(dictionary: rulebook.dictionary)
    func cells(_ texts: [String]) -> [RawTable.Cell] { texts.map { RawTable.Cell($0, at: SourcePlace(file: "facts")) } }
    reader.add(
      RawTable(
        header: cells([record.key, "loan"]), rows: [cells(["1", "2000"]), cells(["2", "50"])],
        place: SourcePlace(file: "facts")), of: record.name)
    reader.close()
    #expect(reader.diagnostics == [])
    let asOf = try #require(CalendarDate("2026-01-01"))
    let session = Session(rulebook, facts: reader.facts, asOf: asOf)
    let linked = try model()
    for (key, loan) in [("1", 2000), ("2", 50)] {
      for name in ["tier", "fee"] {
        let expected = try linked.evaluate(decision: ElementName(name), inputs: ["loan": .number(Decimal128(loan))])
          .value
        let value = rulebook.withValue(of: name, subject: key, in: session) { $0.value.feelDescription }
        #expect(value == expected.feelDescription, "\(name) of \(loan)")
      }
    }
  }

  private func model() throws -> LinkedModel {
    let files = ModelFiles(reading: [ModelFile(name: "m.dmn", bytes: Array(Self.xml.utf8))])
    return try #require(files.linked(file: "m.dmn"))
  }

  private static let xml = """
    <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="Loan fee" namespace="urn:m">
    <import name="other" namespace="urn:other" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>
    <inputData id="i" name="loan"><variable name="loan" typeRef="number"/></inputData>
    <inputData id="j" name="hour"><variable name="hour" typeRef="time"/></inputData>
    <decision id="t" name="tier"><variable name="tier" typeRef="string"/>
     <informationRequirement><requiredInput href="#i"/></informationRequirement>
     <decisionTable hitPolicy="UNIQUE"><input><inputExpression><text>loan</text></inputExpression></input>
      <output/><rule><inputEntry><text>&lt;= 1000</text></inputEntry><outputEntry><text>"a|b"</text></outputEntry></rule>
      <rule><inputEntry><text>&gt; 1000</text></inputEntry><outputEntry><text>"c"</text></outputEntry></rule></decisionTable></decision>
    <decision id="f" name="fee"><variable name="fee" typeRef="number"/>
     <informationRequirement><requiredInput href="#i"/></informationRequirement>
     <informationRequirement><requiredDecision href="#t"/></informationRequirement>
     <knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>
     <conditional><if><literalExpression><text>tier = "c"</text></literalExpression></if>
      <then><literalExpression><text>share(loan)</text></literalExpression></then>
      <else><literalExpression><text>0</text></literalExpression></else></conditional></decision>
    <businessKnowledgeModel id="b" name="share"><variable name="share" typeRef="number"/><encapsulatedLogic><formalParameter name="x" typeRef="number"/>
     <context><contextEntry><variable name="rate"/><literalExpression><text>0.01</text></literalExpression></contextEntry>
      <contextEntry><literalExpression typeRef="number"><text>x * rate</text></literalExpression></contextEntry></context></encapsulatedLogic>
    </businessKnowledgeModel>
    <decision id="e" name="nothing"><variable name="nothing"/></decision>
    <decision id="n" name="nested"><variable name="nested"/><list><decisionTable><input><inputExpression><text>1</text></inputExpression></input>
     <output/><rule><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable></list></decision>
    <decisionService id="s" name="service"><outputDecision href="#f"/><inputData href="#i"/></decisionService>
    </definitions>
    """
}
