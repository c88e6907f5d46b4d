import Spreadsheet

/// What a spreadsheet calls a column: `AB`.
public enum ColumnName {
  public static func of(_ number: Int) -> String { CellReference.letters(ofColumn: number) }

  /// The number of a column that is named by its number or by its letters; nil for neither.
  public static func number(of text: String) -> Int? {
    let plain = text.compact.uppercased()
    let number = plain.isDigits ? Int(plain) : letters(plain)
    return number.flatMap { 1...CellReference.lastColumn ~= $0 ? $0 : nil }
  }

  private static let mostLetters = 3

  private static func letters(_ text: String) -> Int? {
    guard (1...mostLetters).contains(text.utf8.count), text.utf8.allSatisfy({ 0x41...0x5A ~= $0 }) else { return nil }
    return text.utf8.reduce(0) { $0 * 26 + Int($1) - 0x40 }
  }
}
