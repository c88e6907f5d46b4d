import Policy
import Spreadsheet

/// Looks for the rows of a sheet that are the header of a table of records.
struct HeaderSearch {
  let grid: HeaderGrid
  let index: FieldIndex

  struct Found {
    var rows: ClosedRange<Int>
    var score: Int
  }

  static let mostHeaderRows = 4
  /// Enough to tell a header by.
  private static let mostColumns = 256

  /// The rows whose labels say the most; of those that say as much the fewest, and the first.
  func best() -> Found? {
    var best: Found?
    for depth in 1...HeaderSearch.mostHeaderRows {
      for rows in ranges(of: depth) {
        let score = score(of: rows)
        if score > best?.score ?? 0 { best = Found(rows: rows, score: score) }
      }
    }
    return best
  }

  /// Rows that may be a header together: none of them speaks of the table as a whole.
  private func ranges(of depth: Int) -> [ClosedRange<Int>] {
    grid.rows.map(\.number).filter { $0 >= depth }.map { ($0 - depth + 1)...$0 }.filter { rows in
      rows.allSatisfy { grid.labels[$0] != nil && (rows.count == 1 || !grid.isTitle($0)) }
    }
  }

  private func score(of rows: ClosedRange<Int>) -> Int {
    var seen: Set<String> = []
    return grid.columns(in: rows).prefix(HeaderSearch.mostColumns).reduce(0) { sum, column in
      sum + score(of: grid.path(to: column, in: rows), &seen)
    }
  }

  private func score(of labels: [HeaderLabel], _ seen: inout Set<String>) -> Int {
    let path = HeaderPath(labels)
    let reading = path.reading(by: index)
    guard let finding = reading.finding else { return path.isSerial ? 1 : 0 }
    if reading.hasLeftoverBelow { return -3 }
    let isAnnual = finding.field.years != nil
    guard seen.insert("\(finding.field.id)@\(isAnnual ? path.years : [])").inserted else { return 0 }
    let forYear = isAnnual && (!path.years.isEmpty || path.yearsAgo != nil) ? 2 : 0
    let forUnit = path.unit != nil && path.unit?.dimension == finding.field.type.unit?.dimension ? 1 : 0
    return (finding.match == .near ? 3 : 4) + forYear + forUnit
  }

  /// When no name is known for sure: the row with the most names that are like a field's.
  func nearest() -> Found? {
    let scored = grid.rows.compactMap { row -> Found? in
      guard !grid.isTitle(row.number) else { return nil }
      return Found(rows: row.number...row.number, score: nearScore(of: row.number))
    }
    return scored.filter { $0.score > 0 }.reduce(nil) { best, found in
      found.score > best?.score ?? 0 ? found : best
    }
  }

  private func nearScore(of row: Int) -> Int {
    let labels = (grid.labels[row] ?? [:]).sorted { $0.key < $1.key }.prefix(40).map(\.value)
    return labels.count { (index.near($0.name).first?.nearness ?? 0) >= Nearness.proposed }
  }
}
