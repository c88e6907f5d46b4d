import Diagnostics
import FEEL
import Policy

/// What a clause holds, for readers: decisions with their tables, parameters with their state, schemes, declarations,
/// examples.
struct ConstructView {
  let words: Words
  /// The level of its heading.
  let depth: Int

  func view(_ construct: Construct) -> View {
    let own: View =
      switch construct {
      case .decision(let decision): view(decision)
      case .parameter(let parameter): table([parameter])
      case .scheme(let scheme): view(scheme)
      case .declaration(let declaration): view(declaration)
      case .example(let example): view(example)
      }
    let place = construct.place
    return own.merging(["name": construct.name, "depth": String(depth), "anchor": "line-\(place.line)"])
  }

  // MARK: decisions

  private func view(_ decision: PolicyDecision) -> View {
    var rows = [
      row("about", decision.about), fact("type", typeText(decision.type)),
      row(
        "parameters", decision.formals.map { words.packList($0.map { $0.name + words.bracketed(typeText($0.type)) }) }),
      code("dated-by", decision.datedBy?.source),
    ]
    rows += [row("refs", decision.refs), row("note", decision.note)]
    var view: View = [
      "class": "decision", "kind": words("construct.\(decision.isFunction ? "function" : "decision")"),
      "facts": rows.compactMap { $0 }, "hasFacts": true,
    ]
    switch decision.source {
    case .feel(let text): view["feel"] = text
    case .table(let table):
      view["decisionTable"] = DecisionTableView(table: table, words: words).view(of: decision.name)
    }
    return view
  }

  func typeText(_ type: ValueType) -> String {
    if let record = type.record { return record }
    let word = words("type.\(type.kind.rawValue)")
    return type.unit.map { word + words.bracketed($0.symbol) } ?? word
  }

  // MARK: parameters

  /// The constructs in order, parameters that follow each other as one table.
  func views(_ constructs: [Construct], in section: Section) -> [View] {
    var views: [View] = []
    var parameters: [Parameter] = []
    func closeTable() {
      guard !parameters.isEmpty else { return }
      views.append(
        table(parameters).merging(["depth": String(depth), "anchor": "parameters-\(views.count)-\(section.place.line)"])
      )
      parameters = []
    }
    for construct in constructs {
      if case .parameter(let parameter) = construct {
        parameters.append(parameter)
      } else {
        closeTable()
        views.append(view(construct))
      }
    }
    closeTable()
    return views
  }

  private func table(_ parameters: [Parameter]) -> View {
    ["class": "parameter", "parameterTable": ParameterTableView(words: words).view(parameters)]
  }

  // MARK: benefits and titles

  private func view(_ scheme: Scheme) -> View {
    var rows: [View?] = [
      row("about", scheme.about), code("applies", scheme.applies?.source), code("review", scheme.review?.source),
      code("amount", scheme.amount?.source), code("dated-by", scheme.datedBy?.source),
    ]
    rows += scheme.details.map { row($0.field, $0.values) }
    rows += [row("note", scheme.note), row("refs", scheme.refs)]
    let conditions = scheme.conditions.map { condition -> View in
      ["name": condition.name, "test": condition.test.source, "otherwise": condition.otherwise]
    }
    return [
      "class": "scheme-construct", "kind": words("construct.\(scheme.kind.rawValue)"), "facts": rows.compactMap { $0 },
      "hasFacts": true,
      "conditions": conditions.isEmpty
        ? nil : ["label": words("scheme.conditions"), "rows": conditions] as View,
    ]
  }

  // MARK: declarations

  private func view(_ declaration: Declaration) -> View {
    let open = declaration.details.filter { $0.field == "not-given" }
    var rows: [View?] = declaration.details.filter { $0.field != "not-given" }.map { row($0.field, $0.values) }
    rows += open.map { row($0.field, $0.values) }
    rows += [
      row("about", declaration.about), row("lead", declaration.lead), row("responsible", declaration.responsible),
      row("note", declaration.note), row("refs", declaration.refs),
    ]
    return [
      "class": "declaration", "kind": words("construct.\(declaration.kind)"), "facts": rows.compactMap { $0 },
      "hasFacts": rows.contains { $0 != nil },
      "tables": declaration.table.map { [PlainTable.view($0, label: declaration.name)] } ?? [],
    ]
  }

  // MARK: rows of facts

  private func row(_ key: String, _ value: String?) -> View? {
    guard let value, !value.isEmpty else { return nil }
    return ["term": words("field.\(key)"), "value": value, "pack": true]
  }

  private func row(_ key: String, _ values: [String]) -> View? {
    let separator = words("pack-separator")
    return row(key, values.joined(separator: values.contains { $0.contains(separator) } ? "\n" : separator))
  }

  private func code(_ key: String, _ value: String?) -> View? { row(key, value)?.merging(["code": true]) }

  private func fact(_ key: String, _ value: String) -> View? { ["term": words("field.\(key)"), "value": value] }
}

extension Parameter.State {
  var key: String {
    switch self {
    case .fixed: "fixed"
    case .suggested: "suggested"
    case .undetermined: "undetermined"
    }
  }
}

extension Construct {
  var isExample: Bool { if case .example = self { true } else { false } }

  var place: SourcePlace {
    switch self {
    case .decision(let decision): decision.place
    case .parameter(let parameter): parameter.place
    case .scheme(let scheme): scheme.place
    case .declaration(let declaration): declaration.place
    case .example(let example): example.place
    }
  }
}
