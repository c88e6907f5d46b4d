import Testing

@testable import FEEL

/// Values at the edges of their kinds, in every place of every function: an answer or null, never a trap.
struct BuiltinRobustnessTests {
  private static let pool: [Value] = {
    let numbers = [
      "0", "1", "-1", "0.5", "2.5", "-7", "1E6144", "-1E6144", "1E-6176", "9223372036854775807", "-9223372036854775808",
      "9999999999999999999999999999999999", "6176", "-6111", "1E30",
    ].compactMap { Decimal128($0) }.map { Value.number($0) }
    let texts = [
      "", "a", "(a|b)*c", "[", "$1", "P1Y", "2024-02-29", "12:00:00@Asia/Shanghai", "\u{0}", "e\u{301}", "专精特新",
      "[1..5)", "s",
    ].map { Value.string($0) }
    let temporal = [
      "-999999999-01-01", "999999999-12-31", "2024-02-29", "-999999999-01-01T00:00:00+14:00",
      "999999999-12-31T23:59:59.999999999@Europe/Paris", "00:00:00", "23:59:59.999999999-14:00",
    ].compactMap { Value(atLiteral: $0) }
    let durations: [Value] = [
      .daysDuration(DaysDuration(seconds: .max)), .daysDuration(DaysDuration(seconds: .min)),
      .monthsDuration(MonthsDuration(months: .max)), .monthsDuration(MonthsDuration(months: .min)),
      .daysDuration(DaysDuration(seconds: 0)),
    ]
    let one = Value.number(1)
    let others: [Value] = [
      .null(), .boolean(true), .list([]), .list([one, .null(), .string("a")]), .list([.list([one]), .list([])]),
      .context(Context()), .context(Context([("key", .string("a")), ("value", .null())])),
      .range(RangeValue(start: one, startIncluded: true, end: nil, endIncluded: false)),
      .range(RangeValue(start: nil, startIncluded: false, end: nil, endIncluded: false)),
      .range(RangeValue(start: .string("a"), startIncluded: true, end: one, endIncluded: true)),
      .function(
        FunctionValue(parameters: [FunctionParameter("a"), FunctionParameter("b")]) { _, _ in .boolean(true) }),
    ]
    return numbers + texts + temporal + durations + others
  }()

  @Test("built-in functions with one and two arguments", arguments: Builtins.all.map(\.name))
  func pairs(name: String) throws {
    let function = try #require(Builtins.named(name))
    var invocation = Invocation()
    _ = function.call([], in: &invocation)
    for first in Self.pool {
      check(function.call([first], in: &invocation))
      for second in Self.pool { check(function.call([first, second], in: &invocation)) }
    }
  }

  @Test("built-in functions with three and four arguments", arguments: Builtins.all.map(\.name))
  func more(name: String) throws {
    let function = try #require(Builtins.named(name))
    var invocation = Invocation()
    var seed: UInt64 = 1
    func pick() -> Value {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Self.pool[Int(seed >> 33) % Self.pool.count]
    }
    for _ in 0..<2_000 {
      check(function.call([pick(), pick(), pick()], in: &invocation))
      check(function.call([pick(), pick(), pick(), pick()], in: &invocation))
    }
  }

  @Test func operatorsAndProperties() {
    let operators = [Value.add, Value.subtract, Value.multiply, Value.divide, Value.power]
    for a in Self.pool {
      check(Value.negate(a) ?? .null())
      for name in ["year", "hour", "time offset", "days", "seconds", "months", "start"] {
        check(a.property(named: name) ?? .null())
      }
      for b in Self.pool {
        for combine in operators { check(combine(a, b) ?? .null()) }
        #expect(a.compare(b) != .same || a.isEqual(to: b) == true)
      }
    }
  }

  /// Every answer can be written out.
  private func check(_ value: Value) {
    if value.feelDescription.isEmpty, case .string("") = value { return }
    #expect(!value.feelDescription.isEmpty)
  }
}
