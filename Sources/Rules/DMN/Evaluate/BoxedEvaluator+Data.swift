import FEEL

/// Contexts, relations and lists.
extension BoxedEvaluator {
  /// Each entry reads those before it. What an entry depends on counts where it is read; in a context that is itself
  /// the result, all of them count.
  func evaluate(_ context: BoxedContext, in scope: any Scope, with invocation: inout Invocation) -> Trace {
    traced(.boxed("context"), with: &invocation) { children, invocation in
      var layer = Layer(over: scope)
      var value = Context()
      for entry in context.entries {
        let scope = selfReferring(entry, in: layer)
        let trace = cell(entry.variable, entry.value, in: scope, with: &invocation)
        layer.names[entry.variable.name] = trace.binding
        value[entry.variable.name] = trace.value
        children.append(trace)
      }
      if let result = context.result {
        let trace = evaluate(result, in: layer, with: &invocation)
        children.append(trace)
        return invocation.use(trace.binding)
      }
      for child in children { invocation.absences.formUnion(child.absences) }
      return .context(value)
    }
  }

  func evaluate(_ relation: Relation, in scope: any Scope, with invocation: inout Invocation) -> Trace {
    traced(.boxed("relation"), with: &invocation) { children, invocation in
      var rows: [Value] = []
      for (index, row) in relation.rows.enumerated() {
        let trace = evaluate(row, of: relation, number: index + 1, in: scope, with: &invocation)
        rows.append(invocation.use(trace.binding))
        children.append(trace)
      }
      return .list(rows)
    }
  }

  private func evaluate(
    _ row: [BoxedExpression], of relation: Relation, number: Int, in scope: any Scope,
    with invocation: inout Invocation
  ) -> Trace {
    traced(.entry(String(number)), with: &invocation) { children, invocation in
      var value = Context()
      for (column, item) in zip(relation.columns, row) {
        let trace = cell(column, item, in: scope, with: &invocation)
        value[column.name] = invocation.use(trace.binding)
        children.append(trace)
      }
      return .context(value)
    }
  }

  func evaluate(_ items: [BoxedExpression], in scope: any Scope, with invocation: inout Invocation) -> Trace {
    traced(.boxed("list"), with: &invocation) { children, invocation in
      var values: [Value] = []
      for item in items {
        let trace = evaluate(item, in: scope, with: &invocation)
        values.append(invocation.use(trace.binding))
        children.append(trace)
      }
      return .list(values)
    }
  }

  /// A named cell: its value as the type of the cell asks for it.
  func cell(
    _ item: InformationItem, _ expression: BoxedExpression, in scope: any Scope, with invocation: inout Invocation
  ) -> Trace {
    traced(.entry(item.name), with: &invocation) { children, invocation in
      let trace = evaluate(expression, in: scope, with: &invocation)
      children.append(trace)
      return admit(invocation.use(trace.binding), as: item, with: &invocation)
    }
  }
}
