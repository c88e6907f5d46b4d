import Diagnostics
import FEEL
import Testing

@Suite("What cannot work is found before evaluation")
struct TypeMistakeTests {
  @Test("each mistake, with the column where it stands", arguments: errors)
  func finds(source: String, code: String, column: Int) throws {
    let found = try Typed.typing(source).diagnostics
    #expect(Set(found.map(\.code)) == [code])
    #expect(found.first?.place == SourcePlace(file: "t", line: 1, column: column))
    #expect(found.first?.severity == .error)
    for language in Language.allCases {
      #expect(found.first?.remedy(in: language) != nil)
      #expect(found.first?.problem(in: language).contains("{") == false)
    }
  }

  static let errors: [(String, String, Int)] = [
    ("\"a\" + 1", "feel.type.operands", 1), ("1 + (\"a\" + 1)", "feel.type.operands", 6),
    ("d < n", "feel.type.operands", 1),
    ("d < dt", "feel.type.operands", 1), ("d + 1", "feel.type.operands", 1), ("s - s", "feel.type.operands", 1),
    ("b < b", "feel.type.operands", 1), ("x < b", "feel.type.operands", 1), ("n = s", "feel.type.operands", 1),
    ("p != n", "feel.type.operands", 1), ("min = max", "feel.type.operands", 1), ("ns + 1", "feel.type.operands", 1),
    ("days * months", "feel.type.operands", 1), ("days / n / \"a\"", "feel.type.operands", 1),
    ("t + months", "feel.type.operands", 1), ("s ** 2", "feel.type.operands", 1), ("x ** s", "feel.type.operands", 1),
    ("-s", "feel.type.operand", 1), ("1 + -b", "feel.type.operand", 5), ("(< b)", "feel.type.operand", 2),
    ("[1..\"a\"]", "feel.type.operands", 1), ("[b..b]", "feel.type.operands", 1),
    ("n and n", "feel.type.logic", 1), ("if n then 1 else 2", "feel.type.condition", 4),
    ("if b then 1 else if s then 2 else 3", "feel.type.condition", 21),
    ("1 between \"a\" and \"b\"", "feel.type.operands", 11), ("p.nam", "feel.type.entry", 1),
    ("{a: 1}.b", "feel.type.entry", 1), ("firm.loans[1].firm.titel", "feel.type.entry", 1),
    ("d.yeer", "feel.type.property", 1),
    ("d.hour", "feel.type.property", 1), ("r.begin", "feel.type.property", 1), ("n.year", "feel.type.property.none", 1),
    ("s.length", "feel.type.property.none", 1), ("n(1)", "feel.type.call", 1), ("p.name(1)", "feel.type.call", 1),
    ("f(1)", "feel.type.arity", 1), ("f(1, \"a\", 2)", "feel.type.arity", 1),
    ("f(\"a\", \"a\")", "feel.type.argument", 3),
    ("f(size: 1, lable: \"a\")", "feel.type.parameter", 19), ("f(size: \"a\", label: \"a\")", "feel.type.argument", 9),
    ("lib.f(lable: 1)", "feel.type.parameter", 14), ("(function(a: number) a)(\"x\")", "feel.type.argument", 25),
    ("{f: function(a) a, r: f()}", "feel.type.arity", 23), ("ns[\"a\"]", "feel.type.filter", 4),
    ("for i in rs return i", "feel.type.domain", 10), ("for i in 1..d return i", "feel.type.operands", 10),
    ("some i in ns satisfies i", "feel.type.satisfies", 24), ("n in (\"a\")", "feel.type.test", 7),
    ("n in < \"a\"", "feel.type.test", 6), ("n in (\"a\", \"b\")", "feel.type.test", 7),
    ("s in [1..5]", "feel.type.test", 6),
    ("ns in [1..5]", "feel.type.test", 7), ("d in (true)", "feel.type.test", 7),
    ("floor()", "feel.type.builtin.arity", 1), ("floor(1, 2, 3)", "feel.type.builtin.arity", 1),
    ("floor(m: 1)", "feel.type.builtin.names", 1), ("floor(\"a\")", "feel.type.builtin.argument", 7),
    ("1 + sum(ss)", "feel.type.builtin.argument", 9), ("not(n)", "feel.type.builtin.argument", 5),
    ("sort(ns, function(a) true)", "feel.type.builtin.argument", 10),
    ("sort(ns, function(a, b) a - b)", "feel.type.builtin.argument", 10),
    ("sort(ps, function(a, b) a.agee < b.age)", "feel.type.entry", 25),
    ("sort(ns, function(a, b) a.age < 1)", "feel.type.property.none", 25),
    ("string join(ns)", "feel.type.builtin.argument", 13),
    ("before(1, \"a\")", "feel.type.builtin.argument", 11), ("meets(1, 2)", "feel.type.builtin.argument", 7),
    ("{a: \"x\" + 1, b: a + 1}", "feel.type.operands", 5), ("count(1 + \"a\")", "feel.type.operands", 7),
  ]

  @Test(
    "a mistake that may still leave a value is a warning",
    arguments: [
      ("b and n", "feel.type.logic", 7), ("x or s", "feel.type.logic", 6),
      ("n between 1 and \"a\"", "feel.type.operands", 17),
      ("ps.agee", "feel.type.entry", 1), ("firm.loans[firma = 1]", "feel.type.entry", 12),
      ("ns.foo", "feel.type.property.none", 1),
      ("n in (1, \"a\")", "feel.type.test", 10),
      ("n in ss", "feel.type.test", 6),
    ])
  func warns(source: String, code: String, column: Int) throws {
    let found = try Typed.typing(source).diagnostics
    #expect(found.map(\.code) == [code])
    #expect(found.first?.place.column == column)
    #expect(found.first?.severity == .warning)
  }

  @Test(
    "unary tests that no input can pass",
    arguments: [
      (FEELType.string, "< 5", 1), (.number, "\"a\"", 1), (.number, "1, \"a\"", 4), (.date, "not(5)", 5),
      (.number, "[\"a\"..\"b\"]", 1), (.number, "true", 1), (.list(.number), "5", 1), (.boolean, "< true", 1),
      (.number, "? + \"a\"", 1),
    ])
  func unaryTests(input: FEELType, source: String, column: Int) throws {
    let tests = try UnaryTests(parsing: source, names: Typed.names)
    let found = tests.typing(input: input, in: Typed.scope).diagnostics
    #expect(found.map(\.place.column) == [column])
    #expect(found.allSatisfy { ["feel.type.test", "feel.type.operands"].contains($0.code) })
  }

  @Test("the place counts lines, and begins where the expression does")
  func places() throws {
    let source = "n\n  + (n\n    + \"a\")"
    let expression = try Expression(
      parsing: source, names: Typed.names, at: SourcePlace(file: "t", line: 7, column: 5))
    let places = expression.typing(in: Typed.scope).diagnostics.map(\.place)
    #expect(places == [SourcePlace(file: "t", line: 8, column: 6)])
  }

  @Test("the nearest entry or property is suggested")
  func nearWords() throws {
    #expect(try Typed.typing("p.nam").diagnostics.first?.arguments["near"] == "name")
    #expect(try Typed.typing("d.yeer").diagnostics.first?.arguments["near"] == "year")
    #expect(try Typed.typing("p.qqqqq").diagnostics.first?.arguments["near"] == "age, born, name")
  }

  @Test("one mistake is told once, and a text full of them is cut off")
  func amounts() throws {
    #expect(
      try Typed.typing("(\"a\" + 1) * 2 < 3 and s").diagnostics.map(\.code) == [
        "feel.type.operands", "feel.type.logic",
      ])
    let many = "[" + Array(repeating: "1 + \"a\"", count: 500).joined(separator: ", ") + "]"
    #expect(try Typed.typing(many).diagnostics.count == 50)
  }
}
