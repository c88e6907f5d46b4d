import DMN
import FEEL

/// Unary tests (`Invocation.passes`) and decision tables (`DMN/Table`).
extension Compiler {
  /// Whether one of the tests holds.
  mutating func passes(_ input: Item, any tests: [Node]) throws(Unsupported) -> Scalar {
    var kleene = KleeneRegisters(decisive: true)
    for test in tests {
      let result = try passes(input, test)
      kleene.add(result.value, open: result.open, builder)
    }
    return kleene.result(builder)
  }

  private mutating func passes(_ input: Item, _ test: Node) throws(Unsupported) -> Scalar {
    switch test.kind {
    case .literal(.null): return truth(try nullTruth(of: input))
    case .negatedTests(let tests):
      let result = try passes(input, any: tests)
      return truth(builder.not(result.value), open: result.open)
    case .test(let comparison, let operand):
      if operand.isNullLiteral, comparison == .equal || comparison == .notEqual {
        let isNull = try nullTruth(of: input)
        return truth(comparison == .equal ? isNull : builder.not(isNull))
      }
      return try compare(comparison, input, try item(of: operand))
    default: return try passes(input, expression: test)
    }
  }

  private mutating func passes(_ input: Item, expression test: Node) throws(Unsupported) -> Scalar {
    let value = try item(of: test)
    let inputOpen = try open(of: input), testOpen = try open(of: value)
    let both = builder.union(inputOpen, testOpen)
    if case .scalar(let scalar) = value, case .truth = scalar.kind {
      var isBooleanInput = false
      if case .scalar(let own) = input, case .truth = own.kind { isBooleanInput = true }
      let isLiteral = if case .literal = test.kind { true } else { false }
      if test.mentionsInput || (!isLiteral && !isBooleanInput) {
        // A test without an answer is asked for as a value: null matches null.
        let isNull = builder.isUnknown(scalar.value)
        guard isNull != nil else { return scalar }
        let matches = try nullTruth(of: input)
        let answer = builder.select(builder.isSet(isNull), matches, scalar.value)
        return truth(answer, open: builder.union(testOpen, builder.selectMask(builder.isSet(isNull), inputOpen, nil)))
      }
    }
    return truth(try matches(input, value), open: both)
  }

  /// Whether the input equals the value, lies in the range, or is matched by an item of the list.
  private func matches(_ input: Item, _ value: Item) throws(Unsupported) -> Register {
    switch (input, value) {
    case (.scalar(let scalar), .range(let range)): return try contains(range, scalar)
    case (.scalar(let scalar), .list(.items(let items))):
      var result = builder.byte(ProgramBuilder.no)
      for item in items {
        let one: Register
        switch item {
        case .scalar(let element): one = try equal(scalar, element)
        case .range(let range): one = try contains(range, scalar)
        default: throw Unsupported(.form("in (…)"))
        }
        result = builder.or(result, builder.map(one, [0, 0, 2, 2]))
      }
      return result
    case (.scalar(let scalar), .scalar(let other)): return try equal(scalar, other)
    default: throw Unsupported(.form("in (…)"))
    }
  }

  /// `RangeValue.contains`: unknown where the value cannot be compared.
  private func contains(_ range: RangeItem, _ value: Scalar) throws(Unsupported) -> Register {
    var result: Register?
    func add(_ register: Register) { result = result.map { strictAnd($0, register) } ?? register }
    if let start = range.start {
      add(try order(range.startIncluded ? .lessOrEqual : .less, start, value))
    }
    if let end = range.end { add(try order(range.endIncluded ? .lessOrEqual : .less, value, end)) }
    let plain = result ?? builder.byte(ProgramBuilder.unknown)
    guard let start = range.start, let end = range.end else { return plain }
    // A range that ends before it begins is null, which matches null alone.
    let isNull = builder.map(try order(.less, end, start), [0, 0, 2, 2])
    if builder.constantByte(isNull) == ProgramBuilder.no { return plain }
    return builder.select(isNull, try nullTruth(of: .scalar(value)), plain)
  }

  /// Unknown as soon as one is.
  private func strictAnd(_ a: Register, _ b: Register) -> Register {
    let unknown = builder.union(builder.isUnknown(a), builder.isUnknown(b))
    return builder.unknown(where: unknown, else: builder.and(a, b))
  }

  private mutating func answer(_ tests: UnaryTests, _ input: Item) throws(Unsupported) -> Scalar {
    if tests.isAny { return truth(builder.byte(ProgramBuilder.yes)) }
    let outer = (locals, expression)
    locals = [Local(item: input, builder: builder)]
    expression = nil
    defer { (locals, expression) = outer }
    return try passes(input, any: tests.tests)
  }

  // MARK: decision tables

  private struct RuleItem {
    /// Yes where the rule matches by the standard.
    var match: Register
    /// Bits of what leaves it undecided.
    var open: Register?
  }

  mutating func item(of table: DecisionTable) throws(Unsupported) -> Item {
    var inputs: [Item] = []
    for input in table.inputs { inputs.append(try item(of: input.expression)) }
    let (allowed, refusedOpen) = try allowed(inputs, table)
    let rules = try match(table, inputs)
    let result = try choose(table, rules)
    guard let allowed else { return result }
    let kept = try nulled(result, where: builder.mask(builder.map(allowed, [1, 1, 0, 0])))
    return try adding(open: builder.selectMask(allowed, nil, refusedOpen), to: kept)
  }

  /// Yes where every input is among the allowed values; nil where that is always so.
  private mutating func allowed(
    _ inputs: [Item], _ table: DecisionTable
  ) throws(Unsupported) -> (Register?, open: Register?) {
    var result: Register?
    var refusedOpen: Register?
    for (item, input) in zip(inputs, table.inputs) {
      guard let tests = input.allowed, !tests.isAny else { continue }
      guard case .scalar = item else { throw Unsupported(.form("table")) }
      let accepts = builder.map(try answer(tests, item).value, [0, 0, 2, 2])
      let fine = builder.or(try nullTruth(of: item), accepts)
      if builder.constantByte(fine) == ProgramBuilder.yes { continue }
      // The first column that refuses is the one that tells.
      let refuses = builder.and(builder.not(fine), result ?? builder.byte(ProgramBuilder.yes))
      refusedOpen = builder.union(refusedOpen, builder.selectMask(refuses, try open(of: item), nil))
      result = result.map { builder.and($0, fine) } ?? fine
    }
    return (result, refusedOpen)
  }

  private mutating func match(_ table: DecisionTable, _ inputs: [Item]) throws(Unsupported) -> [RuleItem] {
    var rules: [RuleItem] = []
    for rule in table.rules {
      var match = builder.byte(ProgramBuilder.yes)
      var failed = builder.byte(ProgramBuilder.no)
      var open: Register?
      for (tests, input) in zip(rule.inputs, inputs) where !tests.isAny {
        let answer = try answer(tests, input)
        let passes = builder.map(answer.value, [0, 0, 2, 2])
        match = builder.and(match, passes)
        failed = builder.or(failed, builder.and(builder.not(passes), builder.isUnset(answer.open)))
        open = builder.union(open, answer.open)
      }
      rules.append(RuleItem(match: match, open: builder.selectMask(failed, nil, open)))
    }
    return rules
  }

  private mutating func choose(_ table: DecisionTable, _ rules: [RuleItem]) throws(Unsupported) -> Item {
    switch table.hitPolicy {
    case .first: return try first(table, rules, Array(rules.indices))
    case .unique, .any: return try single(table, rules)
    case .priority: return try first(table, rules, try byPriority(table))
    case .collect where table.aggregation != nil && table.outputs.count == 1: return try collected(table, rules)
    case .ruleOrder, .outputOrder, .collect: throw Unsupported(.form(table.hitPolicy.rawValue))
    }
  }

  /// The first rule that matches, in an order. Rules behind a certain match are not reached by a table of first matches.
  private mutating func first(_ table: DecisionTable, _ rules: [RuleItem], _ order: [Int]) throws(Unsupported) -> Item {
    var open: Register?
    if table.hitPolicy == .first {
      var certain = builder.byte(ProgramBuilder.no)
      for rule in rules {
        open = builder.union(open, builder.selectMask(certain, nil, rule.open))
        certain = builder.or(certain, builder.and(rule.match, builder.isUnset(rule.open)))
      }
    } else {
      for rule in rules { open = builder.union(open, rule.open) }
      // A certain hit of the highest priority with no open rule before it decides by itself.
      if open != nil { open = builder.selectMask(try unbeatable(table, rules, order), nil, open) }
    }
    var choices: [(truth: Register, item: Item)] = []
    for index in order { choices.append((rules[index].match, try outputs(of: index, table))) }
    return try adding(open: open, to: chosen(choices, else: unmatched(table)))
  }

  private mutating func unbeatable(
    _ table: DecisionTable, _ rules: [RuleItem], _ order: [Int]
  ) throws(Unsupported) -> Register {
    let ranks = try ranks(table)
    var result = builder.byte(ProgramBuilder.no)
    var earlier = builder.byte(ProgramBuilder.no)
    for index in order {
      if ranks[index].allSatisfy({ $0 == 0 }) {
        var before: Register?
        for rule in rules[...index] { before = builder.union(before, rule.open) }
        let hit = builder.and(rules[index].match, builder.not(earlier))
        result = builder.or(result, builder.and(hit, builder.isUnset(before)))
      }
      earlier = builder.or(earlier, rules[index].match)
    }
    return result
  }

  private mutating func byPriority(_ table: DecisionTable) throws(Unsupported) -> [Int] {
    let ranks = try ranks(table)
    return table.rules.indices.sorted { a, b in
      ranks[a] == ranks[b] ? a < b : ranks[a].lexicographicallyPrecedes(ranks[b])
    }
  }

  /// The place of each rule's outputs among the allowed values; outputs must be written out.
  private func ranks(_ table: DecisionTable) throws(Unsupported) -> [[Int]] {
    var ranks: [[Int]] = []
    for rule in table.rules {
      var own: [Int] = []
      for (cell, output) in zip(rule.outputs, table.outputs) {
        guard let allowed = output.allowed, !allowed.isAny else {
          own.append(0)
          continue
        }
        guard cell.root.isConstant else { throw Unsupported(.form("P")) }
        let value = cell.value(of: cell.root, in: Bindings()).value
        let rank = output.priorities.firstIndex { test in
          var invocation = Invocation()
          let answer = test.evaluate(input: Binding(value), in: Bindings(), with: &invocation)
          if case .boolean(true) = answer.value { return true }
          return false
        }
        own.append(rank ?? Int.max)
      }
      ranks.append(own)
    }
    return ranks
  }

  /// `U` and `A`: several hits are a conflict, or must agree.
  private mutating func single(_ table: DecisionTable, _ rules: [RuleItem]) throws(Unsupported) -> Item {
    var open: Register?
    var isHit = builder.byte(ProgramBuilder.no)
    var conflict = builder.byte(ProgramBuilder.no)
    var choices: [(truth: Register, item: Item)] = []
    var hitsOpen: Register?
    for (index, rule) in rules.enumerated() {
      open = builder.union(open, rule.open)
      let outputs = try outputs(of: index, table)
      hitsOpen = builder.union(hitsOpen, builder.selectMask(rule.match, try opens(of: outputs), nil))
      if table.hitPolicy == .unique {
        conflict = builder.or(conflict, builder.and(isHit, rule.match))
      } else {
        for (other, item) in choices {
          let both = builder.and(other, rule.match)
          if builder.constantByte(both) == ProgramBuilder.no { continue }
          conflict = builder.or(conflict, builder.and(both, builder.not(try agree(item, outputs))))
        }
      }
      isHit = builder.or(isHit, rule.match)
      choices.append((rule.match, outputs))
    }
    let item = try chosen(choices, else: unmatched(table))
    let settled = try nulled(item, where: builder.mask(builder.map(conflict, [0, 0, 1, 1])))
    // The outputs of all hits are read, also of those that conflict.
    return try adding(open: builder.union(open, hitsOpen), to: settled)
  }

  private func opens(of item: Item) throws(Unsupported) -> Register? {
    if case .context(let context) = item {
      var open = context.open
      for entry in context.entries { open = builder.union(open, try self.open(of: entry.item)) }
      return open
    }
    return try open(of: item)
  }

  /// Yes where all outputs are equal.
  private func agree(_ a: Item, _ b: Item) throws(Unsupported) -> Register {
    switch (a, b) {
    case (.scalar(let x), .scalar(let y)): return builder.map(try equal(x, y), [0, 0, 2, 2])
    case (.context(let x), .context(let y)):
      var result = builder.byte(ProgramBuilder.yes)
      for (one, other) in zip(x.entries, y.entries) { result = builder.and(result, try agree(one.item, other.item)) }
      return result
    default: throw Unsupported(.form("A"))
    }
  }

  private func chosen(_ choices: [(truth: Register, item: Item)], else last: Item) throws(Unsupported) -> Item {
    let scalars = choices.compactMap { choice -> (truth: Register, scalar: Scalar)? in
      if case .scalar(let scalar) = choice.item { (choice.truth, scalar) } else { nil }
    }
    if scalars.count == choices.count, case .scalar(let scalar) = last {
      return .scalar(try choose(scalars, else: scalar))
    }
    // Contexts: column by column. Where no rule matches it is null, or made of the defaults.
    guard let model = choices.first?.item, case .context(let first) = model else {
      if choices.isEmpty { return last }
      throw Unsupported(.form("table"))
    }
    var result = ContextItem(entries: [], null: nil, open: nil)
    for (position, entry) in first.entries.enumerated() {
      var column: [(truth: Register, scalar: Scalar)] = []
      for choice in choices {
        guard case .context(let own) = choice.item, case .scalar(let scalar) = own.entries[position].item else {
          throw Unsupported(.form("table"))
        }
        column.append((choice.truth, scalar))
      }
      var otherwise = Scalar.null
      if case .context(let own) = last, case .scalar(let scalar) = own.entries[position].item { otherwise = scalar }
      let scalar = try choose(column, else: otherwise)
      result.entries.append(ContextItem.Entry(name: entry.name, item: .scalar(scalar)))
      // All outputs of the rule that is hit are read, whichever is asked for.
      result.open = builder.union(result.open, scalar.open)
    }
    if case .context = last { return .context(result) }
    var isHit = builder.byte(ProgramBuilder.no)
    for choice in choices { isHit = builder.or(isHit, choice.truth) }
    result.null = builder.mask(builder.map(isHit, [1, 1, 0, 0]))
    return .context(result)
  }

  // MARK: outputs

  private mutating func outputs(of rule: Int, _ table: DecisionTable) throws(Unsupported) -> Item {
    var items: [ContextItem.Entry] = []
    for (cell, output) in zip(table.rules[rule].outputs, table.outputs) {
      items.append(
        ContextItem.Entry(name: output.name ?? output.label ?? "", item: try checked(try item(of: cell), output)))
    }
    return items.count == 1 ? items[0].item : .context(ContextItem(entries: items, null: nil, open: nil))
  }

  /// A value outside the allowed ones becomes null.
  private mutating func checked(_ item: Item, _ output: DecisionTable.Output) throws(Unsupported) -> Item {
    guard let allowed = output.allowed, !allowed.isAny else { return item }
    guard case .scalar = item else { throw Unsupported(.form("table")) }
    let accepts = builder.or(
      try nullTruth(of: item), builder.map(try answer(allowed, item).value, [0, 0, 2, 2]))
    let open = try open(of: item)
    return try adding(
      open: open, to: nulled(item, where: builder.mask(builder.map(accepts, [1, 1, 0, 0]))))
  }

  private mutating func unmatched(_ table: DecisionTable) throws(Unsupported) -> Item {
    guard table.outputs.contains(where: { $0.defaultValue != nil }) else {
      if table.hitPolicy == .collect, table.aggregation == .count { return try constant(.number(.zero)) }
      return .null
    }
    var items: [ContextItem.Entry] = []
    for output in table.outputs {
      let item =
        try output.defaultValue.map { expression throws(Unsupported) in try self.item(of: expression) } ?? .null
      items.append(ContextItem.Entry(name: output.name ?? output.label ?? "", item: try checked(item, output)))
    }
    return items.count == 1 ? items[0].item : .context(ContextItem(entries: items, null: nil, open: nil))
  }

  /// `C+`, `C<`, `C>`, `C#` of one output.
  private mutating func collected(_ table: DecisionTable, _ rules: [RuleItem]) throws(Unsupported) -> Item {
    var open: Register?
    var scalars: [Scalar] = []
    var isHit = builder.byte(ProgramBuilder.no)
    var count = builder.constant(0)
    for (index, rule) in rules.enumerated() {
      guard case .scalar(let scalar) = try outputs(of: index, table) else { throw Unsupported(.form("C")) }
      open = builder.union(open, builder.union(rule.open, builder.selectMask(rule.match, scalar.open, nil)))
      isHit = builder.or(isHit, rule.match)
      count = try builder.add(count, builder.select(rule.match, builder.constant(1), builder.constant(0)))
      scalars.append(scalar)
    }
    guard table.aggregation != .count else {
      let number = Scalar(kind: .number(scale: 0, divisor: nil), value: count, null: nil, open: open)
      guard case .scalar(let last) = try unmatched(table) else { throw Unsupported(.form("C#")) }
      var result = try choose([(isHit, number)], else: last)
      result.open = builder.union(result.open, open)
      return .scalar(result)
    }
    var result: Scalar?
    var null: Register?
    var hits = builder.byte(ProgramBuilder.no)
    for (scalar, rule) in zip(try alike(scalars), rules) {
      guard case .number(_, nil) = scalar.kind, !scalar.isRounded else { throw Unsupported(.form("C+")) }
      null = builder.union(null, builder.selectMask(rule.match, scalar.null, nil))
      guard var sum = result else {
        result = scalar
        if table.aggregation == .sum {
          result?.value = builder.select(rule.match, scalar.value, builder.constant(0))
        }
        hits = rule.match
        continue
      }
      switch table.aggregation {
      case .sum:
        sum.value = try builder.add(sum.value, builder.select(rule.match, scalar.value, builder.constant(0)))
      default:
        let both =
          table.aggregation == .min
          ? builder.minimum(sum.value, scalar.value) : builder.maximum(sum.value, scalar.value)
        let first = builder.select(hits, both, scalar.value)
        sum.value = builder.select(rule.match, first, sum.value)
      }
      hits = builder.or(hits, rule.match)
      result = sum
    }
    guard var result, case .scalar(let last) = try unmatched(table) else { throw Unsupported(.form("C+")) }
    result.null = null
    result.open = nil
    result = try choose([(isHit, result)], else: last)
    result.open = builder.union(result.open, open)
    return .scalar(result)
  }
}
