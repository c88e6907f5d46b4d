import Diagnostics
import Foundation
import Spreadsheet
import TestKit
import Testing

private func utf16(_ text: String, isBigEndian: Bool) -> [UInt8] {
  text.utf16.flatMap { isBigEndian ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
}

/// The encoding and the text, or `line:column code offset`.
private func decoded(_ bytes: [UInt8]) throws -> String {
  try withFolder(["a.csv": bytes]) { folder in
    do throws(Diagnostic) {
      let text = try DecodedText(path: folder + "/a.csv")
      var result: [UInt8] = []
      while let piece = try text.next() {
        #expect(String(validating: piece, as: UTF8.self) != nil)
        result += piece
      }
      return "\(text.encoding.rawValue) \(String(decoding: result, as: UTF8.self))"
    } catch {
      return "\(error.place.line):\(error.place.column) \(error.code) \(error.arguments["offset"] ?? "")"
    }
  }
}

@Suite("Text files are decoded whatever program wrote them")
struct TextEncodingTests {
  private static let table = "企业,授信额\n天山智能,800\n"

  @Test func encodingsWithAMark() throws {
    #expect(try decoded([0xEF, 0xBB, 0xBF] + Array(Self.table.utf8)) == "UTF-8 " + Self.table)
    #expect(try decoded([0xFF, 0xFE] + utf16(Self.table, isBigEndian: false)) == "UTF-16LE " + Self.table)
    #expect(try decoded([0xFE, 0xFF] + utf16(Self.table, isBigEndian: true)) == "UTF-16BE " + Self.table)
  }

  @Test func encodingsWithoutAMark() throws {
    #expect(try decoded(Array(Self.table.utf8)) == "UTF-8 " + Self.table)
    #expect(try decoded([0xCC, 0xEC, 0xC9, 0xBD, 0x0A]) == "GB18030 天山\n")
    #expect(try decoded(Array("a,b\n1,2\n".utf8)) == "UTF-8 a,b\n1,2\n")
    #expect(try decoded([]) == "UTF-8 ")
    // Four bytes: a character outside GBK.
    #expect(try decoded([0xCC, 0xEC, 0x95, 0x32, 0x82, 0x36]) == "GB18030 天\u{20000}")
  }

  @Test("two characters of GB 2312 that are UTF-8 as well stay Chinese")
  func twoWays() throws {
    #expect(try decoded([0xD2, 0xAA, 0xC7, 0xBF]) == "GB18030 要强")
    #expect(try decoded(Array("Привет, мир\n".utf8)) == "UTF-8 Привет, мир\n")
    #expect(try decoded(Array("قاراماي\n".utf8)) == "UTF-8 قاراماي\n")
    #expect(try decoded(Array("3×4 café 20°\n".utf8)) == "UTF-8 3×4 café 20°\n")
    #expect(try decoded(Array("要强\n".utf8)) == "UTF-8 要强\n")
  }

  private static let gb18030: [UInt8] = [0xCC, 0xEC, 0xC9, 0xBD, 0x0A]
  private static let utf8 = Array("企业\n".utf8)

  private static let troubles: [(bytes: [UInt8], expected: String)] = [
    (utf8 + [0xE5, 0xA4, 0xFF, 0x0A], "2:1 text.utf8 7"),
    (utf8 + gb18030, "2:1 text.mixed 7"),
    (gb18030 + utf8, "2:1 text.mixed —"),
    (gb18030 + [0x61, 0xFF, 0x0A], "2:2 text.character 6"),
    ([0x61, 0x0A, 0xCC], "2:1 text.character 2"),
    ([0x61, 0x2C, 0x00, 0x0A], "1:3 text.binary 2"),
    ([0x50, 0x4B, 0x03, 0x04, 0x00], "1:5 text.binary 4"),
    ([0xFF, 0xFE, 0x61], "1:1 text.character 2"),
    ([0xFF, 0xFE, 0x61, 0x00, 0x00, 0xD8, 0x61, 0x00], "1:2 text.character 4"),
    ([0xEF, 0xBB, 0xBF, 0x61, 0x0A, 0xCC, 0xEC], "2:1 text.mixed 5"),
  ]

  @Test("what is in no encoding, or in two, is told with its place", arguments: troubles)
  func trouble(bytes: [UInt8], expected: String) throws { #expect(try decoded(bytes) == expected) }

  @Test("a line of GB18030 that happens to be UTF-8 does not make a file mixed")
  func chance() throws {
    var bytes: [UInt8] = []
    for _ in 0..<400 { bytes += [0xCC, 0xEC, 0xC9, 0xBD, 0x0A] }
    bytes += [0xD2, 0xAA, 0xC7, 0xBF, 0x0A]
    #expect(try decoded(bytes) == "GB18030 " + String(repeating: "天山\n", count: 400) + "要强\n")
  }

  @Test("a line of GB18030 among many short ones of UTF-8 does")
  func fewChineseCharacters() throws {
    let lines = [[UInt8]](repeating: Array("天山\n".utf8), count: 60).joined()
    #expect(try decoded(lines + Self.gb18030) == "61:1 text.mixed 420")
    #expect(try decoded(lines + [0xE5, 0xA4]) == "61:1 text.mixed 420")
  }

  @Test("characters at the ends of pieces stay whole")
  func pieces() throws {
    for shift in 0..<4 {
      let text = String(repeating: "a", count: shift) + String(repeating: "天山\u{20000}x\n", count: 80_000)
      #expect(try decoded(Array(text.utf8)) == "UTF-8 " + text)
      #expect(try decoded([0xFF, 0xFE] + utf16(text, isBigEndian: false)) == "UTF-16LE " + text)
      let line: [UInt8] = [0xCC, 0xEC, 0xC9, 0xBD, 0x95, 0x32, 0x82, 0x36, 0x78, 0x0A]
      let bytes = [UInt8](repeating: 0x61, count: shift) + [[UInt8]](repeating: line, count: 80_000).joined()
      #expect(try decoded(bytes) == "GB18030 " + text)
      #expect(try decoded(bytes + [0xFF]) == "80001:1 text.character \(bytes.count)")
    }
  }

  @Test func noBytesCrash() throws {
    var random = SeededGenerator(seed: 99)
    let signs: [UInt8] = [0x61, 0x0A, 0x2C, 0x30, 0x80, 0x81, 0xA1, 0xBF, 0xC2, 0xCC, 0xE4, 0xEC, 0xF0, 0xFE, 0xFF]
    for _ in 0..<3000 {
      let bytes = (0..<24).map { _ in signs.randomElement(using: &random) ?? 0 }
      _ = try decoded(bytes)
    }
  }
}
