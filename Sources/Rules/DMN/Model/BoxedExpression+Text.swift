import FEEL

extension BoxedExpression {
  /// The expression as one FEEL text with the same value; nil when FEEL cannot say it: a decision table inside, or an
  /// expression that could not be read.
  public var feelText: String? {
    switch self {
    case .literal(let expression): return expression.source
    case .table, .invalid: return nil
    case .context(let context): return context.feelText
    case .relation(let relation): return relation.feelText
    case .list(let items): return items.allTexts.map { "[\($0.joined(separator: ", "))]" }
    case .invocation(let call): return call.feelText
    case .function(let function): return function.feelText
    case .conditional(let conditional):
      guard let parts = [conditional.condition, conditional.then, conditional.otherwise].allTexts else { return nil }
      return "if \(parts[0]) then \(parts[1]) else \(parts[2])"
    case .filter(let filter):
      guard let parts = [filter.list, filter.match].allTexts else { return nil }
      return "\(parts[0].inBrackets)[\(parts[1])]"
    case .iteration(let iteration):
      guard let parts = [iteration.list, iteration.body].allTexts else { return nil }
      let word = iteration.kind == .for ? "return" : "satisfies"
      return "\(iteration.kind.rawValue) \(iteration.variable.name) in \(parts[0]) \(word) \(parts[1])"
    }
  }
}

extension BoxedContext {
  fileprivate var feelText: String? {
    guard var texts = entries.map(\.value).allTexts else { return nil }
    texts = zip(entries, texts).map { "\($0.variable.name): \($1)" }
    guard let result else { return "{\(texts.joined(separator: ", "))}" }
    guard let text = result.feelText else { return nil }
    if entries.isEmpty { return text }
    let names = Set(entries.map(\.variable.name))
    var name = "result"
    while names.contains(name) { name += "_" }
    return "{\((texts + ["\(name): \(text.closed)"]).joined(separator: ", "))}.\(name)"
  }
}

extension Relation {
  fileprivate var feelText: String? {
    let rows = rows.map { row -> String? in
      row.allTexts.map { texts in
        "{\(zip(columns, texts).map { "\($0.name): \($1)" }.joined(separator: ", "))}"
      }
    }
    return rows.contains(nil) ? nil : "[\(rows.compactMap { $0 }.joined(separator: ", "))]"
  }
}

extension BoxedInvocation {
  fileprivate var feelText: String? {
    guard let name = function.feelText else { return nil }
    let values = arguments.map { argument in argument.value.map(\.feelText) ?? "null" }
    guard !values.contains(nil) else { return nil }
    let list = zip(arguments, values.compactMap { $0 }).map { "\($0.parameter.name): \($1.closed)" }
    return "\(name)(\(list.joined(separator: ", ")))"
  }
}

extension BoxedFunction {
  fileprivate var feelText: String? {
    guard let body = body?.feelText else { return nil }
    let list = parameters.map { parameter in parameter.type.map { "\(parameter.name): \($0.name)" } ?? parameter.name }
    let head = "function(\(list.joined(separator: ", ")))"
    switch kind {
    case .feel: return "\(head) \(body)"
    case .java: return "\(head) external {java: \(body)}"
    case .pmml: return "\(head) external {pmml: \(body)}"
    }
  }
}

extension [BoxedExpression] {
  fileprivate var allTexts: [String]? {
    let texts = map(\.feelText)
    return texts.contains(nil) ? nil : texts.compactMap { $0.map(\.closed) }
  }
}

extension String {
  /// With an end of line where a comment would swallow what follows.
  fileprivate var closed: String { contains("//") ? self + "\n" : self }
  fileprivate var inBrackets: String { "(\(self))" }
}
