import Testing

/// Values worked out from the text of DMN 1.5, by section.
@Suite("What the standard says")
struct StandardTests {
  @Test(
    "§10.3.2.9 instance of, for every type",
    arguments: [
      ("true instance of boolean", true), ("1 instance of number", true), (#""" instance of string"#, true),
      (#"@"2024-01-01" instance of date"#, true), (#"@"2024-01-01" instance of date and time"#, false),
      (#"@"2024-01-01T00:00:00" instance of date and time"#, true),
      (#"@"2024-01-01T00:00:00" instance of date"#, false), (#"@"10:00:00" instance of time"#, true),
      (#"@"P1D" instance of days and time duration"#, true),
      (#"@"P1D" instance of years and months duration"#, false),
      (#"@"P1Y" instance of years and months duration"#, true), ("1 instance of Any", true),
      ("null instance of Null", true), ("null instance of Any", false), ("null instance of list<number>", false),
      ("1 instance of Null", false), ("[] instance of list<number>", true),
      ("[1, null] instance of list<number>", true),
      (#"[1, "a"] instance of list<Any>"#, true), (#"[1, "a"] instance of list<number>"#, false),
      ("[[1]] instance of list<list<number>>", true), ("1 instance of list<number>", false),
      ("{a: 1, b: 2} instance of context<a: number>", true),
      ("{a: 1} instance of context<a: number, b: string>", false),
      (#"{a: {b: "x"}} instance of context<a: context<b: string>>"#, true), ("[1..2] instance of range<number>", true),
      (#"[1..2] instance of range<string>"#, false),
      ("(> 5) instance of range<number>", true), (#"["a".."b"] instance of range<Any>"#, true),
    ])
  func instances(feel: String, expected: Bool) throws { #expect(try answer(to: feel) == "\(expected)") }

  @Test(
    "Table 61: a type without the types inside it is none",
    arguments: [
      "123 instance of list", "[1] instance of list", "{} instance of context", "abs instance of function",
      "[1..2] instance of range", "[[1]] instance of list<list>",
    ])
  func bareTypes(feel: String) throws { #expect(try answer(to: feel) == "null") }

  @Test(
    "Table 54: a local time takes the offset of the other",
    arguments: [
      (#"@"2024-01-01T10:00:00" < @"2024-01-01T11:00:00Z""#, "true"), (#"@"10:00:00+08:00" > @"09:00:00""#, "true"),
      (#"@"2024-01-01T10:00:00@Asia/Shanghai" < @"2024-01-01T09:00:00""#, "false"),
      (#"@"10:00:00" = @"10:00:00Z""#, "false"), (#"@"2024-01-01T10:00:00" = @"2024-01-01T10:00:00Z""#, "false"),
      (#"@"10:00:00Z" < @"10:30:00+01:00""#, "false"), (#"@"10:00:00Z" = @"11:00:00+01:00""#, "true"),
      (#"@"12:00:00" in [@"11:00:00Z"..@"13:00:00Z"]"#, "true"),
    ])
  func localTimes(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "§10.3.2.13.5 a named call leaves parameters out as null, a positional one leaves none out",
    arguments: [
      ("{f: function(a, b) [a, b], r: f(b: 1)}.r", "[null, 1]"), ("{f: function(a, b) [a, b], r: f(1)}.r", "null"),
      ("is(value1: null)", "true"), ("index of(list: [1, null])", "[2]"), ("list contains([null])", "null"),
      ("insert before(list: [1], position: 1)", "[null, 1]"), ("round up(n: 1.5)", "null"),
      (#"context put(context: {}, key: "a")"#, "{a: null}"), ("modulo(dividend: 10)", "null"),
    ])
  func leftOut(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "§10.3.2.9 Table 43: the type of a function: its parameters, and the result that its body shows",
    arguments: [
      ("(function(a: number) a + 1) instance of function<number> -> number", true),
      ("(function(a: number) a + 1) instance of function<number> -> Any", true),
      ("(function(a: number) a + 1) instance of function<number> -> string", false),
      ("(function(a: number) a) instance of function<string> -> Any", false),
      ("(function(a) 1) instance of function<string> -> number", true),
      ("(function(a) a) instance of function<number> -> number", false),
      (#"(function() "foo") instance of function<> -> string"#, true),
      (#"(function() "foo" + "bar") instance of function<> -> string"#, true),
      ("(function(a: number) a > 1 and a < 5) instance of function<number> -> boolean", true),
      ("(function(a: number) if a > 1 then a else null) instance of function<number> -> number", true),
      (#"(function(a: number) if a > 1 then a else "x") instance of function<number> -> number"#, false),
      ("(function(a: string) upper case(a)) instance of function<string> -> string", true),
      ("(function(a: number) [a, -a]) instance of function<number> -> list<number>", true),
      ("(function(a: number) {b: a}) instance of function<number> -> context<b: number>", true),
      ("(function(a: number) [a..5]) instance of function<number> -> range<number>", true),
      ("(function(a: number) function(b) a * 2) instance of function<number> -> function<Any> -> number", true),
      ("(function(a: number) for i in 1..3 return a * i) instance of function<number> -> list<Any>", true),
      ("sum instance of function<list<number>> -> number", true),
      ("string length instance of function<number> -> number", false),
    ])
  func functionTypes(feel: String, expected: Bool) throws { #expect(try answer(to: feel) == "\(expected)") }

  @Test(
    "§10.3.1.5 a path into a list keeps its lists",
    arguments: [
      ("[{a: {b: [1]}}, {a: {b: [2.1, 2.2]}}, {a: {b: [3]}}].a.b", "[[1], [2.1, 2.2], [3]]"),
      ("[{a: [{b: 1}, {b: 2}]}, {a: []}].a.b", "[[1, 2], []]"), ("[{x: 1, y: 2}, {x: 2}].y", "[2, null]"),
      ("[[{b: 1}], 5].b", "[[1], null]"),
    ])
  func paths(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "§10.3.2.7 ranges with ends of either kind",
    arguments: [
      ("5 in (5..8]", "false"), ("5 in [5..8)", "true"), ("8 in ]5..8]", "true"), ("8 in [5..8[", "false"),
      ("5 in (> 5)", "false"), ("5 in (>= 5)", "true"), ("5 in (= 5)", "true"), ("(1..5) = ]1..5[", "true"),
      ("[1..5] = [1..5)", "false"), (#""b" in ["a".."c"]"#, "true"),
      (#"@"2024-02-29" in [@"2024-02-01"..@"2024-03-01")"#, "true"), (#"@"PT5M" in [@"PT1M"..@"PT10M"]"#, "true"),
      (#"@"P1D" in [@"P1M"..@"P2M"]"#, "null"), ("[1..10).end included", "false"), ("(< 10).end", "10"),
      ("(< 10).start included", "false"),
    ])
  func ranges(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "§10.3.2.14 for over ranges up, down and of days",
    arguments: [
      ("for i in 3..1 return i", "[3, 2, 1]"), ("for i in -1..1 return i", "[-1, 0, 1]"),
      ("for i in [1..3], j in i..1 return i * j", "[1, 4, 2, 9, 6, 3]"),
      (#"for d in @"2024-03-01"..@"2024-02-28" return d.day"#, "[1, 29, 28]"),
      (#"for d in [@"2024-01-30"..@"2024-02-01") return d.day"#, "[30, 31]"), ("for i in (1..2) return i", "[]"),
      ("for i in 1..2.5 return i", "null"), ("for i in [1, 2] return [i]", "[[1], [2]]"),
      (#"for i in 0..4 return if i = 0 then 1 else i * partial[-1]"#, "[1, 1, 2, 6, 24]"),
    ])
  func iterations(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "§10.3.2.13.3 elapsed time crosses changes of the clock, months keep it",
    arguments: [
      (#"@"2024-03-31T12:00:00@Europe/Paris" - @"2024-03-30T12:00:00@Europe/Paris""#, "PT23H"),
      (#"@"2024-10-28T00:00:00@Europe/Paris" - @"2024-10-27T00:00:00@Europe/Paris""#, "P1DT1H"),
      (#"@"2024-03-01T12:00:00@Europe/Paris" + @"P1M""#, "2024-04-01T12:00:00@Europe/Paris"),
      (#"@"2024-11-03T00:30:00@America/New_York" + @"PT2H""#, "2024-11-03T01:30:00@America/New_York"),
      (#"@"2024-06-01T08:00:00@Asia/Shanghai" - @"2024-06-01T00:00:00Z""#, "PT0S"),
      (#"@"2024-06-01T08:00:00+08:00" = @"2024-06-01T00:00:00Z""#, "true"), (#"@"23:30:00" + @"PT1H""#, "00:30:00"),
      (#"@"2024-03-31" - @"P1M""#, "2024-02-29"), (#"@"2024-03-01" - @"2024-02-28""#, "P2D"),
    ])
  func moments(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "§10.3.2.3.7 durations have one normal form, their parts the sign of the whole",
    arguments: [
      (#"@"P1DT25H""#, "P2DT1H"), (#"@"PT3600S" = @"PT1H""#, "true"), (#"@"P14M""#, "P1Y2M"),
      (#"@"P1Y" - @"P13M""#, "-P1M"), (#"@"-P14M".years"#, "-1"), (#"@"-P14M".months"#, "-2"),
      (#"@"-PT90M".minutes"#, "-30"), (#"@"P1D" * -1"#, "-P1D"), (#"@"P1D" / 4"#, "PT6H"),
      (#"@"P1Y" / @"P5M""#, "2.4"), (#"@"P1Y" < @"P13M""#, "true"), (#"@"P1Y" < @"P400D""#, "null"),
      (#"@"P1Y" = @"P365D""#, "null"),
      (#"years and months duration(@"2020-03-31", @"2020-02-29")"#, "-P1M"),
      (#"years and months duration(@"2020-02-29", @"2021-02-28")"#, "P11M"),
    ])
  func durations(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "§10.3.4.5 rounding, before the point too, and powers",
    arguments: [
      ("decimal(-2.5, 0)", "-2"), ("decimal(2.345, 2)", "2.34"), ("decimal(1250, -2)", "1200"),
      ("decimal(1350, -2)", "1400"), ("floor(-1234, -2)", "-1300"), ("ceiling(1234, -2)", "1300"),
      ("round up(101, -2)", "200"), ("round down(199, -2)", "100"), ("round half up(150, -2)", "200"),
      ("round half down(150, -2)", "100"), ("round half down(151, -2)", "200"), ("modulo(12, -5)", "-3"),
      ("modulo(-12, -5)", "-2"), ("modulo(4.5, 1.5)", "0"), ("2 ** -2", "0.25"), ("2 ** 3 ** 2", "64"),
      ("-2 ** 2", "4"), ("0 ** 0", "1"), ("(-8) ** 0.5", "null"), ("decimal(log(10), 8)", "2.30258509"),
      ("decimal(exp(5), 10)", "148.4131591026"), ("odd(-3)", "true"), ("even(-2)", "true"), ("even(1.5)", "false"),
    ])
  func numbers(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "§10.3.4.4 lists are taken as they are; one value stands for a list of one",
    arguments: [
      (#"distinct values(["a", ["a"]])"#, #"["a", ["a"]]"#), (#"union(["a"], [["a"]])"#, #"["a", ["a"]]"#),
      (#"index of(["a", ["a"]], "a")"#, "[1]"), ("count([[]])", "1"),
      (#"list contains(["a", ["b"]], "b")"#, "false"), (#"flatten(["a", [], [[]]])"#, #"["a"]"#),
      (#"string length(["abc"])"#, "3"), ("sum(5)", "5"), ("[5] + 1", "null"), ("[1, 2, 3][-2]", "2"),
      ("median([2])", "2"), ("median([1, \"a\"])", "null"), ("stddev([])", "null"), ("stddev([1, null])", "null"),
      ("stddev([5, 5, 5])", "0"), ("mode([1.0, 1, 2])", "[1]"), ("mode([\"a\"])", "null"), ("mean(null)", "null"),
    ])
  func lists(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "§10.3.4.1 string of every kind of value",
    arguments: [
      ("string(1.50)", "1.5"), ("string(1e3)", "1000"), ("string(false)", "false"), (#"string("")"#, ""),
      (#"string(@"2024-01-01")"#, "2024-01-01"), (#"string(@"10:00:00.50+08:00")"#, "10:00:00.5+08:00"),
      (#"string(@"2024-01-01T10:00:00Z")"#, "2024-01-01T10:00:00Z"), (#"string(@"-PT90M")"#, "-PT1H30M"),
      (#"string(@"P0Y")"#, "P0M"), (#"string([1, "a", [null]])"#, #"[1, "a", [null]]"#),
      (#"string({a: {"b c": [@"P1D"]}})"#, "{a: {b c: [P1D]}}"), (#"string({"a:b": "\""})"#, #"{"a:b": "\""}"#),
      (#"string(["a".."b"))"#, #"["a".."b")"#), ("string((>= 2))", "(>=2)"),
    ])
  func strings(feel: String, expected: String) throws { #expect(try answer(to: feel) == "\"\(expected)\"") }

  @Test(
    "§10.3.2.13.2 equality and identity",
    arguments: [
      (#"@"2024-01-01" = @"2024-01-01T00:00:00""#, "null"), ("[1] = 1", "null"), (#"true = "true""#, "null"),
      ("{} = {}", "true"), ("[] = []", "true"), ("[1, [2]] = [1, [2.0]]", "true"), ("{a: null} = {}", "false"),
      ("{a: null} = {a: null}", "true"), ("null != null", "false"), (#"is(@"10:00:00", @"10:00:00Z")"#, "false"),
      ("is([1, 2], [1, 2])", "true"), (#"is({a: 1}, {a: 1.0})"#, "true"), ("is(1, null)", "false"),
    ])
  func equality(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "§10.3.4.3 patterns of XPath: groups, classes, flags, lazy and counted repetition",
    arguments: [
      (#"replace("a1b22", "[0-9]+", "<$0>")"#, #""a<1>b<22>""#),
      (#"replace("abcdefghijkl", "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)", "$11$1")"#, #""kal""#),
      (#"replace("aaa", "a{2}", "b")"#, #""ba""#), (#"replace("a b", "\s", "")"#, #""ab""#),
      (#"replace("Ab", "[a-z]", "x", "i")"#, #""xx""#), (#"matches("a\nb", "a.b")"#, "false"),
      (#"matches("a\nb", "a.b", "s")"#, "true"), (#"matches("ab", "a b", "x")"#, "true"),
      (#"matches("éa", "^\p{Ll}+$")"#, "true"), (#"matches("3", "^\P{L}$")"#, "true"),
      (#"matches("abab", "^(ab)\1$")"#, "true"), (#"split("a1b2c", "[0-9]")"#, #"["a", "b", "c"]"#),
      (#"split(";a;", ";")"#, #"["", "a", ""]"#), (#"split("a..b", "\.")"#, #"["a", "", "b"]"#),
    ])
  func patterns(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }
}
