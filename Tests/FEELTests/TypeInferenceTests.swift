import Diagnostics
import FEEL
import Testing

@Suite("The types of expressions are inferred")
struct TypeInferenceTests {
  @Test("each kind of expression", arguments: rows)
  func infers(source: String, type: String) throws {
    let typing = try Typed.typing(source)
    #expect(typing.type.description == type)
    #expect(typing.diagnostics == [])
  }

  static let rows: [(String, String)] = literals + operators + paths + filters + loops + functions + names

  private static let literals = [
    ("1", "number"), ("\"a\"", "string"), ("true", "boolean"), ("null", "Null"), ("@\"2024-01-31\"", "date"),
    ("@\"10:00:00\"", "time"), ("@\"2024-01-31T10:00:00\"", "date and time"), ("@\"P1D\"", "days and time duration"),
    ("@\"P1Y\"", "years and months duration"), ("@\"nonsense\"", "Null"), ("[]", "list<Null>"),
    ("[1, 2]", "list<number>"),
    ("[1, null]", "list<number>"), ("[1, \"a\"]", "list<Any>"), ("[[1], []]", "list<list<number>>"),
    ("{}", "context<>"), ("{a: 1, b: a + 1}", "context<a: number, b: number>"),
    ("[{a: 1}, {a: 2}]", "list<context<a: number>>"), ("[{a: 1}, {a: \"x\"}]", "list<context<a: Any>>"),
    ("[{a: 1}, {b: 2}]", "list<context>"), ("[1..5]", "range<number>"), ("(d..null]", "range<date>"),
    ("(< 5)", "range<number>"), ("[< \"a\"]", "list<range<string>>"),
  ]

  private static let operators = [
    ("n + 1", "number"), ("s + s", "string"), ("d + days", "date"), ("months + d", "date"), ("t - days", "time"),
    ("dt + months", "date and time"), ("d - d", "days and time duration"), ("d - dt", "days and time duration"),
    ("t - t", "days and time duration"), ("days + days", "days and time duration"),
    ("months - months", "years and months duration"), ("n * days", "days and time duration"),
    ("months * 2", "years and months duration"), ("days / 2", "days and time duration"), ("days / days", "number"),
    ("months / months", "number"), ("n ** 2", "number"), ("-n", "number"), ("-days", "days and time duration"),
    ("-x", "Any"), ("x + 1", "number"), ("x + d", "date"), ("x + days", "Any"), ("x - d", "days and time duration"),
    ("x + x", "Any"), ("x ** x", "number"), ("null + 1", "number"), ("n < 1", "boolean"), ("x = 1", "boolean"),
    ("d = null", "boolean"), ("n != null", "boolean"), ("xs = ns", "boolean"), ("p = c", "boolean"),
    ("[1] = [\"a\"]", "boolean"), ("b and x", "boolean"), ("b or null", "boolean"), ("n between 1 and x", "boolean"),
    ("n in (1, [2..3], < 0, ns)", "boolean"), ("s in ss", "boolean"), ("n in [[1..2], [3..4]]", "boolean"),
    ("r in [1..2]", "boolean"), ("ns in (ns)", "boolean"), ("n in (? > 3)", "boolean"),
    ("n instance of string", "boolean"), ("if b then 1 else 2", "number"), ("if b then 1 else null", "number"),
    ("if b then 1 else \"a\"", "Any"), ("if null then 1 else 2", "number"),
    ("if b then [1] else []", "list<number>"), ("if b then 1 else if x then 2 else 3", "number"),
    ("if b then {a: 1} else {a: null}", "context<a: number>"), ("if b then {a: 1} else {b: 1}", "context"),
  ]

  private static let paths = [
    ("d.year", "number"), ("d.weekday", "number"), ("dt.hour", "number"), ("dt.time offset", "days and time duration"),
    ("t.timezone", "string"), ("days.hours", "number"), ("months.years", "number"), ("r.start", "number"),
    ("rs.end", "string"), ("r.end included", "boolean"), ("p.age", "number"), ("{a: {b: 1}}.a.b", "number"),
    ("ps.age", "list<number>"), ("ds.year", "list<number>"), ("x.anything", "Any"), ("c.anything", "Any"),
    ("xs.anything", "list<Any>"), ("null.anything", "Any"), ("firm.loans.firm.loans", "list<list<loan>>"),
    ("firm.loans[1].firm.title", "string"),
  ]

  private static let filters = [
    ("ns[1]", "number"), ("ns[-1]", "number"), ("ns[item > 1]", "list<number>"),
    ("ps[age > 1]", "list<context<age: number, born: date, name: string>>"),
    ("ps[age > 1].name", "list<string>"), ("ps[1].name", "string"), ("ps[count(ps)].name", "string"),
    ("n[1]", "number"), ("n[item > 0]", "list<number>"), ("x[1]", "Any"), ("x[true]", "list<Any>"),
    ("xs[anything > 1]", "list<Any>"), ("ns[n]", "Any"), ("ns[count(ss)]", "Any"), ("ns[count(ns) - 1]", "number"),
    ("ns[null]", "list<number>"), ("ns[x]", "Any"), ("null[1]", "Null"), ("[][1]", "Null"),
    ("for i in 1..3 return ns[i]", "list<number>"), ("for i in ns return ns[i]", "list<Any>"),
    ("firm.loans[sum > 1].firm.title", "list<string>"), ("ps[item.age > 1][1].born.year", "number"),
  ]

  private static let loops = [
    ("for i in 1..3 return i * 2", "list<number>"), ("for i in d..d return i.year", "list<number>"),
    ("for i in [1..3] return i", "list<number>"), ("for i in ss return i + \"a\"", "list<string>"),
    ("for i in x return i", "list<Any>"), ("for i in n return i", "list<number>"),
    ("for i in x..n return i", "list<number>"),
    ("for i in ns, j in ss return {a: i, b: j}", "list<context<a: number, b: string>>"),
    ("for i in ns return partial[-1]", "list<Any>"), ("for i in nns, j in i return j + 1", "list<number>"),
    ("some i in ns satisfies i > 1", "boolean"), ("every i in ps satisfies i.age > 1", "boolean"),
    ("some i in ns satisfies null", "boolean"),
  ]

  private static let functions = [
    ("function(a: number, b) a + 1", "function<number, Any> -> number"),
    ("function(a) external {java: {class: \"c\", method signature: \"m()\"}}", "function<Any> -> Any"),
    ("(function(a: number) a * 2)(3)", "number"), ("{f: function(a: number) [a], r: f(1)}.r", "list<number>"),
    ("{f: function(a: number, b: string) b, r: f(b: \"x\", a: 1)}.r", "string"),
    ("{fac: function(a) if a = 0 then 1 else a * fac(a - 1), r: fac(3)}.r", "Any"), ("f(1, \"a\")", "boolean"),
    ("f(label: \"a\", size: 1)", "boolean"), ("f(x, null)", "boolean"), ("f([1], \"a\")", "boolean"),
    ("lib.f(1)", "string"), ("lib.f(size: 1)", "string"), ("g(1, 2, 3)", "Any"), ("x(1)", "Any"), ("min", "function"),
    ("{m: min, r: m([1])}.r", "Any"), ("(function(a: list<number>) a)(1)", "list<number>"),
    ("(function(a: date and time) a)(d)", "date and time"),
  ]

  private static let names = [
    ("unknown", "Any"), ("unknown + 1", "number"), ("{n: \"a\", m: n}.m", "string"),
    ("for n in ss return n", "list<string>"),
  ]

  @Test(
    "unary tests that may be passed",
    arguments: [
      (FEELType.number, "1, [2..3], > 4"), (.string, "\"a\", \"b\""), (.string, "not(\"a\", null)"),
      (.number, "? > 3 and ? < n"), (.number, "ns"), (.any, "1, \"a\", @\"2024-01-01\""), (.null, "< 5"),
      (.list(.number), "ns"), (.list(.string), "list contains(?, \"a\")"), (.boolean, "true"), (.number, "b"),
      (.range(.number), "[1..2]"), (.date, "[@\"2024-01-01\"..@\"2024-12-31\"]"), (.number, "-"), (.number, "x"),
      (.string, "count(ns) > 1"), (Typed.person, "{name: \"a\"}"),
    ])
  func unaryTests(input: FEELType, source: String) throws {
    let tests = try UnaryTests(parsing: source, names: Typed.names)
    #expect(tests.typing(input: input, in: Typed.scope).diagnostics == [])
  }

  @Test("types written large stay within the bound on the work")
  func hugeTypes() throws {
    var entries = ["a0: {x: 1}"]
    for index in 1...300 { entries.append("a\(index): {p: a\(index - 1), q: a\(index - 1)}") }
    let source = "{\(entries.joined(separator: ", ")), same: if true then a300 else {p: a299, q: a299}, bad: 1 + \"a\"}"
    let typing = try Typed.typing(source)
    #expect(typing.diagnostics.map(\.code) == ["feel.type.operands"])
    #expect(typing.type.summary.count < 500)
  }

  @Test("types nested without end are cut off, and let go of on a small stack")
  func nestedTypes() {
    for (first, form) in [("[]", "[@]"), ("{}", "{x: @}"), ("1", "function() @"), ("1", "append([], @)")] {
      for (count, size) in [(50, 100...1_000), (900, 3...3)] {
        let entries = (1...count).map { "a\($0): \(form.replacing("@", with: "a\($0 - 1)"))" }
        let source = "{a0: \(first), \(entries.joined(separator: ", "))}.a\(count)"
        let type = onSmallStack { (try? Typed.typing(source))?.type.description }
        #expect(size.contains(type?.count ?? 0), "\(source.prefix(40)): \(type ?? "none")")
      }
    }
  }

  @Test("the deepest text that is read is also inferred, on a small stack")
  func deepText() {
    for (open, core, close) in [
      ("(1 + ", "1", ")"), ("[", "1", "]"), ("{a: ", "1", "}"), ("sum(", "1", ")"), ("-", "1", ""),
    ] {
      let results = onSmallStack {
        (1...101).compactMap { depth in
          try? Typed.typing(String(repeating: open, count: depth) + core + String(repeating: close, count: depth))
        }
      }
      #expect(results.count > 30)
    }
    let ladder = onSmallStack { try? Typed.typing(String(repeating: "if b then 1 else ", count: 480) + "2") }
    #expect(ladder?.type == .number)
    let sum = onSmallStack { try? Typed.typing("1" + String(repeating: " + 1", count: 480)) }
    #expect(sum?.type == .number)
  }
}
