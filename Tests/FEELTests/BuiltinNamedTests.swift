import FEEL
import Testing

/// Each function of DMN 1.5 §10.3.4 called by position and by the names of the standard's parameters.
struct BuiltinNamedTests {
  /// The arguments by position, by name, and the value of both.
  private static let rows: KeyValuePairs<String, (String, String, String)> = [
    "number": (
      #""1 000,0", " ", ",""#, #"decimal separator: ",", from: "1 000,0", grouping separator: " ""#, "1000"
    ),
    "string": ("1.1", "from: 1.1", #""1.1""#),
    "date": (#""2012-12-25""#, #"from: "2012-12-25""#, "2012-12-25"),
    "date ": ("2012, 12, 25", "day: 25, month: 12, year: 2012", "2012-12-25"),
    "time": (#""23:59:00z""#, #"from: "23:59:00z""#, "23:59:00Z"),
    "time ": (
      #"23, 59, 0, duration("PT1H")"#, #"hour: 23, minute: 59, second: 0, offset: duration("PT1H")"#, "23:59:00+01:00"
    ),
    "date and time": (#""2012-12-24T23:59:00""#, #"from: "2012-12-24T23:59:00""#, "2012-12-24T23:59:00"),
    "date and time ": (
      #"@"2012-12-24", @"23:59:00""#, #"time: @"23:59:00", date: @"2012-12-24""#, "2012-12-24T23:59:00"
    ),
    "duration": (#""P20DT20H""#, #"from: "P20DT20H""#, "P20DT20H"),
    "years and months duration": (
      #"@"2011-12-22", @"2013-08-24""#, #"to: @"2013-08-24", from: @"2011-12-22""#, "P1Y8M"
    ),
    "not": ("true", "negand: true", "false"),
    "is": (#"@"23:00:50z", @"23:00:50+00:00""#, #"value1: @"23:00:50z", value2: @"23:00:50+00:00""#, "true"),
    "substring": (#""foobar", -2, 1"#, #"length: 1, start position: -2, string: "foobar""#, #""a""#),
    "string length": (#""foo""#, #"string: "foo""#, "3"),
    "upper case": (#""aBc4""#, #"string: "aBc4""#, #""ABC4""#),
    "lower case": (#""aBc4""#, #"string: "aBc4""#, #""abc4""#),
    "substring before": (#""foobar", "bar""#, #"match: "bar", string: "foobar""#, #""foo""#),
    "substring after": (#""foobar", "ob""#, #"match: "ob", string: "foobar""#, #""ar""#),
    "replace": (
      #""abcd", "(ab)|(a)", "[1=$1][2=$2]", """#,
      #"flags: "", replacement: "[1=$1][2=$2]", pattern: "(ab)|(a)", input: "abcd""#, #""[1=ab][2=]cd""#
    ),
    "contains": (#""foobar", "of""#, #"match: "of", string: "foobar""#, "false"),
    "starts with": (#""foobar", "fo""#, #"match: "fo", string: "foobar""#, "true"),
    "ends with": (#""foobar", "r""#, #"match: "r", string: "foobar""#, "true"),
    "matches": (#""foobar", "^FO*b", "i""#, #"flags: "i", pattern: "^FO*b", input: "foobar""#, "true"),
    "split": (#""John Doe", "\s""#, #"delimiter: "\s", string: "John Doe""#, #"["John", "Doe"]"#),
    "string join": (#"["a", "b"], "_and_""#, #"delimiter: "_and_", list: ["a", "b"]"#, #""a_and_b""#),
    "list contains": ("[1, 2, 3], 2", "element: 2, list: [1, 2, 3]", "true"),
    "count": ("[1, [2, 3]]", "list: [1, [2, 3]]", "2"), "min": ("[1, 2, 3]", "list: [1, 2, 3]", "1"),
    "max": ("[1, 2, 3]", "list: [1, 2, 3]", "3"), "sum": ("[1, 2, 3]", "list: [1, 2, 3]", "6"),
    "mean": ("[1, 2, 3]", "list: [1, 2, 3]", "2"), "product": ("[2, 3, 4]", "list: [2, 3, 4]", "24"),
    "median": ("[6, 1, 2, 3]", "list: [6, 1, 2, 3]", "2.5"), "stddev": ("[2, 4, 6]", "list: [2, 4, 6]", "2"),
    "mode": ("[6, 1, 9, 6, 1]", "list: [6, 1, 9, 6, 1]", "[1, 6]"),
    "all": ("[false, null, true]", "list: [false, null, true]", "false"),
    "any": ("[false, null, true]", "list: [false, null, true]", "true"),
    "sublist": ("[4, 5, 6], 1, 2", "length: 2, start position: 1, list: [4, 5, 6]", "[4, 5]"),
    "append": ("[1], 2", "item: 2, list: [1]", "[1, 2]"), "concatenate": ("[1, 2]", "list: [1, 2]", "[1, 2]"),
    "insert before": ("[1, 3], 1, 2", "newItem: 2, position: 1, list: [1, 3]", "[2, 1, 3]"),
    "remove": ("[1, 2, 3], 2", "position: 2, list: [1, 2, 3]", "[1, 3]"),
    "list replace": ("[2, 4, 7, 8], 3, 6", "newItem: 6, position: 3, list: [2, 4, 7, 8]", "[2, 4, 6, 8]"),
    "list replace ": (
      "[2, 4, 7, 8], function(item, newItem) item < newItem, 5",
      "newItem: 5, match: function(item, newItem) item < newItem, list: [2, 4, 7, 8]", "[5, 5, 7, 8]"
    ),
    "reverse": ("[1, 2, 3]", "list: [1, 2, 3]", "[3, 2, 1]"),
    "index of": ("[1, 2, 3, 2], 2", "match: 2, list: [1, 2, 3, 2]", "[2, 4]"),
    "union": ("[1, 2, 1]", "list: [1, 2, 1]", "[1, 2]"),
    "distinct values": ("[1, 2, 3, 2, 1]", "list: [1, 2, 3, 2, 1]", "[1, 2, 3]"),
    "duplicate values": ("[1, 2, 3, 2, 1]", "list: [1, 2, 3, 2, 1]", "[1, 2]"),
    "flatten": ("[[1, 2], [[3]], 4]", "list: [[1, 2], [[3]], 4]", "[1, 2, 3, 4]"),
    "sort": ("[3, 1, 2], function(x, y) x < y", "precedes: function(x, y) x < y, list: [3, 1, 2]", "[1, 2, 3]"),
    "decimal": ("1.5, 0", "scale: 0, n: 1.5", "2"), "floor": ("-1.56, 1", "scale: 1, n: -1.56", "-1.6"),
    "ceiling": ("-1.56, 1", "scale: 1, n: -1.56", "-1.5"), "round up": ("-1.126, 2", "scale: 2, n: -1.126", "-1.13"),
    "round down": ("-1.126, 2", "scale: 2, n: -1.126", "-1.12"),
    "round half up": ("-1.125, 2", "scale: 2, n: -1.125", "-1.13"),
    "round half down": ("-1.125, 2", "scale: 2, n: -1.125", "-1.12"), "abs": ("-10", "n: -10", "10"),
    "modulo": ("-10.1, 4.5", "divisor: 4.5, dividend: -10.1", "3.4"), "sqrt": ("16", "number: 16", "4"),
    "log": ("1", "number: 1", "0"), "exp": ("0", "number: 0", "1"), "odd": ("5", "number: 5", "true"),
    "even": ("5", "number: 5", "false"),
    "before": ("1, [5..6]", "point: 1, range: [5..6]", "true"),
    "after": ("[5..6], 1", "range: [5..6], point: 1", "true"),
    "meets": ("[1..5], [5..10]", "range2: [5..10], range1: [1..5]", "true"),
    "met by": ("[5..10], [1..5]", "range2: [1..5], range1: [5..10]", "true"),
    "overlaps": ("[1..5], [3..8]", "range2: [3..8], range1: [1..5]", "true"),
    "overlaps before": ("[3..8], [1..5]", "range2: [1..5], range1: [3..8]", "false"),
    "overlaps after": ("[3..8], [1..5]", "range2: [1..5], range1: [3..8]", "true"),
    "finishes": ("10, [1..10]", "range: [1..10], point: 10", "true"),
    "finished by": ("[1..10], 10", "point: 10, range: [1..10]", "true"),
    "includes": ("[1..10], [4..6]", "range2: [4..6], range1: [1..10]", "true"),
    "during": ("[4..6], [1..10]", "range2: [1..10], range1: [4..6]", "true"),
    "starts": ("1, [1..10]", "range: [1..10], point: 1", "true"),
    "started by": ("[1..10], 2", "point: 2, range: [1..10]", "false"),
    "coincides": ("3, 4", "point2: 4, point1: 3", "false"),
    "range": (#""[18..21)""#, #"from: "[18..21)""#, "[18..21)"),
    "day of year": (#"@"2019-09-17""#, #"date: @"2019-09-17""#, "260"),
    "day of week": (#"@"2019-09-17""#, #"date: @"2019-09-17""#, #""Tuesday""#),
    "month of year": (#"@"2019-09-17""#, #"date: @"2019-09-17""#, #""September""#),
    "week of year": (#"@"2019-09-17""#, #"date: @"2019-09-17""#, "38"),
    "now": ("", "", "2026-03-01T08:00:00+08:00"), "today": ("", "", "2026-03-01"),
    "get value": (#"{key1: "value1"}, "key1""#, #"key: "key1", m: {key1: "value1"}"#, #""value1""#),
    "get entries": ("{a: 1}", "m: {a: 1}", #"[{key: "a", value: 1}]"#),
    "context": (
      #"[{key: "a", value: 1}, {key: "b", value: 2, more: 3}]"#,
      #"entries: [{key: "a", value: 1}, {key: "b", value: 2, more: 3}]"#, "{a: 1, b: 2}"
    ),
    "context put": (#"{x: 1, y: 0}, "y", 2"#, #"value: 2, key: "y", context: {x: 1, y: 0}"#, "{x: 1, y: 2}"),
    "context put ": (
      #"{x: 1, y: {a: 0}}, ["y", "a"], 2"#, #"value: 2, keys: ["y", "a"], context: {x: 1, y: {a: 0}}"#,
      "{x: 1, y: {a: 2}}"
    ),
    "context merge": ("[{x: 1, y: 0}, {y: 2}]", "contexts: [{x: 1, y: 0}, {y: 2}]", "{x: 1, y: 2}"),
  ]

  private static let now = DateTime("2026-03-01T08:00:00+08:00")

  @Test("by position and by name", arguments: rows.map { ($0.key, [$0.value.0, $0.value.1], $0.value.2) })
  func forms(name: String, arguments: [String], expected: String) throws {
    for list in arguments {
      let call = name.trimmingSuffix(" ") + "(\(list))"
      let value = try Expression(parsing: call).evaluate(in: Bindings(), options: .init(now: Self.now)).value
      let text = if case .string(let text) = value { "\"\(text)\"" } else { value.feelDescription }
      #expect(text == expected, "\(call)")
    }
  }

  @Test("every function has its rows")
  func complete() {
    #expect(Set(Self.rows.map { $0.key.trimmingSuffix(" ") }) == Builtins.names)
  }

  @Test("a name that is no parameter, and one given twice, give null", arguments: Builtins.all.map(\.name).sorted())
  func wrongNames(name: String) throws {
    #expect(try answer(to: "\(name)(nonsense: 1)") == "null")
    #expect(try answer(to: "\(name)(from: 1, from: 2)") == "null")
  }

  @Test("a null where the function wants a value gives null", arguments: Builtins.all.map(\.name).sorted())
  func nulls(name: String) throws {
    let function = try #require(Builtins.named(name))
    for signature in function.signatures where signature.parameters.contains(where: { !$0.takesNull }) {
      let arguments = signature.parameters.map { _ in "null" }.joined(separator: ", ")
      #expect(try answer(to: "\(name)(\(arguments))") == "null")
      // a list of lists that holds a null is an argument in itself
      if signature.repeating == nil { #expect(try warnings(of: "\(name)(\(arguments))").isEmpty) }
    }
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
