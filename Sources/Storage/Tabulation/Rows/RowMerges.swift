import Spreadsheet

/// Merged cells among the records.
struct RowMerges {
  /// By rising first row.
  private let ranges: [CellRange]
  private var next = 0
  /// Those that reach over the row at hand, with what their first cell holds.
  private(set) var active: [(range: CellRange, cell: SheetCell)] = []

  init(_ ranges: [CellRange], from row: Int) {
    self.ranges = ranges.filter { $0.first.row >= row }.sorted { $0.first.row < $1.first.row }
  }

  /// Call with each row, by rising number.
  mutating func enter(_ row: SheetRow) {
    if !active.isEmpty { active.removeAll { $0.range.last.row < row.number } }
    while next < ranges.count, ranges[next].first.row <= row.number {
      let range = ranges[next]
      next += 1
      let cell = range.first.row == row.number ? row[range.first.column] : .empty
      if range.last.row >= row.number { active.append((range, cell)) }
    }
  }

  /// The merged cell that a place of the row at hand belongs to.
  func merge(at row: Int, _ column: Int) -> (range: CellRange, cell: SheetCell)? {
    if active.isEmpty { return nil }
    return active.first { $0.range.contains(CellReference(row: row, column: column)) }
  }

  /// Whether the cell at a place reaches over several columns.
  func spansColumns(_ row: Int, _ column: Int) -> Bool {
    merge(at: row, column).map { $0.range.last.column > $0.range.first.column } ?? false
  }
}
