import DMN
import FEEL
import Policy

/// Turns the decisions of a rulebook into operations over columns, for one population and one as-of date.
///
/// The same semantics as the interpreter's, value and known-ness, form by form: each function here stands beside one of
/// `FEEL/Evaluate`, `DMN/Table` or `Policy/Explain`. What has no such function here is ``Unsupported``.
struct Compiler {
  let rulebook: Rulebook
  let population: Population
  let asOf: CalendarDate
  let overrides: [String: Value]
  /// The parameters that are given when the program runs, by name, and their numbers.
  private let settings: [String: (number: Int, setting: PlanSetting)]
  /// The days on which something comes into force or ceases: between them, versions do not change.
  let turningDays: [CalendarDate]
  /// The program under construction.
  var builder: ProgramBuilder
  var scope: Subject
  var locals: [Local] = []
  /// The expression being compiled.
  var expression: Expression?
  private var arguments: [String: Local] = [:]
  private var decided: [DecisionKey: Local] = [:]
  private var running: Set<DecisionKey> = []
  private var depth = 0

  /// Whom names are about, and the day whose versions govern.
  struct Subject {
    var record: RecordItem?
    var builder: ProgramBuilder
    var date: CalendarDate
  }

  private struct DecisionKey: Hashable {
    var name: String
    var builder: ObjectIdentifier
    var row: Register?
    var depth: Int
    var date: CalendarDate
  }

  init(
    _ rulebook: Rulebook, _ population: Population, asOf: CalendarDate, overrides: [String: Value],
    settings: [PlanSetting], about type: RecordType
  ) {
    self.rulebook = rulebook
    self.population = population
    self.asOf = asOf
    self.overrides = overrides
    self.settings = Dictionary(settings.enumerated().map { ($1.parameter, ($0, $1)) }) { first, _ in first }
    turningDays = rulebook.turningDays
    builder = ProgramBuilder(table: type.name)
    scope = Subject(record: RecordItem(type: type, row: nil, depth: 0), builder: builder, date: asOf)
  }

  // MARK: decisions

  /// An expression about the present subject, with locals of its own.
  mutating func item(of expression: Expression) throws(Unsupported) -> Item {
    let outer = (locals, self.expression)
    locals = []
    self.expression = expression
    defer { (locals, self.expression) = outer }
    return try item(of: expression.root)
  }

  /// The value of whichever version governs, for the present subject (`Session.result(of:for:governedBy:)`).
  mutating func decision(_ versions: [PolicyDecision]) throws(Unsupported) -> Item {
    guard let dated = versions.first(where: { $0.datedBy != nil }), let expression = dated.datedBy else {
      guard let version = versions.first(where: { $0.inForce.contains(scope.date) }) else { return .null }
      return try decision(version)
    }
    let own = try item(of: expression)
    guard case .scalar(let date) = own, case .date = date.kind else {
      return .scalar(Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: try open(of: own)))
    }
    return try byDate(date) { compiler, day throws(Unsupported) in
      guard let version = versions.first(where: { $0.inForce.contains(day) }) else { return .null }
      return try compiler.decision(version)
    }
  }

  /// An item for each stretch of days over which versions do not change, of which the row's own day picks one. Null
  /// where there is no day.
  mutating func byDate(
    _ date: Scalar, _ body: (inout Compiler, CalendarDate) throws(Unsupported) -> Item
  ) throws(Unsupported) -> Item {
    let bounds = builder.bounds(date.value)
    let outer = scope.date
    defer { scope.date = outer }
    var choices: [(until: CalendarDate?, item: Item)] = []
    var start: CalendarDate?
    for end in turningDays.map(Optional.some) + [nil] {
      defer { start = end }
      if let end, Int128(end.dayNumber) <= bounds.lowerBound { continue }
      if let start, Int128(start.dayNumber) > bounds.upperBound { continue }
      // Any day of the stretch stands for all of it.
      guard let day = start ?? end?.adding(days: -1) ?? CalendarDate(year: 2000, month: 1, day: 1) else { continue }
      scope.date = day
      choices.append((end, try body(&self, day)))
    }
    guard var result = choices.last?.item else { return .null }
    for (until, item) in choices.dropLast().reversed() {
      guard let until else { continue }
      let isBefore = builder.compare(.less, date.value, builder.constant(Int128(until.dayNumber)))
      result = try choose(isBefore, item, result)
    }
    return try adding(open: date.open, to: nulled(result, where: date.null))
  }

  private mutating func decision(_ version: PolicyDecision) throws(Unsupported) -> Item {
    let builder = version.about == nil ? outermost : scope.builder
    let record = version.about == nil ? nil : scope.record
    let key = DecisionKey(
      name: version.name, builder: ObjectIdentifier(builder), row: record?.row, depth: record?.depth ?? 0,
      date: scope.date)
    if let known = decided[key] { return try imported(known) }
    guard running.insert(key).inserted else { throw Unsupported(.recursion(version.name)) }
    defer { running.remove(key) }
    let outer = (self.builder, scope, arguments)
    self.builder = builder
    scope = Subject(record: record, builder: builder, date: scope.date)
    arguments = [:]
    defer { (self.builder, scope, arguments) = outer }
    let local = Local(item: try body(of: version), builder: builder)
    decided[key] = local
    (self.builder, scope, arguments) = outer
    return try imported(local)
  }

  private mutating func body(of version: PolicyDecision) throws(Unsupported) -> Item {
    guard depth < 60 else { throw Unsupported(.recursion(version.name)) }
    guard builder.operations.count < 200_000 else { throw Unsupported(.size) }
    depth += 1
    defer { depth -= 1 }
    switch version.body {
    case .expression(let expression): return try item(of: expression)
    case .table(let table): return try item(of: table)
    }
  }

  var outermost: ProgramBuilder {
    var builder = builder
    while let outer = builder.outer { builder = outer }
    return builder
  }

  // MARK: names

  /// `SubjectScope.binding(for:)`, after what the expression binds itself.
  mutating func item(named name: String) throws(Unsupported) -> Item {
    if let argument = arguments[name] { return try imported(argument) }
    if let record = scope.record, record.type.names.contains(name) {
      return try inSubjectsProgram { compiler throws(Unsupported) in try compiler.member(name, of: record) }
    }
    if let versions = rulebook.decisions[name] { return try reference(to: versions) }
    if let versions = rulebook.parametersByName[name] { return try parameter(versions) }
    if let record = scope.record, record.type.name == name {
      return try imported(Local(item: .record(record), builder: scope.builder))
    }
    let keywords = Keywords.shared
    if let number = keywords.id(of: name, as: .constant).flatMap({ Decimal128($0) }) {
      return try constant(.number(number))
    }
    if keywords.isWord(name, "as-of") { return try constant(.date(asOf)) }
    return .null
  }

  private mutating func inSubjectsProgram(
    _ body: (inout Compiler) throws(Unsupported) -> Item
  ) throws(Unsupported) -> Item {
    let outer = builder
    builder = scope.builder
    defer { builder = outer }
    let item = try body(&self)
    let local = Local(item: item, builder: builder)
    builder = outer
    return try imported(local)
  }

  private mutating func reference(to versions: [PolicyDecision]) throws(Unsupported) -> Item {
    guard let first = versions.first else { return .null }
    if first.isFunction {
      guard let version = versions.first(where: { $0.inForce.contains(scope.date) }) else { return .null }
      return .function(.knowledge(version))
    }
    if let about = first.about, about != scope.record?.type.name {
      return .function(.byRecord(name: first.name, versions: versions, about: about))
    }
    return try decision(versions)
  }

  private func parameter(_ versions: [Parameter]) throws(Unsupported) -> Item {
    guard let parameter = versions.first(where: { $0.inForce.contains(scope.date) }) else { return .null }
    if let (number, setting) = settings[parameter.name] { return .scalar(scalar(of: setting, number)) }
    if let value = overrides[parameter.name] ?? parameter.value { return try constant(value) }
    return .scalar(Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: builder.byte(1)))
  }

  private func scalar(of setting: PlanSetting, _ number: Int) -> Scalar {
    switch setting.form {
    case .number(let scale, let bounds):
      Scalar(
        kind: .number(scale: scale, divisor: nil), value: builder.setting(number, in: bounds), null: nil, open: nil)
    case .truth: Scalar(kind: .truth, value: builder.truthSetting(number), null: nil, open: nil)
    case .text(let pool):
      Scalar(
        kind: .text(pool), value: builder.setting(number, in: 0...Int128(pool.texts.count - 1)), null: nil, open: nil)
    }
  }

  // MARK: calls of what the pack defines

  /// A decision about a record, for one (`SubjectScope.byRecord`).
  mutating func call(_ versions: [PolicyDecision], about: String, for argument: Item) throws(Unsupported) -> Item {
    guard case .record(var record) = argument, record.type.name == about else {
      return .scalar(Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: try open(of: argument)))
    }
    let (null, open) = (record.null, record.open)
    record.depth = 0
    record.null = nil
    record.open = nil
    let outer = (scope, arguments)
    scope = Subject(record: record, builder: builder, date: scope.date)
    arguments = [:]
    defer { (scope, arguments) = outer }
    return try adding(open: open, to: nulled(try decision(versions), where: null))
  }

  /// A business knowledge model: its parameters, then the names of the caller.
  mutating func call(_ knowledge: PolicyDecision, with values: [Item]) throws(Unsupported) -> Item {
    let formals = knowledge.formals ?? []
    guard formals.count == values.count else { return .null }
    let outer = arguments
    for (formal, value) in zip(formals, values) { arguments[formal.name] = Local(item: value, builder: builder) }
    defer { arguments = outer }
    return try body(of: knowledge)
  }

  // MARK: programs around

  /// A value of a program around, for the rows of the present one.
  /// - Throws: when the program of the value does not lie around: one list walked inside another of the same rows.
  func imported(_ local: Local) throws(Unsupported) -> Item {
    if local.builder === builder { return local.item }
    var around = builder.outer
    while let one = around, one !== local.builder { around = one.outer }
    if around == nil { throw Unsupported(.form("for … for …")) }
    return map(local.item, in: local.builder) { lift($0, from: local.builder, to: builder) }
  }

  private func lift(_ register: Register, from source: ProgramBuilder, to target: ProgramBuilder) -> Register {
    if source === target { return register }
    guard let outer = target.outer else { preconditionFailure("a register of a program that is not around") }
    let above = lift(register, from: source, to: outer)
    switch outer.operations[above.index] {
    case .constant(let value): return target.constant(value)
    case .byte(let value): return target.byte(value)
    case .setting: return target.append(outer.operations[above.index], outer.lane(above), outer.bounds(above))
    default: return target.append(.imported(above), outer.lane(above), outer.bounds(above))
    }
  }

  /// The item with other registers in the places of its own.
  private func map(_ item: Item, in source: ProgramBuilder, _ change: (Register) -> Register) -> Item {
    func mapped(_ scalar: Scalar) -> Scalar {
      var scalar = scalar
      if case .number(let scale, let divisor?) = scalar.kind {
        scalar.kind = .number(scale: scale, divisor: change(divisor))
      }
      if !scalar.isNothing { scalar.value = change(scalar.value) }
      scalar.null = scalar.null.map(change)
      scalar.open = scalar.open.map(change)
      scalar.inexact = scalar.inexact.map(change)
      return scalar
    }
    switch item {
    case .scalar(let scalar): return .scalar(mapped(scalar))
    case .record(var record):
      // The own row of a program around is a row like others.
      record.row = change(record.row ?? source.ownRow)
      record.null = record.null.map(change)
      record.open = record.open.map(change)
      return .record(record)
    case .list(.items(let items)): return .list(.items(items.map { map($0, in: source, change) }))
    case .list(.joined(let lists)):
      return .list(
        .joined(lists.map { if case .list(let list) = map(.list($0), in: source, change) { list } else { $0 } }))
    case .list(.null(let open)): return .list(.null(open: open.map(change)))
    case .list(.choice(var choice)):
      choice.items = choice.items.map {
        ItemChoice.Entry(keep: change($0.keep), item: map($0.item, in: source, change))
      }
      choice.open = choice.open.map(change)
      choice.null = choice.null.map(change)
      return .list(.choice(choice))
    case .list(.rows), .function: return item
    case .range(var range):
      range.start = range.start.map(mapped)
      range.end = range.end.map(mapped)
      return .range(range)
    case .context(var context):
      context.entries = context.entries.map {
        ContextItem.Entry(name: $0.name, item: map($0.item, in: source, change))
      }
      context.null = context.null.map(change)
      context.open = context.open.map(change)
      return .context(context)
    }
  }
}

extension Rulebook {
  /// The days on which a version of anything begins or ends, in order.
  fileprivate var turningDays: [CalendarDate] {
    var periods = allDecisions.map(\.inForce)
    periods += parameters.map(\.inForce)
    periods += schemes.map(\.inForce)
    return Set(periods.flatMap { [$0.from, $0.until].compactMap(\.self) }).sorted()
  }
}
