import Diagnostics
import FEEL
import Testing

@Suite("The signatures of the built-in functions")
struct BuiltinTypingTests {
  /// A call that fits, its type, and a call whose first mistake is an argument.
  struct Row: Sendable, CustomStringConvertible {
    let call: String, type: String
    let wrong: String?
    var description: String { call }
    var name: String { String(call.prefix { $0 != "(" }) }

    init(_ call: String, _ type: String, wrong: String?) {
      self.call = call
      self.type = type
      self.wrong = wrong
    }
  }

  @Test("a call that fits has its type", arguments: rows)
  func fits(row: Row) throws {
    let typing = try Typed.typing(row.call)
    #expect(typing.type.description == row.type)
    #expect(typing.diagnostics == [])
  }

  @Test("a call with a wrong argument is found", arguments: rows.filter { $0.wrong != nil })
  func misfits(row: Row) throws {
    let wrong = try #require(row.wrong)
    #expect(try Typed.typing(wrong).diagnostics.map(\.code) == ["feel.type.builtin.argument"], "\(wrong)")
  }

  @Test("no built-in is without a row, and every one can be called with too many arguments")
  func complete() throws {
    #expect(Set(Self.rows.map(\.name)) == Builtins.names)
    for builtin in Builtins.all where builtin.signatures.allSatisfy({ $0.repeating == nil }) {
      let source = "\(builtin.name)(x, x, x, x, x)"
      #expect(try Typed.typing(source).diagnostics.map(\.code) == ["feel.type.builtin.arity"], "\(source)")
    }
  }

  @Test("as many arguments fit before evaluation as in it")
  func arity() throws {
    for builtin in Builtins.all {
      for count in 0...5 {
        let source = "\(builtin.name)(\(Array(repeating: "null", count: count).joined(separator: ", ")))"
        let isFound = try Typed.typing(source).diagnostics.map(\.code) == ["feel.type.builtin.arity"]
        #expect(try warnings(source).contains("feel.builtin.arity") == isFound, "\(source)")
      }
    }
  }

  @Test("arguments by name fit before evaluation as in it")
  func names() throws {
    for builtin in Builtins.all {
      for signature in builtin.signatures {
        let arguments = signature.parameters.map { "\($0.name): null" }
        let source = "\(builtin.name)(\(arguments.joined(separator: ", ")))"
        #expect(try Typed.typing(source).diagnostics == [], "\(source)")
        #expect(try warnings(source).contains("feel.builtin.names") == false)
        let misspelt = "\(builtin.name)(\((arguments.dropLast() + ["qqq: null"]).joined(separator: ", ")))"
        guard !arguments.isEmpty else { continue }
        #expect(try Typed.typing(misspelt).diagnostics.map(\.code) == ["feel.type.builtin.names"], "\(misspelt)")
        #expect(try warnings(misspelt).contains("feel.builtin.names"))
      }
    }
  }

  static let rows: [Row] = conversions + strings + numbers + lists + aggregates + moments + relations + contexts

  private static let conversions = [
    Row("number(\"1\")", "number", wrong: "number(1)"),
    Row("number(\"1,0\", \" \", \",\")", "number", wrong: "number(s, 1, s)"),
    Row("string(n)", "string", wrong: nil), Row("not(b)", "boolean", wrong: "not(n)"),
    Row("is(n, s)", "boolean", wrong: nil), Row("duration(s)", "Any", wrong: "duration(1)"),
    Row("duration(\"P1D\")", "days and time duration", wrong: nil),
    Row("duration(\"P1Y\")", "years and months duration", wrong: nil), Row("duration(\"oops\")", "Any", wrong: nil),
    Row("range(s)", "range<Any>", wrong: "range(1)"), Row("range(\"[1..5]\")", "range<number>", wrong: nil),
  ]

  private static let strings = [
    Row("substring(s, 1)", "string", wrong: "substring(s, s)"),
    Row("substring(s, 1, 2)", "string", wrong: "substring(1, 1)"),
    Row("string length(s)", "number", wrong: "string length(n)"),
    Row("upper case(s)", "string", wrong: "upper case(d)"),
    Row("lower case([s])", "string", wrong: "lower case(b)"),
    Row("substring before(s, s)", "string", wrong: "substring before(s, n)"),
    Row("substring after(s, x)", "string", wrong: "substring after(n, s)"),
    Row("contains(s, s)", "boolean", wrong: "contains(ns, s)"),
    Row("starts with(s, s)", "boolean", wrong: "starts with(s, 1)"),
    Row("ends with(s, s)", "boolean", wrong: "ends with(p, s)"),
    Row("matches(s, s)", "boolean", wrong: "matches(s, 1)"),
    Row("matches(s, s, \"i\")", "boolean", wrong: "matches(s, s, 1)"),
    Row("replace(s, s, s)", "string", wrong: "replace(s, s, n)"),
    Row("split(s, s)", "list<string>", wrong: "split(ns, s)"),
    Row("string join(ss)", "string", wrong: "string join(ns)"),
    Row("string join(ss, s)", "string", wrong: "string join(ss, n)"),
    Row("string join([\"a\", null], null)", "string", wrong: "string join(ds)"),
    Row("string join([])", "string", wrong: nil),
  ]

  private static let numbers = [
    Row("decimal(n, 2)", "number", wrong: "decimal(s, 2)"), Row("floor(n)", "number", wrong: "floor(d)"),
    Row("ceiling(n, 1)", "number", wrong: "ceiling(n, s)"), Row("round up(n, 1)", "number", wrong: "round up(s, 1)"),
    Row("round down(n, 1)", "number", wrong: "round down(b, 1)"),
    Row("round half up(n, 1)", "number", wrong: "round half up(n, d)"),
    Row("round half down(n, 1)", "number", wrong: "round half down(ns, s)"), Row("abs(n)", "number", wrong: "abs(s)"),
    Row("abs(days)", "days and time duration", wrong: "abs(d)"),
    Row("abs(months)", "years and months duration", wrong: "abs(b)"),
    Row("abs(x)", "Any", wrong: nil), Row("sqrt(n)", "number", wrong: "sqrt(s)"),
    Row("log(n)", "number", wrong: "log(s)"),
    Row("exp(n)", "number", wrong: "exp(s)"), Row("odd(n)", "boolean", wrong: "odd(s)"),
    Row("even(n)", "boolean", wrong: "even(s)"),
    Row("modulo(n, 2)", "number", wrong: "modulo(n, s)"),
  ]

  private static let lists = [
    Row("list contains(ns, n)", "boolean", wrong: nil), Row("count(ps)", "number", wrong: nil),
    Row("count(1, 2)", "number", wrong: nil),
    Row("sublist(ns, 2)", "list<number>", wrong: "sublist(ns, s)"),
    Row("sublist(n, 1, 1)", "list<number>", wrong: "sublist(ns, 1, s)"),
    Row("append(ns, 1, 2)", "list<number>", wrong: nil), Row("append(ns, s)", "list<Any>", wrong: nil),
    Row("append([], n)", "list<number>", wrong: nil), Row("concatenate(ns, [1], n)", "list<number>", wrong: nil),
    Row("concatenate(ns, ss)", "list<Any>", wrong: nil),
    Row("insert before(ns, 1, 2)", "list<number>", wrong: "insert before(ns, s, 1)"),
    Row("remove(ps, 1)", Typed.people, wrong: "remove(ps, p)"),
    Row("list replace(ns, 1, 2)", "list<number>", wrong: "list replace(ns, d, 2)"),
    Row(
      "list replace(ns, function(item, newItem) item < newItem, 5)", "list<number>",
      wrong: "list replace(ns, function(a) true, 5)"),
    Row("reverse(ss)", "list<string>", wrong: nil), Row("index of(ns, n)", "list<number>", wrong: nil),
    Row("union(ns, [1], [])", "list<number>", wrong: nil), Row("distinct values(ds)", "list<date>", wrong: nil),
    Row("duplicate values(ss)", "list<string>", wrong: nil), Row("flatten(nns)", "list<number>", wrong: nil),
    Row("flatten([1, [2, [3]]])", "list<Any>", wrong: nil), Row("flatten(x)", "list<Any>", wrong: nil),
    Row("sort(ps, function(a, b) a.age < b.age)", Typed.people, wrong: "sort(ps, function(a, b) a.age)"),
    Row("sort(ns, g)", "list<number>", wrong: "sort(ns, f)"),
    Row("sort(x, function(a, b) a < b)", "list<Any>", wrong: "sort(ns, 1)"),
  ]

  private static let aggregates = [
    Row("min(ns)", "number", wrong: "min([b])"), Row("min(1, 2)", "number", wrong: "min(b, b)"),
    Row("min(d, d)", "date", wrong: "min(p)"),
    Row("max(ss)", "string", wrong: "max(ps)"), Row("max(x)", "Any", wrong: "max(1, \"a\")"),
    Row("max(xs)", "Any", wrong: "max(nns)"),
    Row("sum(ns)", "number", wrong: "sum(ss)"), Row("sum(1, n)", "number", wrong: "sum(1, [2], \"a\")"),
    Row("sum(ps.age)", "number", wrong: "sum(ps.name)"), Row("product(ns)", "number", wrong: "product(ds)"),
    Row("mean(ns)", "number", wrong: "mean(ss)"), Row("median(1, 2)", "number", wrong: "median(d)"),
    Row("stddev(ns)", "number", wrong: "stddev(ss)"), Row("mode(ns)", "list<number>", wrong: "mode(ss)"),
    Row("all([b, true])", "boolean", wrong: "all(ns)"), Row("any(b, null)", "boolean", wrong: "any(s)"),
    Row("any(xs)", "boolean", wrong: "any(\"a\", \"b\")"),
  ]

  private static let moments = [
    Row("date(s)", "date", wrong: "date(n)"), Row("date(dt)", "date", wrong: "date(t)"),
    Row("date(2024, 1, n)", "date", wrong: "date(2024, 1, s)"),
    Row("time(s)", "time", wrong: "time(n)"), Row("time(1, 2, 3)", "time", wrong: "time(1, 2, s)"),
    Row("time(1, 2, 3, days)", "time", wrong: "time(1, 2, 3, n)"),
    Row("date and time(s)", "date and time", wrong: "date and time(t)"),
    Row("date and time(d, t)", "date and time", wrong: "date and time(d, d)"),
    Row("years and months duration(d, dt)", "years and months duration", wrong: "years and months duration(d, t)"),
    Row("day of year(d)", "number", wrong: "day of year(t)"), Row("day of week(dt)", "string", wrong: "day of week(n)"),
    Row("month of year(d)", "string", wrong: "month of year(s)"),
    Row("week of year(d)", "number", wrong: "week of year(b)"),
    Row("now()", "date and time", wrong: nil), Row("today()", "date", wrong: nil),
  ]

  private static let relations = [
    Row("before(1, n)", "boolean", wrong: "before(1, s)"), Row("before(1, r)", "boolean", wrong: "before(s, r)"),
    Row("after(r, r)", "boolean", wrong: "after(r, rs)"), Row("after(x, r)", "boolean", wrong: "after(b, b)"),
    Row("meets(r, r)", "boolean", wrong: "meets(r, 1)"), Row("met by(r, x)", "boolean", wrong: "met by(n, n)"),
    Row("overlaps(r, r)", "boolean", wrong: "overlaps(r, rs)"),
    Row("overlaps before(r, r)", "boolean", wrong: "overlaps before(r, s)"),
    Row("overlaps after(rs, rs)", "boolean", wrong: "overlaps after(rs, r)"),
    Row("finishes(1, r)", "boolean", wrong: "finishes(r, 1)"),
    Row("finished by(r, 1)", "boolean", wrong: "finished by(1, r)"),
    Row("includes(r, 1)", "boolean", wrong: "includes(r, s)"),
    Row("during(1, r)", "boolean", wrong: "during(1, 2)"), Row("starts(1, r)", "boolean", wrong: "starts(r, 2)"),
    Row("started by(r, r)", "boolean", wrong: "started by(2, r)"),
    Row("coincides(d, d)", "boolean", wrong: "coincides(d, t)"),
  ]

  private static let contexts = [
    Row("get value(p, \"age\")", "number", wrong: "get value(n, \"age\")"),
    Row("get value(p, s)", "Any", wrong: "get value(p, 1)"),
    Row("get value(p, \"other\")", "Any", wrong: nil),
    Row("get entries(p)", "list<context<key: string, value: Any>>", wrong: "get entries(n)"),
    Row("get entries(p).key", "list<string>", wrong: nil),
    Row("context([{key: \"a\", value: 1}])", "context", wrong: "context(n)"),
    Row("context put({a: 1}, \"b\", s)", "context<a: number, b: string>", wrong: "context put({}, 1, 2)"),
    Row(
      "context put({a: {b: 1}}, [\"a\", \"b\"], s)", "context<a: context<b: string>>", wrong: "context put({}, ns, 2)"),
    Row("context put({}, s, 1)", "context", wrong: "context put(n, s, 1)"),
    Row("context merge([{a: 1}, {b: 2}])", "context", wrong: "context merge(ns)"),
  ]
}
