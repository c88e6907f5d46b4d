import FEEL
import Instructions
import Policy

/// Calls of built-in functions and of what the pack defines.
extension Compiler {
  mutating func item(of call: Call) throws(Unsupported) -> Item {
    guard call.names.isEmpty else { throw Unsupported(.form("f(name: …)")) }
    if case .name(let name) = call.callee.kind {
      if let builtin = name.builtin, name.filterSlots.isEmpty { return try self.call(builtin.name, call.arguments) }
      if name.slot == nil, let callable = try callable(name) {
        let arguments = try items(of: call.arguments)
        return arguments.count == 1 ? try self.call(callable.versions, about: callable.about, for: arguments[0]) : .null
      }
    }
    guard case .function(let function) = try item(of: call.callee) else { throw Unsupported(.form("f(…)")) }
    switch function {
    case .builtin(let name): return try self.call(name, call.arguments)
    case .byRecord(_, let versions, let about):
      let arguments = try items(of: call.arguments)
      return arguments.count == 1 ? try self.call(versions, about: about, for: arguments[0]) : .null
    case .knowledge(let decision): return try self.call(decision, with: try items(of: call.arguments))
    case .definition: throw Unsupported(.form("function(…)"))
    }
  }

  private mutating func items(of nodes: [Node]) throws(Unsupported) -> [Item] {
    var items: [Item] = []
    for node in nodes { items.append(try item(of: node)) }
    return items
  }

  /// `SubjectScope.callable(named:)`: a decision about a record is called for one also where its name is a value.
  private func callable(_ name: Name) throws(Unsupported) -> (versions: [PolicyDecision], about: String)? {
    for slot in name.filterSlots where try entry(name.text, of: locals[slot]) != nil { return nil }
    if let record = scope.record, record.type.names.contains(name.text) { return nil }
    guard let versions = rulebook.decisions[name.text], let first = versions.first, !first.isFunction,
      let about = first.about
    else { return nil }
    return (versions, about)
  }

  // MARK: built-in functions

  private mutating func call(_ name: String, _ nodes: [Node]) throws(Unsupported) -> Item {
    let arguments = try items(of: nodes)
    switch name {
    case "count": return try count(listed(arguments))
    case "sum", "min", "max", "mean": return try aggregate(name, listed(arguments))
    case "all", "any": return try truths(listed(arguments), decisive: name == "any")
    case "list contains" where arguments.count == 2: return try contains(arguments[0], arguments[1])
    case "concatenate":
      var lists: [ListItem] = []
      for argument in arguments {
        guard case .list(let list) = argument else { throw Unsupported(.form(name)) }
        lists.append(list)
      }
      return .list(.joined(lists))
    case "append" where !arguments.isEmpty:
      guard case .list(let list) = arguments[0] else { throw Unsupported(.form(name)) }
      return .list(.joined([list, .items(Array(arguments.dropFirst()))]))
    case "sublist": return try sublist(arguments)
    case "not" where arguments.count == 1:
      guard case .scalar(let scalar) = arguments[0] else {
        return try adding(open: open(of: arguments[0]), to: .null)
      }
      guard let truth = truth(of: scalar) else { return .scalar(self.truth(builder.byte(1), open: scalar.open)) }
      return .scalar(self.truth(builder.not(truth), open: scalar.open))
    case "floor", "ceiling", "decimal", "round up", "round down", "round half up", "round half down":
      return try round(name, arguments)
    case "abs" where arguments.count == 1:
      guard case .scalar(var scalar) = arguments[0] else { throw Unsupported(.form(name)) }
      switch scalar.kind {
      case .number, .months, .days:
        scalar.value = builder.maximum(scalar.value, try builder.multiply(scalar.value, by: -1))
      case .nothing: break
      default: throw Unsupported(.form(name))
      }
      return .scalar(scalar)
    case "modulo" where arguments.count == 2: return try modulo(arguments[0], arguments[1])
    case "distinct values" where arguments.count == 1:
      guard case .list(.rows(var rows)) = arguments[0], case .scalar(let scalar) = rows.element else {
        throw Unsupported(.form(name))
      }
      // Its items are read, whoever asks for the list.
      rows.open = rows.builder.union(rows.open, kept(scalar.open, rows))
      rows.isDistinct = true
      return .list(.rows(rows))
    case "years and months duration" where arguments.count == 2:
      guard case .scalar(let from) = arguments[0], case .scalar(let to) = arguments[1] else { break }
      if from.isNothing || to.isNothing {
        return .scalar(
          Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: builder.union(from.open, to.open)))
      }
      guard case .date = from.kind, case .date = to.kind else { break }
      let value = builder.append(.monthsBetween(from.value, to.value), .integer, -24_000_000_000...24_000_000_000)
      return .scalar(
        Scalar(
          kind: .months, value: value, null: builder.union(from.null, to.null), open: builder.union(from.open, to.open))
      )
    case "date" where arguments.count == 1:
      if case .scalar(let scalar) = arguments[0] {
        if case .date = scalar.kind { return arguments[0] }
        if scalar.isNothing { return arguments[0] }
      }
    case "date" where arguments.count == 3: return try date(arguments)
    default: break
    }
    guard let builtin = Builtins.named(name) else { throw Unsupported(.form(name)) }
    return try ofText(name, arguments) { values in
      var invocation = Invocation()
      return builtin.call(values, in: &invocation)
    }
  }

  /// Year, month and day; null for a day that there is not.
  private func date(_ arguments: [Item]) throws(Unsupported) -> Item {
    var parts: [Register] = []
    var null: Register?, open: Register?, isNothing = false
    for argument in arguments {
      guard case .scalar(let scalar) = argument else { throw Unsupported(.form("date")) }
      null = builder.union(null, scalar.null)
      open = builder.union(open, scalar.open)
      if scalar.isNothing {
        isNothing = true
        continue
      }
      guard case .number(scale: 0, divisor: nil) = scalar.kind, !scalar.isRounded else {
        throw Unsupported(.form("date"))
      }
      parts.append(scalar.value)
    }
    if isNothing { return .scalar(Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: open)) }
    // Years of four digits, as months from 1970 on; others are the interpreter's.
    guard let epoch = CalendarDate(year: 1970, month: 1, day: 1) else { throw Unsupported(.form("date")) }
    func clamped(_ part: Register, to bounds: ClosedRange<Int128>) -> Register {
      builder.minimum(builder.maximum(part, builder.constant(bounds.lowerBound)), builder.constant(bounds.upperBound))
    }
    let (year, month, day) = (
      clamped(parts[0], to: 1...9999), clamped(parts[1], to: 1...12), clamped(parts[2], to: 1...31)
    )
    let isBeyond = builder.map(builder.compare(.equal, year, parts[0]), [1, 1, 0, 0])
    if let beyond = builder.selectMask(builder.isSet(null), nil, isBeyond) { builder.doubt(beyond) }
    let sinceEpoch = try builder.subtract(year, builder.constant(Int128(epoch.year)))
    let months = try builder.add(builder.multiply(sinceEpoch, by: 12), builder.subtract(month, builder.constant(1)))
    let first = try moved(builder.constant(Int128(epoch.dayNumber)), by: months)
    let date = try builder.add(first, builder.subtract(day, builder.constant(1)))
    let bounds: ClosedRange<Int128> = 0...32
    let found = builder.append(.datePart(date, .day), .integer, bounds)
    // A day beyond the end of its month is one of the next.
    for (part, own) in [(month, parts[1]), (day, parts[2]), (found, day)] {
      null = builder.union(null, builder.mask(builder.map(builder.compare(.equal, part, own), [1, 1, 0, 0])))
    }
    return .scalar(Scalar(kind: .date, value: date, null: null, open: open))
  }

  /// `sum(a, b)` is `sum([a, b])`.
  private func listed(_ arguments: [Item]) -> ListItem {
    if arguments.count == 1, let first = arguments.first {
      if case .list(let list) = first { return list }
      if case .scalar(let scalar) = first, scalar.isNothing { return .null(open: scalar.open) }
    }
    return .items(arguments)
  }

  private func sublist(_ arguments: [Item]) throws(Unsupported) -> Item {
    guard arguments.count >= 2, case .list(.items(let items)) = arguments[0], let start = whole(arguments[1]),
      start != 0
    else { throw Unsupported(.form("sublist")) }
    let first = start > 0 ? start - 1 : items.count + start
    if arguments.count > 2, whole(arguments[2]) == nil { return try sublist(items, from: first, arguments[2]) }
    let count = arguments.count > 2 ? whole(arguments[2]) : items.count - first
    guard let count, first >= 0, count >= 1, first + count <= items.count else { throw Unsupported(.form("sublist")) }
    return .list(.items(Array(items[first..<first + count])))
  }

  /// Of a length that each row has for itself.
  private func sublist(_ items: [Item], from first: Int, _ length: Item) throws(Unsupported) -> Item {
    guard items.indices.contains(first), case .scalar(let scalar) = length else { throw Unsupported(.form("sublist")) }
    if scalar.isNothing { return .list(.null(open: scalar.open)) }
    guard case .number(0, nil) = scalar.kind else { throw Unsupported(.form("sublist")) }
    let one = builder.constant(1), most = builder.constant(Int128(items.count - first))
    let isOutside = builder.or(
      builder.compare(.less, scalar.value, one), builder.compare(.less, most, scalar.value))
    var choice = ItemChoice(
      items: [], open: scalar.open,
      null: builder.union(scalar.null, builder.mask(builder.map(isOutside, [0, 0, 1, 1]))))
    for (position, item) in items[first...].enumerated() {
      let number = builder.constant(Int128(position + 1))
      choice.items.append(ItemChoice.Entry(keep: builder.compare(.lessOrEqual, number, scalar.value), item: item))
    }
    return .list(.choice(choice))
  }

  private func round(_ name: String, _ arguments: [Item]) throws(Unsupported) -> Item {
    let modes: [String: WholeRounding] = [
      "floor": .floor, "ceiling": .ceiling, "decimal": .halfEven, "round up": .up, "round down": .down,
      "round half up": .halfUp, "round half down": .halfDown,
    ]
    guard let mode = modes[name], case .scalar(let scalar)? = arguments.first else { throw Unsupported(.form(name)) }
    if scalar.isNothing { return .scalar(scalar) }
    guard case .number = scalar.kind, let digits = arguments.count > 1 ? whole(arguments[1]) : 0 else {
      throw Unsupported(.form(name))
    }
    return .scalar(try rounded(scalar, toScale: digits, mode))
  }

  /// A function of one text and constants: asked once for each text there is.
  func ofText(
    _ name: String, _ arguments: [Item], _ function: ([Value]) -> Value?
  ) throws(Unsupported) -> Item {
    let scalars = arguments.compactMap { if case .scalar(let scalar) = $0 { scalar } else { nil } }
    if scalars.count == arguments.count, scalars.contains(where: \.isNothing) {
      let open = scalars.reduce(nil as Register?) { builder.union($0, $1.open) }
      return .scalar(Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: open))
    }
    var subject: (index: Int, scalar: Scalar, pool: TextPool)?
    var values: [Value] = []
    for (index, argument) in arguments.enumerated() {
      guard case .scalar(let scalar) = argument else { throw Unsupported(.form(name)) }
      if case .text(let pool) = scalar.kind, builder.constantValue(scalar.value) == nil || scalar.null != nil {
        guard subject == nil else { throw Unsupported(.form(name)) }
        subject = (index, scalar, pool)
        values.append(.null())
      } else if let value = constantValue(of: scalar) {
        values.append(value)
      } else {
        throw Unsupported(.form(name))
      }
    }
    if subject == nil, values.count == arguments.count { return try constant(function(values) ?? .null()) }
    guard let (index, scalar, pool) = subject, pool.texts.count <= 1_000_000 else { throw Unsupported(.form(name)) }
    let results = pool.texts.map { text -> Value in
      var arguments = values
      arguments[index] = .string(text)
      return function(arguments) ?? .null()
    }
    return .scalar(try lookedUp(results, by: scalar))
  }

  /// The value of a scalar that is the same in all rows.
  private func constantValue(of scalar: Scalar) -> Value? {
    guard scalar.null == nil, scalar.open == nil else { return nil }
    switch scalar.kind {
    case .number(let scale, nil):
      return builder.constantValue(scalar.value).flatMap { Decimal128($0, exponent: -scale) }.map { .number($0) }
    case .text(let pool): return builder.constantValue(scalar.value).map { .string(pool.texts[Int($0)]) }
    case .nothing: return .null()
    case .truth:
      guard let byte = builder.constantByte(scalar.value), byte != 1 else { return nil }
      return .boolean(byte == 2)
    default: return nil
    }
  }

  /// What a text's code leads to.
  private func lookedUp(_ results: [Value], by scalar: Scalar) throws(Unsupported) -> Scalar {
    let isNull = results.map { if case .null = $0 { UInt8(1) } else { UInt8(0) } }
    let none = isNull.contains(1) ? builder.mask(builder.lookUpByte(scalar.value, isNull)) : nil
    let null = builder.union(scalar.null, none)
    guard let model = results.first(where: { if case .null = $0 { false } else { true } }) else {
      return Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: scalar.open)
    }
    switch model {
    case .boolean:
      var bytes: [UInt8] = []
      for result in results {
        switch result {
        case .boolean(let truth): bytes.append(truth ? 2 : 0)
        default: bytes.append(1)
        }
      }
      return truth(
        builder.unknown(where: scalar.null, else: builder.lookUpByte(scalar.value, bytes)), open: scalar.open)
    case .string:
      var seen: Set<String> = []
      let texts = results.compactMap { if case .string(let text) = $0 { text } else { nil } }
      let pool = TextPool(texts.filter { seen.insert($0).inserted })
      let codes = results.map { result -> Int64 in
        if case .string(let text) = result { Int64(pool.code(of: text) ?? 0) } else { 0 }
      }
      return Scalar(
        kind: .text(pool), value: builder.lookUp(scalar.value, codes), null: null, open: scalar.open)
    case .number:
      let numbers = results.map { if case .number(let number) = $0 { number } else { Decimal128.zero } }
      guard let scale = (0...12).first(where: { scale in numbers.allSatisfy { $0.scaled(by: scale) != nil } }) else {
        throw Unsupported(.digits)
      }
      let digits = numbers.compactMap { $0.scaled(by: scale).flatMap { Int64(exactly: $0) } }
      guard digits.count == numbers.count else { throw Unsupported(.digits) }
      return Scalar(
        kind: .number(scale: scale, divisor: nil), value: builder.lookUp(scalar.value, digits), null: null,
        open: scalar.open)
    default: throw Unsupported(.form(model.typeName))
    }
  }
}
