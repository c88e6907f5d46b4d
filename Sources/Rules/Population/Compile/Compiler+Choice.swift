import FEEL
import Policy

/// Items of one shape made of several, and their masks.
extension Compiler {
  /// Every bit that reading the item sets.
  func open(of item: Item) throws(Unsupported) -> Register? {
    switch item {
    case .scalar(let scalar): return scalar.open
    case .record(let record): return record.open
    case .list(.null(let open)): return open
    case .list(.rows(let rows)): return try opening(of: rows)
    case .list(.joined(let lists)):
      var open: Register?
      for list in lists { open = builder.union(open, try self.open(of: .list(list))) }
      return open
    case .list(.choice(let choice)): return choice.open
    case .context(let context): return context.open
    case .range(let range): return builder.union(range.start?.open, range.end?.open)
    case .list(.items), .function: return nil
    }
  }

  func adding(open: Register?, to item: Item) throws(Unsupported) -> Item {
    guard let open else { return item }
    switch item {
    case .scalar(var scalar):
      scalar.open = builder.union(scalar.open, open)
      return .scalar(scalar)
    case .record(var record):
      record.open = builder.union(record.open, open)
      return .record(record)
    case .list(.null(let own)): return .list(.null(open: builder.union(own, open)))
    case .list(.items(let items)):
      let all = items.map { ItemChoice.Entry(keep: builder.byte(ProgramBuilder.yes), item: $0) }
      return .list(.choice(ItemChoice(items: all, open: open, null: nil)))
    case .list(.choice(var choice)):
      choice.open = builder.union(choice.open, open)
      return .list(.choice(choice))
    case .list(.rows(var rows)) where rows.builder.outer === builder:
      rows.outerOpen = builder.union(rows.outerOpen, open)
      return .list(.rows(rows))
    case .context(var context):
      context.open = builder.union(context.open, open)
      return .context(context)
    case .list, .range, .function: throw Unsupported(.form("list"))
    }
  }

  /// Null where the mask is set.
  func nulled(_ item: Item, where mask: Register?) throws(Unsupported) -> Item {
    guard let mask else { return item }
    switch item {
    case .scalar(var scalar):
      switch scalar.kind {
      case .nothing: break
      case .truth: scalar.value = builder.unknown(where: mask, else: scalar.value)
      default: scalar.null = builder.union(scalar.null, mask)
      }
      // What is not reached is not read.
      scalar.open = builder.selectMask(builder.isSet(mask), nil, scalar.open)
      return .scalar(scalar)
    case .record(var record):
      record.null = builder.union(record.null, mask)
      record.open = builder.selectMask(builder.isSet(mask), nil, record.open)
      return .record(record)
    case .list(.rows(var rows)) where rows.builder.outer === builder:
      rows.null = builder.union(rows.null, mask)
      return .list(.rows(rows))
    case .list(.items(let items)):
      let all = items.map { ItemChoice.Entry(keep: builder.byte(ProgramBuilder.yes), item: $0) }
      return .list(.choice(ItemChoice(items: all, open: nil, null: mask)))
    case .list(.choice(var choice)):
      choice.null = builder.union(choice.null, mask)
      choice.open = builder.selectMask(builder.isSet(mask), nil, choice.open)
      return .list(.choice(choice))
    case .list(.null): return item
    case .context(var context):
      context.null = builder.union(context.null, mask)
      context.open = builder.selectMask(builder.isSet(mask), nil, context.open)
      return .context(context)
    case .list, .range, .function: throw Unsupported(.form("list"))
    }
  }

  /// `a` where the truth is yes, `b` elsewhere.
  func choose(_ truth: Register, _ a: Item, _ b: Item) throws(Unsupported) -> Item {
    if let known = builder.constantByte(truth) { return known == ProgramBuilder.yes ? a : b }
    switch (a, b) {
    case (.scalar(let x), .scalar(let y)): return .scalar(try choose([(truth, x)], else: y))
    case (.context(let x), .context(let y)) where x.entries.map(\.name) == y.entries.map(\.name):
      var entries: [ContextItem.Entry] = []
      for (one, other) in zip(x.entries, y.entries) {
        entries.append(ContextItem.Entry(name: one.name, item: try choose(truth, one.item, other.item)))
      }
      return .context(
        ContextItem(
          entries: entries, null: builder.selectMask(truth, x.null, y.null),
          open: builder.selectMask(truth, x.open, y.open)))
    case (.list(.items(let x)), .list(.items(let y))) where x.count == y.count:
      var items: [Item] = []
      for (one, other) in zip(x, y) { items.append(try choose(truth, one, other)) }
      return .list(.items(items))
    case (.record(let x), .record(let y)) where x.type.name == y.type.name && x.row == y.row && x.depth == y.depth:
      var record = x
      record.null = builder.selectMask(truth, x.null, y.null)
      record.open = builder.selectMask(truth, x.open, y.open)
      return .record(record)
    default: throw Unsupported(.form("if … list"))
    }
  }

  /// The first whose truth is yes.
  func choose(_ choices: [(truth: Register, scalar: Scalar)], else last: Scalar) throws(Unsupported) -> Scalar {
    let scalars = try alike(choices.map(\.scalar) + [last])
    guard var result = scalars.last else { return .null }
    let table = lookedUp(choices.map(\.truth), scalars)
    if let table { result.value = table }
    for (choice, scalar) in zip(choices, scalars.dropLast()).reversed() {
      result.open = builder.selectMask(choice.truth, scalar.open, result.open)
      if case .nothing = result.kind { continue }
      result.null = builder.selectMask(choice.truth, scalar.null, result.null)
      if table == nil { result.value = builder.select(choice.truth, scalar.value, result.value) }
      result.inexact = builder.select(choice.truth, builder.roundedRows(scalar), builder.roundedRows(result))
      result.isRounded = result.isRounded || scalar.isRounded
      if case .number(let scale, let d) = scalar.kind, case .number(_, let e) = result.kind, d != nil || e != nil {
        let one = builder.constant(1)
        result.kind = .number(scale: scale, divisor: builder.select(choice.truth, d ?? one, e ?? one))
      }
    }
    return result
  }

  /// Numbers that are chosen by the value of one register, as a table to look up; nil where choosing one by one costs less.
  private func lookedUp(_ truths: [Register], _ scalars: [Scalar]) -> Register? {
    guard truths.count >= 6, let subject = builder.domain(truths[0])?.subject else { return nil }
    var values: [Int64] = []
    for scalar in scalars {
      guard case .number(_, nil) = scalar.kind, !scalar.isRounded,
        let value = builder.constantValue(scalar.value).flatMap({ Int64(exactly: $0) })
      else { return nil }
      values.append(value)
    }
    let codes = builder.bounds(subject)
    guard let last = values.last, let least = values.min(), let most = values.max(), codes.lowerBound >= 0,
      codes.upperBound < Int128(ProgramBuilder.Domain.most), most > Int32.max || least < Int32.min
    else { return nil }
    var entries = Array(repeating: last, count: Int(codes.upperBound) + 1)
    for (truth, value) in zip(truths, values).reversed() {
      guard let domain = builder.domain(truth), domain.subject == subject, domain.isExact else { return nil }
      for code in domain.values where entries.indices.contains(Int(code)) { entries[Int(code)] = value }
    }
    return builder.lookUp(subject, entries)
  }

  /// The same scalars in one kind: one scale, one pool.
  func alike(_ scalars: [Scalar]) throws(Unsupported) -> [Scalar] {
    guard let model = scalars.first(where: { !$0.isNothing }) else { return scalars }
    var result: [Scalar] = []
    switch model.kind {
    case .number:
      let scale = scalars.map { if case .number(let scale, _) = $0.kind { scale } else { 0 } }.max() ?? 0
      for scalar in scalars { result.append(try refined(scalar, toScale: scale)) }
    case .text:
      let pools = scalars.compactMap { if case .text(let pool) = $0.kind { pool } else { nil } }
      let isOne = pools.allSatisfy { $0 === pools[0] }
      var seen: Set<String> = []
      let union = isOne ? pools[0] : TextPool(pools.flatMap(\.texts).filter { seen.insert($0).inserted })
      for var scalar in scalars {
        guard !scalar.isNothing else {
          result.append(absent(.text(union), like: scalar))
          continue
        }
        guard case .text(let pool) = scalar.kind else { throw Unsupported(.form("if")) }
        if pool !== union {
          let codes = pool.texts.map { Int64(union.code(of: $0) ?? -1) }
          scalar.value = builder.lookUp(scalar.value, codes)
        }
        scalar.kind = .text(union)
        result.append(scalar)
      }
    default:
      for scalar in scalars {
        if scalar.isNothing {
          result.append(absent(model.kind, like: scalar))
        } else {
          guard scalar.isSameKind(as: model) else { throw Unsupported(.form("if")) }
          result.append(scalar)
        }
      }
    }
    return result
  }

  private func refined(_ scalar: Scalar, toScale scale: Int) throws(Unsupported) -> Scalar {
    if scalar.isNothing { return absent(.number(scale: scale, divisor: nil), like: scalar) }
    guard case .number(let own, let divisor) = scalar.kind else { throw Unsupported(.form("if")) }
    guard own < scale else { return scalar }
    var result = scalar
    let power = (own..<scale).reduce(Int128(1)) { power, _ in power * 10 }
    result.value = try builder.multiply(scalar.value, by: power)
    result.kind = .number(scale: scale, divisor: divisor)
    return result
  }

  /// Null in every row, in a kind.
  private func absent(_ kind: Scalar.Kind, like scalar: Scalar) -> Scalar {
    if case .truth = kind { return truth(builder.byte(ProgramBuilder.unknown), open: scalar.open) }
    return Scalar(kind: kind, value: builder.constant(0), null: builder.byte(1), open: scalar.open)
  }
}

extension Scalar {
  func isSameKind(as other: Scalar) -> Bool {
    switch (kind, other.kind) {
    case (.number, .number), (.truth, .truth), (.date, .date), (.text, .text), (.months, .months), (.days, .days),
      (.nothing, .nothing):
      true
    default: false
    }
  }
}
