import DMN
import Diagnostics
import FEEL

extension KitCase {
  /// Evaluates the case; it passes when all of its results do.
  func result(
    of model: Swift.Result<LinkedModel, Diagnostic>, level: String, folder: String, file: String
  ) -> CaseResult {
    let problem = problem(of: model, file: file)
    return CaseResult(
      level: level, folder: folder, file: file.withoutEnding, id: id, outcome: problem == nil ? .success : .error,
      problem: problem, expectsValue: expectsValue)
  }

  /// The first mistake; nil when the case passes. A model that cannot be loaded fails also where null is expected.
  private func problem(of model: Swift.Result<LinkedModel, Diagnostic>, file: String) -> Diagnostic? {
    do throws(Diagnostic) {
      let model = try model.get()
      switch target {
      case .decision:
        for result in results {
          let found = try model.evaluate(decision: result.name, inputs: inputs)
          try check(found, against: result, file: file)
        }
      case .service: try check(service: model, file: file)
      case .knowledgeModel: try check(knowledgeModel: model, file: file)
      }
      return nil
    } catch {
      return error
    }
  }

  /// A service with several outputs gives a context of them.
  private func check(service model: LinkedModel, file: String) throws(Diagnostic) {
    guard let invocable else { throw unnamed(file) }
    var found = try model.evaluate(service: invocable, inputs: inputs)
    let whole = found.value
    for result in results {
      if case .context(let outputs) = whole, let output = outputs[result.name.name] { found.value = output }
      try check(found, against: result, file: file)
      found.value = whole
    }
  }

  private func check(knowledgeModel model: LinkedModel, file: String) throws(Diagnostic) {
    let arguments = Dictionary(inputs.map { ($0.key.name, $0.value) }, uniquingKeysWith: { $1 })
    for result in results {
      let found = try model.evaluate(knowledgeModel: invocable ?? result.name, arguments: arguments)
      try check(found, against: result, file: file)
    }
  }

  private func unnamed(_ file: String) -> Diagnostic {
    Diagnostic("dmn.tck.invocable", at: SourcePlace(file: file), ["case": id])
  }

  private func check(_ found: TracedEvaluation, against result: Result, file: String) throws(Diagnostic) {
    if let expected = result.expected, found.value.meets(expected) { return }
    let warning = found.warnings.first.map { "\($0.code) \($0.problem(in: .english))" } ?? ""
    let arguments = [
      "result": result.name.name, "expected": result.expected.map { "\($0)" } ?? "?", "given": "\(found.value)",
      "warning": warning,
    ]
    throw Diagnostic("dmn.tck.differs", at: SourcePlace(file: file), arguments)
  }
}

extension Value {
  /// Whether the value is the expected one: numbers within 1e-8, contexts as maps, lists in order, strings to the code
  /// point, times with their offset.
  func meets(_ expected: Value, depth: Int = 60) -> Bool {
    switch (self, expected) {
    case (.null, .null): return true
    case (.number(let a), .number(let b)): return a.isNear(b)
    case (.string(let a), .string(let b)): return a.unicodeScalars.elementsEqual(b.unicodeScalars)
    case (.time(let a), .time(let b)):
      return isEqual(to: expected) == true && a.hour == b.hour && a.minute == b.minute
        && (a.zone == nil) == (b.zone == nil)
    case (.dateTime(let a), .dateTime(let b)):
      return isEqual(to: expected) == true && a.date == b.date && (a.zone == nil) == (b.zone == nil)
    case _ where depth <= 0: return false
    case (.list(let a), .list(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.meets($1, depth: depth - 1) }
    case (.context(let a), .context(let b)):
      return a.count == b.count
        && a.entries.allSatisfy { entry in b[entry.name].map { entry.value.meets($0, depth: depth - 1) } ?? false }
    default: return isEqual(to: expected) == true
    }
  }
}

extension Decimal128 {
  private static let tolerance = Decimal128(1, exponent: -8)

  fileprivate func isNear(_ other: Decimal128) -> Bool {
    guard self != other else { return true }
    guard let difference = self - other, let tolerance = Self.tolerance else { return false }
    return difference <= tolerance && -difference <= tolerance
  }
}
