public import DMN
import Diagnostics
public import FEEL

/// Something that takes any bytes and must neither crash nor hang.
public struct FuzzTarget: Sendable {
  public let name: String
  /// Sound inputs.
  public var corpus: [String]
  public let run: @Sendable ([UInt8]) -> Void

  /// Reads an expression, evaluates it over facts of every kind, and writes the value out.
  public static let expression = FuzzTarget(name: "FEEL expression", corpus: Corpus.expressions) { bytes in
    let source = String(decoding: bytes, as: UTF8.self)
    guard let expression = try? Expression(parsing: source, names: Corpus.names) else { return }
    let result = expression.evaluate(in: Corpus.facts, options: options)
    _ = result.value.feelDescription.utf8.count
    for warning in result.warnings { _ = warning.description(in: .chinese) }
  }

  /// The same for unary tests against several inputs.
  public static let tests = FuzzTarget(name: "FEEL unary tests", corpus: Corpus.tests) { bytes in
    let source = String(decoding: bytes, as: UTF8.self)
    guard let tests = try? UnaryTests(parsing: source, names: Corpus.names) else { return }
    var invocation = Invocation(options: options)
    for input in Corpus.facts.values.values {
      _ = tests.evaluate(input: Binding(input), in: Corpus.facts, with: &invocation)
    }
  }

  /// Reads a model file, evaluates every decision, writes the model and reads it again.
  public static let model = FuzzTarget(name: "DMN model", corpus: Corpus.models) { bytes in
    let files = ModelFiles(reading: [ModelFile(name: "fuzz.dmn", bytes: bytes)])
    guard let linked = files.linked(file: "fuzz.dmn") else { return }
    for decision in linked.model.decisions {
      _ = try? linked.evaluate(decision: ElementName(decision.variable.name), options: options)
    }
    _ = ModelFiles(reading: [ModelFile(name: "again.dmn", bytes: Array(linked.model.xml.utf8))]).models.count
  }

  public static let all = [expression, tests, model]

  /// Enough for every sound text, and done well within a second.
  private static let options = EvaluationOptions(maximumSteps: 300_000)
}
