import TestKit
import Testing

@testable import Store

/// Cells are found where `CSVReader` finds them.
@Suite("Where the cells of CSV lie")
struct CellIndexTests {
  /// The cells of all records; nil when one is broken.
  private func cells(_ text: [UInt8], width: Int, cellsOfBlock: Int) -> [[String]]? {
    text.withUnsafeBufferPointer { bytes -> [[String]]? in
      guard let base = bytes.baseAddress else { return [] }
      var index = CellIndex(base, count: bytes.count, width: width, cellsOfBlock: cellsOfBlock)
      var rows: [[String]] = []
      do throws(BrokenRecord) {
        while try index.next() {
          for row in 0..<index.rows {
            rows.append((0..<width).map { self.text(of: index.cells(ofColumn: $0), row) })
          }
        }
      } catch {
        return nil
      }
      return rows
    }
  }

  private func text(of cells: CellColumn, _ row: Int) -> String {
    let text = cells.text(row)
    let bytes = cells.isDoubled(row) ? text.withoutDoubledQuotes : Array(text.bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func expected(_ text: [UInt8], width: Int) -> [[String]]? {
    var reader = CSVReader(text, file: "x.csv")
    var rows: [[String]] = []
    do {
      while let row = try reader.nextRow() {
        if row.count != width { return nil }
        rows.append(row.map(\.text))
      }
    } catch {
      return nil
    }
    return rows
  }

  @Test("random texts, in blocks of one record and more", arguments: 0..<20)
  func random(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let signs = Array("ab,,,\n\n\r\"\" \t\u{E9}0123456".utf8)
    var sound = 0
    for _ in 0..<2000 {
      let width = Int.random(in: 1...3, using: &random)
      let text = (0..<Int.random(in: 0...24, using: &random)).map { _ in signs.randomElement(using: &random) ?? 0 }
      let expected = expected(text, width: width)
      if expected != nil { sound += 1 }
      for size in [1, 7, 100] { #expect(cells(text, width: width, cellsOfBlock: size) == expected, "\(text)") }
    }
    #expect(sound > 50)
  }

  @Test("sound tables of quoted and empty cells", arguments: 0..<20)
  func tables(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let cells = [
      "", "a", "12.50", "long enough for more than a word", "\"\"", "\"a,b\"", "\"a\"\"b\"", " \"\n\" ", "x\"y", " z\t",
    ]
    for _ in 0..<200 {
      let width = Int.random(in: 1...12, using: &random)
      let rows = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        let others = (1..<width + 1).dropLast().map { _ in cells.randomElement(using: &random) ?? "" }
        return (["k"] + others).joined(separator: ",")
      }
      let text = Array(rows.joined(separator: Bool.random(using: &random) ? "\n" : "\r\n").utf8)
      let expected = expected(text, width: width)
      #expect(expected?.count == rows.count)
      #expect(self.cells(text, width: width, cellsOfBlock: 20) == expected)
    }
  }
}
