import DMN
import Diagnostics
import FEEL

extension Rulebook {
  /// Amounts that fall steeply where one fact grows by a step. Often real policy, so that an author may say so
  /// (`断崖`) and is not told again.
  func checkCliffs() -> [Diagnostic] {
    let amounts = names(in: schemes.flatMap { $0.amount?.nameUses ?? [] })
    let conditions = names(in: schemes.flatMap { $0.expressions.flatMap(\.nameUses) })
    let ofDecisions = allDecisions.filter { decision in
      guard decision.cliff == nil, decision.isAmount else { return false }
      // What only conditions read is a line to pass, and may fall as it likes.
      return amounts.contains(decision.name)
        || decision.type.unit?.isMoney == true && !conditions.contains(decision.name)
    }.flatMap { decision in
      moments(of: decision.inForce, reading: names(in: decision.expressionUses)).flatMap { day in
        AmountCheck(
          name: decision.name, unit: decision.type.unit,
          context: CheckContext(self, about: decision.about, formals: decision.formals ?? [], on: day)
        ).diagnostics(of: decision.body)
      }
    }
    let ofSchemes = schemes.filter { $0.cliff == nil }.flatMap { scheme -> [Diagnostic] in
      guard let amount = scheme.amount else { return [] }
      return moments(of: scheme.inForce, reading: names(in: amount.nameUses)).flatMap { day in
        AmountCheck(
          name: scheme.name, unit: Unit.base(of: "money"), context: CheckContext(self, about: scheme.about, on: day)
        ).diagnostics(of: .expression(amount))
      }
    }
    return (ofDecisions + ofSchemes).uniqued()
  }
}

extension PolicyDecision {
  fileprivate var isAmount: Bool {
    type.kind == .number && (type.unit?.isMoney == true || type.unit?.isShare == true)
  }
}

/// The edges of one amount.
private struct AmountCheck {
  let name: String
  let unit: Unit?
  let context: CheckContext

  func diagnostics(of body: PolicyDecision.Body) -> [Diagnostic] {
    let cliffs =
      switch body {
      case .expression(let expression): self.cliffs(of: expression)
      case .table(let table): self.cliffs(of: table)
      }
    var seen: Set<String> = []
    return cliffs.filter { seen.insert("\($0.edge.name) \($0.from) \($0.to)").inserted }.map(diagnostic)
  }

  private func diagnostic(_ cliff: Cliff) -> Diagnostic {
    let held = cliff.held.map { "\($0.name) = \(Witness.text(of: $0.value, $0.unit))" }
    return Diagnostic(
      "policy.table.cliff", .warning, at: cliff.edge.place,
      [
        "name": name, "fact": cliff.edge.name, "from": Witness.text(of: .number(cliff.from), cliff.edge.unit),
        "to": Witness.text(of: .number(cliff.to), cliff.edge.unit),
        "before": Witness.text(of: .number(cliff.before), unit),
        "after": Witness.text(of: .number(cliff.after), unit), "held": held.isEmpty ? "—" : held.joined(separator: "，"),
      ])
  }

  // MARK: expressions

  private func cliffs(of expression: Expression) -> [Cliff] {
    let edges = expression.root.all.flatMap { node -> [Edge] in
      switch node.kind {
      case .comparison(_, let left, let right):
        [edge(left, right, of: expression), edge(right, left, of: expression)].compactMap { $0 }
      case .between(let operand, let from, let to): [from, to].compactMap { edge(operand, $0, of: expression) }
      default: []
      }
    }
    let search = CliffSearch(
      context: context, amount: { expression.evaluate(in: $0).value }, uses: expression.nameUses)
    return search.cliffs(at: Array(edges.prefix(Self.maximumEdges)), holding: [[:]])
  }

  private func edge(_ operand: Node, _ figure: Node, of expression: Expression) -> Edge? {
    guard case .number(let number)? = context.constant(figure, of: expression) else { return nil }
    let place = expression.place.advanced(by: figure.span.lowerBound, in: expression.source)
    return context.edge(operand, at: number, place: place)
  }

  // MARK: tables

  private static let maximumEdges = 200
  private static let maximumCases = 64

  private func cliffs(of table: DecisionTable) -> [Cliff] {
    guard table.outputs.count == 1, !table.hitPolicy.isMultiple || table.aggregation != nil,
      let shape = try? TableShape(
        table, domains: table.inputs.map { context.kind(of: $0.expression).domain }, reader: context.reader)
    else { return [] }
    let names = table.inputs.map { input -> String? in
      if case .name(let name) = input.expression.root.kind, name.slot == nil { name.text } else { nil }
    }
    let search = CliffSearch(context: context, amount: { table.evaluate(in: $0).value }, uses: table.outputUses)
    return table.inputs.indices.flatMap { column -> [Cliff] in
      let edges = edges(in: column, of: table)
      guard !edges.isEmpty, names.indices.allSatisfy({ $0 == column || names[$0] != nil }) else { return [] }
      return search.cliffs(at: edges, holding: cases(beside: column, names, shape))
    }
  }

  private func edges(in column: Int, of table: DecisionTable) -> [Edge] {
    let reader = context.reader
    var seen: Set<Decimal128> = []
    return table.rules.flatMap { rule -> [Edge] in
      let found = (try? reader.constants(of: rule.inputs[column]))?.values ?? []
      return found.compactMap { value in
        guard case .number(let number) = value, seen.insert(number).inserted else { return nil }
        return context.edge(table.inputs[column].expression.root, at: number, place: rule.inputs[column].place)
      }
    }.prefix(Self.maximumEdges).map { $0 }
  }

  /// For each rule, values of the other inputs at which it can match.
  private func cases(beside column: Int, _ names: [String?], _ shape: TableShape) -> [[String: Value]] {
    let points = shape.rules.filter { !shape.space.isEmpty($0.possible) }.map { shape.space.point(in: $0.possible) }
    let cases = points.map { point -> [Int] in point.indices.map { $0 == column ? 0 : point[$0] } }.uniqued()
    return cases.prefix(Self.maximumCases).map { point in
      var values: [String: Value] = [:]
      for axis in point.indices where axis != column {
        if let name = names[axis] { values[name] = shape.axes[axis].pieces[point[axis]].value }
      }
      return values
    }
  }
}

extension DecisionTable {
  fileprivate var outputUses: [NameUse] {
    rules.flatMap { $0.outputs.flatMap(\.nameUses) } + outputs.flatMap { $0.defaultValue?.nameUses ?? [] }
  }
}
