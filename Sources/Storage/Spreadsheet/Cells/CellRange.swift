/// A rectangle of cells.
public struct CellRange: Hashable, Sendable, CustomStringConvertible {
  public var first, last: CellReference

  public init(from first: CellReference, to last: CellReference) {
    self.first = CellReference(row: min(first.row, last.row), column: min(first.column, last.column))
    self.last = CellReference(row: max(first.row, last.row), column: max(first.column, last.column))
  }

  /// Reads `A1:B3` or `A1`; nil when it is no range.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first.flatMap({ CellReference($0) }),
      let last = parts.last.flatMap({ CellReference($0) })
    else { return nil }
    self.init(from: first, to: last)
  }

  public func contains(_ place: CellReference) -> Bool {
    (first.row...last.row).contains(place.row) && (first.column...last.column).contains(place.column)
  }

  public var description: String { "\(first):\(last)" }
}
