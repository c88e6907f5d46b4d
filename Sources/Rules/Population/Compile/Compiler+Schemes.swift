import FEEL
import Policy

/// Outcomes of schemes (`SchemeEvaluation`, `Stacking`).
extension Compiler {
  /// What a scheme comes to for each row.
  struct OutcomeItem {
    /// A byte: the place of the verdict in `Verdict.allCases`.
    var verdict: Register
    /// 元, where the verdict is met (of several records together: the sum of those that are met); nil for one that pays nothing.
    var amount: Scalar?
  }

  /// - Parameter versions: of one scheme, over disjoint intervals; at least one.
  mutating func outcome(of versions: [Scheme], for type: RecordType) throws(Unsupported) -> OutcomeItem {
    let about = versions[0].about
    guard let target = rulebook.dictionary[about] else { return OutcomeItem(verdict: builder.byte(0), amount: nil) }
    return try outcome(of: versions, target, belongingTo: type, steps: 0) { compiler throws(Unsupported) in
      try compiler.ownOutcome(of: versions)
    }
  }

  /// Along the owner fields from the subject to the records that the scheme is about.
  private mutating func outcome(
    of versions: [Scheme], _ type: RecordType, belongingTo subject: RecordType, steps: Int,
    _ own: (inout Compiler) throws(Unsupported) -> OutcomeItem
  ) throws(Unsupported) -> OutcomeItem {
    if type.name == subject.name { return try own(&self) }
    let none = OutcomeItem(verdict: builder.byte(Verdict.notApplicable.code), amount: nil)
    guard steps < RecordType.deepestReference, let owner = type.owner, let field = type.field(named: owner),
      let parent = field.type.record.flatMap({ rulebook.dictionary[$0] })
    else { return none }
    let population = population
    return try outcome(of: versions, parent, belongingTo: subject, steps: steps + 1) { compiler throws(Unsupported) in
      guard population.tables[type.name] != nil else {
        let isPersons = Self.openness(field.authority) == 2
        return OutcomeItem(
          verdict: compiler.builder.byte((isPersons ? Verdict.review : .undetermined).code), amount: nil)
      }
      return try compiler.summary(of: type, by: field, own)
    }
  }

  /// The best verdict of the records that belong to the row, and the sum of what they come to.
  private mutating func summary(
    of type: RecordType, by field: Field, _ own: (inout Compiler) throws(Unsupported) -> OutcomeItem
  ) throws(Unsupported) -> OutcomeItem {
    let nest = builder.nest(table: type.name, field: field.name, parent: nil)
    let rows = RowList(nest: nest, builder: builder.nests[nest].builder, keep: nil, element: .null)
    let outer = (builder, scope)
    builder = rows.builder
    scope = Subject(record: RecordItem(type: type, row: nil, depth: 0), builder: builder, date: asOf)
    let outcome: OutcomeItem
    do throws(Unsupported) {
      outcome = try own(&self)
    } catch {
      (builder, scope) = outer
      throw error
    }
    (builder, scope) = outer
    let inner = rows.builder
    let best = reduceByte(.greatestByte, rows, outcome.verdict) ?? builder.byte(Verdict.notApplicable.code)
    guard let amount = outcome.amount else { return OutcomeItem(verdict: best, amount: nil) }
    guard case .number(let scale, nil) = amount.kind else { throw Unsupported(.form("amount")) }
    let isNull = inner.isSet(amount.null)
    let paid = inner.select(isNull, inner.constant(0), amount.value)
    let sum = reduce(.sum, rows, paid)
    guard builder.bounds(sum).lowerBound > Int128.min else { throw Unsupported(.digits) }
    let has = inner.map(inner.not(isNull), [0, 0, 1, 1])
    let some = reduceByte(.orBytes, rows, has)
    return OutcomeItem(
      verdict: best,
      amount: Scalar(
        kind: .number(scale: scale, divisor: nil), value: sum,
        null: builder.mask(some.map { builder.map($0, [1, 0, 0, 0]) } ?? builder.byte(1)), open: nil))
  }

  // MARK: one record

  private mutating func ownOutcome(of versions: [Scheme]) throws(Unsupported) -> OutcomeItem {
    guard versions.contains(where: { $0.datedBy != nil }) else {
      return try outcome(of: versions.first { $0.inForce.contains(asOf) } ?? versions.present(on: asOf), on: asOf, nil)
    }
    guard let source = versions[0].datedBy?.source, let dated = versions[0].datedBy,
      versions.allSatisfy({ $0.datedBy?.source == source })
    else { throw Unsupported(.form("dated by")) }
    scope.date = asOf
    let item = try item(of: dated)
    let undated = try open(of: item)
    let present = versions.present(on: asOf)
    guard case .scalar(let date) = item, case .date = date.kind else {
      guard versions.count == 1 else { throw Unsupported(.form("dated by")) }
      return try outcome(of: present, on: asOf, undated)
    }
    // Without a day of its own a record is held to the present one.
    let fallback = try outcome(
      of: versions.first { $0.inForce.contains(asOf) } ?? present, on: asOf, undated)
    let own = try byDate(date) { compiler, day throws(Unsupported) in
      let version = versions.first { $0.inForce.contains(day) } ?? present
      let outcome = try compiler.outcome(of: version, on: day, undated)
      return compiler.item(of: outcome)
    }
    scope.date = asOf
    guard var result = self.outcome(of: try choose(builder.isSet(date.null), self.item(of: fallback), own)) else {
      throw Unsupported(.form("dated by"))
    }
    if versions.count > 1, let open = undated {
      // Which version governs is not known.
      let persons = builder.map(open, [0, 0, 2, 0])
      let verdict = builder.select(
        persons, builder.byte(Verdict.review.code), builder.byte(Verdict.undetermined.code))
      result.verdict = builder.select(builder.isSet(open), verdict, result.verdict)
      let null = builder.union(result.amount?.null, open)
      result.amount?.null = null
    }
    return result
  }

  /// An outcome in the clothes of an item, so that days can choose between several. The verdict travels as a number.
  private func item(of outcome: OutcomeItem) -> Item {
    let codes = builder.append(.byteToInteger(outcome.verdict), .integer, 0...4)
    let number = Scalar(kind: .number(scale: 0, divisor: nil), value: codes, null: nil, open: nil)
    return .context(
      ContextItem(
        entries: [
          ContextItem.Entry(name: "verdict", item: .scalar(number)),
          ContextItem.Entry(name: "amount", item: .scalar(outcome.amount ?? .null)),
        ], null: nil, open: nil))
  }

  private func outcome(of item: Item) -> OutcomeItem? {
    guard case .context(let context) = item, case .scalar(let verdict)? = context["verdict"],
      case .scalar(let amount)? = context["amount"]
    else { return nil }
    return OutcomeItem(
      verdict: builder.append(.integerToByte(verdict.value), .byte), amount: amount.isNothing ? nil : amount)
  }

  private mutating func outcome(
    of scheme: Scheme, on date: CalendarDate, _ undated: Register?
  ) throws(Unsupported) -> OutcomeItem {
    scope.date = date
    defer { scope.date = asOf }
    let notApplicable = Verdict.notApplicable.code
    guard scheme.inForce.contains(date) else { return OutcomeItem(verdict: builder.byte(notApplicable), amount: nil) }
    var open = undated
    var isOut = builder.byte(ProgramBuilder.no)
    if let applies = scheme.applies {
      let (fails, own) = try decide(applies)
      isOut = fails
      open = builder.union(open, own)
    }
    var fails = builder.byte(ProgramBuilder.no)
    for condition in scheme.conditions {
      let (own, ownOpen) = try decide(condition.test)
      fails = builder.or(fails, own)
      open = builder.union(open, ownOpen)
    }
    var needsReview = builder.byte(ProgramBuilder.no)
    if let review = scheme.review {
      let (refused, own) = try decide(review)
      needsReview = builder.not(refused)
      open = builder.union(open, own)
    }
    var amount: Scalar?
    var incalculable = builder.byte(ProgramBuilder.no)
    if let expression = scheme.amount {
      guard case .scalar(let scalar) = try item(of: expression) else { throw Unsupported(.form("amount")) }
      open = builder.union(open, scalar.open)
      switch scalar.kind {
      case .number(_, .some): throw Unsupported(.form("amount"))
      case .number: amount = scalar
      default: amount = nil
      }
      let isNull = amount.map { builder.isSet($0.null) } ?? builder.byte(ProgramBuilder.yes)
      incalculable = builder.and(isNull, builder.isUnset(scalar.open))
    }
    func code(_ verdict: Verdict) -> Register { builder.byte(verdict.code) }
    var verdict = builder.select(needsReview, code(.review), code(.met))
    let isOpen = builder.or(builder.isSet(open), incalculable)
    if builder.constantByte(isOpen) != ProgramBuilder.no {
      let persons = builder.and(
        open.map { builder.map($0, [0, 0, 2, 0]) } ?? builder.byte(0), builder.not(incalculable))
      verdict = builder.select(isOpen, builder.select(persons, code(.review), code(.undetermined)), verdict)
    }
    verdict = builder.select(fails, code(.unmet), verdict)
    verdict = builder.select(isOut, code(.notApplicable), verdict)
    if var paid = amount {
      let isMet = builder.append(.byteEquals(verdict, Verdict.met.code), .byte)
      paid.null = builder.union(paid.null, builder.mask(builder.map(isMet, [1, 1, 0, 0])))
      paid.open = nil
      amount = paid
    }
    return OutcomeItem(verdict: verdict, amount: amount)
  }

  /// Yes where the expression is decided and not true, and the bits of what leaves it open.
  private mutating func decide(_ expression: Expression) throws(Unsupported) -> (fails: Register, open: Register?) {
    let item = try item(of: expression)
    let open = try open(of: item)
    guard case .scalar(let scalar) = item, let truth = truth(of: scalar) else {
      return (builder.isUnset(open), open)
    }
    let isFalse = builder.map(truth, [2, 2, 0, 0])
    return (builder.and(isFalse, builder.isUnset(open)), open)
  }
}
