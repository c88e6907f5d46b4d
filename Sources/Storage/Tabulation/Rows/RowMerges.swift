import Spreadsheet

/// Merged cells among the records.
struct RowMerges {
  /// By rising first row.
  private let ranges: [CellRange]
  /// Those that matter, by rising number.
  private let columns: [Int]
  private var next = 0
  /// What reaches over the row at hand or over one before it, by column, with what its first cell holds.
  private var merges: [Int: (range: CellRange, cell: SheetCell)] = [:]

  init(_ ranges: [CellRange], from row: Int, columns: Set<Int>) {
    self.ranges = ranges.filter { $0.first.row >= row }.sorted { $0.first.row < $1.first.row }
    self.columns = columns.sorted()
  }

  /// Call with each row, by rising number.
  mutating func enter(_ row: SheetRow) {
    while next < ranges.count, ranges[next].first.row <= row.number {
      let range = ranges[next]
      next += 1
      let cell = range.first.row == row.number ? row[range.first.column] : .empty
      for column in columns where range.first.column...range.last.column ~= column { merges[column] = (range, cell) }
    }
  }

  /// The merged cell that a place of the row at hand belongs to.
  func merge(at row: Int, _ column: Int) -> (range: CellRange, cell: SheetCell)? {
    guard !merges.isEmpty, let merge = merges[column], merge.range.last.row >= row else { return nil }
    return merge
  }

  /// Whether the cell at a place reaches over several columns.
  func spansColumns(_ row: Int, _ column: Int) -> Bool {
    merge(at: row, column).map { $0.range.last.column > $0.range.first.column } ?? false
  }
}
