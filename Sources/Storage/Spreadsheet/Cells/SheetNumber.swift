/// A number as its decimal text: `1234567.89`, without exponent.
public struct SheetNumber: Hashable, Sendable {
  /// At most fifteen significant digits when it was read: a spreadsheet knows no more.
  public var text: String
  public var format: Format

  /// How the spreadsheet shows the number; `text` is the number itself all the same.
  public enum Format: Hashable, Sendable {
    case general
    /// `0.125` is shown as `12.5%`.
    case percent
    /// A span of time, counted in days: `1.5` is shown as `36:00`.
    case elapsed
  }

  public init(_ text: String, _ format: Format = .general) {
    self.text = text
    self.format = format
  }

  /// Whether the spreadsheet kept the leading digits only, as it does with the number of an identity card.
  public var mayLackDigits: Bool { text.utf8.prefix { $0 != UInt8(ascii: ".") }.count(where: \.isDigit) > 15 }
}

extension UInt8 {
  var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}
