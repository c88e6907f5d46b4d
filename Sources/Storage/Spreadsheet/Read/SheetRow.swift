/// A row of a sheet. Empty cells are left out, for a row may have its one cell in the last of 16,384 columns.
public struct SheetRow: Hashable, Sendable {
  /// Counted from 1. Rows without any cell are left out of a sheet, so numbers may jump.
  public let number: Int
  public let isHidden: Bool
  /// By rising column.
  public internal(set) var entries: [Entry] = []

  public struct Entry: Hashable, Sendable {
    public let column: Int
    public var cell: SheetCell

    public init(column: Int, cell: SheetCell) {
      self.column = column
      self.cell = cell
    }
  }

  /// - Parameter entries: by rising column.
  public init(number: Int, isHidden: Bool = false, entries: [Entry] = []) {
    self.number = number
    self.isHidden = isHidden
    self.entries = entries
  }

  /// How many columns the row reaches over.
  public var width: Int { entries.last?.column ?? 0 }

  /// The cell in a column counted from 1; empty where there is none.
  public subscript(column: Int) -> SheetCell {
    // Most rows have no gaps before the cell.
    if entries.indices.contains(column - 1), entries[column - 1].column == column { return entries[column - 1].cell }
    return entries.first { $0.column >= column }.flatMap { $0.column == column ? $0.cell : nil } ?? .empty
  }

  /// The cells of the first `width` columns, empty ones among them.
  public func cells(width: Int) -> [SheetCell] {
    var cells = [SheetCell](repeating: .empty, count: width)
    for entry in entries where entry.column <= width { cells[entry.column - 1] = entry.cell }
    return cells
  }
}
