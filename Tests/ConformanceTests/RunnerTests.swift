import Conformance
import Foundation
import Testing

/// A kit of one model, in a folder that is removed afterwards.
private func run(_ model: String, _ cases: String, more: [String: String] = [:]) throws -> ConformanceReport {
  let root = FileManager.default.temporaryDirectory.appendingPathComponent("kit-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: root) }
  let folder = root.appendingPathComponent("compliance-level-9/0001-test")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  let namespace = "https://www.omg.org/spec/DMN/20230324/MODEL/"
  let definitions = "<definitions xmlns=\"\(namespace)\" name=\"m\" namespace=\"urn:m\">\(model)</definitions>"
  let suite = """
    <testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
     xmlns:xsd="http://www.w3.org/2001/XMLSchema"><modelName>m.dmn</modelName>\(cases)</testCases>
    """
  let files = ["m.dmn": definitions, "m-test-01.xml": suite].merging(more) { $1 }
  for (name, text) in files {
    try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
  }
  return try ConformanceKit(folder: root.path).run()
}

private func decision(_ name: String, _ feel: String) -> String {
  """
  <decision id="_\(name)" name="\(name)"><variable name="\(name)"/>
    <literalExpression><text>\(feel)</text></literalExpression></decision>
  """
}

private func test(_ id: String, _ result: String, _ expected: String) -> String {
  "<testCase id=\"\(id)\"><resultNode name=\"\(result)\"><expected>\(expected)</expected></resultNode></testCase>"
}

private func value(_ type: String, _ text: String) -> String { "<value xsi:type=\"xsd:\(type)\">\(text)</value>" }

private let null = "<value xsi:nil=\"true\"/>"

@Suite("The runner of the kit's cases")
struct RunnerTests {
  @Test("what equals what", arguments: comparisons)
  func comparison(feel: String, expected: String, passes: Bool) throws {
    let report = try run(decision("d", feel), test("1", "d", expected))
    #expect(report.total.passed == (passes ? 1 : 0))
  }

  static let comparisons: [(String, String, Bool)] = [
    ("1/3", value("decimal", "0.33333333"), true), ("1/3", value("double", "0.3333"), false),
    ("\" a \"", value("string", " a "), true), ("\"a\"", value("string", " a "), false),
    ("\"\"", value("string", ""), true), ("null", value("string", ""), false), ("null", null, true), ("1", null, false),
    ("unknown", null, true), ("{a: 1, b: 2}", component("b", "2") + component("a", "1"), true),
    ("{a: 1, b: 2}", component("a", "1"), false), ("[]", "<list/>", true), ("[]", null, false),
    ("[1, 2]", "<list><item>\(value("decimal", "1"))</item><item>\(value("decimal", "2"))</item></list>", true),
    ("[2, 1]", "<list><item>\(value("decimal", "1"))</item><item>\(value("decimal", "2"))</item></list>", false),
    ("duration(\"P14M\")", value("duration", "P1Y2M"), true), ("duration(\"P1D\")", value("duration", "PT24H"), true),
    ("date(\"2020-01-01\")", value("date", "2020-01-01"), true),
    ("time(\"10:00:00Z\")", value("time", "10:00:00Z"), true),
    ("time(\"09:00:00Z\")", value("time", "10:00:00+01:00"), false),
    ("time(\"10:00:00\")", value("time", "10:00:00Z"), false),
    ("date and time(\"2020-01-01T00:00:00\")", value("dateTime", "2020-01-01T00:00:00"), true),
    ("date and time(\"2020-01-01T00:00:00\")", value("date", "2020-01-01"), false),
    ("true", value("boolean", "true"), true),
  ]

  private static func component(_ name: String, _ number: String) -> String {
    "<component name=\"\(name)\">\(value("decimal", number))</component>"
  }

  @Test("a model that cannot be loaded fails all its cases, also those that expect null")
  func unloadable() throws {
    let broken = try run("<decision", test("1", "d", null))
    #expect(broken.total.passed == 0)
    let alone = try run(
      "<import name=\"x\" namespace=\"urn:x\" importType=\"\"/>" + decision("d", "null"), test("1", "d", null))
    #expect(alone.total.passed == 0)
    #expect(try run(decision("other", "1"), test("1", "d", null)).total.passed == 0)
  }

  @Test("the report has the kit's form, and counts the cases that expect a value apart")
  func report() throws {
    let report = try run(
      decision("d", "1") + decision("e", "\"a\"\"b\""),
      test("1", "d", value("decimal", "1")) + test("2", "d", value("decimal", "2")) + test("3", "e", null))
    let lines = report.csv.split(separator: "\n")
    #expect(lines.first == "\"compliance-level-9/0001-test\",\"m-test-01\",\"1\",\"SUCCESS\",\"\"")
    #expect(lines[1].hasPrefix("\"compliance-level-9/0001-test\",\"m-test-01\",\"2\",\"ERROR\",\"dmn.tck.differs"))
    #expect(report.levels.map(\.total) == [3])
    #expect((report.total.passed, report.total.totalWithValue, report.total.passedWithValue) == (2, 2, 1))
  }

  @Test("inputs, overridden decisions, services and knowledge models")
  func targets() throws {
    let model = """
      <inputData id="_i" name="i"><variable name="i"/></inputData>
      <decision id="_a" name="a"><variable name="a"/>
        <informationRequirement><requiredInput href="#_i"/></informationRequirement>
        <literalExpression><text>i + 1</text></literalExpression></decision>
      <decision id="_b" name="b"><variable name="b"/>
        <informationRequirement><requiredDecision href="#_a"/></informationRequirement>
        <literalExpression><text>a * 2</text></literalExpression></decision>
      <businessKnowledgeModel id="_k" name="k"><variable name="k"/>
        <encapsulatedLogic><formalParameter name="x"/><literalExpression><text>x - 1</text></literalExpression>
        </encapsulatedLogic></businessKnowledgeModel>
      <decisionService id="_s" name="s"><variable name="s"/>
        <outputDecision href="#_a"/><outputDecision href="#_b"/><inputData href="#_i"/></decisionService>
      """
    func input(_ name: String) -> String { "<inputNode name=\"\(name)\">\(value("decimal", "4"))</inputNode>" }
    func result(_ name: String, _ number: String) -> String {
      "<resultNode name=\"\(name)\"><expected>\(value("decimal", number))</expected></resultNode>"
    }
    let cases = """
      <testCase id="1">\(input("i"))\(result("b", "10"))</testCase>
      <testCase id="2">\(input("a"))\(result("b", "8"))</testCase>
      <testCase id="3" type="decisionService" invocableName="s">\(input("i"))\(result("a", "5"))\(result("b", "10"))</testCase>
      <testCase id="4" type="bkm" invocableName="k">\(input("x"))\(result("k", "3"))</testCase>
      <testCase id="5" type="decisionService">\(result("a", "5"))</testCase>
      """
    let report = try run(model, cases)
    #expect(report.results.map(\.outcome) == [.success, .success, .success, .success, .error])
  }

  @Test("a folder without cases is an error")
  func empty() { #expect(throws: (any Error).self) { try ConformanceKit(folder: "/nowhere").run() } }
}
