import FEEL
import Policy

/// Filters, loops and quantifiers over the rows that belong to a row.
extension Compiler {
  /// `list[condition]` or `list[index]` (`Invocation.filter`).
  mutating func filter(_ list: Node, by condition: Node) throws(Unsupported) -> Item {
    let item = try item(of: list)
    guard case .list(let items) = item else {
      if case .scalar(let scalar) = item, scalar.isNothing { return item }
      throw Unsupported(.form("x[…]"))
    }
    if let index = condition.literalIndex { return try element(of: items, at: index) }
    switch items {
    case .null: return item
    case .rows(var rows):
      let result = try within(rows) { compiler, element throws(Unsupported) -> Scalar in
        compiler.locals.append(Local(item: element, builder: compiler.builder))
        defer { compiler.locals.removeLast() }
        guard case .scalar(let scalar) = try compiler.item(of: condition) else { throw Unsupported(.form("x[…]")) }
        return scalar
      }
      let inner = rows.builder
      let keeps: Register
      switch result.kind {
      case .truth: keeps = inner.map(result.value, [0, 0, 2, 2])
      case .nothing: keeps = inner.byte(ProgramBuilder.no)
      default: throw Unsupported(.form("x[…]"))
      }
      rows.open = inner.union(rows.open, kept(result.open, rows))
      rows.keep = rows.keep.map { inner.and($0, keeps) } ?? keeps
      return .list(.rows(rows))
    case .items(let elements):
      if let index = try index(condition, among: elements) { return try element(of: items, at: index) }
      let all = ItemChoice(
        items: elements.map { ItemChoice.Entry(keep: builder.byte(ProgramBuilder.yes), item: $0) }, open: nil, null: nil
      )
      return try filter(all, by: condition)
    case .choice(let choice): return try filter(choice, by: condition)
    case .joined: throw Unsupported(.form("concatenate(…)[…]"))
    }
  }

  /// The place that a condition names which is no literal, when it is the same for all rows: what a loop over such numbers gives.
  private mutating func index(_ condition: Node, among elements: [Item]) throws(Unsupported) -> Int? {
    switch condition.kind {
    case .name, .arithmetic: break
    default: return nil
    }
    // An element with members may answer for the names itself.
    guard elements.allSatisfy({ if case .scalar = $0 { true } else { false } }) else { return nil }
    locals.append(Local(item: .null, builder: builder))
    defer { locals.removeLast() }
    return whole(try item(of: condition))
  }

  private mutating func filter(_ choice: ItemChoice, by condition: Node) throws(Unsupported) -> Item {
    var choice = choice
    for (position, entry) in choice.items.enumerated() {
      let (keep, item) = (entry.keep, entry.item)
      locals.append(Local(item: item, builder: builder))
      let result = try self.item(of: condition)
      locals.removeLast()
      guard case .scalar(let scalar) = result else { throw Unsupported(.form("x[…]")) }
      switch scalar.kind {
      case .truth: choice.items[position].keep = builder.and(keep, builder.map(scalar.value, [0, 0, 2, 2]))
      case .nothing: choice.items[position].keep = builder.byte(ProgramBuilder.no)
      default: throw Unsupported(.form("x[…]"))
      }
      choice.open = builder.union(choice.open, builder.selectMask(keep, scalar.open, nil))
    }
    return .list(.choice(choice))
  }

  /// A mask, but only of the rows kept so far.
  func kept(_ mask: Register?, _ rows: RowList) -> Register? {
    guard let keep = rows.keep else { return mask }
    return rows.builder.selectMask(keep, mask, nil)
  }

  /// - Throws: inside a walk over the same rows, which would be taken for the rows at hand.
  private func requireNoWalk(over rows: RowList) throws(Unsupported) {
    var around: ProgramBuilder? = builder
    while let one = around {
      if one === rows.builder { throw Unsupported(.form("for … for …")) }
      around = one.outer
    }
  }

  /// Something worked out in the nested program, for each row's element.
  private mutating func within<R>(
    _ rows: RowList, _ body: (inout Compiler, Item) throws(Unsupported) -> R
  ) throws(Unsupported) -> R {
    try requireNoWalk(over: rows)
    let outer = builder
    builder = rows.builder
    defer { builder = outer }
    return try body(&self, rows.element)
  }

  private func element(of list: ListItem, at index: Int) throws(Unsupported) -> Item {
    switch list {
    case .items(let items):
      let position = index > 0 ? index - 1 : items.count + index
      return items.indices.contains(position) ? items[position] : .null
    case .null(let open):
      return .scalar(Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: open))
    case .choice(let choice) where index == 1: return try first(of: choice)
    case .joined, .choice: throw Unsupported(.form("[…][n]"))
    case .rows(let rows):
      // Counted from the back only the last is known when the rows have gone by; there is no element 0.
      guard index > 0 || index == -1 else { throw Unsupported(.form("[…][n]")) }
      let home = try home(of: rows)
      let count = reduce(.count, rows, nil)
      let need = home.constant(Int128(index.magnitude))
      let misses = home.mask(home.map(home.compare(.less, count, need), [0, 0, 1, 1]))
      let null = home.union(misses, rows.null)
      let open = try openingAtHome(of: rows)
      func element(_ register: Register) -> Register { reduce(.element(index), rows, register) }
      func elementByte(_ register: Register?) -> Register? {
        register.map { reduceByte(.element(index), rows, $0) } ?? nil
      }
      switch rows.element {
      case .record(let record):
        let row = element(record.row ?? rows.builder.ownRow)
        let found = RecordItem(
          type: record.type, row: row, depth: record.depth, null: home.union(null, elementByte(record.null)),
          open: home.union(open, elementByte(record.open)))
        return try imported(Local(item: .record(found), builder: home))
      case .scalar(let scalar):
        var found = scalar
        if case .number(let scale, let divisor?) = scalar.kind {
          found.kind = .number(scale: scale, divisor: element(divisor))
        }
        if scalar.isRounded { found.inexact = elementByte(rows.builder.roundedRows(scalar)) ?? home.byte(0) }
        switch scalar.kind {
        case .nothing: break
        case .truth:
          found.value = home.unknown(where: null, else: reduceByte(.element(index), rows, scalar.value) ?? home.byte(1))
        default:
          found.value = element(scalar.value)
          found.null = home.union(null, elementByte(scalar.null))
        }
        found.open = home.union(open, elementByte(scalar.open))
        return try imported(Local(item: .scalar(found), builder: home))
      default: throw Unsupported(.form("[n]"))
      }
    }
  }

  private func first(of choice: ItemChoice) throws(Unsupported) -> Item {
    var result = Item.null
    for entry in choice.items.reversed() { result = try choose(entry.keep, entry.item, result) }
    return try adding(open: choice.open, to: nulled(result, where: choice.null))
  }

  /// `for x in list return …` (`Invocation.iterate`).
  mutating func iterate(_ iteration: Iteration) throws(Unsupported) -> Item {
    guard iteration.variables.count == 1, let variable = iteration.variables.first else {
      throw Unsupported(.form("for x in …, y in …"))
    }
    let result = iteration.result
    switch try domain(of: variable) {
    case .items(let items):
      var results: [Item] = []
      var open: Register?
      for item in items {
        let value = try bound(item) { compiler throws(Unsupported) in try compiler.item(of: result) }
        open = builder.union(open, try self.open(of: value))
        results.append(value)
      }
      guard let open else { return .list(.items(results)) }
      // What each turn reads is read, whoever asks for the list.
      let all = results.map { ItemChoice.Entry(keep: builder.byte(ProgramBuilder.yes), item: $0) }
      return .list(.choice(ItemChoice(items: all, open: open, null: nil)))
    case .rows(var rows):
      try requireNoWalk(over: rows)
      rows = try inside(rows) { compiler, element throws(Unsupported) in
        try compiler.bound(element) { compiler throws(Unsupported) in try compiler.item(of: result) }
      }
      let open = try within(rows) { compiler, element throws(Unsupported) in try compiler.open(of: element) }
      rows.open = rows.builder.union(rows.open, kept(open, rows))
      return .list(.rows(rows))
    case .choice(var choice):
      for (position, entry) in choice.items.enumerated() {
        let (keep, item) = (entry.keep, entry.item)
        let value = try bound(item) { compiler throws(Unsupported) in try compiler.item(of: result) }
        choice.open = builder.union(choice.open, builder.selectMask(keep, try self.open(of: value), nil))
        choice.items[position].item = value
      }
      return .list(.choice(choice))
    case .null(let open): return .list(.null(open: open))
    case .joined: throw Unsupported(.form("for x in concatenate(…)"))
    }
  }

  private mutating func domain(of variable: IterationVariable) throws(Unsupported) -> ListItem {
    let item = try item(of: variable.domain)
    if let end = variable.end {
      guard let first = whole(item), let last = whole(try self.item(of: end)), abs(last - first) < 100 else {
        throw Unsupported(.form("for x in a..b"))
      }
      var items: [Item] = []
      for number in stride(from: first, through: last, by: first <= last ? 1 : -1) {
        items.append(try constant(.number(Decimal128(number))))
      }
      // The loop's own variable follows `partial` in no case that reads it.
      return .items(items)
    }
    switch item {
    case .list(let list): return list
    case .scalar(let scalar) where scalar.isNothing: return .null(open: scalar.open)
    default: throw Unsupported(.form("for x in …"))
    }
  }

  /// A constant whole number.
  func whole(_ item: Item) -> Int? {
    guard case .scalar(let scalar) = item, case .number(0, nil) = scalar.kind, scalar.null == nil else { return nil }
    return builder.constantValue(scalar.value).flatMap { Int(exactly: $0) }
  }

  /// With one more local; loops also keep a place for `partial`.
  private mutating func bound<R>(
    _ item: Item, _ body: (inout Compiler) throws(Unsupported) -> R
  ) throws(Unsupported) -> R {
    locals.append(Local(item: item, builder: builder))
    locals.append(Local(item: .null, builder: builder))
    defer { locals.removeLast(2) }
    return try body(&self)
  }

  /// `some` and `every` (`Invocation.quantify`).
  mutating func quantify(
    _ quantifier: Quantifier, _ variables: [IterationVariable], _ condition: Node
  ) throws(Unsupported) -> Item {
    guard variables.count == 1, let variable = variables.first else { throw Unsupported(.form("some x in …, y in …")) }
    let decisive = quantifier == .some
    func test(_ compiler: inout Compiler, _ element: Item) throws(Unsupported) -> Scalar {
      compiler.locals.append(Local(item: element, builder: compiler.builder))
      defer { compiler.locals.removeLast() }
      guard case .scalar(let scalar) = try compiler.item(of: condition) else { throw Unsupported(.form("satisfies")) }
      if case .truth = scalar.kind { return scalar }
      return compiler.truth(compiler.builder.byte(ProgramBuilder.unknown), open: scalar.open)
    }
    switch try domain(of: variable) {
    case .items(let items):
      var kleene = KleeneRegisters(decisive: decisive)
      for item in items {
        let result = try test(&self, item)
        kleene.add(result.value, open: result.open, builder)
      }
      return .scalar(kleene.result(builder))
    case .rows(let rows):
      let result = try within(rows) { compiler, element throws(Unsupported) in try test(&compiler, element) }
      return .scalar(try quantified(result, rows, decisive))
    case .choice(let choice):
      var kleene = KleeneRegisters(decisive: decisive)
      let neutral = builder.byte(decisive ? ProgramBuilder.no : ProgramBuilder.yes)
      for entry in choice.items {
        let (keep, item) = (entry.keep, entry.item)
        let result = try test(&self, item)
        kleene.add(
          builder.select(keep, result.value, neutral), open: builder.selectMask(keep, result.open, nil), builder)
      }
      var result = kleene.result(builder)
      result.value = builder.unknown(where: choice.null, else: result.value)
      result.open = builder.union(builder.selectMask(builder.isSet(choice.null), nil, result.open), choice.open)
      return .scalar(result)
    case .null(let open): return .scalar(Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: open))
    case .joined: throw Unsupported(.form("some x in concatenate(…)"))
    }
  }

  private func quantified(_ result: Scalar, _ rows: RowList, _ decisive: Bool) throws(Unsupported) -> Scalar {
    let home = try home(of: rows), inner = rows.builder
    let decides = decisive ? inner.map(result.value, [0, 0, 2, 2]) : inner.map(result.value, [2, 0, 0, 0])
    let settles = inner.map(inner.and(decides, inner.isUnset(result.open)), [0, 0, 1, 1])
    let value: Register
    if decisive {
      value = reduceByte(.greatestByte, rows, result.value) ?? home.byte(ProgramBuilder.no)
    } else {
      // The least truth is what is left of the greatest of the contrary.
      let contrary = reduceByte(.greatestByte, rows, inner.not(result.value))
      value = contrary.map { home.not($0) } ?? home.byte(ProgramBuilder.yes)
    }
    var open = reduceByte(.orBytes, rows, result.open)
    if let mask = open, let settled = reduceByte(.orBytes, rows, settles) {
      open = home.selectMask(home.isSet(settled), nil, mask)
    }
    open = home.union(open, try openingAtHome(of: rows))
    let scalar = truth(home.unknown(where: rows.null, else: value), open: open)
    guard case .scalar(let result) = try imported(Local(item: .scalar(scalar), builder: home)) else { return scalar }
    return result
  }

  // MARK: reductions

  /// The program whose rows the list's rows belong to.
  func home(of rows: RowList) throws(Unsupported) -> ProgramBuilder {
    guard let home = rows.builder.outer else { throw Unsupported(.form("list")) }
    return home
  }

  /// Bits that having the list sets, of the program around its rows.
  func openingAtHome(of rows: RowList) throws(Unsupported) -> Register? {
    try home(of: rows).union(rows.outerOpen, reduceByte(.orBytes, rows, rows.open, keepsAll: true))
  }

  /// The same for the present program.
  func opening(of rows: RowList) throws(Unsupported) -> Register? {
    let home = try home(of: rows), open = try openingAtHome(of: rows)
    guard home !== builder, let open else { return open }
    let item = try imported(Local(item: .scalar(truth(home.byte(0), open: open)), builder: home))
    if case .scalar(let scalar) = item { return scalar.open }
    return nil
  }

  /// An integer of the program around.
  func reduce(_ kind: Reduction.Kind, _ rows: RowList, _ value: Register?) -> Register {
    let reduction = Reduction(kind: kind, nest: rows.nest, keep: rows.keep, value: value)
    guard let home = rows.builder.outer else { preconditionFailure("rows of no row") }
    let many = Int128(population.tables[rows.builder.table]?.count ?? 0)
    switch kind {
    case .count, .distinctCount: return home.append(.reduce(reduction), .integer, 0...many)
    case .sum:
      let one = value.map { rows.builder.bounds($0) } ?? 0...0
      let low = min(one.lowerBound, 0).multipliedReportingOverflow(by: many)
      let high = max(one.upperBound, 0).multipliedReportingOverflow(by: many)
      let bounds = low.overflow || high.overflow ? Int128.min...Int128.max : low.partialValue...high.partialValue
      return home.append(.reduce(reduction), ProgramBuilder.lane(for: bounds), bounds)
    default:
      let bounds = Bounds.union(value.map { rows.builder.bounds($0) } ?? 0...0, 0...0)
      return home.append(.reduce(reduction), value.map { rows.builder.lane($0) } ?? .integer, bounds)
    }
  }

  /// A byte of the program around; nil when it is never set.
  func reduceByte(
    _ kind: Reduction.Kind, _ rows: RowList, _ value: Register?, keepsAll: Bool = false
  ) -> Register? {
    guard let value, rows.builder.constantByte(value) != 0, let home = rows.builder.outer else { return nil }
    let reduction = Reduction(kind: kind, nest: rows.nest, keep: keepsAll ? nil : rows.keep, value: value)
    return home.append(.reduce(reduction), .byte)
  }
}

extension Node {
  /// `2` or `-2`
  fileprivate var literalIndex: Int? {
    switch kind {
    case .literal(.number(let number)): return number.integer
    case .negation(let operand):
      guard case .literal(.number(let number)) = operand.kind else { return nil }
      return number.integer.map { -$0 }
    default: return nil
    }
  }
}
