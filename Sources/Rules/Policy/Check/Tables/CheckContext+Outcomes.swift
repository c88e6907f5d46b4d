import DMN
import FEEL

/// The texts a decision can come to, as far as they can be read off it. Null is none of them.
struct Outcomes {
  private(set) var texts: [String] = []
  /// Something else may come out as well.
  var isOpen = false

  /// nil when any text may come out.
  var words: [String]? { isOpen ? nil : texts.uniqued() }

  static let open = Outcomes(isOpen: true)

  init(_ texts: [String] = [], isOpen: Bool = false) {
    self.texts = texts
    self.isOpen = isOpen
  }

  static func + (a: Outcomes, b: Outcomes) -> Outcomes {
    Outcomes(a.texts + b.texts, isOpen: a.isOpen || b.isOpen)
  }
}

extension CheckContext {
  func outcomes(of name: String) -> Outcomes { outcomes(of: name, seen: []) }

  private func outcomes(of name: String, seen: Set<String>) -> Outcomes {
    guard !seen.contains(name), seen.count < 16 else { return .open }
    let seen = seen.union([name])
    if let field = recordType?.field(named: name) {
      return Outcomes(field.ownValues, isOpen: field.ownValues.isEmpty)
    }
    if let decision = decision(named: name) { return outcomes(of: decision, seen) }
    guard let parameter = parameter(named: name) else { return .open }
    if !parameter.choices.isEmpty { return Outcomes(parameter.choices) }
    if case .string(let text)? = parameter.value { return Outcomes([text]) }
    return .open
  }

  private func outcomes(of decision: PolicyDecision, _ seen: Set<String>) -> Outcomes {
    switch decision.body {
    case .expression(let expression): return outcomes(of: expression.root, seen)
    case .table(let table):
      guard table.outputs.count == 1, !table.hitPolicy.isMultiple else { return .open }
      let cells = table.rules.compactMap(\.outputs.first) + [table.outputs[0].defaultValue].compactMap { $0 }
      return cells.map { outcomes(of: $0.root, seen) }.reduce(Outcomes(), +)
    }
  }

  private func outcomes(of node: Node, _ seen: Set<String>) -> Outcomes {
    switch node.kind {
    case .literal(.string(let text)): Outcomes([text])
    case .literal(.null): Outcomes()
    case .conditional(_, let yes, let no): outcomes(of: yes, seen) + outcomes(of: no, seen)
    case .name(let name) where name.slot == nil && name.builtin == nil: outcomes(of: name.text, seen: seen)
    default: .open
    }
  }
}
