import Testing

@testable import FEEL

struct TypeTests {
  @Test(
    "conformance",
    arguments: [
      (FEELType.number, FEELType.any, true), (.null, .number, true), (.number, .string, false),
      (.list(.number), .list(.any), true), (.list(.any), .list(.number), false),
      (.context(["a": .number, "b": .string]), .context(["a": .any]), true),
      (.context(["a": .number]), .context(["a": .number, "b": .any]), false),
      (.context([:]), .anyContext, true), (.anyContext, .context(["a": .any]), false),
      (.range(.number), .range(.any), true),
      (.function([.any], .number), .function([.number], .any), true),
      (.function([.number], .number), .function([.any], .number), false),
      (.function([], .number), .function([.any], .number), false), (.function([.number], .any), .anyFunction, true),
      (.date, .dateTime, false),
    ])
  func conformance(type: FEELType, other: FEELType, expected: Bool) { #expect(type.conforms(to: other) == expected) }

  @Test(
    "instances",
    arguments: [
      (Value.null(), FEELType.any, false), (.null(), .null, true), (.number(1), .number, true),
      (.number(1), .any, true),
      (.list([.number(1), .string("a")]), .list(.number), false), (.list([]), .list(.number), true),
      (.context(Context([("a", .number(1)), ("b", .number(2))])), .context(["a": .number]), true),
      (.context(Context([("a", .number(1))])), .context(["a": .string]), false), (.date(.epoch), .dateTime, false),
    ])
  func instances(value: Value, type: FEELType, expected: Bool) { #expect(value.isInstance(of: type) == expected) }

  @Test(
    "coercion",
    arguments: [
      (Value.list([.number(1)]), FEELType.number, "1"), (.number(1), .list(.number), "[1]"),
      (.list([.number(1), .number(2)]), .number, "none"),
      (.list([.string("a")]), .number, "none"), (.date(.epoch), .dateTime, "1970-01-01T00:00:00Z"),
      (.string("1"), .number, "none"),
      (.null(), .number, "null"), (.number(1), .list(.string), "none"),
      (.list([.list([.number(1)])]), .list(.number), "[1]"),
    ])
  func coercion(value: Value, type: FEELType, expected: String) {
    #expect(value.coerced(to: type)?.feelDescription ?? "none" == expected)
  }

  @Test(
    "equality has three values",
    arguments: [
      ("1 = 1.0", "true"), (#"1 = "1""#, "null"), ("null = null", "true"), ("1 = null", "false"),
      ("[1, 2] = [1, 2.0]", "true"),
      ("[1] = [1, 2]", "false"), ("{a: 1, b: 2} = {b: 2, a: 1}", "true"), ("{a: 1} = {b: 1}", "false"),
      ("[1..5] = [1..5]", "true"),
      ("[1..5] = (1..5]", "false"), (#"@"P1Y" = @"P12M""#, "true"), (#"@"10:00:00Z" = @"11:00:00+01:00""#, "true"),
      (#""é" = "e\u0301""#, "false"),
    ])
  func equality(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test("values nested without end are refused, not followed")
  func depth() {
    var value = Value.number(1)
    for _ in 0..<1_000 { value = .list([value]) }
    #expect(value.isEqual(to: value) == nil)
    #expect(value.feelDescription.contains("…"))
    #expect(!value.isInstance(of: .list(.list(.number))))
  }
}
