import FEEL
import Policy

/// Nodes of an expression, as `FEEL/Evaluate` walks them.
extension Compiler {
  mutating func item(of node: Node) throws(Unsupported) -> Item {
    if case .literal(let value) = node.kind { return try constant(value) }
    if node.isConstant, let expression { return try constant(expression.value(of: node, in: Bindings()).value) }
    switch node.kind {
    case .literal(let value): return try constant(value)
    case .malformedLiteral: return .null
    case .name(let name): return try read(name)
    case .path(let inner, let member): return try path(try item(of: inner), member)
    case .filter(let list, let condition, _): return try filter(list, by: condition)
    case .call(let call): return try item(of: call)
    case .negation(let operand): return try negate(try item(of: operand))
    case .arithmetic(let operation, let a, let b):
      return try arithmetic(operation, try item(of: a), try item(of: b))
    case .comparison(let comparison, let a, let b): return try compare(comparison, a, b)
    case .conjunction(let operands): return .scalar(try logic(operands, decisive: false))
    case .disjunction(let operands): return .scalar(try logic(operands, decisive: true))
    case .between(let operand, let from, let to): return try between(operand, from, to)
    case .membership(let operand, let tests):
      let input = try item(of: operand)
      return .scalar(try passes(input, any: tests))
    case .conditional(let condition, let yes, let no): return try conditional(condition, yes, no)
    case .iteration(let iteration): return try iterate(iteration)
    case .quantified(let quantifier, let variables, let condition):
      return try quantify(quantifier, variables, condition)
    case .function(let definition): return .function(.definition(definition, locals: locals))
    case .list(let nodes):
      var items: [Item] = []
      for node in nodes { items.append(try item(of: node)) }
      return .list(.items(items))
    case .context(let entries): return try context(entries)
    case .interval(let interval):
      return .range(
        RangeItem(
          start: try end(of: interval.start), end: try end(of: interval.end), startIncluded: interval.startIncluded,
          endIncluded: interval.endIncluded))
    case .instance: throw Unsupported(.form("instance of"))
    case .test: throw Unsupported(.form("(< x)"))
    case .negatedTests: return .null
    }
  }

  private mutating func end(of node: Node) throws(Unsupported) -> Scalar? {
    guard case .scalar(let scalar) = try item(of: node) else { throw Unsupported(.form("..")) }
    return scalar
  }

  private mutating func read(_ name: Name) throws(Unsupported) -> Item {
    for slot in name.filterSlots {
      if let value = try entry(name.text, of: locals[slot]) { return value }
    }
    if let slot = name.slot { return try imported(locals[slot]) }
    if let builtin = name.builtin { return .function(.builtin(builtin.name)) }
    return try item(named: name.text)
  }

  /// What a name means as an entry of a filter's element; nil when it has no such entry.
  func entry(_ name: String, of local: Local) throws(Unsupported) -> Item? {
    switch try imported(local) {
    case .record(let record) where record.type.names.contains(name): try member(name, of: record)
    case .context(let context) where context.null == nil && context.open == nil: context[name]
    case .context: throw Unsupported(.form("x[…]"))
    default: nil
    }
  }

  private mutating func context(_ entries: [ContextEntry]) throws(Unsupported) -> Item {
    let outer = locals.count
    defer { locals.removeLast(locals.count - outer) }
    var result: [ContextItem.Entry] = []
    for entry in entries {
      let value = try item(of: entry.value)
      result.append(ContextItem.Entry(name: entry.key, item: value))
      locals.append(Local(item: value, builder: builder))
    }
    return .context(ContextItem(entries: result, null: nil, open: nil))
  }

  private mutating func conditional(_ condition: Node, _ yes: Node, _ no: Node) throws(Unsupported) -> Item {
    guard case .scalar(let test) = try item(of: condition) else { return .null }
    guard let truth = truth(of: test) else {
      // A condition that is neither true nor false has no answer; null takes the other branch.
      if test.isNothing { return try adding(open: test.open, to: try item(of: no)) }
      return .null
    }
    if let known = builder.constantByte(truth) {
      return try adding(open: test.open, to: try item(of: known == ProgramBuilder.yes ? yes : no))
    }
    let chosen = try choose(builder.map(truth, [0, 0, 2, 2]), try item(of: yes), try item(of: no))
    return try adding(open: test.open, to: chosen)
  }

  // MARK: logic

  /// A register of a truth; nil for what is no boolean.
  func truth(of scalar: Scalar) -> Register? {
    if case .truth = scalar.kind { scalar.value } else { nil }
  }

  func truth(_ value: Register, open: Register? = nil) -> Scalar {
    Scalar(kind: .truth, value: value, null: nil, open: open)
  }

  private mutating func logic(_ operands: [Node], decisive: Bool) throws(Unsupported) -> Scalar {
    var kleene = KleeneRegisters(decisive: decisive)
    for operand in operands {
      let item = try item(of: operand)
      kleene.add(try truthOrUnknown(item), open: try open(of: item), builder)
    }
    return kleene.result(builder)
  }

  private func truthOrUnknown(_ item: Item) throws(Unsupported) -> Register {
    guard case .scalar(let scalar) = item, let truth = truth(of: scalar) else { return builder.byte(1) }
    return truth
  }

  private mutating func between(_ operand: Node, _ from: Node, _ to: Node) throws(Unsupported) -> Item {
    guard case .scalar(let value) = try item(of: operand), case .scalar(let start) = try item(of: from),
      case .scalar(let end) = try item(of: to)
    else { throw Unsupported(.form("between")) }
    var kleene = KleeneRegisters(decisive: false)
    kleene.add(try order(.lessOrEqual, start, value), open: builder.union(value.open, start.open), builder)
    kleene.add(try order(.lessOrEqual, value, end), open: builder.union(value.open, end.open), builder)
    return .scalar(kleene.result(builder))
  }

  // MARK: comparison

  private mutating func compare(_ comparison: ComparisonOperator, _ left: Node, _ right: Node) throws(Unsupported)
    -> Item
  {
    let isEquality = comparison == .equal || comparison == .notEqual
    if isEquality, left.isNullLiteral || right.isNullLiteral {
      let item = try item(of: left.isNullLiteral ? right : left)
      let isNull = try nullTruth(of: item)
      return .scalar(truth(comparison == .equal ? isNull : builder.not(isNull)))
    }
    let a = try item(of: left), b = try item(of: right)
    return .scalar(try compare(comparison, a, b))
  }

  /// Yes where the item is null.
  func nullTruth(of item: Item) throws(Unsupported) -> Register {
    switch item {
    case .scalar(let scalar): builder.isSet(nullMask(of: scalar))
    case .record(let record): builder.isSet(record.null)
    case .list(.rows(let rows)): builder.isSet(rows.null)
    case .list(.choice(let choice)): builder.isSet(choice.null)
    case .list(.null): builder.byte(ProgramBuilder.yes)
    case .context(let context): builder.isSet(context.null)
    case .list, .range, .function: builder.byte(ProgramBuilder.no)
    }
  }

  /// A mask of where a scalar is null.
  func nullMask(of scalar: Scalar) -> Register? {
    switch scalar.kind {
    case .nothing: builder.byte(1)
    case .truth: builder.isUnknown(scalar.value)
    default: scalar.null
    }
  }

  func compare(_ comparison: ComparisonOperator, _ a: Item, _ b: Item) throws(Unsupported) -> Scalar {
    guard case .scalar(let x) = a, case .scalar(let y) = b else { throw Unsupported(.form(comparison.rawValue)) }
    let open = builder.union(x.open, y.open)
    switch comparison {
    case .equal: return truth(try equal(x, y), open: open)
    case .notEqual: return truth(builder.not(try equal(x, y)), open: open)
    case .less: return truth(try order(.less, x, y), open: open)
    case .lessOrEqual: return truth(try order(.lessOrEqual, x, y), open: open)
    case .greater: return truth(try order(.less, y, x), open: open)
    case .greaterOrEqual: return truth(try order(.lessOrEqual, y, x), open: open)
    }
  }

  /// `Value.isEqual(to:)`: null equals null alone; values of different kinds have no answer.
  func equal(_ a: Scalar, _ b: Scalar) throws(Unsupported) -> Register {
    let nulls = (nullMask(of: a), nullMask(of: b))
    let both = builder.and(builder.isSet(nulls.0), builder.isSet(nulls.1))
    if a.isNothing || b.isNothing { return both }
    let plain: Register
    if case (.truth, .truth) = (a.kind, b.kind) {
      let same = builder.and(
        builder.or(builder.not(a.value), b.value), builder.or(a.value, builder.not(b.value)))
      plain = same
    } else if let known = try compareKnown(.equal, a, b) {
      plain = known
    } else {
      plain = builder.byte(ProgramBuilder.unknown)
    }
    guard nulls.0 != nil || nulls.1 != nil else { return plain }
    return builder.select(builder.isSet(builder.union(nulls.0, nulls.1)), both, plain)
  }

  /// Unknown where one is null, or the two cannot be ordered.
  func order(_ comparison: Comparison, _ a: Scalar, _ b: Scalar) throws(Unsupported) -> Register {
    guard !a.isNothing, !b.isNothing, let known = try compareKnown(comparison, a, b) else { return builder.byte(1) }
    return builder.unknown(where: builder.union(a.null, b.null), else: known)
  }

  /// Of values that are not null; nil for different kinds.
  private func compareKnown(_ comparison: Comparison, _ a: Scalar, _ b: Scalar) throws(Unsupported) -> Register? {
    switch (a.kind, b.kind) {
    case (.number, .number):
      let (x, y) = try comparable(a, b)
      doubtEqual(x, y, a, b)
      return builder.compare(comparison, x, y)
    case (.date, .date), (.months, .months), (.days, .days): return builder.compare(comparison, a.value, b.value)
    case (.text, .text): return try compareTexts(comparison, a, b)
    default: return nil
    }
  }

  /// Where two are equal but for what FEEL may have rounded on the way, only the interpreter can tell.
  private func doubtEqual(_ x: Register, _ y: Register, _ a: Scalar, _ b: Scalar) {
    guard a.isRounded || b.isRounded else { return }
    let isInexact = builder.isSet(
      builder.mask(builder.union(builder.roundedRows(a), builder.roundedRows(b)) ?? builder.byte(0)))
    builder.doubt(masked(builder.and(builder.compare(.equal, x, y), isInexact), a, b))
  }

  /// A mask of a truth where both are known.
  private func masked(_ truth: Register, _ a: Scalar, _ b: Scalar) -> Register {
    let isKnown = builder.isUnset(builder.union(a.null, b.null))
    return builder.map(builder.and(truth, isKnown), [0, 0, 1, 1])
  }

  private func compareTexts(_ comparison: Comparison, _ a: Scalar, _ b: Scalar) throws(Unsupported) -> Register {
    guard case .text(let pool) = a.kind, case .text(let other) = b.kind else { throw Unsupported(.form("text")) }
    if comparison == .equal {
      if pool === other { return builder.compare(.equal, a.value, b.value) }
      // The codes of the smaller pool are told in those of the larger.
      let (few, many, fewScalar, manyScalar) =
        pool.texts.count <= other.texts.count ? (pool, other, a, b) : (other, pool, b, a)
      let codes = few.texts.map { Int64(many.code(of: $0) ?? -1) }
      return builder.compare(.equal, builder.lookUp(fewScalar.value, codes), manyScalar.value)
    }
    // Ordered by the place each text takes among all.
    let order = Set(pool.texts).union(other.texts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let rank = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, Int64($0)) })
    return builder.compare(
      comparison, builder.lookUp(a.value, pool.texts.map { rank[$0] ?? -1 }),
      builder.lookUp(b.value, other.texts.map { rank[$0] ?? -1 }))
  }
}

/// Three-valued `and` or `or` over registers (`FEEL.Kleene`): an operand that decides without missing facts of its own makes
/// those of the others irrelevant.
struct KleeneRegisters {
  let decisive: Bool
  private var value: Register?
  private var open: Register?
  /// Yes where an operand has decided and rests on nothing missing.
  private var settled: Register?

  init(decisive: Bool) { self.decisive = decisive }

  mutating func add(_ operand: Register, open operandOpen: Register?, _ builder: ProgramBuilder) {
    value = value.map { decisive ? builder.or($0, operand) : builder.and($0, operand) } ?? operand
    let decides = decisive ? builder.map(operand, [0, 0, 2, 2]) : builder.map(operand, [2, 0, 0, 0])
    let settles = builder.and(decides, builder.isUnset(operandOpen))
    settled = settled.map { builder.or($0, settles) } ?? settles
    open = builder.union(open, operandOpen)
  }

  func result(_ builder: ProgramBuilder) -> Scalar {
    let value = value ?? builder.byte(decisive ? ProgramBuilder.no : ProgramBuilder.yes)
    let open = open.flatMap { open in settled.map { builder.selectMask($0, nil, open) } ?? open }
    return Scalar(kind: .truth, value: value, null: nil, open: open)
  }
}

extension Node {
  var isNullLiteral: Bool { if case .literal(.null) = kind { true } else { false } }

  /// Reads no name but those of built-in functions that it calls.
  var isConstant: Bool {
    switch kind {
    case .literal: return true
    case .name, .function, .iteration, .quantified, .filter, .context: return false
    case .call(let call):
      guard case .name(let name) = call.callee.kind, let builtin = name.builtin, name.slot == nil,
        name.filterSlots.isEmpty, !["now", "today"].contains(builtin.name)
      else { return false }
      return call.arguments.allSatisfy(\.isConstant)
    case .list, .interval, .test, .negatedTests: return false
    default: return !children.isEmpty && children.allSatisfy(\.isConstant)
    }
  }
}
