/// Functions on lists that keep or move their elements (DMN 1.5 §10.3.4.4).
enum ListBuiltins {
  private static let list = Builtin.Parameter.one("list", .list(.element))
  private static let position = Builtin.Parameter.one("position", .number)
  private static let newItem = Builtin.Parameter.one("newItem", .element)
  private static let sameList = TypePattern.list(.element)

  static let rows: [Builtin] = [
    Builtin("list contains", [.one("list", .list(.any)), .one("element", .any)], .boolean) { arguments, invocation in
      spend(arguments.list(0).count, in: &invocation) {
        .boolean(arguments.list(0).contains { $0.isEqual(to: arguments[1]) ?? false })
      }
    },
    Builtin("count", [.one("list", .list(.any))], .number, variadic: .listOrItems, moves: true) { arguments, _ in
      .number(Decimal128(arguments.list(0).count))
    },
    Builtin(
      "sublist", [list, .one("start position", .number), .optional("length", .number)], sameList, moves: true
    ) { arguments, _ in
      let items = arguments.list(0)
      guard let start = index(arguments.integer(1), in: items.count),
        let end = start.adding(arguments.optionalInteger(2) ?? items.count - start), end > start, end <= items.count
      else { return nil }
      return .list(Array(items[start..<end]))
    },
    Builtin("append", [list, .one("item", .element)], sameList, variadic: .items, moves: true) {
      arguments, invocation in
      spend(arguments.list(0).count, in: &invocation) { .list(arguments.list(0) + arguments.list(1)) }
    },
    Builtin("concatenate", [list], sameList, variadic: .items, moves: true) { arguments, invocation in
      concatenated(arguments.list(0), in: &invocation)
    },
    Builtin("insert before", [list, position, newItem], sameList, moves: true) { arguments, _ in
      var items = arguments.list(0)
      guard let index = index(arguments.integer(1), in: items.count) else { return nil }
      items.insert(arguments[2], at: index)
      return .list(items)
    },
    Builtin("remove", [list, position], sameList, moves: true) { arguments, _ in
      var items = arguments.list(0)
      guard let index = index(arguments.integer(1), in: items.count) else { return nil }
      items.remove(at: index)
      return .list(items)
    },
    Builtin(
      "list replace",
      anyOf: [
        .init([list, position, newItem]),
        .init([list, .one("match", .function([.element, .element], .boolean)), newItem]),
      ], sameList, moves: true
    ) { arguments, invocation in
      guard let match = arguments.function(1) else {
        return replaced(arguments.list(0), at: arguments.integer(1), by: arguments[2])
      }
      return replaced(arguments.list(0), where: match, by: arguments[2], in: &invocation)
    },
    Builtin("reverse", [list], sameList, moves: true) { arguments, _ in .list(arguments.list(0).reversed()) },
    Builtin("index of", [.one("list", .list(.any)), .one("match", .any)], .list(.number)) { arguments, invocation in
      spend(arguments.list(0).count, in: &invocation) {
        let items = arguments.list(0)
        let places = items.indices.filter { items[$0].isEqual(to: arguments[1]) ?? false }
        return .list(places.map { .number(Decimal128($0 + 1)) })
      }
    },
    Builtin("union", [list], sameList, variadic: .items) { arguments, invocation in
      concatenated(arguments.list(0), in: &invocation).flatMap { distinct($0, in: &invocation) }
    },
    Builtin("distinct values", [list], sameList) { arguments, invocation in distinct(arguments[0], in: &invocation) },
    Builtin("duplicate values", [list], sameList) { arguments, invocation in
      duplicates(arguments.list(0), in: &invocation)
    },
    Builtin(
      "flatten", [list], .told(.list(.any)) { .list(innermost($0.type(0))) }, moves: true
    ) { arguments, invocation in
      var flat: [Value] = []
      guard flatten(arguments.list(0), into: &flat, depth: Value.maximumDepth) else { return nil }
      return invocation.spend(flat.count) ? .list(flat) : .null()
    },
    Builtin(
      "sort", [list, .one("precedes", .function([.element, .element], .boolean))], sameList
    ) { arguments, invocation in
      arguments.function(1).flatMap { sorted(arguments.list(0), by: $0, in: &invocation) }
    },
  ]

  private static func spend(_ work: Int, in invocation: inout Invocation, _ answer: () -> Value?) -> Value? {
    invocation.spend(work) ? answer() : .null()
  }

  /// The index of a position that counts from 1, or from the end when negative; nil when there is none.
  private static func index(_ position: Int, in count: Int) -> Int? {
    let index = position > 0 ? position - 1 : count.adding(position) ?? -1
    return position != 0 && (0..<count).contains(index) ? index : nil
  }

  /// An argument that is no list counts as a list of one.
  private static func concatenated(_ lists: [Value], in invocation: inout Invocation) -> Value? {
    var all: [Value] = []
    for value in lists {
      if case .null = value { return nil }
      guard case .list(let items) = value else {
        all.append(value)
        continue
      }
      guard invocation.spend(items.count) else { return .null() }
      all += items
    }
    return .list(all)
  }

  private static func replaced(_ items: [Value], at position: Int, by item: Value) -> Value? {
    guard let index = index(position, in: items.count) else { return nil }
    var items = items
    items[index] = item
    return .list(items)
  }

  private static func replaced(
    _ items: [Value], where match: FunctionValue, by new: Value, in invocation: inout Invocation
  ) -> Value? {
    var result: [Value] = []
    for item in items {
      guard case .boolean(let isMatch) = invocation.call(match, [item, new]) else { return nil }
      result.append(isMatch ? new : item)
    }
    return .list(result)
  }

  private static func distinct(_ value: Value, in invocation: inout Invocation) -> Value? {
    guard case .list(let items) = value else { return nil }
    var seen = ValueGroups()
    var result: [Value] = []
    for item in items {
      let (group, isNew) = seen.group(of: item)
      guard invocation.spend(1 + (ValueGroups.findsAtOnce(item) ? 0 : group)) else { return .null() }
      if isNew { result.append(item) }
    }
    return .list(result)
  }

  /// Each value that stands more than once, once, in the order of first appearance.
  private static func duplicates(_ items: [Value], in invocation: inout Invocation) -> Value? {
    var seen = ValueGroups()
    var counts: [Int] = []
    var firsts: [Value] = []
    for item in items {
      let (group, isNew) = seen.group(of: item)
      guard invocation.spend(1 + (ValueGroups.findsAtOnce(item) ? 0 : group)) else { return .null() }
      if isNew {
        counts.append(1)
        firsts.append(item)
      } else {
        counts[group] += 1
      }
    }
    return .list(zip(firsts, counts).filter { $1 > 1 }.map(\.0))
  }

  /// The type of what lies in lists of lists.
  private static func innermost(_ type: FEELType) -> FEELType {
    var type = type
    while case .list(let element) = type { type = element }
    return type
  }

  private static func flatten(_ items: [Value], into flat: inout [Value], depth: Int) -> Bool {
    guard depth > 0 else { return false }
    for item in items {
      if case .list(let inner) = item {
        guard flatten(inner, into: &flat, depth: depth - 1) else { return false }
      } else {
        flat.append(item)
      }
    }
    return true
  }

  /// Stable; nil when the function gives something else than true or false.
  private static func sorted(
    _ items: [Value], by precedes: FunctionValue, in invocation: inout Invocation
  ) -> Value? {
    var isOrdered = true
    let sorted = items.sorted { a, b in
      guard isOrdered, invocation.spend(1) else { return false }
      guard case .boolean(let isBefore) = invocation.call(precedes, [a, b]) else {
        isOrdered = false
        return false
      }
      return isBefore
    }
    return isOrdered ? .list(sorted) : nil
  }
}

extension Int {
  fileprivate func adding(_ other: Int) -> Int? {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? nil : sum
  }
}
