import DMN
import Diagnostics
import Foundation
import Testing

@Suite("Hostile XML is an error, never a crash, a fetch or a wait")
struct XMLHostileTests {
  private func codes(_ bytes: [UInt8]) -> [String] {
    ModelFiles(reading: [ModelFile(name: "x.dmn", bytes: bytes)]).diagnostics.map(\.code)
  }

  @Test("documents that declare entities are refused", arguments: doctypes)
  func doctype(prolog: String) {
    let xml = "<?xml version=\"1.0\"?>\(prolog)<definitions xmlns=\"\(dmn15)\">&a;</definitions>"
    #expect(codes(Array(xml.utf8)) == ["dmn.xml.doctype"])
  }

  static let doctypes = [
    "<!DOCTYPE definitions [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]>",
    "<!DOCTYPE definitions [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>",
    "<!DOCTYPE definitions SYSTEM \"http://127.0.0.1:9/never.dtd\">",
    "<!DOCTYPE definitions [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/p\"> %p;]>",
    "<!DOCTYPE definitions [<!ENTITY % a '<!ENTITY &#37; b \"x\">'> %a; %b; %b;]>", "<!DOCTYPE definitions>",
  ]

  @Test("what is not well-formed is an error with its line", arguments: brokenFiles)
  func malformed(bytes: [UInt8]) {
    let files = ModelFiles(reading: [ModelFile(name: "x.dmn", bytes: bytes)])
    #expect(files.diagnostics.map(\.code) == ["dmn.xml.malformed"])
    #expect(files.models.isEmpty)
  }

  static let brokenFiles: [[UInt8]] = [
    [], [0], [0xFF, 0xFE], Array("<definitions".utf8), Array("<a>&undefined;</a>".utf8), Array("<a><b></a></b>".utf8),
    Array("<a x='1' x='2'/>".utf8), Array("<p:a/>".utf8), Array("<a/><b/>".utf8), Array("text".utf8),
    Array("<a>".utf8) + [0xC3, 0x28] + Array("</a>".utf8), Array("<?xml version='1.0' encoding='no-such'?><a/>".utf8),
    Array("<?xml version='1.0' encoding='UTF-16'?><a>\u{4E2D}</a>".utf8) + [0xFF],
    Array("<a>\u{0}</a>".utf8), Array("<a>&#0;</a>".utf8), Array("<a>&#xFFFE;</a>".utf8),
  ]

  @Test("every truncation of a good file is an error or reads as less")
  func truncated() {
    let bytes = Array(definitions(literalDecision("d", "\"中文\" + \"x\"")).utf8)
    for length in 0..<bytes.count { #expect(codes(Array(bytes[..<length])) == ["dmn.xml.malformed"]) }
    #expect(codes(bytes) == [])
  }

  @Test("any byte of a good file may be another: no crash")
  func mutated() {
    let bytes = Array(definitions(literalDecision("d", "[1, {a: 2}].a")).utf8)
    var state: UInt64 = 7
    for _ in 0..<3_000 {
      var changed = bytes
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        changed[Int(state >> 33) % changed.count] = UInt8(truncatingIfNeeded: state >> 24)
      }
      let files = ModelFiles(reading: [ModelFile(name: "x.dmn", bytes: changed)])
      _ = files.linked(file: "x.dmn").flatMap { try? $0.evaluate(decision: "d") }
    }
  }

  @Test("deep nesting, many elements and long files have their bounds")
  func bounds() {
    let deep = String(repeating: "<list>", count: 100_000)
    #expect(codes(Array(definitions(deep).utf8)) == ["dmn.xml.tooDeep"])
    let many = String(repeating: "<x/>", count: 500_001)
    #expect(codes(Array(definitions(many).utf8)) == ["dmn.xml.tooMany"])
    let long = [UInt8](repeating: UInt8(ascii: " "), count: (16 << 20) + 1)
    #expect(codes(long) == ["dmn.xml.tooLarge"])
  }

  @Test("nested as deep as the bound allows, a model reads and answers")
  func deepest() throws {
    let (open, close) = (String(repeating: "<list>", count: 190), String(repeating: "</list>", count: 190))
    let files = read(definitions(boxedDecision(open + text("1") + close)))
    #expect(files.diagnostics == [])
    #expect(try answer("d", of: files).hasSuffix("[1" + String(repeating: "]", count: 190)))
  }

  @Test("other encodings are read by their declaration or mark")
  func encodings() throws {
    let xml = definitions(literalDecision("d", "\"中文\""))
    let utf16 = try #require(xml.replacingOccurrences(of: "UTF-8", with: "UTF-16").data(using: .utf16))
    let files = ModelFiles(reading: [ModelFile(name: "0.dmn", bytes: [UInt8](utf16))])
    #expect(try answer("d", of: files) == "\"中文\"")
    let marked = ModelFiles(reading: [ModelFile(name: "0.dmn", bytes: [0xEF, 0xBB, 0xBF] + Array(xml.utf8))])
    #expect(try answer("d", of: marked) == "\"中文\"")
  }
}
