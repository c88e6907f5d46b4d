import Diagnostics
import JSON
import Spreadsheet

extension Provenance {
  /// Rows of the last sheet that are looked at.
  private static let mostRows = 200

  /// What the last sheet of an exported workbook says beside the name ``fileName``; nil for any other file.
  static func read(inWorkbook path: String) throws(Diagnostic) -> Provenance? {
    guard path.lowercased().hasSuffix(".xlsx"), let book = try? WorkbookReader(path: path),
      book.sheets.count > 1, let sheet = book.sheets.last, let rows = try? book.rows(of: sheet)
    else { return nil }
    for _ in 0..<mostRows {
      // What is wrong with the file is told where it is read.
      guard let row = try? rows.next() else { return nil }
      if row[1].value == .text(fileName), case .text(let text) = row[2].value {
        return Provenance(try JSONNode.read(text, file: path.lastComponent).value)
      }
    }
    return nil
  }
}
