import Diagnostics
import FEEL
import Testing

@Suite struct LexerTests {
  @Test(
    "numbers",
    arguments: [
      ("1", "1"), ("007", "7"), (".5", "0.5"), ("1.50", "1.5"), ("1e3", "1000"), ("1.2E-1", "0.12"), ("1..2", "syntax"),
      ("1.", "syntax"), ("[1..2].end", "2"), ("1e", "syntax"),
    ])
  func numbers(source: String, expected: String) { #expect(evaluated(source).hasPrefix(expected)) }

  @Test(
    "strings and their escapes",
    arguments: [
      (#""甲""#, "\"甲\""), (#""a\"b""#, "\"a\"b\""), (#""\\n""#, "\"\\n\""), (#""\n""#, "\"\n\""),
      (#""\u4E2D""#, "\"中\""),
      (#""\U01F40E""#, "\"🐎\""), (#""\uD83D\uDC0E""#, "\"🐎\""), (#""a\'b""#, "\"a'b\""), (#""a\qb""#, "\"a\\qb\""),
      ("\"two\nlines\"", "\"two\nlines\""), (#""\u12""#, "syntax: feel.syntax.escape"),
      (#""\uD83D""#, "syntax: feel.syntax.escape"), (#""\U110000""#, "syntax: feel.syntax.escape"),
      (#""open"#, "syntax: feel.syntax.openString"), (#""\"#, "syntax: feel.syntax.openString"),
    ])
  func strings(source: String, expected: String) { #expect(evaluated(source) == expected) }

  @Test(
    "comments and spaces of every kind fall away",
    arguments: [
      "1 // one\n+ 2", "1 /* a * / b \n */ + 2", "1\u{3000}+\u{A0}2", "\u{FEFF}1+2// end", "1/**/+/***/2",
      "1\r\n\t+\u{85}2",
    ])
  func spaces(source: String) { #expect(evaluated(source) == "3") }

  @Test("a comment must end") func openComment() { #expect(evaluated("1 /* 2") == "syntax: feel.syntax.openComment") }

  @Test(
    "errors say line and column, counted in Unicode scalars",
    arguments: [
      ("1 +", 1, 4), ("\"🐎\" + )", 1, 7), ("1\n  + }", 2, 5), ("甲乙 + \"", 1, 6), ("{a: 1,\n b 2}", 2, 5),
    ])
  func places(source: String, line: Int, column: Int) {
    let error = #expect(throws: Diagnostic.self) { try Expression(parsing: source, at: SourcePlace(file: "甲.md")) }
    #expect(error?.place == SourcePlace(file: "甲.md", line: line, column: column))
  }

  @Test("errors count from the place of the expression in its file")
  func offsetPlace() {
    let place = SourcePlace(file: "x", line: 10, column: 5)
    let error = #expect(throws: Diagnostic.self) { try Expression(parsing: "1 +\n+", at: place) }
    #expect(error?.place == SourcePlace(file: "x", line: 11, column: 1))
  }

  @Test(
    "every code has words in both languages",
    arguments: [
      "1 +", "(1", "1 2 }", "f(a: 1, 2)", "1 instance of nummer", "1 instance of 甲", "\"", "/*", "\"\\u1\"", "（1＋2）",
      "1 ＋ 2",
      "“甲”",
    ])
  func words(source: String) {
    let error = #expect(throws: Diagnostic.self) { try Expression(parsing: source + (source == "（1＋2）" ? " )" : "")) }
    for language in Language.allCases {
      #expect(error.map { Catalogue.shared.has($0.code, in: language) } == true)
    }
  }
}
