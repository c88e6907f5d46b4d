/// Where in a source text something stands. Lines and columns count from 1; columns count Unicode scalars.
public struct SourcePlace: Hashable, Sendable, Comparable, CustomStringConvertible {
  public var file: String
  public var line: Int
  public var column: Int

  public init(file: String, line: Int = 1, column: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
  }

  public var description: String { "\(file):\(line):\(column)" }

  public static func < (lhs: SourcePlace, rhs: SourcePlace) -> Bool {
    (lhs.file, lhs.line, lhs.column) < (rhs.file, rhs.line, rhs.column)
  }

  /// The place `offset` Unicode scalars further in `text`, when `text` begins at this place.
  public func advanced(by offset: Int, in text: String) -> SourcePlace {
    var place = self
    for scalar in text.unicodeScalars.prefix(offset) {
      if scalar == "\n" {
        place.line += 1
        place.column = 1
      } else {
        place.column += 1
      }
    }
    return place
  }
}
