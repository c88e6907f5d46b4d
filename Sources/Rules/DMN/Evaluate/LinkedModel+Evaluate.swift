public import Diagnostics
public import FEEL

extension LinkedModel {
  /// Evaluates a decision (DMN 1.5 §10.4).
  /// - Parameter inputs: values of input data; a decision that is given here is not evaluated. Input data that is not
  ///   given is null.
  /// - Throws: `dmn.decision.unknown`.
  public func evaluate(
    decision: ElementName, inputs: [ElementName: Value] = [:], options: EvaluationOptions = .init()
  ) throws(Diagnostic) -> TracedEvaluation {
    let index = try index(of: decision, "dmn.decision.unknown") { $0.isDecision }
    var invocation = Invocation(options: options)
    var run = Run(self, log: EvaluationLog())
    run.give(inputs, with: &invocation)
    run.evaluate([index], with: &invocation)
    return run.result(of: index)
  }

  /// Evaluates several decisions in one run, so that what they share is evaluated once.
  /// - Returns: one result for each name, in their order.
  public func evaluate(
    decisions: [ElementName], inputs: [ElementName: Value] = [:], options: EvaluationOptions = .init()
  ) throws(Diagnostic) -> [TracedEvaluation] {
    var targets: [Int] = []
    for name in decisions { targets.append(try index(of: name, "dmn.decision.unknown") { $0.isDecision }) }
    var invocation = Invocation(options: options)
    var run = Run(self, log: EvaluationLog())
    run.give(inputs, with: &invocation)
    run.evaluate(targets, with: &invocation)
    return targets.map { run.result(of: $0) }
  }

  /// Calls a decision service (DMN 1.5 §10.4) with the values of its input data and input decisions by name; one that
  /// is not given is null: an input decision is never evaluated.
  /// - Returns: the value of its output decision, or a context of several.
  /// - Throws: `dmn.service.unknown`.
  public func evaluate(
    service: ElementName, inputs: [ElementName: Value] = [:], options: EvaluationOptions = .init()
  ) throws(Diagnostic) -> TracedEvaluation {
    let index = try index(of: service, "dmn.service.unknown") { if case .service = $0 { true } else { false } }
    var invocation = Invocation(options: options)
    let log = EvaluationLog()
    var run = Run(self, log: log)
    run.give(inputs, with: &invocation)
    run.giveNull(to: nodes[index].service?.parameters ?? [])
    let trace = run.service(index, with: &invocation)
    return TracedEvaluation(trace, warnings: invocation.warnings + log.warnings)
  }

  /// Calls a business knowledge model with arguments by the names of its parameters; one that is not given is null.
  /// - Throws: `dmn.knowledgeModel.unknown`.
  public func evaluate(
    knowledgeModel: ElementName, arguments: [String: Value], options: EvaluationOptions = .init()
  ) throws(Diagnostic) -> TracedEvaluation {
    let index = try index(of: knowledgeModel, "dmn.knowledgeModel.unknown") {
      if case .knowledgeModel = $0 { true } else { false }
    }
    var invocation = Invocation(options: options)
    let log = EvaluationLog()
    let function = function(index, log)
    let values = function.parameters.map { Binding(arguments[$0.name] ?? .null()) }
    let result = invocation.alone { $0.call(function, with: values) }
    let trace =
      log.exchange().last ?? Trace(.knowledgeModel(knowledgeModel.name), result, at: nodes[index].element.place)
    return TracedEvaluation(trace, warnings: invocation.warnings + log.warnings)
  }

  /// The number of an element by name; nil when there is none. Without a namespace it is one of the main model, or of
  /// an import as the main model sees it: `name of import.element`, or the bare name of an import without a name.
  func index(of name: ElementName) -> Int? {
    if let namespace = name.namespace { return index(of: name.name, in: namespace) }
    return indices[0][name.name]
      ?? model.imports.lazy.compactMap { item in
        if item.name.isEmpty { return index(of: name.name, in: item.namespace) }
        guard name.name.hasPrefix(item.name + ".") else { return nil }
        return index(of: String(name.name.dropFirst(item.name.count + 1)), in: item.namespace)
      }.first
  }

  private func index(of name: String, in namespace: String) -> Int? {
    models.firstIndex { $0.namespace == namespace }.flatMap { indices[$0][name] }
  }

  private func index(
    of name: ElementName, _ code: String, where fits: (Element) -> Bool
  ) throws(Diagnostic) -> Int {
    if let index = index(of: name), fits(nodes[index].element) { return index }
    let candidates = nodes.filter { $0.model == 0 && fits($0.element) }.map(\.element.name)
    guard let near = nearWord(to: name.name, among: candidates) else {
      throw Diagnostic(code, at: model.place, ["name": name.name])
    }
    throw Diagnostic("\(code).near", at: model.place, ["name": name.name, "near": near])
  }
}
