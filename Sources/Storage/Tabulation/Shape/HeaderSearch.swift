import Policy
import Spreadsheet

/// Looks for the rows of a sheet that are the header of a table of records.
struct HeaderSearch {
  let grid: HeaderGrid
  let layouts: [HeaderLayout]
  let index: FieldIndex

  struct Found {
    var rows: ClosedRange<Int>
    var score: Int
  }

  /// The rows whose labels say the most; of those that say as much the fewest, and the first.
  func best() -> Found? {
    layouts.reduce(nil) { best, layout in
      let score = score(of: layout)
      return score > best?.score ?? 0 ? Found(rows: layout.rows, score: score) : best
    }
  }

  private func score(of layout: HeaderLayout) -> Int {
    var seen: Set<String> = []
    return layout.paths.reduce(0) { $0 + score(of: $1, &seen) }
  }

  private func score(of path: HeaderPath, _ seen: inout Set<String>) -> Int {
    let reading = path.reading(by: index)
    guard let finding = reading.finding else { return path.isSerial ? 1 : 0 }
    if reading.hasLeftoverBelow { return -3 }
    let isAnnual = finding.field.years != nil
    guard seen.insert("\(finding.field.id)@\(isAnnual ? path.years : [])").inserted else { return 0 }
    let forYear = isAnnual && (!path.years.isEmpty || path.yearsAgo != nil) ? 2 : 0
    let forUnit = finding.field.type.unit.flatMap { path.unit(of: $0.dimension) } == nil ? 0 : 1
    return (finding.match == .near ? 3 : 4) + forYear + forUnit
  }

  // Comparing for nearness takes its time.
  private static let mostNearRows = 20, mostNearColumns = 20, longestNear = 24

  /// When no name is known for sure: the row with the most names that are like a field's.
  func nearest() -> Found? {
    let scored = grid.rows.prefix(Self.mostNearRows).compactMap { row -> Found? in
      guard !grid.isTitle(row.number) else { return nil }
      return Found(rows: row.number...row.number, score: nearScore(of: row.number))
    }
    return scored.filter { $0.score > 0 }.reduce(nil) { best, found in
      found.score > best?.score ?? 0 ? found : best
    }
  }

  private func nearScore(of row: Int) -> Int {
    let labels = (grid.labels[row] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
    return labels.filter { $0.name.count <= Self.longestNear }.prefix(Self.mostNearColumns).count {
      (index.near($0.name).first?.nearness ?? 0) >= Nearness.proposed
    }
  }
}
