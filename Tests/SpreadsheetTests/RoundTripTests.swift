import Foundation
import Spreadsheet
import TestKit
import Testing

@Suite("Random sheets come back", .enabled(if: Python.hasSpreadsheets, "needs python3 with openpyxl"))
struct RoundTripTests {
  @Test("two hundred sheets of mixed cells are read back by us and by openpyxl, equal cell by cell")
  func sheets() throws {
    var random = SeededGenerator(seed: 20_260_215)
    let tables = (0..<200).map { _ in Self.table(&random) }
    try withFolder([:] as [String: String]) { folder in
      let path = folder + "/a.xlsx"
      var writer = try WorkbookWriter(path: path)
      for (number, rows) in tables.enumerated() {
        let columns = (0..<6).map { SheetPlan.Column("列\($0)") }
        try writer.beginSheet(SheetPlan(name: "表\(number)", columns: columns))
        for row in rows { try writer.write(row) }
      }
      try writer.close()

      let sheets = try Workbook.read(path: path)
      #expect(sheets.count == 200)
      for (sheet, rows) in zip(sheets, tables) {
        let expected = rows.enumerated().flatMap { Self.lines($1, row: $0 + 2) }
        let found = sheet.rows.dropFirst().flatMap { row in
          Self.lines(row.cells(width: 6).map(\.value), row: row.number)
        }
        #expect(found == expected)
      }
      let expected = tables.enumerated().flatMap { number, rows in
        rows.enumerated().flatMap { row, values in Self.lines(values, row: row + 2).map { "\(number) \($0)" } }
      }
      let found = try Python.run(Self.dump, [path]).split(separator: "\n").map(String.init)
      #expect(found == expected)
    }
  }

  private static func table(_ random: inout SeededGenerator) -> [[SheetCell.Value]] {
    (0..<Int.random(in: 0...30, using: &random)).map { _ in (0..<6).map { _ in value(&random) } }
  }

  private static func value(_ random: inout SeededGenerator) -> SheetCell.Value {
    switch Int.random(in: 0...6, using: &random) {
    case 0: return .empty
    case 1: return .truth(Bool.random(using: &random))
    case 2: return .date(date(&random, time: nil))
    case 3:
      let time = SheetTime(
        hour: Int.random(in: 0...23, using: &random), minute: 7, second: Int.random(in: 1...59, using: &random))
      return .date(date(&random, time: time))
    case 4, 5: return .number(SheetNumber(number(&random)))
    default: return .text(text(&random))
    }
  }

  private static func date(_ random: inout SeededGenerator, time: SheetTime?) -> SheetDate {
    SheetDate(
      year: Int.random(in: 1900...2199, using: &random), month: Int.random(in: 3...12, using: &random),
      day: Int.random(in: 1...28, using: &random), time: time)
  }

  /// Up to fifteen digits, the point anywhere, no needless zero.
  private static func number(_ random: inout SeededGenerator) -> String {
    let digits = String(
      Int.random(in: 1...999_999_999_999_999, using: &random) >> Int.random(in: 0...40, using: &random))
    guard digits != "0", Bool.random(using: &random) else { return digits }
    var fraction = "4" + digits.prefix(12)
    while fraction.last == "0" { fraction.removeLast() }
    return (Bool.random(using: &random) ? "-" : "") + "\(Int.random(in: 0...9, using: &random)).\(fraction)"
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    let pieces = [
      "天山", "=1", "<", "&", "\"", " ", "7", "_x0041_", "\t", "\u{1F600}", "é", "'", "+", "TRUE", "#N/A", "2024-01-01",
    ]
    return (0..<Int.random(in: 1...5, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  /// Each cell that holds anything as `row column kind value`.
  private static func lines(_ values: [SheetCell.Value], row: Int) -> [String] {
    values.enumerated().compactMap { column, value in
      let kind: String
      switch value {
      case .empty: return nil
      case .text: kind = "s"
      case .number: kind = "n"
      case .truth: kind = "b"
      default: kind = "d"
      }
      let text = if case .text(let text) = value { hexadecimal(text) } else { shown(value) }
      return "\(row) \(column + 1) \(kind) \(text)"
    }
  }

  private static func hexadecimal(_ text: String) -> String {
    text.utf8.map { String($0, radix: 16) }.joined()
  }

  private static let dump = """
    import datetime, decimal, sys, openpyxl
    from openpyxl.utils.escape import unescape
    def line(value):
      if isinstance(value, bool): return 'b ' + str(value).lower()
      if isinstance(value, (int, float)):
        return 'n ' + format(decimal.Decimal('%.15g' % value).normalize(), 'f')
      if isinstance(value, datetime.datetime):
        return 'd ' + value.strftime('%Y-%m-%d' if value.time() == datetime.time() else '%Y-%m-%d %H:%M:%S')
      return 's ' + ''.join('%x' % b for b in unescape(value).encode())
    for number, sheet in enumerate(openpyxl.load_workbook(sys.argv[1]).worksheets):
      for row in sheet.iter_rows(min_row=2):
        for cell in row:
          if cell.value is not None: print(number, cell.row, cell.column, line(cell.value))
    """
}
