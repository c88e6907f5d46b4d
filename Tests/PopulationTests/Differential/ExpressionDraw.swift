import TestKit

/// Draws FEEL expressions of a wished kind over the names of a scope. Every part stands in brackets of its own, so that a
/// mistake can be narrowed down to a part.
struct ExpressionDraw {
  typealias Kind = PackScope.Kind

  var random: SeededRandom
  var scope = PackScope()
  /// How many variables have been named.
  private var variables = 0

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func pick<T>(_ choices: [T]) -> T { choices[Int(random.next() % UInt64(choices.count))] }

  mutating func roll(_ sides: Int) -> Int { Int(random.next() % UInt64(sides)) }

  /// Once in so many times.
  mutating func once(in times: Int) -> Bool { roll(times) == 0 }

  mutating func expression(_ kind: Kind, _ depth: Int) -> String {
    if once(in: 60) { return "null" }
    guard depth > 0 else { return atom(kind) }
    if once(in: 4) { return atom(kind) }
    if once(in: 7) {
      return "if \(part(.boolean, depth)) then \(part(kind, depth)) else \(part(kind, depth))"
    }
    if once(in: 12), let call = call(of: kind, depth) { return call }
    if once(in: 30) { return "if \(atom(kind)) = null then \(part(kind, depth)) else \(part(kind, depth))" }
    switch kind {
    case .number: return number(depth)
    case .boolean: return truth(depth)
    case .date: return date(depth)
    case .text: return text(depth)
    }
  }

  /// A smaller expression in brackets.
  mutating func part(_ kind: Kind, _ depth: Int) -> String { "(\(expression(kind, depth - 1)))" }

  mutating func atom(_ kind: Kind) -> String {
    if let names = scope.names[kind], !once(in: 4) { return pick(names) }
    return literal(kind)
  }

  mutating func literal(_ kind: Kind) -> String {
    switch kind {
    case .number: return pick(Self.numbers)
    case .boolean: return pick(["true", "false"])
    case .date: return pick(Self.dates)
    case .text: return pick(Self.texts)
    }
  }

  static let numbers = [
    "0", "1", "2", "3", "7", "10", "12", "100", "0.5", "0.05", "0.1", "1.25", "1000", "10000", "3.14", "0.0001",
    "99999.99", "-1", "-2.5", "50",
  ]
  static let dates = [
    "@\"2024-02-29\"", "@\"2023-12-31\"", "@\"2020-01-01\"", "@\"2024-06-30\"", "date(\"2022-07-01\")", "时点",
  ]
  static let texts = ["\"A\"", "\"B\"", "\"C\"", "\"AB\"", "\"大\"", "\"中\"", "\"\"", "\"无\""]
  private static let durations = ["P1D", "P30D", "-P1D", "P1M", "P13M", "P1Y", "-P2M", "P365D"]
  private static let comparisons = ["<", "<=", ">", ">=", "=", "!="]

  // MARK: numbers

  private mutating func number(_ depth: Int) -> String {
    switch roll(24) {
    case 0...2: return "\(part(.number, depth)) \(pick(["+", "-"])) \(part(.number, depth))"
    case 3, 4: return "\(part(.number, depth)) * \(part(.number, depth))"
    case 5, 6: return "\(part(.number, depth)) / \(part(.number, depth))"
    case 7: return "\(part(.number, depth)) / \(pick(Self.numbers))"
    case 8...11: return rounding(depth)
    case 12: return pick(["abs(@)", "-@", "@ ** 2"]).replacing("@", with: part(.number, depth))
    case 13: return "modulo(\(part(.number, depth)), \(pick(["3", "7", "0.5", atom(.number)])))"
    case 14, 15:
      let name = pick(["min", "max", "sum", "mean"])
      return "\(name)(\(part(.number, depth)), \(part(.number, depth)), \(atom(.number)))"
    case 16...19: return aggregate(depth) ?? rounding(depth)
    case 20, 21: return annual(depth) ?? rounding(depth)
    case 22: return temporal(depth)
    default: return "string length(\(atom(.text)))"
    }
  }

  private mutating func rounding(_ depth: Int) -> String {
    let inner =
      once(in: 2)
      ? part(.number, depth) : "(\(part(.number, depth)) / \(once(in: 2) ? atom(.number) : literal(.number)))"
    let name = pick(["floor", "ceiling", "round up", "round down", "round half up", "round half down", "decimal"])
    if name == "decimal" || !once(in: 3) { return "\(name)(\(inner), \(pick(["0", "1", "2", "2", "4", "-2"])))" }
    return pick(["floor", "ceiling"]) + "(\(inner))"
  }

  private mutating func temporal(_ depth: Int) -> String {
    switch roll(5) {
    case 0: return "\(part(.date, depth)).\(pick(["year", "month", "day", "weekday"]))"
    case 1:
      return "years and months duration(\(part(.date, depth)), \(part(.date, depth))).\(pick(["years", "months"]))"
    case 2: return "years and months duration(\(atom(.date)), \(part(.date, depth))) / duration(\"P1M\")"
    case 3: return "(\(part(.date, depth)) - \(part(.date, depth))) / duration(\"P1D\")"
    default: return "(\(atom(.date)) - \(atom(.date))).days"
    }
  }

  // MARK: lists of records

  /// A list of records, filtered or not, and what they are.
  private mutating func rows(_ depth: Int) -> (list: String, type: PackRecord)? {
    guard !scope.children.isEmpty else { return nil }
    let children = pick(scope.children)
    guard !once(in: 3) else { return (children.list, children.type) }
    let condition = within(children.type, path: pick(["", "item."]), record: "item") { $0.part(.boolean, depth) }
    return ("\(children.list)[\(condition)]", children.type)
  }

  /// With the names of a record besides those there are.
  private mutating func within(
    _ type: PackRecord, path: String, record: String, _ body: (inout ExpressionDraw) -> String
  ) -> String {
    let outer = scope
    // Lists below are for few, or programs nest without end; the record's own names are the ones that matter.
    for kind in Kind.allCases where !once(in: 3) { scope.names[kind] = [] }
    scope.add(type, path: path)
    if !once(in: 3) { scope.children = [] }
    scope.annual = []
    scope.records = [type.name: [record]]
    for kind in Kind.allCases where scope.names[kind]?.isEmpty == true { scope.names[kind] = nil }
    defer { scope = outer }
    return body(&self)
  }

  private mutating func variable() -> String {
    variables += 1
    return "x\(variables)"
  }

  /// A list of values of a kind, made of records.
  private mutating func values(_ kind: Kind, _ depth: Int) -> String? {
    guard let (list, type) = rows(depth) else { return nil }
    let fields = type.fields.filter { if case .value(kind) = $0.kind { true } else { false } }
    if !fields.isEmpty, !once(in: 3) { return "\(list).\(pick(fields).name)" }
    let name = variable()
    let result = within(type, path: "\(name).", record: name) { $0.part(kind, depth) }
    return "(for \(name) in \(list) return \(result))"
  }

  private mutating func aggregate(_ depth: Int) -> String? {
    switch roll(8) {
    case 0, 1: return rows(depth).map { "count(\($0.list))" }
    case 2...5: return values(.number, depth).map { "\(pick(["sum", "sum", "min", "max", "mean"]))(\($0))" }
    case 6: return values(.number, depth).map { "\($0)[\(pick(["1", "2", "-1"]))]" }
    default: return values(pick(Kind.allCases), depth).map { "count(distinct values(\($0)))" }
    }
  }

  private mutating func annual(_ depth: Int) -> String? {
    let fields = scope.annual.filter { $0.kind == .number }
    guard !fields.isEmpty else { return nil }
    let (name, _, years) = pick(fields)
    switch roll(8) {
    case 0, 1: return "\(name)[\(pick([1, 2, years, -1]))]"
    case 2: return "\(pick(["sum", "min", "max", "mean", "count"]))(\(name))"
    case 3: return "(\(name)[1] - \(name)[2]) / \(name)[\(pick([1, 2]))]"
    case 4: return "count(\(name)[item > \(atom(.number))])"
    case 5: return "sum(\(name)[item \(pick(Self.comparisons)) \(literal(.number))])"
    case 6:
      let item = variable()
      return
        "\(pick(["sum", "max"]))(for \(item) in \(name) return \(item) \(pick(["*", "+", "-"])) \(literal(.number)))"
    default: return "sum(sublist(\(name), 1, 2))"
    }
  }

  // MARK: truths

  private mutating func truth(_ depth: Int) -> String {
    switch roll(22) {
    case 0...3: return comparison(.number, depth)
    case 4: return comparison(pick([.date, .text]), depth)
    case 5...7: return "\(part(.boolean, depth)) and \(part(.boolean, depth))"
    case 8, 9: return "\(part(.boolean, depth)) or \(part(.boolean, depth)) or \(atom(.boolean))"
    case 10: return "not(\(part(.boolean, depth)))"
    case 11:
      let kind: Kind = pick([.number, .date])
      return "\(part(kind, depth)) between \(atom(kind)) and \(part(kind, depth))"
    case 12, 13: return membership(depth)
    case 14...16: return quantified(depth) ?? comparison(.number, depth)
    case 17: return "\(part(pick(Kind.allCases), depth)) \(pick(["=", "!="])) null"
    case 18:
      let kind = pick(Kind.allCases)
      return values(kind, depth).map { "list contains(\($0), \(atom(kind)))" } ?? membership(depth)
    case 19:
      return "\(pick(["all", "any"]))(\(values(.boolean, depth) ?? "[\(atom(.boolean)), \(part(.boolean, depth))]"))"
    case 20: return "\(pick(["starts with", "contains", "ends with"]))(\(atom(.text)), \(literal(.text)))"
    default: return annualTruth() ?? comparison(.boolean, depth)
    }
  }

  private mutating func comparison(_ kind: Kind, _ depth: Int) -> String {
    let sign = kind == .boolean ? pick(["=", "!="]) : pick(Self.comparisons)
    return "\(part(kind, depth)) \(sign) \(part(kind, depth))"
  }

  private mutating func membership(_ depth: Int) -> String {
    let kind: Kind = pick([.number, .number, .date, .text])
    return "\(part(kind, depth)) in (\(tests(kind)))"
  }

  private mutating func quantified(_ depth: Int) -> String? {
    guard let (list, type) = rows(depth) else { return nil }
    let name = variable()
    let condition = within(type, path: "\(name).", record: name) { $0.part(.boolean, depth) }
    return "\(pick(["some", "every"])) \(name) in \(list) satisfies \(condition)"
  }

  private mutating func annualTruth() -> String? {
    guard !scope.annual.isEmpty else { return nil }
    let (name, kind, _) = pick(scope.annual)
    let item = variable()
    if kind == .boolean { return pick(["\(name)[1]", "all(\(name))", "any(\(name))", "\(name)[2] = true"]) }
    return "\(pick(["some", "every"])) \(item) in \(name) satisfies \(item) > \(atom(.number))"
  }

  /// Unary tests, as in the cell of a table.
  mutating func tests(_ kind: Kind) -> String {
    switch (kind, roll(10)) {
    case (_, 0): return "null"
    case (.boolean, _): return literal(.boolean)
    case (.text, 1...3): return "\(literal(.text)), \(literal(.text))"
    case (.text, _): return literal(.text)
    case (_, 1...5): return "\(pick(["<", "<=", ">", ">="])) \(bound(kind))"
    case (_, 6...8): return "\(pick(["[", "("]))\(bound(kind))..\(bound(kind))\(pick(["]", ")"]))"
    default: return "\(bound(kind)), > \(bound(kind))"
    }
  }

  private mutating func bound(_ kind: Kind) -> String { once(in: 5) ? atom(kind) : literal(kind) }

  // MARK: dates and texts

  private mutating func date(_ depth: Int) -> String {
    switch roll(9) {
    case 8:
      return
        "date(\(part(.date, depth)).year, \(pick(["1", "2", "12", "13"])), \(pick(["1", "29", "31", atom(.number)])))"
    case 0...2: return "\(part(.date, depth)) \(pick(["+", "-"])) duration(\"\(pick(Self.durations))\")"
    case 3: return "\(part(.date, depth)) + duration(\"\(pick(["P1M", "P1Y"]))\") * \(pick(["2", "7", atom(.number)]))"
    case 4: return "\(pick(["min", "max"]))(\(part(.date, depth)), \(atom(.date)))"
    case 5, 6: return values(.date, depth).map { "\(pick(["min", "max"]))(\($0))" } ?? atom(.date)
    default: return values(.date, depth).map { "\($0)[\(pick(["1", "-1"]))]" } ?? atom(.date)
    }
  }

  private mutating func text(_ depth: Int) -> String {
    switch roll(6) {
    case 0: return "\(atom(.text)) + \(literal(.text))"
    case 1: return "\(pick(["upper case", "lower case"]))(\(part(.text, depth)))"
    case 2: return "substring(\(atom(.text)), 1, 1)"
    case 3: return values(.text, depth).map { "\($0)[\(pick(["1", "-1"]))]" } ?? atom(.text)
    default: return "if \(part(.boolean, depth)) then \(literal(.text)) else \(part(.text, depth))"
    }
  }

  // MARK: calls

  private mutating func call(of kind: Kind, _ depth: Int) -> String? {
    let callables = scope.callables.filter {
      $0.result == kind && ($0.record.map { scope.records[$0] != nil } ?? true)
    }
    guard !callables.isEmpty else { return nil }
    let callable = pick(callables)
    if let record = callable.record { return "\(callable.name)(\(pick(scope.records[record] ?? [])))" }
    var arguments: [String] = []
    for formal in callable.formals { arguments.append(part(formal, depth)) }
    return "\(callable.name)(\(arguments.joined(separator: ", ")))"
  }
}
