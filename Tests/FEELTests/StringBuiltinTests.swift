import Testing

struct StringBuiltinTests {
  @Test(
    "strings",
    arguments: [
      (#"substring("foobar", 3)"#, #""obar""#), (#"substring("foobar", 3, 3)"#, #""oba""#),
      (#"substring("foobar", -2, 1)"#, #""a""#), (#"substring("foobar", 0)"#, "null"),
      (#"substring("foobar", 3, 3.8)"#, #""oba""#), (#"substring("foobar", 9)"#, "null"),
      (#"substring("foobar", 1, 0)"#, "null"), (#"substring("foobar", -9)"#, "null"),
      (#"substring("foobar", 4, 4)"#, "null"), (#"substring("", 1)"#, "null"),
      (#"substring("高新技术企业", 2, 2)"#, #""新技""#), (#"substring("\U01F40Efoo", 2)"#, #""foo""#),
      (#"substring(start position: 2, string: "abc")"#, #""bc""#),
      (#"string length("\U01F40E")"#, "1"), (#"string length("e\u0301")"#, "2"), (#"string length("")"#, "0"),
      (#"upper case("aBc4ß")"#, #""ABC4SS""#), (#"lower case("ÄBC")"#, #""äbc""#),
      (#"substring before("foobar", "bar")"#, #""foo""#), (#"substring before("foobar", "x")"#, #""""#),
      (#"substring before("foobar", "")"#, #""""#), (#"substring after("foobar", "")"#, #""foobar""#),
      (#"substring after("foobar", "ob")"#, #""ar""#), (#"substring after("", "a")"#, #""""#),
      (#"contains("foobar", "of")"#, "false"), (#"contains("专精特新中小企业", "特新")"#, "true"),
      (#"contains("e\u0301", "e")"#, "true"), (#"contains("é", "e\u0301")"#, "false"),
      (#"starts with("foobar", "fo")"#, "true"), (#"ends with("foobar", "r")"#, "true"),
      (#"ends with("r", "ar")"#, "false"),
      (#"string join(["a", "b", "c"], "_")"#, #""a_b_c""#), (#"string join(["a", null, "c"], "X")"#, #""aXc""#),
      (#"string join(["a", "b"])"#, #""ab""#), (#"string join(["a", "b"], null)"#, #""ab""#),
      (#"string join([], "X")"#, #""""#), (#"string join("a", "X")"#, #""a""#), (#"string join([1], "X")"#, "null"),
    ])
  func strings(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "patterns are those of XPath",
    arguments: [
      (#"matches("foobar", "^fo*b")"#, "true"), (#"matches("Mary\u000DJones", "Mary.Jones")"#, "false"),
      (#"matches("Mary\u000DJones", "Mary.Jones", "s")"#, "true"), (#"matches("a\nb", "^b$")"#, "false"),
      (#"matches("a\nb", "^b$", "m")"#, "true"), (#"matches("a\n", "^$", "m")"#, "false"),
      (#"matches("abZ", "^[A-Z]*$", "i")"#, "true"), (#"matches("\u212A", "k", "i")"#, "true"),
      (#"matches("i", "[A-Z-[OI]]", "i")"#, "false"), (#"matches("x", "[A-Z-[OI]]", "i")"#, "true"),
      (#"matches("q", "[^Q]", "i")"#, "false"), (#"matches("hello world", "hello[ ]w orld", "x")"#, "true"),
      (#"matches("x[y-z]", "x[y-z]", "q")"#, "true"), (#"matches("abc", "B", "qi")"#, "true"),
      (#"matches("aa", "^(a)\1$")"#, "true"), (#"matches("aA", "(a)\1", "i")"#, "true"),
      (#"matches("a\u0031", "\p{Lu}", "i")"#, "false"), (#"matches("中", "\p{IsCJKUnifiedIdeographs}")"#, "true"),
      (#"matches("٣", "^\d$")"#, "true"), (#"matches("é_", "^\w$")"#, "false"), (#"matches("a:b", "^\i\c*$")"#, "true"),
      (#"matches("aaa", "^a{2}$")"#, "false"), (#"matches("aaa", "^a{2,}$")"#, "true"),
      (#"matches("aaaa", "^a{1,3}$")"#, "false"),
      (#"matches("", "^(a?)*$")"#, "true"), (#"matches("a-b", "[a\-z]-")"#, "true"), (#"matches("-", "[+-]")"#, "true"),
      (#"matches("a\nb", "a\nb")"#, "true"), (#"matches("abracadabra", "bra", null)"#, "true"),
      (#"replace("banana", "a", "o")"#, #""bonono""#), (#"replace("banana", "(an)+", "**")"#, #""b**a""#),
      (#"replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")"#, #""[1=ab][2=]cd""#),
      (#"replace("abc", "b", "$0$0")"#, #""abbc""#),
      (#"replace("abc", "(b)", "$12")"#, #""ab2c""#), (#"replace("a.b", ".", "$", "q")"#, #""a$b""#),
      (#"replace("abc", "b", "\\$")"#, #""a$c""#), (#"replace("AAAA", "A+?", "b")"#, #""bbbb""#),
      (#"replace("abc", "B", "x", "i")"#, #""axc""#), (#"replace("", "a", "b")"#, #""""#),
      (#"split("John Doe", "\s")"#, #"["John", "Doe"]"#), (#"split("a;b;c;;", ";")"#, #"["a", "b", "c", "", ""]"#),
      (#"split("甲、乙，丙", "[、，]")"#, #"["甲", "乙", "丙"]"#), (#"split("abc", "x")"#, #"["abc"]"#),
    ])
  func patterns(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "what is no pattern is null with its cause",
    arguments: [
      (#"matches("a", "[0-9-.]*/")"#, "feel.builtin.pattern"), (#"matches("a", "(a")"#, "feel.builtin.pattern"),
      (#"matches("a", "a)")"#, "feel.builtin.pattern"), (#"matches("a", "*a")"#, "feel.builtin.pattern"),
      (#"matches("a", "(.)\\3")"#, "feel.builtin.pattern"), (#"matches("a", "[\\0]")"#, "feel.builtin.pattern"),
      (#"matches("a", "[]")"#, "feel.builtin.pattern"), (#"matches("a", "[z-a]")"#, "feel.builtin.pattern"),
      (#"matches("a", "\\p{Xx}")"#, "feel.builtin.pattern"), (#"matches("a", "a{3,2}")"#, "feel.builtin.pattern"),
      (#"matches("a", "a{99999}")"#, "feel.builtin.pattern"),
      (#"matches("a", "((a{999}){999}){999}")"#, "feel.builtin.pattern"),
      (#"matches("a", "a", "p")"#, "feel.builtin.flags"), (#"replace("a", "a", "$")"#, "feel.builtin.replacement"),
      (#"replace("a", "a*", "b")"#, "feel.builtin.patternEmpty"), (#"split("abc", "")"#, "feel.builtin.patternEmpty"),
    ])
  func refusedPatterns(feel: String, code: String) throws {
    #expect(try answer(to: feel) == "null")
    #expect(try warnings(of: feel) == [code])
  }

  @Test(
    "patterns that explode elsewhere are bounded here",
    arguments: [
      (#"matches("TEXT!", "^(a+)+$")"#, "false"), (#"matches("TEXT!", "^(a|aa)*$")"#, "false"),
      (#"matches("TEXT!", "^(.*)(.*)(.*)(.*)(.*)x$")"#, "false"),
      (#"matches("TEXT!", "^(([a-z])+.)+[A-Z]([a-z])+$")"#, "false"),
      (#"matches("TEXT!", "^(a*)*b\1$")"#, "null"),
    ])
  func boundedPatterns(feel: String, expected: String) throws {
    let text = String(repeating: "a", count: 3_000)
    #expect(try answer(to: feel.replacing("TEXT", with: text)) == expected)
  }

  @Test func deepPatternsAreRefused() throws {
    let nested = String(repeating: "(", count: 50_000) + String(repeating: ")", count: 50_000)
    #expect(try answer(to: "matches(\"a\", \"\(nested)\")") == "null")
    let sets = String(repeating: "[a-", count: 50_000) + String(repeating: "]", count: 50_000)
    #expect(try answer(to: "matches(\"a\", \"\(sets)\")") == "null")
  }
}
