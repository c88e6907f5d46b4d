import FEEL

/// Functions that make one value of a list (`AggregateBuiltins`): of items that are there one by one, and of rows.
extension Compiler {
  /// What a part of a list comes to, in the present program.
  private struct Part {
    /// How many items; a register, or a number known now.
    var count: Register
    /// Of all items, for the function at hand; garbage when there are none.
    var value: Scalar?
    /// Bits of having the list, and of its items.
    var listOpen, itemsOpen: Register?
    /// The list itself is null.
    var null: Register?
  }

  func count(_ list: ListItem) throws(Unsupported) -> Item {
    var count = builder.constant(0)
    var null: Register?, open: Register?
    for part in try parts(of: list, nil) {
      count = try builder.add(count, part.count)
      null = builder.union(null, part.null)
      open = builder.union(open, part.listOpen)
    }
    return .scalar(Scalar(kind: .number(scale: 0, divisor: nil), value: count, null: null, open: open))
  }

  func aggregate(_ name: String, _ list: ListItem) throws(Unsupported) -> Item {
    let kind: Reduction.Kind = name == "min" ? .least : name == "max" ? .greatest : .sum
    let parts = try parts(of: list, kind)
    var count = builder.constant(0)
    var null: Register?, open: Register?
    for part in parts {
      count = try builder.add(count, part.count)
      null = builder.union(null, part.null)
      open = builder.union(open, builder.union(part.listOpen, part.itemsOpen))
    }
    // Items that are null in every row make the result null wherever there are any.
    for part in parts where part.value?.isNothing == true {
      let has = builder.compare(.less, builder.constant(0), part.count)
      null = builder.union(null, builder.mask(builder.map(has, [0, 0, 1, 1])))
    }
    let values = parts.compactMap { part in part.value.map { (part.count, $0) } }.filter { !$0.1.isNothing }
    let isEmpty = builder.compare(.equal, count, builder.constant(0))
    null = builder.union(null, builder.mask(builder.map(isEmpty, [0, 0, 1, 1])))
    guard let model = values.first?.1 else {
      return .scalar(Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: open))
    }
    let scalars = try alike(values.map(\.1))
    var result: Scalar?
    var counted = builder.constant(0)
    for ((count, _), scalar) in zip(values, scalars) {
      null = builder.union(null, maskWhereAny(scalar, count))
      if let before = result {
        result = try joined(before, counted, scalar, count, kind)
      } else {
        result = scalar
      }
      counted = try builder.add(counted, count)
    }
    guard var result else { throw Unsupported(.form(name)) }
    if kind == .sum, case .number = model.kind {} else if kind == .sum { throw Unsupported(.form(name)) }
    if name == "mean" {
      let number = Scalar(kind: .number(scale: 0, divisor: nil), value: count, null: nil, open: nil)
      guard case .scalar(let mean) = try arithmetic(.divide, .scalar(result), .scalar(number)) else {
        throw Unsupported(.form(name))
      }
      result = mean
    }
    result.null = builder.union(result.null, null)
    result.open = open
    return .scalar(result)
  }

  /// A null item makes the result null; a part without items has none.
  private func maskWhereAny(_ scalar: Scalar, _ count: Register) -> Register? {
    guard let null = scalar.null else { return nil }
    let has = builder.compare(.less, builder.constant(0), count)
    return builder.selectMask(has, null, nil)
  }

  private func joined(
    _ a: Scalar, _ m: Register, _ b: Scalar, _ n: Register, _ kind: Reduction.Kind
  ) throws(Unsupported) -> Scalar {
    var result = a
    result.null = nil
    result.isRounded = a.isRounded || b.isRounded
    result.inexact = builder.union(builder.roundedRows(a), builder.roundedRows(b))
    switch (kind, a.kind, b.kind) {
    case (.sum, .number(let s, let d), .number(let t, let e)):
      guard s == t, d == nil, e == nil, !a.isRounded, !b.isRounded else { throw Unsupported(.form("sum")) }
      result.value = try builder.add(a.value, b.value)
    case (.least, _, _), (.greatest, _, _):
      if case .number(_, .some) = a.kind { throw Unsupported(.form("min")) }
      if case .number(_, .some) = b.kind { throw Unsupported(.form("min")) }
      switch a.kind {
      case .number, .date, .months, .days: break
      default: throw Unsupported(.form("min"))
      }
      let both = kind == .least ? builder.minimum(a.value, b.value) : builder.maximum(a.value, b.value)
      let zero = builder.constant(0)
      let onlyA = builder.select(builder.compare(.equal, n, zero), a.value, both)
      result.value = builder.select(builder.compare(.equal, m, zero), b.value, onlyA)
    default: throw Unsupported(.form("sum"))
    }
    return result
  }

  func truths(_ list: ListItem, decisive: Bool) throws(Unsupported) -> Item {
    var value = builder.byte(decisive ? ProgramBuilder.no : ProgramBuilder.yes)
    var null: Register?, open: Register?
    for part in try parts(of: list, decisive ? .greatestByte : .leastByte) {
      null = builder.union(null, part.null)
      open = builder.union(open, builder.union(part.listOpen, part.itemsOpen))
      guard let scalar = part.value else { continue }
      // Where there are no items, those that are no truths are none either.
      let has = builder.compare(.less, builder.constant(0), part.count)
      let own =
        truth(of: scalar)
        ?? builder.select(
          has, builder.byte(ProgramBuilder.unknown), builder.byte(decisive ? ProgramBuilder.no : ProgramBuilder.yes))
      value = decisive ? builder.or(value, own) : builder.and(value, own)
    }
    return .scalar(truth(builder.unknown(where: null, else: value), open: open))
  }

  func contains(_ list: Item, _ element: Item) throws(Unsupported) -> Item {
    guard case .scalar(let wanted) = element else { throw Unsupported(.form("list contains")) }
    guard case .list(let items) = list else {
      if case .scalar(let scalar) = list, scalar.isNothing { return .scalar(truth(builder.byte(1), open: scalar.open)) }
      throw Unsupported(.form("list contains"))
    }
    var value = builder.byte(ProgramBuilder.no)
    var open = wanted.open
    var null: Register?
    func add(_ list: ListItem) throws(Unsupported) {
      switch list {
      case .items(let items):
        for item in items {
          guard case .scalar(let scalar) = item else { throw Unsupported(.form("list contains")) }
          value = builder.or(value, builder.map(try equal(scalar, wanted), [0, 0, 2, 2]))
          open = builder.union(open, scalar.open)
        }
      case .choice(let choice):
        for entry in choice.items {
          let (keep, item) = (entry.keep, entry.item)
          guard case .scalar(let scalar) = item else { throw Unsupported(.form("list contains")) }
          let same = builder.map(try equal(scalar, wanted), [0, 0, 2, 2])
          value = builder.or(value, builder.and(keep, same))
          open = builder.union(open, builder.selectMask(keep, scalar.open, nil))
        }
        open = builder.union(open, choice.open)
        null = builder.union(null, choice.null)
      case .joined(let lists): for list in lists { try add(list) }
      case .null(let own):
        null = builder.byte(1)
        open = builder.union(open, own)
      case .rows(let rows):
        guard rows.builder.outer === builder, case .scalar(let scalar) = rows.element else {
          throw Unsupported(.form("list contains"))
        }
        var inner = self
        inner.builder = rows.builder
        guard case .scalar(let lifted) = try inner.imported(Local(item: .scalar(wanted), builder: builder)) else {
          return
        }
        let same = rows.builder.map(try inner.equal(scalar, lifted), [0, 0, 2, 2])
        if let found = reduceByte(.greatestByte, rows, same) { value = builder.or(value, found) }
        open = builder.union(open, builder.union(try opening(of: rows), reduceByte(.orBytes, rows, scalar.open)))
        null = builder.union(null, rows.null)
      }
    }
    try add(items)
    return .scalar(truth(builder.unknown(where: null, else: value), open: open))
  }

  /// How many different values the kept rows have; null is one of them.
  private func distinctCount(of rows: RowList) throws(Unsupported) -> Register {
    let inner = rows.builder
    guard case .scalar(let scalar) = rows.element else { throw Unsupported(.form("distinct values")) }
    let value: Register
    switch scalar.kind {
    case .nothing: value = inner.constant(0)
    case .number(_, nil) where !scalar.isRounded, .date, .months, .days, .text:
      // One number that none of the values has stands for null.
      let bounds = inner.bounds(scalar.value)
      guard bounds.lowerBound > Int128(Int64.min), inner.lane(scalar.value) == .integer else {
        throw Unsupported(.form("distinct values"))
      }
      value = inner.select(inner.isSet(scalar.null), inner.constant(bounds.lowerBound - 1), scalar.value)
    default: throw Unsupported(.form("distinct values"))
    }
    return reduce(.distinctCount, rows, value)
  }

  // MARK: parts

  private func parts(of list: ListItem, _ kind: Reduction.Kind?) throws(Unsupported) -> [Part] {
    switch list {
    case .null(let open):
      return [Part(count: builder.constant(0), value: nil, listOpen: open, itemsOpen: nil, null: builder.byte(1))]
    case .joined(let lists):
      var parts: [Part] = []
      for list in lists { parts += try self.parts(of: list, kind) }
      return parts
    case .items(let items):
      guard kind != nil else {
        return [
          Part(count: builder.constant(Int128(items.count)), value: nil, listOpen: nil, itemsOpen: nil, null: nil)
        ]
      }
      var parts: [Part] = []
      for item in items {
        guard case .scalar(let scalar) = item else { throw Unsupported(.form("sum")) }
        parts.append(Part(count: builder.constant(1), value: scalar, listOpen: nil, itemsOpen: scalar.open, null: nil))
      }
      return parts
    case .choice(let choice):
      let isThere = builder.isUnset(choice.null)
      var parts = [
        Part(count: builder.constant(0), value: nil, listOpen: choice.open, itemsOpen: nil, null: choice.null)
      ]
      for entry in choice.items {
        // Of a list that is null no item is read.
        let (keep, item) = (builder.and(entry.keep, isThere), entry.item)
        let count = builder.select(keep, builder.constant(1), builder.constant(0))
        guard kind != nil else {
          parts.append(Part(count: count, value: nil, listOpen: nil, itemsOpen: nil, null: nil))
          continue
        }
        guard case .scalar(var scalar) = item else { throw Unsupported(.form("sum")) }
        let open = builder.selectMask(keep, scalar.open, nil)
        switch (kind, scalar.kind) {
        case (.sum?, .number(_, nil)): scalar.value = builder.select(keep, scalar.value, builder.constant(0))
        case (.greatestByte?, .truth):
          scalar.value = builder.select(keep, scalar.value, builder.byte(ProgramBuilder.no))
        case (.leastByte?, .truth): scalar.value = builder.select(keep, scalar.value, builder.byte(ProgramBuilder.yes))
        default: break
        }
        parts.append(Part(count: count, value: scalar, listOpen: nil, itemsOpen: open, null: nil))
      }
      return parts
    case .rows(let rows): return [try part(of: rows, kind)]
    }
  }

  private func part(of rows: RowList, _ kind: Reduction.Kind?) throws(Unsupported) -> Part {
    let home = try home(of: rows), inner = rows.builder
    if rows.isDistinct, kind != nil { throw Unsupported(.form("distinct values")) }
    var part = Part(
      count: rows.isDistinct ? try distinctCount(of: rows) : reduce(.count, rows, nil), value: nil,
      listOpen: try openingAtHome(of: rows), itemsOpen: nil, null: rows.null)
    if let kind {
      guard case .scalar(let scalar) = rows.element else { throw Unsupported(.form("sum")) }
      // What an element rests on is told of all together.
      var value = Scalar(kind: scalar.kind, value: scalar.value, null: nil, open: nil)
      part.itemsOpen = reduceByte(.orBytes, rows, scalar.open)
      switch scalar.kind {
      case .nothing: break
      case .truth:
        guard kind == .greatestByte || kind == .leastByte else { throw Unsupported(.form("sum")) }
        if kind == .greatestByte {
          value.value = reduceByte(.greatestByte, rows, scalar.value) ?? home.byte(ProgramBuilder.no)
        } else {
          let contrary = reduceByte(.greatestByte, rows, inner.not(scalar.value))
          value.value = contrary.map { home.not($0) } ?? home.byte(ProgramBuilder.yes)
        }
      default:
        if case .number(_, .some) = scalar.kind { throw Unsupported(.form("sum")) }
        if scalar.isRounded { throw Unsupported(.digits) }
        if case .text = scalar.kind { throw Unsupported(.form("min")) }
        value.value = reduce(kind, rows, scalar.value)
        let bounds = home.bounds(value.value)
        if bounds.lowerBound == Int128.min || bounds.upperBound == Int128.max { throw Unsupported(.digits) }
        value.null = reduceByte(.orBytes, rows, scalar.null)
      }
      part.value = value
    }
    guard home !== builder else { return part }
    let lifted = try imported(
      Local(
        item: .list(
          .items([
            .scalar(
              Scalar(kind: .number(scale: 0, divisor: nil), value: part.count, null: part.null, open: part.listOpen)),
            .scalar(part.value ?? .null),
            .scalar(Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: part.itemsOpen)),
          ])), builder: home))
    guard case .list(.items(let items)) = lifted, case .scalar(let count) = items[0],
      case .scalar(let value) = items[1],
      case .scalar(let open) = items[2]
    else { throw Unsupported(.form("list")) }
    return Part(
      count: count.value, value: part.value == nil ? nil : value, listOpen: count.open, itemsOpen: open.open,
      null: count.null)
  }
}
