/// Rows and columns count from 1; column 28 is `AB`.
public struct CellReference: Hashable, Sendable, CustomStringConvertible {
  public var row, column: Int

  public static let lastRow = 1_048_576
  public static let lastColumn = 16_384

  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  /// Reads `AB12`; nil when it is no place in a sheet.
  init?(_ text: some Sequence<UInt8>) {
    self.init(row: 0, column: 0)
    for byte in text {
      if byte.isDigit {
        guard column > 0, row > 0 || byte != UInt8(ascii: "0") else { return nil }
        row = row * 10 + Int(byte &- UInt8(ascii: "0"))
      } else {
        let letter = (byte & 0xDF) &- UInt8(ascii: "A")
        guard letter < 26, byte >= UInt8(ascii: "A"), row == 0 else { return nil }
        column = column * 26 + Int(letter) + 1
      }
      guard row <= CellReference.lastRow, column <= CellReference.lastColumn else { return nil }
    }
    guard row > 0 else { return nil }
  }

  /// `AB`
  public static func letters(ofColumn column: Int) -> String {
    var rest = column
    var letters: [UInt8] = []
    while rest > 0 {
      letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }

  public var description: String { CellReference.letters(ofColumn: column) + String(row) }
}
