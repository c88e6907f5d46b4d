/// A sheet of a source. A text file is one sheet without name.
public struct TableSheet: Hashable, Sendable {
  public let name: String
  /// Hidden sheets are read only when they are named.
  public let isHidden: Bool
}
