import Diagnostics
import FEEL
import TestKit
import Testing

@Suite struct RobustnessTests {
  @Test(
    "text nested without end is refused, on a small stack",
    arguments: [
      "(", "[", "{a: ", "-", "- (", "if ", "if true then ", "for x in ", "some x in ", "function() ", "not(", "f(",
      "1 + (",
      "1 in (", "1 in ", "< ", "[1..", "]", "a[", "1 instance of list<", "x between 1 and ", "1 ** -", "{a: [-(",
    ])
  func nestedText(piece: String) {
    let code = onSmallStack { evaluated(String(repeating: piece, count: 100_000)) }
    #expect(code == "syntax: feel.syntax.tooDeep" || code == "syntax: feel.syntax.tooLong", "\(piece): \(code)")
  }

  @Test(
    "chains without end are refused",
    arguments: ["+1", "*1", "**1", " or", ".a", "[1]", "()", " instance of Any", "=1"])
  func chains(piece: String) {
    let code = onSmallStack { evaluated("1" + String(repeating: piece, count: 50_000)) }
    #expect(code.hasPrefix("syntax: feel.syntax."), "\(piece): \(code.prefix(100))")
  }

  @Test(
    "the deepest text that is read is also evaluated, on a small stack",
    arguments: [
      ("(", "1", ")"), ("[", "1", "]"), ("{a: ", "1", "}"), ("-", "1", ""), ("if true then ", "1", " else 2"),
      ("for x in [1] return ", "1", ""), ("some x in [1] satisfies ", "true", ""), ("1 + (", "1", ")"),
      ("not(", "true", ")"), ("1 in (", "1", ", 2)"), ("[1][", "1", "]"), ("sum(", "1", ")"),
      ("true and (", "true", ")"),
      ("sort([1, 2], function(a, b) ", "true", ")"), ("(function() ", "1", ")()"), ("[", "1", "..2]"), ("= ", "1", ""),
    ])
  func deepest(open: String, core: String, close: String) {
    let results = onSmallStack {
      (1...101).map { depth in
        evaluated(String(repeating: open, count: depth) + core + String(repeating: close, count: depth))
      }
    }
    #expect(results.contains { !$0.hasPrefix("syntax") })
  }

  @Test("long chains within the bounds are evaluated, on a small stack")
  func longChains() {
    let sum = onSmallStack { evaluated("1" + String(repeating: " + 1", count: 480)) }
    #expect(sum == "481")
    let ladder = onSmallStack { evaluated(String(repeating: "if false then 1 else ", count: 480) + "2") }
    #expect(ladder == "2")
    let conjunction = onSmallStack { evaluated("true" + String(repeating: " and true", count: 20_000)) }
    #expect(conjunction == "true")
    let list = onSmallStack { evaluated("count([1" + String(repeating: ", 1", count: 50_000) + "])") }
    #expect(list == "50001")
  }

  @Test("a function may call itself a hundred times, on a small stack")
  func recursion() {
    let source = "{f: function(g, n) if n = 0 then 0 else n + g(g, n - 1), r: f(f, 100)}.r"
    #expect(onSmallStack { evaluated(source) } == "5050")
  }

  @Test(
    "a function that calls itself without end gives null with a warning",
    arguments: [
      "{f: function(g) 1 + g(g), r: f(f)}.r", "{f: function(g) sort([2, 1], function(a, b) g(g)), r: f(f)}.r",
      "{f: function(g) [for x in [[1]] return {a: (g(g))[item = 1]}], r: f(f)}.r",
    ])
  func endlessRecursion(source: String) throws {
    let outcome = try #require(onSmallStack { try? evaluation(source, options: .init(maximumSteps: 100_000)) })
    #expect(outcome.warnings.map(\.code).contains("feel.evaluate.depth"))
  }

  @Test(
    "work without end is stopped",
    arguments: [
      "count(for x in 1..1000000000 return x)",
      "some x in 1..1000000000, y in 1..1000000000 satisfies x + y < 0",
      "count(for x in 1..100 return if x = 1 then \"ab\" else partial[-1] + partial[-1])",
      "count(for x in 1..100 return if x = 1 then [1] else concatenate(partial[-1], partial[-1]))",
      "{f: function(g, n) g(g, n + 1) + g(g, n + 1), r: f(f, 0)}.r",
      "count(for x in 1..100000 return partial)",
      "count(for x in -9223372036854775807..9223372036854775807 return x)",
      "string length(string(for x in 1..1000 return 1e6144))",
      "count(for x in 1..100000 return \(longName))", "count(for x in 1..100000 return {}.\(longName))",
      "count(for x in 1..100000 return {\(longName): x})",
    ])
  func endlessWork(source: String) throws {
    let options = EvaluationOptions(maximumSteps: 1_000_000)
    let outcome = try #require(onSmallStack { try? evaluation(source, options: options) })
    #expect(!outcome.warnings.isEmpty, "\(source)")
  }

  /// What a name takes to be found grows with its length.
  private static let longName = String(repeating: "n", count: 5_000)

  @Test("a value whose text would be long is cut there")
  func longTexts() throws {
    let text = try evaluation("for x in 1..1000 return 1e6144").value.feelDescription
    #expect(text.utf8.count < 1_000_010 && text.hasSuffix("0…"))
    #expect(try evaluation("string(for x in 1..100 return 1e6144) = null").value.description == "false")
  }

  @Test(
    "values that nest without end are stopped, on a small stack",
    arguments: [
      "count(for x in 1..5000 return if x = 1 then [] else [partial[-1]])",
      "count(for x in 1..5000 return if x = 1 then {} else {a: partial[-1]})",
      "count(for x in 1..5000 return if x = 1 then [] else append([], partial[-1]))",
      "count(for x in 1..5000 return if x = 1 then {} else context put({}, \"a\", partial[-1]))",
      "count(for x in 1..5000 return function() partial[-1])",
    ])
  func nestedValues(source: String) throws {
    let outcome = try #require(onSmallStack { try? evaluation(source) })
    #expect(!outcome.warnings.isEmpty, "\(source)")
  }

  @Test("no damaged text crashes")
  func mutations() {
    var random = SeededRandom(seed: 20_260_101)
    for _ in 0..<3_000 {
      var scalars = Array(Self.seeds[Int(random.next() % UInt64(Self.seeds.count))].unicodeScalars)
      for _ in 0...Int(random.next() % 4) { Self.mutate(&scalars, &random) }
      var source = String.UnicodeScalarView()
      source.append(contentsOf: scalars)
      let text = String(source)
      let options = EvaluationOptions(maximumSteps: 20_000)
      if let expression = try? Expression(parsing: text, names: Self.names) {
        _ = expression.evaluate(in: Self.bindings, options: options)
      }
      if let tests = try? UnaryTests(parsing: text, names: Self.names) {
        _ = tests.evaluate(input: Binding(.number(3)), in: Self.bindings, options: options)
      }
    }
  }

  private static let bindings: Bindings = ["单户授信": .number(5), "a-b": .list([.number(1), .null()])]
  private static let names = KnownNames(bindings.values.keys)
  private static let seeds = [
    "if 单户授信 > 1000 then 0.1 else 0.2", "for i in 1..3, j in [i..5] return i * j + partial[-1]",
    "some x in [{a: 1, b c: 2}] satisfies x.b c = 2 and x.a instance of number", "a-b[item > 0].c[-1]",
    "{f: function(x: number, y) x ** -y, r: f(y: 2, x: 3)}.r", "not(\"甲\", < 5, [1..10), ]1..2[)",
    "@\"2024-02-29\" + @\"P1Y\" in (>= @\"2025-01-01\")", "substring(\"\\u4E2D\\U01F40E文\", -2, 1)",
    "sort([3, 1, 2], function(a, b) a < b)[1]", "x between 1 and 2 or null in (null, 3) // end\n/* c */",
    "context put({}, [\"a\", \"b\"], [[[1]]])", "replace(\"abc\", \"(b|c)+?\", \"$1\", \"i\")",
  ]

  private static func mutate(_ scalars: inout [Unicode.Scalar], _ random: inout SeededRandom) {
    let alphabet = Array("()[]{},:.-+*/<>=!'\"@? 0919aeif中，（\u{0}\u{301}\u{10FFFF}\\un".unicodeScalars)
    let position = Int(random.next() % UInt64(max(1, scalars.count)))
    let piece = alphabet[Int(random.next() % UInt64(alphabet.count))]
    switch random.next() % 4 {
    case 0 where !scalars.isEmpty: scalars.remove(at: position)
    case 1 where !scalars.isEmpty: scalars[position] = piece
    case 2: scalars.insert(contentsOf: scalars[..<position].suffix(8), at: position)
    default: scalars.insert(piece, at: min(position, scalars.count))
    }
  }
}
