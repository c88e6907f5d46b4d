/// Lists, contexts, ranges and filters.
extension Invocation {
  mutating func makeList(_ items: [Node], at node: Node) -> Value {
    guard spend(items.count) else { return .null() }
    var values: [Value] = []
    values.reserveCapacity(items.count)
    for item in items { values.append(evaluateMember(item)) }
    return bounded(.list(values), at: node)
  }

  /// An element of a list or context. A null that only lies in it is not yet read: its absence stays with it.
  private mutating func evaluateMember(_ node: Node) -> Value {
    let member = apart { $0.evaluate(node) }
    if case .null(let absence?) = member.value, member.absences == [absence] { return member.value }
    if !member.absences.isEmpty { absences.formUnion(member.absences) }
    return member.value
  }

  mutating func makeContext(_ entries: [ContextEntry], at node: Node) -> Value {
    guard spend(entries.count) else { return .null() }
    let outer = locals.count
    defer { locals.removeLast(locals.count - outer) }
    var context = Context()
    for entry in entries {
      guard spend(Self.lookUpWork(entry.key)) else { return .null() }
      guard context[entry.key] == nil else {
        warn("feel.evaluate.duplicateKey", ["name": entry.key], at: entry.value)
        return .null()
      }
      if entry.knowsItself { locals.append(Binding(.null())) }
      let value = evaluateMember(entry.value)
      context[entry.key] = value
      if entry.knowsItself { locals.removeLast() }
      locals.append(Binding(value))
    }
    return bounded(.context(context), at: node)
  }

  /// The ends are of one kind, the start not after the end (DMN 1.5 §10.3.2.7).
  mutating func makeRange(_ interval: Interval, at node: Node) -> Value {
    let start = evaluate(interval.start)
    let end = evaluate(interval.end)
    let order = start.compare(end)
    guard start.isRangeEnd, end.isRangeEnd, start.isNull || end.isNull || order != nil else {
      return mismatch("..", start, end, at: node)
    }
    guard order != .after else {
      warn("feel.evaluate.rangeOrder", ["start": start.feelDescription, "end": end.feelDescription], at: node)
      return .null()
    }
    return .range(
      RangeValue(start: start, startIncluded: interval.startIncluded, end: end, endIncluded: interval.endIncluded))
  }

  /// `(< 5)` as a value: the range of all that pass.
  mutating func makeRange(_ comparison: ComparisonOperator, _ operand: Node, at node: Node) -> Value {
    let value = evaluate(operand)
    guard value.isRangeEnd, comparison != .notEqual else {
      return mismatch(comparison.rawValue, value, nil, at: node)
    }
    let range =
      switch comparison {
      case .less: RangeValue(start: nil, startIncluded: false, end: value, endIncluded: false)
      case .lessOrEqual: RangeValue(start: nil, startIncluded: false, end: value, endIncluded: true)
      case .greater: RangeValue(start: value, startIncluded: false, end: nil, endIncluded: false)
      case .greaterOrEqual: RangeValue(start: value, startIncluded: true, end: nil, endIncluded: false)
      case .equal, .notEqual: RangeValue(start: value, startIncluded: true, end: value, endIncluded: true)
      }
    return .range(range)
  }
}

// MARK: - Filters

extension Invocation {
  /// `list[condition]` or `list[index]`; a single value counts as a list of one.
  mutating func filter(_ list: Node, by condition: Node, at node: Node) -> Value {
    let value = evaluate(list)
    let items: [Value]
    switch value {
    case .list(let elements): items = elements
    case .null: return value
    default: items = [value]
    }
    if let index = condition.literalNumber { return element(of: items, at: index, condition) }
    return items.isEmpty ? filterNothing(by: condition) : filter(items, by: condition)
  }

  private mutating func filter(_ items: [Value], by condition: Node) -> Value {
    var kept: [Value] = []
    for (position, item) in items.enumerated() {
      guard spend(2) else { return .null() }
      let result = apart { $0.evaluate(condition, with: item) }
      if !result.absences.isEmpty { absences.formUnion(result.absences) }
      switch result.value {
      case .boolean(true): kept.append(item)
      case .boolean(false), .null: break
      case .number(let index) where position == 0: return element(of: items, at: index, condition)
      case let other:
        warn("feel.evaluate.filter", ["given": other.typeName], at: condition)
        return .null()
      }
    }
    return .list(kept)
  }

  /// An empty list: an index finds null, a condition finds nothing.
  private mutating func filterNothing(by condition: Node) -> Value {
    let count = warnings.count
    let result = apart { $0.evaluate(condition, with: .null()) }
    if case .number(let index) = result.value { return element(of: [], at: index, condition) }
    warnings.removeLast(warnings.count - count)
    return .list([])
  }

  private mutating func evaluate(_ condition: Node, with item: Value) -> Value {
    locals.append(Binding(item))
    let value = evaluate(condition)
    locals.removeLast()
    return value
  }

  /// 1 is the first element, -1 the last.
  private mutating func element(of items: [Value], at index: Decimal128, _ node: Node) -> Value {
    let position = index.integer.flatMap { $0 > 0 ? $0 - 1 : $0 < 0 ? items.count + $0 : nil }
    guard let position, items.indices.contains(position) else {
      warn("feel.evaluate.index", ["index": index.description, "count": String(items.count)], at: node)
      return .null()
    }
    note(items[position])
    return items[position]
  }
}

extension Node {
  /// `2` or `-2`
  fileprivate var literalNumber: Decimal128? {
    switch kind {
    case .literal(.number(let number)): return number
    case .negation(let operand):
      guard case .literal(.number(let number)) = operand.kind else { return nil }
      return -number
    default: return nil
    }
  }
}

// MARK: - Depth of values

extension Invocation {
  /// How deep lists and contexts may nest; a deeper value could not even be let go of on a small stack.
  static let maximumValueDepth = 200

  /// The value, or null when it nests too deep. So long as few have been made, none can be.
  mutating func bounded(_ value: Value, at node: Node) -> Value {
    containers += 1
    guard containers > Self.maximumValueDepth else { return value }
    guard nests(value, within: Self.maximumValueDepth) else {
      warn("feel.evaluate.valueDepth", ["limit": String(Self.maximumValueDepth)], at: node)
      return .null()
    }
    return value
  }

  private mutating func nests(_ value: Value, within depth: Int) -> Bool {
    switch value {
    case .list(let items):
      guard depth > 0, spend(items.count / 8) else { return false }
      for item in items where !nests(item, within: depth - 1) { return false }
      return true
    case .context(let context) where context.record == nil:
      guard depth > 0 else { return false }
      for entry in context.entries where !nests(entry.value, within: depth - 1) { return false }
      return true
    default: return true
    }
  }
}

extension Value {
  /// What may stand at the end of a range: null, or a value of an ordered kind.
  fileprivate var isRangeEnd: Bool {
    switch self {
    case .null, .number, .string, .date, .time, .dateTime, .daysDuration, .monthsDuration: true
    case .boolean, .list, .context, .range, .function: false
    }
  }
}
