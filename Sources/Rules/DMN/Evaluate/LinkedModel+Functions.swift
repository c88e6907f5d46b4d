import FEEL

/// What an element reads and calls.
extension LinkedModel {
  /// The names of an element's requirements: values from `value`, knowledge models and services as functions. Those
  /// of an imported model are entries of a context under the name of the import.
  func names(for index: Int, _ log: EvaluationLog, _ value: (Int) -> Binding) -> [String: Binding] {
    var names: [String: Binding] = [:]
    for need in nodes[index].needs where need.kind != .authority {
      let binding =
        need.kind == .information ? value(need.target) : Binding(.function(function(need.target, log)))
      guard let importName = need.importName else {
        names[need.name] = binding
        continue
      }
      var context = Context()
      if case .context(let known)? = names[importName]?.value { context = known }
      context[need.name] = binding.value
      let absences = names[importName]?.absences ?? []
      names[importName] = Binding(.context(context), absences: absences.union(binding.absences))
    }
    return names
  }

  /// A knowledge model or a service as FEEL calls it.
  func function(_ index: Int, _ log: EvaluationLog) -> FunctionValue {
    let types = types(of: index)
    switch nodes[index].element {
    case .knowledgeModel(let model):
      return FunctionValue(
        name: model.variable.name, parameters: types.parameters(model.logic?.parameters ?? []),
        result: types.feelType(of: model.logic?.result)
      ) { arguments, invocation in
        let trace = self.call(model, index, arguments, log, with: &invocation)
        log.add(call: trace)
        return invocation.use(trace.binding)
      }
    case .service(let service):
      let parameters = (nodes[index].service?.parameters ?? []).map { parameter in
        let variable = nodes[parameter].element.variable
        return FunctionParameter(
          nodes[parameter].element.name, type: variable.type.map { self.types(of: parameter).feelType(of: $0) })
      }
      return FunctionValue(name: service.variable.name, parameters: parameters) { arguments, invocation in
        let trace = self.call(service: index, arguments, log, with: &invocation)
        log.add(call: trace)
        return invocation.use(trace.binding)
      }
    case .input, .decision, .knowledgeSource:
      return FunctionValue(parameters: []) { _, _ in .null() }
    }
  }

  private func call(
    _ model: BusinessKnowledgeModel, _ index: Int, _ arguments: [Binding], _ log: EvaluationLog,
    with invocation: inout Invocation
  ) -> Trace {
    let evaluator = BoxedEvaluator(types: types(of: index), place: model.place, log: log)
    return evaluator.traced(.knowledgeModel(model.variable.name), at: model.place, with: &invocation) {
      children, invocation in
      guard let logic = model.logic else {
        log.warn("dmn.knowledgeModel.empty", ["name": model.variable.name], at: model.place)
        return .null()
      }
      let scope = Layer(names(for: index, log) { _ in Binding(.null()) })
      let value = evaluator.call(logic, arguments, in: scope, with: &invocation, &children)
      return evaluator.admitResult(value, of: model.variable, with: &invocation)
    }
  }

  /// A run of its own: values given to the service do not touch decisions outside of it.
  private func call(
    service index: Int, _ arguments: [Binding], _ log: EvaluationLog, with invocation: inout Invocation
  ) -> Trace {
    var run = Run(self, log: log)
    for (parameter, argument) in zip(nodes[index].service?.parameters ?? [], arguments) {
      run.give(argument, to: parameter, with: &invocation)
    }
    return run.service(index, with: &invocation)
  }
}

extension BoxedEvaluator {
  /// What a function gives, against the type of its variable: that of the result, or of the function itself.
  func admitResult(_ value: Value, of variable: InformationItem, with invocation: inout Invocation) -> Value {
    guard let type = variable.type else { return value }
    switch types.feelType(of: type) {
    case .anyFunction: return value
    case .function:
      guard let (result, types) = types.result(of: type) else { return value }
      let evaluator = BoxedEvaluator(types: types, place: place, log: log)
      return evaluator.admit(value, as: InformationItem(variable.name, type: result), with: &invocation)
    default: return admit(value, as: variable, with: &invocation)
    }
  }
}
