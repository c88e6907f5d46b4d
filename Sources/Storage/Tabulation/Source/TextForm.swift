public import Spreadsheet

/// How a text file holds a table.
public struct TextForm: Hashable, Sendable {
  public let encoding: TextEncoding
  public let separator: Separator
}

/// What stands between the cells of a line.
public enum Separator: String, CaseIterable, Codable, Sendable {
  case comma = ","
  case semicolon = ";"
  case tab = "\t"

  var byte: UInt8 { rawValue.utf8.first ?? 0 }
}
