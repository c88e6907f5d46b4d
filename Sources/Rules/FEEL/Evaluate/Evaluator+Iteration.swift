/// `for`, `some` and `every` (DMN 1.5 §10.3.2.14).
extension Invocation {
  mutating func iterate(_ iteration: Iteration, at node: Node) -> Value {
    var results: [Value] = []
    let isComplete = walk(iteration.variables[...]) { invocation in
      guard invocation.spend(iteration.readsPartial ? 4 + results.count : 4) else { return false }
      invocation.locals.append(Binding(iteration.readsPartial ? .list(results) : .null()))
      let value = invocation.evaluate(iteration.result)
      invocation.locals.removeLast()
      results.append(value)
      return true
    }
    return isComplete == true ? bounded(.list(results), at: node) : .null()
  }

  mutating func quantify(_ quantifier: Quantifier, _ variables: [IterationVariable], _ condition: Node) -> Value {
    var kleene = Kleene(decisive: quantifier == .some)
    let walked = walk(variables[...]) { invocation in
      guard invocation.spend(1) else { return false }
      let result = invocation.apart { $0.evaluate(condition) }
      return !kleene.add(result.value.truth, result.absences)
    }
    if walked == nil || isExhausted { return .null() }
    return finish(kleene)
  }

  /// Calls `body` for each combination of the variables' values, the last variable fastest.
  /// - Returns: true when all were walked, false when `body` stopped it, nil when there was nothing to walk over.
  private mutating func walk(
    _ variables: ArraySlice<IterationVariable>, _ body: (inout Invocation) -> Bool
  ) -> Bool? {
    guard let variable = variables.first else { return body(&self) }
    guard let domain = domain(of: variable) else { return nil }
    for index in 0..<domain.count {
      locals.append(Binding(domain[index]))
      let goesOn = walk(variables.dropFirst(), body)
      locals.removeLast()
      guard goesOn == true else { return goesOn }
    }
    return true
  }

  private mutating func domain(of variable: IterationVariable) -> IterationDomain? {
    let value = evaluate(variable.domain)
    let domain: IterationDomain?
    if let end = variable.end {
      domain = IterationDomain(from: value, to: evaluate(end))
    } else {
      domain = IterationDomain(value)
    }
    if domain == nil, !value.isNull {
      warn("feel.evaluate.domain", ["given": value.typeName], at: variable.domain)
    }
    return domain
  }
}

/// What a variable ranges over, without making a list of it.
package enum IterationDomain {
  case list([Value])
  case numbers(first: Int, step: Int, count: Int)
  case days(first: Int, step: Int, count: Int)

  /// A list; a closed range of whole numbers or dates; any other value is a list of one. nil for null and other ranges.
  package init?(_ value: Value) {
    switch value {
    case .list(let items): self = .list(items)
    case .null: return nil
    case .range(let range):
      guard let start = range.start, let end = range.end, let domain = IterationDomain(from: start, to: end),
        domain.step > 0, let inner = domain.trimmed(start: !range.startIncluded, end: !range.endIncluded)
      else { return nil }
      self = inner
    default: self = .list([value])
    }
  }

  /// `start..end`, downward when the end lies before the start.
  init?(from start: Value, to end: Value) {
    switch (start, end) {
    case (.number(let start), .number(let end)):
      guard let first = start.integer, let last = end.integer, let count = Self.count(first, last) else { return nil }
      self = .numbers(first: first, step: first <= last ? 1 : -1, count: count)
    case (.date(let start), .date(let end)):
      let first = start.dayNumber, last = end.dayNumber
      guard let count = Self.count(first, last) else { return nil }
      self = .days(first: first, step: first <= last ? 1 : -1, count: count)
    default: return nil
    }
  }

  private static func count(_ first: Int, _ last: Int) -> Int? {
    let (distance, overflow) = max(first, last).subtractingReportingOverflow(min(first, last))
    return overflow || distance == Int.max ? nil : distance + 1
  }

  package var count: Int {
    switch self {
    case .list(let items): items.count
    case .numbers(_, _, let count), .days(_, _, let count): count
    }
  }

  private var step: Int {
    switch self {
    case .list: 1
    case .numbers(_, let step, _), .days(_, let step, _): step
    }
  }

  private func trimmed(start: Bool, end: Bool) -> IterationDomain? {
    let less = (start ? 1 : 0) + (end ? 1 : 0)
    switch self {
    case .list: return self
    case .numbers(let first, let step, let count):
      return .numbers(first: start && count > 0 ? first + step : first, step: step, count: max(0, count - less))
    case .days(let first, let step, let count):
      return .days(first: start ? first + step : first, step: step, count: max(0, count - less))
    }
  }

  package subscript(index: Int) -> Value {
    switch self {
    case .list(let items): items[index]
    case .numbers(let first, let step, _): .number(Decimal128(first + step * index))
    case .days(let first, let step, _): CalendarDate(dayNumber: first + step * index).map { .date($0) } ?? .null()
    }
  }
}
