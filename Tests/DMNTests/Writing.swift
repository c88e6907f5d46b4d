import DMN
import Diagnostics
import FEEL
import Testing

/// Decision tables and models written short, for tests.

let here = SourcePlace(file: "test")

func feel(_ text: String, _ names: [String] = []) throws -> Expression {
  try Expression(parsing: text, names: KnownNames(names, members: names), at: here)
}

func literal(_ text: String, _ names: [String] = []) throws -> BoxedExpression { .literal(try feel(text, names)) }

/// A table as text: `|` between cells, `||` before the outputs. The first line holds the hit policy, the input
/// expressions and the output names; an output may add `= default` and `: allowed values`.
func table(_ text: String, names: [String] = []) throws -> DecisionTable {
  let lines = text.split(separator: "\n").map { cells(String($0)) }
  let head = try #require(lines.first)
  let sign = try #require(head.inputs.first)
  let inputs = try head.inputs.dropFirst().map { try input($0, names) }
  let rules = try lines.dropFirst().map { line in
    DecisionTable.Rule(
      inputs: try line.inputs.map { try UnaryTests(parsing: $0, names: KnownNames(names), at: here) },
      outputs: try line.outputs.map { try feel($0, names) }, place: here)
  }
  return DecisionTable(
    hitPolicy: try #require(HitPolicy(rawValue: String(sign.prefix(1)))),
    aggregation: Aggregation(rawValue: String(sign.dropFirst())), inputs: inputs,
    outputs: try head.outputs.map { try output($0) }, rules: rules, place: here)
}

private func cells(_ line: String) -> (inputs: [String], outputs: [String]) {
  let halves = line.split(separator: "||", maxSplits: 1, omittingEmptySubsequences: false)
  func split(_ half: Substring) -> [String] {
    half.split(separator: "|").map { $0.trimming { $0 == " " } }.filter { !$0.isEmpty }
  }
  return (split(halves[0]), halves.count > 1 ? split(halves[1]) : [])
}

private func input(_ text: String, _ names: [String]) throws -> DecisionTable.Input {
  let parts = text.split(separator: ": ", maxSplits: 1).map(String.init)
  let allowed = parts.count > 1 ? try UnaryTests(parsing: parts[1], at: here) : nil
  return DecisionTable.Input(expression: try feel(parts[0], names + [parts[0]]), allowed: allowed)
}

private func output(_ text: String) throws -> DecisionTable.Output {
  let parts = text.split(separator: ": ", maxSplits: 1).map(String.init)
  let named = parts[0].split(separator: " = ", maxSplits: 1).map(String.init)
  return DecisionTable.Output(
    name: named[0], allowed: parts.count > 1 ? try UnaryTests(parsing: parts[1], at: here) : nil,
    defaultValue: named.count > 1 ? try feel(named[1]) : nil)
}

extension String.SubSequence {
  func trimming(_ isSpace: (Character) -> Bool) -> String {
    String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}

/// Values as FEEL text; `absent1` is a null with the absence 1.
func bindings(_ given: KeyValuePairs<String, String>) throws -> Bindings {
  var result = Bindings()
  for (name, text) in given { result.values[name] = try value(text) }
  return result
}

func value(_ text: String) throws -> Value {
  if text.hasPrefix("absent"), let id = Int(text.dropFirst(6)) { return .null(Absence(id)) }
  return try feel(text).evaluate(in: Bindings()).value
}

/// The value as text, strings quoted, and `?1` for each absence it depends on.
func show(_ evaluation: Evaluation) -> String {
  let value: String = if case .string(let text) = evaluation.value { "\"\(text)\"" } else { "\(evaluation.value)" }
  return ([value] + evaluation.absences.sorted().map { "?\($0.id)" }).joined(separator: " ")
}

// MARK: - Models

func decision(
  _ name: String, _ text: String, needs: [String] = [], calls: [String] = [], type: TypeReference? = nil
) throws -> Element {
  try decision(name, literal(text, needs + calls), needs: needs, calls: calls, type: type)
}

func decision(
  _ name: String, _ expression: BoxedExpression?, needs: [String] = [], calls: [String] = [],
  type: TypeReference? = nil
) throws -> Element {
  .decision(
    Decision(
      id: name, variable: InformationItem(name, type: type), requirements: requirements(needs, calls),
      expression: expression, place: here))
}

func given(_ name: String, type: TypeReference? = nil) -> Element {
  .input(InputData(id: name, variable: InformationItem(name, type: type), place: here))
}

func knowledge(
  _ name: String, _ parameters: [InformationItem], _ text: String, calls: [String] = [], result: TypeReference? = nil
) throws -> Element {
  let body = try literal(text, parameters.map(\.name) + calls)
  return .knowledgeModel(
    BusinessKnowledgeModel(
      id: name, variable: InformationItem(name), requirements: requirements([], calls),
      logic: BoxedFunction(parameters: parameters, body: body, result: result, place: here), place: here))
}

/// `lists#tax` means the element `tax` of the model `lists`.
func requirements(_ needs: [String], _ calls: [String]) -> [Requirement] {
  needs.map { Requirement(.information, reference($0)) } + calls.map { Requirement(.knowledge, reference($0)) }
}

func reference(_ text: String) -> Reference {
  let parts = text.split(separator: "#").map(String.init)
  return parts.count > 1 ? Reference(parts[1], namespace: parts[0]) : Reference(text)
}

func linked(_ elements: [Element], items: [ItemDefinition] = []) -> LinkedModel {
  LinkedModel(DecisionModel(name: "test", namespace: "test", items: items, elements: elements, place: here))
}
