import Spreadsheet

/// What a spreadsheet calls a column: `AB`.
enum ColumnName {
  static func of(_ number: Int) -> String { CellReference.letters(ofColumn: number) }
}
