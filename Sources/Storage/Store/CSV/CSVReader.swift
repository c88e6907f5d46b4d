public import Diagnostics
public import Policy

/// Reads comma-separated values (RFC 4180), keeping the place of every cell.
///
/// Line ends are `\n` or `\r\n`; a quoted cell may hold commas, line ends and doubled quotes. Spaces around unquoted cells
/// are dropped, and so are lines without any cell.
public struct CSVReader {
  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private var place: SourcePlace

  public static let maximumSize = 256 << 20

  public init(_ bytes: [UInt8], file: String) {
    self.init(bytes, at: SourcePlace(file: file))
  }

  /// - Parameter place: of the first byte.
  init(_ bytes: [UInt8], at place: SourcePlace) {
    self.bytes = bytes.withoutByteOrderMark
    position = self.bytes.startIndex
    self.place = place
  }

  /// How many bytes were read, a byte order mark among them.
  var offset: Int { position }

  /// The next row that holds a cell; nil at the end.
  /// - Throws: `store.csv.quote` when a quote is never closed, and `store.csv.after-quote`. Reading on starts behind it.
  public mutating func nextRow() throws(Diagnostic) -> [RawTable.Cell]? {
    while let byte = next, byte.isLineEnd { advance() }
    guard next != nil else { return nil }
    var row = [try cell()]
    while next == UInt8(ascii: ",") {
      advance()
      row.append(try cell())
    }
    return row
  }

  private mutating func cell() throws(Diagnostic) -> RawTable.Cell {
    while next == 0x20 || next == 0x09 { advance() }
    if next == UInt8(ascii: "\"") { return try quotedCell() }
    let start = place
    let first = position
    while let byte = next, byte != UInt8(ascii: ","), !byte.isLineEnd { advance() }
    let text = String(decoding: bytes[first..<position], as: UTF8.self)
    return RawTable.Cell(text.trimmingWhitespace, at: start)
  }

  private mutating func quotedCell() throws(Diagnostic) -> RawTable.Cell {
    let start = place
    var text: [UInt8] = []
    advance()
    while let byte = next {
      advance()
      guard byte == UInt8(ascii: "\"") else {
        text.append(byte)
        continue
      }
      if next != UInt8(ascii: "\"") { return try closed(text, from: start) }
      text.append(byte)
      advance()
    }
    throw Diagnostic("store.csv.quote", at: start)
  }

  /// Only spaces may stand between a closing quote and the end of the cell.
  private mutating func closed(_ text: [UInt8], from start: SourcePlace) throws(Diagnostic) -> RawTable.Cell {
    while next == 0x20 || next == 0x09 { advance() }
    if let byte = next, byte != UInt8(ascii: ","), !byte.isLineEnd {
      let problem = Diagnostic("store.csv.after-quote", at: place)
      while let byte = next, byte != UInt8(ascii: "\n") { advance() }
      throw problem
    }
    return RawTable.Cell(String(decoding: text, as: UTF8.self), at: start)
  }

  private var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func advance() {
    let byte = bytes[position]
    position += 1
    if byte == UInt8(ascii: "\n") {
      place.line += 1
      place.column = 1
    } else if byte & 0xC0 != 0x80 {
      place.column += 1
    }
  }
}

extension UInt8 {
  fileprivate var isLineEnd: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}

extension String {
  var trimmingWhitespace: String {
    guard let first = first, let last = last, first.isWhitespace || last.isWhitespace else { return self }
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
