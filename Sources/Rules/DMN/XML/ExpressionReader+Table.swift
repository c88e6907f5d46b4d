import Diagnostics
import FEEL

/// Decision tables (DMN 1.5 §8.3).
extension ExpressionReader {
  /// - Throws: the first mistake: a table with a cell that cannot be read has no answer.
  func table(_ tree: XMLTree) throws(Diagnostic) -> DecisionTable {
    var table = DecisionTable(
      hitPolicy: try hitPolicy(of: tree), aggregation: try aggregation(of: tree), inputs: [], outputs: [], rules: [],
      annotations: tree.children("annotation").map { $0.elementName ?? "" },
      outputLabel: tree.attribute("outputLabel"), place: tree.place)
    for input in tree.children("input") { table.inputs.append(try self.input(input)) }
    for output in tree.children("output") { table.outputs.append(try self.output(output)) }
    for rule in tree.children("rule") { table.rules.append(try self.rule(rule)) }
    return table
  }

  private func hitPolicy(of tree: XMLTree) throws(Diagnostic) -> HitPolicy {
    guard let name = tree.attribute("hitPolicy") else { return .unique }
    if let policy = HitPolicy(name: name.normalisedName) { return policy }
    throw word("hitPolicy", name, at: tree.place)
  }

  private func aggregation(of tree: XMLTree) throws(Diagnostic) -> Aggregation? {
    guard let name = tree.attribute("aggregation") else { return nil }
    if let aggregation = Aggregation(name: name.normalisedName) { return aggregation }
    throw word("aggregation", name, at: tree.place)
  }

  private func word(_ attribute: String, _ found: String, at place: SourcePlace) -> Diagnostic {
    Diagnostic("dmn.xml.word", at: place, ["attribute": attribute, "found": found])
  }

  private func input(_ tree: XMLTree) throws(Diagnostic) -> DecisionTable.Input {
    let clause = tree.child("inputExpression")
    guard let expression = try feel(clause) else {
      throw Diagnostic("dmn.xml.child", at: tree.place, ["element": tree.name, "child": "inputExpression"])
    }
    return DecisionTable.Input(
      label: tree.attribute("label"), expression: expression, type: typeNames.type(of: clause),
      allowed: try tests(tree.child("inputValues")))
  }

  private func output(_ tree: XMLTree) throws(Diagnostic) -> DecisionTable.Output {
    DecisionTable.Output(
      name: tree.elementName, label: tree.attribute("label"), type: typeNames.type(of: tree),
      allowed: try tests(tree.child("outputValues")), defaultValue: try feel(tree.child("defaultOutputEntry")))
  }

  /// An empty input entry lets everything pass; an empty output entry is null.
  private func rule(_ tree: XMLTree) throws(Diagnostic) -> DecisionTable.Rule {
    var rule = DecisionTable.Rule(
      label: tree.attribute("label"), inputs: [], outputs: [],
      annotations: tree.children("annotationEntry").map { $0.text(of: "text") ?? "" }, place: tree.place)
    for entry in tree.children("inputEntry") {
      let any = try UnaryTests(parsing: "-", at: entry.place)
      rule.inputs.append(try tests(entry) ?? any)
    }
    for entry in tree.children("outputEntry") {
      let null = try Expression(parsing: "null", at: entry.place)
      rule.outputs.append(try feel(entry) ?? null)
    }
    return rule
  }
}
