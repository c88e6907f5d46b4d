import FEEL

/// Boxed expressions. `type` is that of the expression's value, where the model gives it a place.
extension XMLText {
  mutating func write(_ expression: BoxedExpression, type: TypeReference? = nil) {
    let attributes: Attributes = ["typeRef": type?.name]
    switch expression {
    case .literal(let literal): element("literalExpression", attributes) { $0.element("text", text: literal.source) }
    case .table(let table): write(table, type)
    case .context(let context): element("context", attributes) { $0.write(context) }
    case .relation(let relation): element("relation", attributes) { $0.write(relation) }
    case .list(let items):
      element("list", attributes) { out in
        for item in items { out.write(item) }
      }
    case .invocation(let call): element("invocation", attributes) { $0.write(call) }
    case .function(let function): write(function, as: "functionDefinition")
    case .conditional(let conditional): element("conditional", attributes) { $0.write(conditional) }
    case .filter(let filter):
      element("filter", attributes) { out in
        out.write(filter.list, in: "in")
        out.write(filter.match, in: "match")
      }
    case .iteration(let iteration): write(iteration, type)
    case .invalid: element("literalExpression", attributes)
    }
  }

  private mutating func write(_ expression: BoxedExpression, in tag: String, type: TypeReference? = nil) {
    element(tag, ["typeRef": type?.name]) { $0.write(expression) }
  }

  private mutating func write(_ context: BoxedContext) {
    for entry in context.entries {
      element("contextEntry") { out in
        out.write(entry.variable, as: "variable")
        out.write(entry.value)
      }
    }
    if let result = context.result { element("contextEntry") { $0.write(result) } }
  }

  private mutating func write(_ relation: Relation) {
    for column in relation.columns { write(column, as: "column") }
    for row in relation.rows {
      element("row") { out in
        for cell in row { out.write(cell) }
      }
    }
  }

  private mutating func write(_ call: BoxedInvocation) {
    write(call.function)
    for argument in call.arguments {
      element("binding") { out in
        out.write(argument.parameter, as: "parameter")
        if let value = argument.value { out.write(value) }
      }
    }
  }

  mutating func write(_ function: BoxedFunction, as tag: String) {
    let isFEEL = function.kind == .feel
    let attributes: Attributes = [
      "kind": isFEEL ? nil : function.kind.rawValue, "typeRef": isFEEL ? nil : function.result?.name,
    ]
    element(tag, attributes) { out in
      for parameter in function.parameters { out.write(parameter, as: "formalParameter") }
      if let body = function.body { out.write(body, type: isFEEL ? function.result : nil) }
    }
  }

  private mutating func write(_ conditional: BoxedConditional) {
    write(conditional.condition, in: "if")
    write(conditional.then, in: "then")
    write(conditional.otherwise, in: "else")
  }

  private mutating func write(_ iteration: BoxedIteration, _ type: TypeReference?) {
    element(iteration.kind.rawValue, ["typeRef": type?.name, "iteratorVariable": iteration.variable.name]) { out in
      out.write(iteration.list, in: "in", type: iteration.variable.type)
      out.write(iteration.body, in: iteration.kind == .for ? "return" : "satisfies")
    }
  }
}

// MARK: - Decision tables

extension XMLText {
  private mutating func write(_ table: DecisionTable, _ type: TypeReference?) {
    let attributes: Attributes = [
      "typeRef": type?.name, "hitPolicy": table.hitPolicy.name, "aggregation": table.aggregation?.name,
      "outputLabel": table.outputLabel,
    ]
    element("decisionTable", attributes) { out in
      for input in table.inputs { out.write(input) }
      for output in table.outputs { out.write(output) }
      for annotation in table.annotations { out.element("annotation", ["name": annotation]) }
      for rule in table.rules { out.write(rule) }
    }
  }

  private mutating func write(_ input: DecisionTable.Input) {
    element("input", ["label": input.label]) { out in
      out.element("inputExpression", ["typeRef": input.type?.name]) { out in
        out.element("text", text: input.expression.source)
      }
      out.write(input.allowed, as: "inputValues")
    }
  }

  private mutating func write(_ output: DecisionTable.Output) {
    element("output", ["name": output.name, "label": output.label, "typeRef": output.type?.name]) { out in
      out.write(output.allowed, as: "outputValues")
      if let value = output.defaultValue {
        out.element("defaultOutputEntry") { $0.element("text", text: value.source) }
      }
    }
  }

  private mutating func write(_ rule: DecisionTable.Rule) {
    element("rule", ["label": rule.label]) { out in
      for test in rule.inputs { out.write(test, as: "inputEntry") }
      for cell in rule.outputs { out.element("outputEntry") { $0.element("text", text: cell.source) } }
      for note in rule.annotations { out.element("annotationEntry") { $0.element("text", text: note) } }
    }
  }
}
