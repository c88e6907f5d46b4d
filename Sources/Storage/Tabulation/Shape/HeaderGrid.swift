import Diagnostics
import Spreadsheet

/// The first rows of a sheet as a reader sees them: merged cells say the same everywhere.
struct HeaderGrid {
  static let mostRows = 50
  /// More of a heading is not looked at.
  private static let longestLabel = 200
  /// Columns that may stand under a label that is not merged.
  private static let mostUnder = 40
  /// Cells that merged ranges may fill.
  private static let mostSpread = 1 << 20

  /// By row number, then by column number.
  private(set) var labels: [Int: [Int: HeaderLabel]] = [:]
  /// The first rows that hold anything, by rising number.
  private(set) var rows: [SheetRow] = []
  private(set) var hiddenColumns: [ClosedRange<Int>] = []
  private let merged: [CellRange]

  init(_ source: TableSource, sheet: String, separator: Separator? = nil) throws(Diagnostic) {
    merged = try source.merged(in: sheet).filter { $0.first.row <= HeaderGrid.mostRows }
    let reader = try source.rows(of: sheet, separator: separator)
    while let row = try reader.next(), row.number <= HeaderGrid.mostRows { rows.append(row) }
    hiddenColumns = reader.hiddenColumns
    for row in rows { addLabels(of: row) }
    var room = HeaderGrid.mostSpread
    for range in merged where room > 0 { spread(range, &room) }
  }

  private mutating func addLabels(of row: SheetRow) {
    for entry in row.entries {
      let label = HeaderLabel(String(entry.cell.shownText.withoutOuterBlanks.prefix(HeaderGrid.longestLabel)))
      if !label.isEmpty { labels[row.number, default: [:]][entry.column] = label }
    }
  }

  private mutating func spread(_ range: CellRange, _ room: inout Int) {
    room -= (range.last.column - range.first.column + 1) * (range.last.row - range.first.row + 1)
    guard room > 0, let label = labels[range.first.row]?[range.first.column] else { return }
    for row in range.first.row...max(range.first.row, min(range.last.row, HeaderGrid.mostRows)) {
      for column in range.first.column...range.last.column { labels[row, default: [:]][column] = label }
    }
  }

  /// Columns with a label in one of the rows.
  func columns(in rows: ClosedRange<Int>) -> [Int] {
    Set(rows.flatMap { labels[$0].map { Array($0.keys) } ?? [] }).sorted()
  }

  /// What stands over a column, from above, each label once.
  func path(to column: Int, in rows: ClosedRange<Int>) -> [HeaderLabel] {
    var path: [HeaderLabel] = []
    for row in rows {
      guard let label = label(row, column, in: rows), label.text != path.last?.text else { continue }
      path.append(label)
    }
    return path
  }

  /// A blank cell above a year or a unit alone belongs to what stands left of it.
  private func label(_ row: Int, _ column: Int, in rows: ClosedRange<Int>) -> HeaderLabel? {
    if let label = labels[row]?[column] { return label }
    guard row < rows.upperBound, let below = labels[row + 1]?[column], below.isPure else {
      return nil
    }
    let left = (max(1, column - HeaderGrid.mostUnder)..<column).last { labels[row]?[$0] != nil }
    guard let left, (left...column).allSatisfy({ labels[row + 1]?[$0]?.isPure == true }) else { return nil }
    return labels[row]?[left]
  }

  /// Whether a row speaks of the table as a whole: one text alone, or lines such as “单位：万元”.
  func isTitle(_ row: Int) -> Bool {
    guard let labels = labels[row], let first = labels.values.first else { return false }
    if labels.values.contains(where: { TitleLine.isOne($0.comparable) }) { return true }
    return labels.values.allSatisfy { $0.text == first.text } && !(first.isPure && first.unit == nil)
  }

  /// The rows of a header with those above that hold some of its columns together: they may change what a name means.
  func withGroups(_ rows: ClosedRange<Int>) -> ClosedRange<Int> {
    var first = rows.lowerBound
    while rows.upperBound - first + 1 < HeaderLayout.mostRows, groups(first - 1), !isTitle(first - 1) { first -= 1 }
    return first...rows.upperBound
  }

  /// Whether a label of a row reaches over several columns.
  private func groups(_ row: Int) -> Bool {
    guard let labels = labels[row] else { return false }
    return labels.contains { $1.text == labels[$0 + 1]?.text }
  }

  /// Whether a column holds anything below the header.
  func holds(_ column: Int, below row: Int) -> Bool {
    rows.contains { $0.number > row && $0[column].value != .empty }
  }
}
