import DMN
import Diagnostics
import FEEL

/// Models written as XML, for tests.

let dmn15 = "https://www.omg.org/spec/DMN/20230324/MODEL/"

func definitions(_ body: String, namespace: String = "urn:test", version: String = dmn15, more: String = "") -> String {
  """
  <?xml version="1.0" encoding="UTF-8"?>
  <definitions xmlns="\(version)" name="test" namespace="\(namespace)" \(more)>\(body)</definitions>
  """
}

func literalDecision(_ name: String, _ text: String, requires: String = "", type: String? = nil) -> String {
  let type = type.map { " typeRef=\"\($0)\"" } ?? ""
  return """
    <decision id="_\(name)" name="\(name)"><variable name="\(name)"\(type)/>\(requires)
      <literalExpression><text>\(text)</text></literalExpression></decision>
    """
}

func boxedDecision(_ expression: String) -> String {
  "<decision id=\"_d\" name=\"d\"><variable name=\"d\"/>\(expression)</decision>"
}

func text(_ feel: String) -> String { "<literalExpression><text>\(feel)</text></literalExpression>" }

func requires(decision: String) -> String {
  "<informationRequirement><requiredDecision href=\"\(decision)\"/></informationRequirement>"
}

func requires(input: String) -> String {
  "<informationRequirement><requiredInput href=\"\(input)\"/></informationRequirement>"
}

func read(_ files: String...) -> ModelFiles {
  ModelFiles(reading: files.enumerated().map { ModelFile(name: "\($0).dmn", bytes: Array($1.utf8)) })
}

/// What a decision of the first file gives, written out.
func answer(_ decision: ElementName, of files: ModelFiles, _ inputs: [ElementName: Value] = [:]) throws -> String {
  guard let model = files.linked(file: "0.dmn") else {
    return files.diagnostics.map(\.code).joined(separator: " ")
  }
  return show(try model.evaluate(decision: decision, inputs: inputs).evaluation)
}
