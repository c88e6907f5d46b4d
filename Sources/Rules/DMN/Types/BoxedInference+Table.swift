import Diagnostics
public import FEEL

/// Decision tables (DMN 1.5 §8): the input entries against what they test, the output entries against what is declared.
extension BoxedInference {
  mutating func type(of table: DecisionTable, in scope: any TypeScope) -> FEELType {
    for (column, input) in table.inputs.enumerated() {
      let type = type(of: input, in: scope)
      if let allowed = input.allowed { checkItems(allowed, against: type, in: scope) }
      for rule in table.rules where column < rule.inputs.count {
        check(rule.inputs[column], against: type, in: scope)
      }
    }
    return result(of: table, in: scope)
  }

  /// What the column tests; the declared type where nothing else is known.
  private mutating func type(of input: DecisionTable.Input, in scope: any TypeScope) -> FEELType {
    let given = declaration(of: input.expression, in: scope)
    let item = InformationItem(input.label ?? input.expression.source, type: input.type)
    let admitted = admit(given, as: item, at: input.expression.place)
    return given.type == .any ? admitted.type : given.type
  }

  /// Allowed values hold for a value, or for each item of a list.
  private mutating func checkItems(_ allowed: UnaryTests, against type: FEELType, in scope: any TypeScope) {
    if case .list(let item) = type, allowed.typing(input: type, in: scope).diagnostics.isEmpty == false {
      check(allowed, against: item, in: scope)
    } else {
      check(allowed, against: type, in: scope)
    }
  }

  // MARK: - Outputs

  private mutating func result(of table: DecisionTable, in scope: any TypeScope) -> FEELType {
    var columns: [FEELType] = []
    var defaults: [FEELType] = []
    for (column, output) in table.outputs.enumerated() {
      let name = output.name ?? output.label ?? table.outputLabel ?? ""
      var type = FEELType.null
      for rule in table.rules where column < rule.outputs.count {
        type = type.joined(with: entry(rule.outputs[column], of: output, named: name, in: scope))
      }
      columns.append(type)
      defaults.append(output.defaultValue.map { entry($0, of: output, named: name, in: scope) } ?? .null)
    }
    let whole = table.output(columns)
    let result = table.hitPolicy.isMultiple ? collected(table, whole) : whole
    let hasDefault = table.outputs.contains { $0.defaultValue != nil }
    return hasDefault ? result.joined(with: table.output(defaults)) : result
  }

  /// One output entry, against the type of the column and its allowed values.
  private mutating func entry(
    _ cell: Expression, of output: DecisionTable.Output, named name: String, in scope: any TypeScope
  ) -> FEELType {
    let given = declaration(of: cell, in: scope)
    let item = InformationItem(name, type: output.type)
    let type = admit(given, as: item, constant: cell.constant, at: cell.place).type
    guard let allowed = output.allowed, !allowed.isAny else { return type }
    let isForbidden =
      cell.constant.map { allowed.forbids($0) }
      ?? allowed.typing(input: type, in: scope).diagnostics.contains { $0.severity == .error }
    if isForbidden {
      let value = cell.constant?.summary ?? type.summary
      let arguments = ["output": name, "value": value, "allowed": allowed.source]
      report("dmn.table.outputNotAllowed", at: cell.place, arguments)
    }
    return type
  }

  private mutating func collected(_ table: DecisionTable, _ output: FEELType) -> FEELType {
    guard table.hitPolicy == .collect, let aggregation = table.aggregation else { return .list(output) }
    guard let call = Builtins.named(aggregation.function)?.typing(of: [.list(output)], at: table.place) else {
      return .any
    }
    note(call.diagnostics)
    return call.type
  }
}

extension DecisionTable {
  /// The type of a single output, or of a context of all.
  fileprivate func output(_ types: [FEELType]) -> FEELType {
    if outputs.count == 1, let type = types.first { return type }
    let entries = zip(outputs, types).map { ($0.name ?? $0.label ?? "", $1) }
    return .context(Dictionary(entries, uniquingKeysWith: { $1 }))
  }

  /// Infers the type of the result, and finds the cells that cannot work whatever the values are.
  /// - Parameter types: what the type names in the table stand for besides those of FEEL.
  public func typing(in scope: some TypeScope, types: ItemTypes = .init()) -> Typing {
    var inference = BoxedInference(types: types, place: place)
    let type = inference.type(of: self, in: scope)
    return Typing(type, diagnostics: inference.diagnostics.sorted())
  }
}

extension UnaryTests {
  /// Whether the tests, which read no names, say no to a value.
  fileprivate func forbids(_ value: Value) -> Bool {
    guard nameUses.isEmpty, !value.isNull else { return false }
    return !evaluate(input: Binding(value), in: Bindings()).value.isTrue
  }
}
