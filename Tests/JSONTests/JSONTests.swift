import Diagnostics
import JSON
import Testing

private func check(_ text: String, reads expected: String) throws {
  #expect(try JSONNode.read(text, file: "a.json").value.text() == expected)
}

private func check(_ text: String, fails expected: String) {
  do {
    let value = try JSONNode.read(text, file: "a.json").value
    Issue.record("\(text.prefix(80)) was read as \(value.text().prefix(80))")
  } catch {
    #expect("\(error.place.line):\(error.place.column) \(error.code)" == expected, "\(text.prefix(80))")
  }
}

@Test(
  "a document reads as it was written",
  arguments: [
    ("null", "null"), (" true ", "true"), ("false\n", "false"), ("[]", "[]"), ("{ }", "{}"), ("\"\"", "\"\""),
    ("[1, 2 ,3]", "[1,2,3]"), (#"{"b": 1, "a": {"c": []}}"#, #"{"b":1,"a":{"c":[]}}"#),
    (#""\u4f01\u4E1A""#, "\"企业\""), (#""\ud840\udc0b""#, "\"𠀋\""),
    (#""\"\\\/\b\f\n\r\t""#, #""\"\\/\u0008\u000c\n\r\t""#),
    ("\u{FEFF}1", "1"),
  ])
func reading(text: String, expected: String) throws { try check(text, reads: expected) }

@Test(
  "a number keeps every digit",
  arguments: [
    "0", "-0", "0.10", "888800.00", "123456789012345678901234567890.1234", "1e400", "1E-7", "-12.5e+3",
  ])
func numbers(text: String) throws {
  try check(text, reads: text)
  #expect(JSONValue(number: text) == .number(text))
}

@Test("what is no number is refused", arguments: ["", "-", "01", "1.", ".5", "+1", "1e", "0x10", "NaN", "1 ", "--1"])
func notNumbers(text: String) { #expect(JSONValue(number: text) == nil) }

@Test(
  "a problem has its line and column",
  arguments: [
    ("", "1:1 json.value"), ("  ", "1:3 json.value"), ("[1,\n 2,\n x]", "3:2 json.value"),
    ("[1 2]", "1:4 json.expected"),
    ("{\"a\" 1}", "1:6 json.expected"), ("{a: 1}", "1:2 json.name"), ("{\"a\":1,}", "1:8 json.name"),
    ("[1,]", "1:4 json.value"),
    ("{\"企业\":1,\"企业\":2}", "1:9 json.name.twice"), ("1 2", "1:3 json.rest"), ("\"abc", "1:1 json.string.open"),
    ("[\"企业\", \"\\x\"]", "1:9 json.escape"), ("\"\\ud800\"", "1:2 json.surrogate"),
    ("\"\\ud800\\u0041\"", "1:2 json.surrogate"),
    ("\"\\udc00\"", "1:2 json.surrogate"), ("\"\\u12g4\"", "1:2 json.escape"), ("\"\\u12", "1:2 json.escape"),
    ("\"a\nb\"", "1:3 json.control"), ("-", "1:1 json.number"), ("[01]", "1:3 json.expected"),
    ("tru", "1:1 json.value"),
    ("[", "1:2 json.value"), ("{\"a\":", "1:6 json.value"), ("// no", "1:1 json.value"), ("'a'", "1:1 json.value"),
  ])
func problems(text: String, expected: String) { check(text, fails: expected) }

@Test func nestingIsBounded() throws {
  func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }
  try check(nested(64), reads: nested(64))
  check(nested(65), fails: "1:65 json.depth")
  check(String(repeating: "{\"a\":", count: 100_000), fails: "1:321 json.depth")
}

@Test func bytesThatAreNoUTF8AreRefused() {
  #expect(throws: Diagnostic("json.utf8", at: SourcePlace(file: "a", line: 1, column: 2))) {
    try JSONNode.read([UInt8(ascii: "["), UInt8(ascii: "\""), 0xFF, UInt8(ascii: "\""), UInt8(ascii: "]")], file: "a")
  }
}

@Test func noBytesCrashTheReader() {
  var state: UInt64 = 20_221_008
  let signs = Array(#"{}[]",:\u0019ed8-+.truefalsn 企"#.utf8)
  for _ in 0..<20_000 {
    var bytes: [UInt8] = []
    for _ in 0..<24 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      bytes.append(signs[Int(state >> 33) % signs.count])
    }
    guard let node = try? JSONNode.read(bytes, file: "a") else { continue }
    #expect((try? JSONNode.read(node.value.text(), file: "a").value) == node.value)
  }
}

@Test func membersKeepTheirOrderAndPrettyTextIsIndented() {
  let value: JSONValue = ["b": [1, "x"], "a": [:], "c": [], "d": ["e": nil, "f": true]]
  #expect(value.text() == #"{"b":[1,"x"],"a":{},"c":[],"d":{"e":null,"f":true}}"#)
  #expect(
    value.text(.pretty) == """
      {
        "b": [
          1,
          "x"
        ],
        "a": {},
        "c": [],
        "d": {
          "e": null,
          "f": true
        }
      }
      """)
}

@Test func everyStringSurvivesWritingAndReading() throws {
  let text = String(String.UnicodeScalarView((0...0x3000).compactMap(Unicode.Scalar.init)))
  #expect(try JSONNode.read(JSONValue.string(text).text(), file: "a").value == .string(text))
}

@Test(
  "every problem has its words in both languages",
  arguments: [
    "json.size", "json.rest", "json.depth", "json.name", "json.name.twice", "json.expected", "json.number",
    "json.value",
    "json.utf8", "json.control", "json.string.open", "json.escape", "json.surrogate",
  ])
func words(code: String) {
  for language in Language.allCases { #expect(Catalogue.shared.has(code, in: language), "\(code) \(language)") }
}
