/// A sheet as the workbook announces it.
public struct SheetHeading: Hashable, Sendable {
  public let name: String
  public let visibility: Visibility
  let part: String

  /// The letters are the standard's.
  public enum Visibility: String, Hashable, Sendable {
    case visible, hidden
    /// Only a program can show it again.
    case veryHidden
  }
}
