public import Diagnostics

extension LinkedModel {
  /// What each model says wrongly by itself: unknown types, missing and unreadable expressions, ill-formed tables.
  static func problems(in models: [DecisionModel], _ types: [ItemTypes]) -> [Diagnostic] {
    zip(models, types).flatMap { model, types in
      model.items.flatMap { problems(in: $0, types, at: model.place) }
        + model.elements.flatMap { problems(in: $0, types) }
    }
  }

  private static func problems(in item: ItemDefinition, _ types: ItemTypes, at place: SourcePlace) -> [Diagnostic] {
    unknown([item.base], types, at: place) + item.components.flatMap { problems(in: $0, types, at: place) }
  }

  private static func problems(in element: Element, _ types: ItemTypes) -> [Diagnostic] {
    let own = unknown([element.variable.type], types, at: element.place)
    switch element {
    case .decision(let decision):
      guard let expression = decision.expression else {
        return own + [Diagnostic("dmn.decision.empty", .warning, at: decision.place, ["name": decision.variable.name])]
      }
      return own + expression.problems
    case .knowledgeModel(let model):
      guard let logic = model.logic else { return own }
      let references = logic.parameters.map(\.type) + [logic.result]
      return own + unknown(references, types, at: model.place) + (logic.body?.problems ?? [])
    case .input, .service, .knowledgeSource: return own
    }
  }

  private static func unknown(
    _ references: [TypeReference?], _ types: ItemTypes, at place: SourcePlace
  ) -> [Diagnostic] {
    references.compactMap { reference in
      guard let reference, types.knownType(of: reference) == nil else { return nil }
      return Diagnostic("dmn.type.unknown", at: place, ["type": reference.name])
    }
  }
}

extension BoxedExpression {
  /// What is wrong with the expression by itself.
  public var problems: [Diagnostic] {
    switch self {
    case .invalid(let diagnostics): diagnostics
    case .table(let table): table.problems
    default: parts.flatMap(\.problems)
    }
  }

  /// The boxed expressions directly inside.
  public var parts: [BoxedExpression] {
    switch self {
    case .literal, .table, .invalid: []
    case .context(let context): context.entries.map(\.value) + [context.result].compactMap(\.self)
    case .relation(let relation): relation.rows.flatMap(\.self)
    case .list(let items): items
    case .invocation(let call): [call.function] + call.arguments.compactMap(\.value)
    case .function(let function): [function.body].compactMap(\.self)
    case .conditional(let conditional): [conditional.condition, conditional.then, conditional.otherwise]
    case .filter(let filter): [filter.list, filter.match]
    case .iteration(let iteration): [iteration.list, iteration.body]
    }
  }
}
