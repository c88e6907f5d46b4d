import Spreadsheet

/// Rows that may be a header together, with what stands over each column.
struct HeaderLayout {
  let rows: ClosedRange<Int>
  let paths: [HeaderPath]

  static let mostRows = 4
  /// Enough to tell a header by.
  private static let mostColumns = 256

  private init(_ rows: ClosedRange<Int>, in grid: HeaderGrid) {
    self.rows = rows
    paths = grid.columns(in: rows).prefix(HeaderLayout.mostColumns).map { HeaderPath(grid.path(to: $0, in: rows)) }
  }

  /// The fewest rows first, then from above. None of several rows speaks of the table as a whole.
  static func all(of grid: HeaderGrid) -> [HeaderLayout] {
    (1...mostRows).flatMap { count in
      let ranges = grid.rows.map(\.number).filter { $0 >= count }.map { ($0 - count + 1)...$0 }
      let possible = ranges.filter { $0.allSatisfy { grid.labels[$0] != nil && (count == 1 || !grid.isTitle($0)) } }
      return possible.map { HeaderLayout($0, in: grid) }
    }
  }
}
