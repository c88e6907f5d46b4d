import Diagnostics
import FEEL
import Testing

@Suite struct ParserTests {
  @Test(
    "precedence and association",
    arguments: [
      ("2 + 3 * 4", "14"), ("(2 + 3) * 4", "20"), ("2 ** 3 ** 2", "64"), ("-2 ** 2", "4"), ("2 - 3 - 4", "-5"),
      ("--2", "2"),
      ("2 ** -1", "0.5"), ("8 / 4 / 2", "1"), ("1 + 1 = 2 and 2 < 3 or false", "true"),
      ("true or true and false", "true"),
      ("1 < 2 = true", "true"), ("-1 + 3", "2"), ("2 * -3", "-6"), ("not(true) or true", "true"),
      ("1 + 2 instance of number", "null"), ("(1 + 2) instance of number", "true"), ("-[5][1]", "-5"),
      ("5 between 1 and 3 + 3 and true", "true"), ("1 in [1..2] and false", "false"),
      ("if true then 1 else 2 + 3", "1"),
      ("{a: 1}.a + 1", "2"), ("1 in (1, 2) = true", "true"),
    ])
  func precedence(source: String, expected: String) { #expect(evaluated(source) == expected) }

  @Test(
    "names may hold spaces, signs and keywords; the longest known name wins",
    arguments: [
      ("first name", "1"), ("first  \n name", "1"), ("a-b", "2"), ("a - b", "2"), ("a-c", "7"), ("a", "10"),
      ("time and material + 1", "5"), ("Michael's rate", "5"), ("a+b*2", "24"), ("x/y", "8"), ("if you", "9"),
      ("days in week", "7"), ("first name + a", "11"), ("Level 2 check", "6"),
    ])
  func names(source: String, expected: String) {
    let values: [String: Int] = [
      "first name": 1, "a-b": 2, "a": 10, "c": 3, "b": 7, "time and material": 4, "Michael's rate": 5, "x/y": 8,
      "if you": 9, "days in week": 7, "Level 2 check": 6, "first": 99, "a+b": 12,
    ]
    #expect(evaluated(source, in: Bindings(values.mapValues { .number(Decimal128($0)) })) == expected)
  }

  @Test(
    "names bound inside the expression are known in it",
    arguments: [
      ("{first name: 1, next: first name + 1}.next", "2"), ("{a-b: 1}.a-b", "1"), ("{\"a b\": 1}.a b", "1"),
      ("for per cent in [1, 2] return per cent * 2", "[2, 4]"), ("(function(a b, c-d) a b - c-d)(3, 1)", "2"),
      ("[{a b: 1}, {a b: 2}][a b = 2].a b", "[2]"), ("some the x in [1] satisfies the x = 1", "true"),
      ("{x: 1, y: {x: 2, z: x}}.y.z", "2"), ("{x: 1}.x.y", "null"),
    ])
  func ownNames(source: String, expected: String) { #expect(evaluated(source) == expected) }

  @Test(
    "what cannot be read is refused with its reason",
    arguments: [
      ("", "end"), ("1 +", "end"), ("(1", "endExpected"), ("[1, 2", "endExpected"), ("{a 1}", "expected"),
      ("1 + )", "unexpected"),
      ("if a then b", "endExpected"), ("for x in [1] x", "expected"), ("f(a: 1, 2)", "expected"),
      ("f(1, a: 2)", "mixedArguments"),
      ("1 instance of nummber", "type.near"), ("x y \"z\"", "unexpected"), ("{1: 2}", "unexpected"), ("= ", "end"),
      ("1 ＝ 2", "fullWidth"), ("max（1，2）(", "end"), ("{a: 1, a}", "expected"), ("a.\"b\"", "unexpected"),
    ])
  func errors(source: String, code: String) { #expect(evaluated(source) == "syntax: feel.syntax.\(code)") }

  @Test(
    "name uses: the host's names, with their paths",
    arguments: [
      ("企业.名称 = \"甲\"", ["企业.名称"]), ("sum(企业.贷款[利率 > x].金额)", ["企业.贷款.金额", "?利率", "x"]), ("{a: b, c: a}.c", ["b"]),
      ("for x in xs return x.y + z", ["xs", "z"]), ("(function(a) a + b)(c)", ["b", "c"]),
      ("abs(-1) + [1][item > 0][1]", []),
    ])
  func uses(source: String, expected: [String]) throws {
    let expression = try Expression(parsing: source, names: KnownNames(["企业", "x", "b", "xs", "z", "c"]))
    let uses = expression.nameUses.map { use in
      (use.isKnown ? "" : "?") + ([use.name] + use.path).joined(separator: ".")
    }
    #expect(uses == expected)
    for use in expression.nameUses {
      let scalars = Array(source.unicodeScalars)[use.span]
      #expect(String(String.UnicodeScalarView(scalars)) == use.name)
    }
  }

  @Test("spans cover the text of a node")
  func spans() throws {
    let source = "  甲 + sum([1, 2]) "
    let root = try Expression(parsing: source, names: KnownNames(["甲"])).root
    let texts = ([root] + root.children).map { node in
      String(String.UnicodeScalarView(Array(source.unicodeScalars)[node.span]))
    }
    #expect(texts == ["甲 + sum([1, 2])", "甲", "sum([1, 2])"])
  }
}
