import Diagnostics
import Policy
import Spreadsheet

/// Guards lines of CSV against being taken for formulas.
enum FormulaGuard {
  /// - Parameter line: with its end.
  static func guarded(_ line: [UInt8]) -> [UInt8] {
    var reader = CSVReader(line, file: "")
    guard let cells = try? reader.nextRow() else { return line }
    var guarded: [UInt8] = []
    CSVWriter.append(cells.map { spreadsheetSafe($0.text) }, to: &guarded)
    return guarded
  }
}
