extension FEELType {
  /// True when every value of this type may stand where `other` is asked for (DMN 1.5 §10.3.2.9.2).
  public func conforms(to other: FEELType) -> Bool {
    switch (self, other) {
    case (_, .any), (.null, _): return true
    case (.list(let a), .list(let b)): return a.conforms(to: b)
    case (.range(let a), .range(let b)): return a.conforms(to: b)
    case (.context, .anyContext), (.record, .anyContext): return true
    case (.context(let a), .context(let b)):
      return b.allSatisfy { name, type in a[name]?.conforms(to: type) ?? false }
    case (.record(let a), .context(let b)):
      return b.allSatisfy { name, type in a[name]?.conforms(to: type) ?? false }
    case (.function, .anyFunction): return true
    case (.function(let parametersA, let resultA), .function(let parametersB, let resultB)):
      return parametersA.count == parametersB.count && resultA.conforms(to: resultB)
        && zip(parametersB, parametersA).allSatisfy { $0.conforms(to: $1) }
    default: return self == other
    }
  }
}

extension Value {
  /// FEEL's `instance of` (DMN 1.5 §10.3.2.15 Table 61): null is an instance of `Null` alone.
  public func isInstance(of type: FEELType) -> Bool {
    if case .null = self { return type == .null }
    return conforms(to: type)
  }

  /// Whether the value's own type conforms to `type`; null conforms to every type.
  public func conforms(to type: FEELType) -> Bool { conforms(to: type, depth: Value.maximumDepth) }

  private func conforms(to type: FEELType, depth: Int) -> Bool {
    switch (self, type) {
    case (_, .any), (.null, _): true
    case (.boolean, .boolean), (.number, .number), (.string, .string): true
    case (.date, .date), (.time, .time), (.dateTime, .dateTime): true
    case (.daysDuration, .daysDuration), (.monthsDuration, .monthsDuration): true
    case (.list, .list(.any)), (.context, .anyContext), (.range, .range(.any)), (.function, .anyFunction): true
    case _ where depth <= 0: false
    case (.list(let items), .list(let element)): items.allSatisfy { $0.conforms(to: element, depth: depth - 1) }
    case (.context(let context), .context(let entries)):
      entries.allSatisfy { name, type in context[name]?.conforms(to: type, depth: depth - 1) ?? false }
    case (.context(let context), .record(let schema)): schema.names.isSubset(of: context.names)
    case (.range(let range), .range(let element)):
      [range.start, range.end].allSatisfy { $0?.conforms(to: element, depth: depth - 1) ?? true }
    case (.function(let function), .function): function.type.conforms(to: type)
    default: false
    }
  }

  /// The value as `type` asks for it: itself, or after an implicit conversion (DMN 1.5 §10.3.2.9.4): the only item of
  /// a list, a list of one item, a date as its midnight in UTC.
  /// - Returns: nil when nothing of that makes the value conform.
  public func coerced(to type: FEELType) -> Value? {
    if conforms(to: type) { return self }
    switch (self, type) {
    case (.date, .dateTime): return asDateTime.map { .dateTime($0) }
    case (.list(let items), _) where items.count == 1:
      if let item = items.first, item.conforms(to: type) { return item }
    case (_, .list(let element)):
      if conforms(to: element) { return .list([self]) }
    default: break
    }
    return nil
  }
}
