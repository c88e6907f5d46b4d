import Testing

struct RangeBuiltinTests {
  @Test(
    "relations",
    arguments: [
      ("before(1, 10)", true), ("before(10, 1)", false), ("before(1, [1..10])", false), ("before(1, (1..10])", true),
      ("before([1..10], 10)", false), ("before([1..10), 10)", true), ("before([1..10), [10..20])", true),
      ("before([1..10], [10..20])", false),
      ("after(12, [1..10])", true), ("after(10, [1..10))", true), ("after((11..20], [1..11])", true),
      ("after([11..20], 11)", false),
      ("meets([1..5], [5..10])", true), ("meets([1..5), [5..10])", false), ("met by([5..10], [1..5])", true),
      ("met by((5..10], [1..5])", false),
      ("overlaps([1..5], [3..8])", true), ("overlaps([1..5], [5..8])", true), ("overlaps([1..5], (5..8])", false),
      ("overlaps([1..5], [6..8])", false),
      ("overlaps before([1..5], [3..8])", true), ("overlaps before([1..5), (1..5])", true),
      ("overlaps before([1..5], (1..5])", true),
      ("overlaps before([1..5], [1..5])", false), ("overlaps after([3..8], [1..5])", true),
      ("overlaps after((1..5], [1..5))", true),
      ("overlaps after([1..5], [1..5])", false), ("finishes(10, [1..10])", true), ("finishes(10, [1..10))", false),
      ("finishes([5..10), [1..10))", true), ("finishes([5..10), [1..10])", false),
      ("finished by([1..10], [5..10])", true),
      ("includes([1..10], 5)", true), ("includes((1..10], 1)", false), ("includes([1..10], (1..10))", true),
      ("includes([1..10), [5..10])", false),
      ("during(5, [1..10])", true), ("during((1..5], (1..10])", true), ("during([1..10], (1..10])", false),
      ("starts(1, [1..10])", true),
      ("starts(1, (1..10])", false), ("starts((1..5], [1..10])", false), ("started by([1..10], [1..5])", true),
      ("coincides(5, 5)", true),
      ("coincides((1..5), [1..5])", false), (#"before("a", "b")"#, true), (#"includes(["a".."z"], "m")"#, true),
      (#"during(@"2024-05-01", [@"2024-01-01"..@"2024-12-31"])"#, true), ("before(point: 1, range: [5..6])", true),
      ("before((<5), 5)", true), ("includes((>=5), 5)", true), ("includes((>5), [6..8])", true),
      ("during((<3), (<=3))", true),
    ])
  func relations(feel: String, expected: Bool) throws { #expect(try answer(to: feel) == "\(expected)") }

  @Test(
    "relations without an answer",
    arguments: [
      #"before(1, "a")"#, "before(null, 1)", "meets(1, [1..2])", "coincides(1, [1..2])", #"includes([1..2], "a")"#,
      "before(1)",
      "finishes([1..2], 2)",
    ])
  func noAnswer(feel: String) throws { #expect(try answer(to: feel) == "null") }

  @Test(
    "range reads a text",
    arguments: [
      (#"range("[18..21)")"#, "[18..21)"), (#"range("(..10]")"#, "(<=10)"), (#"range("[2..)")"#, "(>=2)"),
      (#"range(from: "]1.5..2.5[")"#, "(1.5..2.5)"), (#"range("[-1..-0.5]")"#, "[-1..-0.5]"),
      (#"range("(\"a\"..\"c\")")"#, #"("a".."c")"#),
      (#"range("[@\"2024-01-01\"..@\"2024-12-31\"]")"#, "[2024-01-01..2024-12-31]"),
      (#"range("[date(\"2024-01-01\")..date(\"2024-12-31\")]")"#, "[2024-01-01..2024-12-31]"),
      (#"range("[2..1]")"#, "null"), (#"range("[1..\"a\"]")"#, "null"), (#"range("[..]")"#, "null"),
      (#"range("[1..2")"#, "null"),
      (#"range("")"#, "null"), (#"range("[1+1..3]")"#, "null"),
    ])
  func reading(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }
}
