/// A sheet read whole.
public struct Sheet: Sendable {
  public let name: String
  public let visibility: SheetHeading.Visibility
  public let rows: [SheetRow]
  /// Ranges that are shown as one cell; only the first cell of each holds anything.
  public let merged: [CellRange]
  public let hiddenColumns: [ClosedRange<Int>]

  public var isHidden: Bool { visibility != .visible }

  /// How many columns the sheet has anything in, whatever it says of itself.
  public var width: Int { rows.map(\.width).max() ?? 0 }

  /// The cell at a place; within a merged range that of the range as a whole.
  public subscript(place: CellReference) -> SheetCell {
    let first = merged.first { $0.contains(place) }?.first ?? place
    return row(first.row)?[first.column] ?? .empty
  }

  private func row(_ number: Int) -> SheetRow? {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return rows.indices.contains(low) && rows[low].number == number ? rows[low] : nil
  }
}
