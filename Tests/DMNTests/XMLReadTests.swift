import DMN
import Diagnostics
import FEEL
import Testing

@Suite("DMN XML is read")
struct XMLReadTests {
  @Test(
    "the versions 1.1 to 1.5, by their namespaces",
    arguments: [
      "http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/",
      "https://www.omg.org/spec/DMN/20191111/MODEL/", "https://www.omg.org/spec/DMN/20211108/MODEL/", dmn15,
    ])
  func versions(namespace: String) throws {
    let files = read(definitions(literalDecision("d", "1 + 1"), version: namespace))
    #expect(try answer("d", of: files) == "2")
  }

  @Test("type names with the prefix of FEEL, of the model itself and of an import")
  func prefixedTypes() throws {
    let own = """
      <import name="lists" namespace="urn:lists" importType="\(dmn15)"/>
      <itemDefinition name="tAge"><typeRef>feel:number</typeRef></itemDefinition>
      \(literalDecision("a", "\"x\"", type: "own:tAge"))\(literalDecision("b", "\"x\"", type: "p:tName"))
      \(literalDecision("c", "1", type: "p:tName"))
      """
    let prefixes = """
      xmlns:feel="http://www.omg.org/spec/FEEL/20140401" xmlns:own="urn:test" xmlns:p="urn:lists"
      """
    let lists = "<itemDefinition name=\"tName\"><typeRef>string</typeRef></itemDefinition>"
    let files = read(definitions(own, more: prefixes), definitions(lists, namespace: "urn:lists"))
    #expect(files.diagnostics == [])
    #expect(try answer("a", of: files) == "null")
    #expect(try answer("b", of: files) == "\"x\"")
    #expect(try answer("c", of: files) == "null")
  }

  @Test("a bad expression stays with its decision, with its line")
  func badExpression() throws {
    let files = read(definitions("\n" + literalDecision("bad", "1 +") + literalDecision("good", "2")))
    let model = try #require(files.linked(file: "0.dmn"))
    #expect(model.diagnostics.map(\.code).count == 1)
    #expect(model.diagnostics.first?.place.line == 4)
    #expect(try answer("bad", of: files) == "null")
    #expect(try answer("good", of: files) == "2")
  }

  @Test("signs that XML writes by name are those signs, in attributes as in texts")
  func predefinedEntities() throws {
    let files = read(definitions(literalDecision("R &amp; D &lt;1&gt; &#36;", "&quot;A &amp; B&quot;")))
    #expect(files.diagnostics == [])
    #expect(files.linked(file: "0.dmn")?.model.decisions.map(\.variable.name) == ["R & D <1> $"])
  }

  @Test("names are normalised, and expressions find those of several words")
  func names() throws {
    let body = """
      <inputData id="_i" name=" full \n  name "><variable name="full name"/></inputData>
      <inputData id="_s" name="pre-tax o'value"/>
      \(literalDecision("d", "full  name + \"!\"", requires: requires(input: "#_i")))
      \(literalDecision("e", "pre-tax o'value * 2", requires: requires(input: "#_s")))
      """
    let files = read(definitions(body))
    #expect(try answer("d", of: files, ["full name": .string("Ann")]) == "\"Ann!\"")
    #expect(try answer("e", of: files, ["pre-tax o'value": .number(4)]) == "8")
  }

  @Test("entries of several words, of boxed contexts and of contexts in FEEL, are known to other decisions")
  func members() throws {
    let boxed = "<context><contextEntry><variable name=\"net-amount due\"/>\(text("5"))</contextEntry></context>"
    let body = """
      <decision id="_a" name="a"><variable name="a"/>\(boxed)</decision>
      \(literalDecision("b", "{tax-free part: 7}"))
      \(literalDecision("c", "a.net-amount due + b.tax-free part", requires: requires(decision: "#_a") + requires(decision: "#_b")))
      """
    #expect(try answer("c", of: read(definitions(body))) == "12")
  }

  @Test("references with the namespace of the model itself, of an import, and of an import without name")
  func references() throws {
    let body = """
      <import name="m" namespace="urn:m" importType="\(dmn15)"/><import name="" namespace="urn:n" importType="\(dmn15)"/>
      \(literalDecision("a", "1"))
      \(literalDecision("d", "a + m.b + c", requires: requires(decision: "urn:test#_a") + requires(decision: "urn:m#_b") + requires(decision: "urn:n#_c")))
      """
    let files = read(
      definitions(body), definitions(literalDecision("b", "10"), namespace: "urn:m"),
      definitions(literalDecision("c", "100"), namespace: "urn:n"))
    #expect(files.diagnostics == [])
    #expect(try answer("d", of: files) == "111")
    #expect(try answer("c", of: files) == "100")
    #expect(try answer("m.b", of: files) == "10")
  }

  @Test("mistakes in a file have their code", arguments: mistakenFiles)
  func mistakes(xml: String, code: String) {
    let files = read(xml)
    let models = files.models.indices.compactMap { files.linked(file: "\($0).dmn") }
    let codes = files.diagnostics.map(\.code) + models.flatMap(\.diagnostics).map(\.code)
    #expect(codes.contains(code), "\(codes)")
    for diagnostic in files.diagnostics { #expect(diagnostic.problem(in: .english) != diagnostic.code) }
  }

  static let mistakenFiles: [(String, String)] = [
    ("<html/>", "dmn.xml.root"), ("<definitions/>", "dmn.xml.version"), ("", "dmn.xml.malformed"),
    (definitions("<inputData id=\"_i\"/>"), "dmn.xml.attribute"),
    (definitions(literalDecision("d", "1", requires: requires(input: "nothing"))), "dmn.xml.href"),
    (definitions(literalDecision("d", "1", requires: requires(input: "#nothing"))), "dmn.reference.unknown"),
    (definitions(boxedDecision("<decisionTable hitPolicy=\"BEST\"><output/></decisionTable>")), "dmn.xml.word"),
    (definitions(boxedDecision("<decisionTable aggregation=\"AVG\"><output/></decisionTable>")), "dmn.xml.word"),
    (definitions(boxedDecision("<functionDefinition kind=\"R\">\(text("1"))</functionDefinition>")), "dmn.xml.word"),
    (definitions(boxedDecision("<conditional><if>\(text("true"))</if></conditional>")), "dmn.xml.child"),
    (definitions(boxedDecision("<relation><column name=\"a\"/><row/></relation>")), "dmn.xml.row"),
    (definitions(boxedDecision("<decisionTable><input/><output/></decisionTable>")), "dmn.xml.child"),
    (
      definitions(boxedDecision("<literalExpression expressionLanguage=\"urn:js\"><text>1</text></literalExpression>")),
      "dmn.xml.language"
    ),
  ]

  @Test("two files with one namespace: the second is refused")
  func sameNamespace() {
    let files = read(definitions(""), definitions(""))
    #expect(files.models.count == 1)
    #expect(files.diagnostics.map(\.code) == ["dmn.xml.sameNamespace"])
  }
}

@Suite("Boxed expressions in XML")
struct XMLBoxedTests {
  @Test("each form has its value", arguments: forms)
  func form(expression: String, expected: String) throws {
    #expect(try answer("d", of: read(definitions(boxedDecision(expression)))) == expected)
  }

  static let forms: [(String, String)] = [
    (text("1 &lt; 2"), "true"), ("<literalExpression><text><![CDATA[1 < 2]]></text></literalExpression>", "true"),
    ("<list>\(text("1"))\(text("2"))</list>", "[1, 2]"),
    (
      "<context><contextEntry><variable name=\"a\"/>\(text("2"))</contextEntry><contextEntry>\(text("a * 3"))</contextEntry></context>",
      "6"
    ),
    (
      "<relation><column name=\"x\"/><column name=\"y\"/><row>\(text("1"))\(text("2"))</row></relation>",
      "[{x: 1, y: 2}]"
    ),
    (
      "<conditional><if>\(text("1 > 2"))</if><then>\(text("1"))</then><else>\(text("2"))</else></conditional>", "2"
    ),
    ("<filter><in>\(text("[1, 5, 9]"))</in><match>\(text("item > 3"))</match></filter>", "[5, 9]"),
    (
      "<for iteratorVariable=\"i\"><in>\(text("[1..3]"))</in><return>\(text("i + count(partial)"))</return></for>",
      "[1, 3, 5]"
    ),
    (
      "<every iteratorVariable=\"i\"><in>\(text("[1, 2]"))</in><satisfies>\(text("i > 1"))</satisfies></every>", "false"
    ),
    ("<some iteratorVariable=\"i\"><in>\(text("[1, 2]"))</in><satisfies>\(text("i > 1"))</satisfies></some>", "true"),
    (
      """
      <context><contextEntry><variable name="f"/><functionDefinition><formalParameter name="n"/>
      \(text("if n &lt;= 1 then 1 else n * f(n - 1)"))</functionDefinition></contextEntry>
      <contextEntry>\(text("f(6)"))</contextEntry></context>
      """, "720"
    ),
    (
      """
      <context><contextEntry><variable name="f"/>\(text("function(n) if n &lt;= 1 then 1 else n * f(n - 1)"))</contextEntry>
      <contextEntry><invocation>\(text("f"))<binding><parameter name="n"/>\(text("5"))</binding></invocation></contextEntry></context>
      """, "120"
    ),
    (
      """
      <context><contextEntry><variable name="m"/><functionDefinition kind="Java"><formalParameter name="a"/><context>
      <contextEntry><variable name="class"/>\(text("\"java.lang.Math\""))</contextEntry>
      <contextEntry><variable name="method signature"/>\(text("\"abs(int)\""))</contextEntry>
      </context></functionDefinition></contextEntry><contextEntry>\(text("m(-2)"))</contextEntry></context>
      """, "2"
    ),
    (table("UNIQUE", "<output/>", ["&lt; 5": "1", ">= 5": "2"]), "2"),
    (table("FIRST", "<output/>", ["-": "\"first\"", "": "\"second\""]), "\"first\""),
    (table("COLLECT\" aggregation=\"SUM", "<output/>", ["-": "1", ">= 5": "2"]), "3"),
    (table("UNIQUE", "<output><defaultOutputEntry><text>9</text></defaultOutputEntry></output>", ["&lt; 5": "1"]), "9"),
    (
      table(
        "PRIORITY", "<output><outputValues><text>\"b\", \"a\"</text></outputValues></output>",
        ["-": "\"a\"", "7": "\"b\""]),
      "\"b\""
    ),
    (table("UNIQUE", "<output typeRef=\"string\"/>", ["-": "1"]), "null"),
  ]

  /// A table over the number 7.
  private static func table(_ policy: String, _ output: String, _ rules: KeyValuePairs<String, String>) -> String {
    let rows = rules.map {
      "<rule><inputEntry><text>\($0)</text></inputEntry><outputEntry><text>\($1)</text></outputEntry></rule>"
    }
    return """
      <decisionTable hitPolicy="\(policy)"><input><inputExpression><text>7</text></inputExpression></input>\(output)
      \(rows.joined())</decisionTable>
      """
  }

  @Test("a priority table without values of its own takes those of its output's type")
  func prioritiesOfType() throws {
    let type = """
      <itemDefinition name="tRank"><typeRef>string</typeRef><allowedValues><text>"high", "low"</text></allowedValues></itemDefinition>
      """
    let table = Self.table("PRIORITY", "<output typeRef=\"tRank\"/>", ["-": "\"low\"", "7": "\"high\""])
    #expect(try answer("d", of: read(definitions(type + boxedDecision(table)))) == "\"high\"")
  }

  @Test("a service gives its output; input decisions that are not given are null, not evaluated")
  func service() throws {
    let body = """
      \(literalDecision("given", "1"))\(literalDecision("out", "given + 1", requires: requires(decision: "#_given")))
      <itemDefinition name="tF"><functionItem outputTypeRef="string"/></itemDefinition>
      <decisionService id="_s" name="s"><variable name="s"/><outputDecision href="#_out"/><inputDecision href="#_given"/></decisionService>
      <decisionService id="_t" name="t"><variable name="t" typeRef="tF"/><outputDecision href="#_out"/></decisionService>
      """
    let model = try #require(read(definitions(body)).linked(file: "0.dmn"))
    #expect(show(try model.evaluate(service: "s", inputs: ["given": .number(5)]).evaluation) == "6")
    #expect(show(try model.evaluate(service: "s").evaluation) == "null")
    #expect(show(try model.evaluate(service: "t").evaluation) == "null")
  }
}
