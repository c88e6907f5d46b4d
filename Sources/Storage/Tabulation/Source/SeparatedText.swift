import Diagnostics
import Spreadsheet

/// A text with separators, read row by row (RFC 4180, with any separator and any line end).
///
/// Rows are counted as a spreadsheet counts them: lines without cells count, line ends inside quotes do not.
final class SeparatedText {
  private let text: DecodedText
  private let name: String
  private let separator: UInt8
  private var bytes: [UInt8] = []
  private var position = 0
  private var number = 0
  private var cell: [UInt8] = []

  private static let mostCellBytes = 256 << 10

  init(path: String, separator: Separator, name: String) throws(Diagnostic) {
    text = try DecodedText(path: path)
    self.name = name
    self.separator = separator.byte
  }

  /// The next row with anything in it; nil at the end.
  func next() throws(Diagnostic) -> SheetRow? {
    while try peek() != nil {
      number += 1
      let entries = try entries()
      if !entries.isEmpty { return SheetRow(number: number, entries: entries) }
    }
    return nil
  }

  private func entries() throws(Diagnostic) -> [SheetRow.Entry] {
    var entries: [SheetRow.Entry] = []
    var column = 0
    repeat {
      column += 1
      guard column <= CellReference.lastColumn else {
        throw problem("tabulation.columns.many", column, ["limit": String(CellReference.lastColumn)])
      }
      let content = try content(column)
      if !content.isEmpty { entries.append(SheetRow.Entry(column: column, cell: SheetCell(.text(content)))) }
    } while try endsWithSeparator()
    return entries
  }

  /// Takes what stands behind a cell.
  private func endsWithSeparator() throws(Diagnostic) -> Bool {
    guard let byte = try peek() else { return false }
    position += 1
    if byte == separator { return true }
    if byte == Self.carriageReturn, try peek() == Self.lineFeed { position += 1 }
    return false
  }

  private func content(_ column: Int) throws(Diagnostic) -> String {
    cell.removeAll(keepingCapacity: true)
    while let byte = try peek(), byte == Self.space || byte == Self.tab, byte != separator { position += 1 }
    if try peek() == Self.quote { return try quoted(column) }
    while let byte = try peek(), byte != separator, byte != Self.lineFeed, byte != Self.carriageReturn {
      try take(byte, column)
    }
    return String(decoding: cell, as: UTF8.self).withoutOuterBlanks
  }

  private func quoted(_ column: Int) throws(Diagnostic) -> String {
    position += 1
    while let byte = try peek() {
      if byte != Self.quote {
        try take(byte, column)
        continue
      }
      position += 1
      guard try peek() == Self.quote else { return try closed(column) }
      try take(Self.quote, column)
    }
    throw problem("store.csv.quote", column)
  }

  /// Only blanks may stand between a closing quote and the end of the cell.
  private func closed(_ column: Int) throws(Diagnostic) -> String {
    while let byte = try peek(), byte == Self.space || byte == Self.tab, byte != separator { position += 1 }
    guard let byte = try peek(), byte != separator, byte != Self.lineFeed, byte != Self.carriageReturn else {
      return String(decoding: cell, as: UTF8.self)
    }
    throw problem("store.csv.after-quote", column)
  }

  private func take(_ byte: UInt8, _ column: Int) throws(Diagnostic) {
    guard cell.count < Self.mostCellBytes else {
      throw problem("tabulation.text.cell", column, ["limit": "\(Self.mostCellBytes >> 10) KiB"])
    }
    cell.append(byte)
    position += 1
  }

  private func peek() throws(Diagnostic) -> UInt8? {
    if position < bytes.count { return bytes[position] }
    guard let piece = try nextPiece(), !piece.isEmpty else { return nil }
    (bytes, position) = (piece, 0)
    return bytes[0]
  }

  private func nextPiece() throws(Diagnostic) -> [UInt8]? {
    do { return try text.next() } catch { throw error.naming(name, insteadOf: error.place.file) }
  }

  private func problem(_ code: String, _ column: Int, _ arguments: [String: String] = [:]) -> Diagnostic {
    Diagnostic(code, at: SourcePlace(file: name, line: number, column: column), arguments)
  }

  private static let quote = UInt8(ascii: "\""), space = UInt8(ascii: " "), tab = UInt8(ascii: "\t")
  private static let lineFeed = UInt8(ascii: "\n"), carriageReturn = UInt8(ascii: "\r")
}
