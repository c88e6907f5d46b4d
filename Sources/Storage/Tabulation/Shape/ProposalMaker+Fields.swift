import Diagnostics
import Policy

/// Which field each column is.
extension ProposalMaker {
  func sureColumn(_ number: Int) -> TableShape.Column {
    let path = paths[number] ?? HeaderPath([])
    var column = TableShape.Column(number: number, label: path.text)
    if let finding = path.reading(by: index).finding {
      (column.field, column.match, column.nearness) = (finding.field.id, finding.match, finding.nearness)
    } else if path.isSerial {
      column.ignored = .serial
    } else {
      column.ignored = .unknown
    }
    return column
  }

  /// Proposes fields that are left for columns that are left.
  mutating func findNear() {
    let used = Set(shape.columns.compactMap(\.field))
    var triesLeft = Self.mostOfAKind
    for position in shape.columns.indices where shape.columns[position].ignored == .unknown && triesLeft > 0 {
      triesLeft -= 1
      let near = index.near(path(shape.columns[position]).word, but: used)
      guard let best = near.first, let measure = best.nearness, measure >= Nearness.proposed else {
        reportUnknown(shape.columns[position])
        continue
      }
      shape.columns[position].ignored = nil
      (shape.columns[position].field, shape.columns[position].match) = (best.field.id, .near)
      shape.columns[position].nearness = measure
    }
  }

  private mutating func reportUnknown(_ column: TableShape.Column) {
    let near = index.near(path(column).word)
    let fields = near.prefix(3).map { "\($0.field.name) \($0.nearness ?? 0)%" }.joined(separator: "、")
    let arguments = ["label": path(column).shown, "record": type.name, "near": fields.isEmpty ? "—" : fields]
    report("tabulation.column.unknown", .warning, column: column.number, arguments)
  }

  /// A column that is only like a field gives way to one that surely is it, and to one that is liker.
  mutating func dropDoubtedTwins() {
    for positions in twins() {
      let best = positions.max { rank($0) < rank($1) }
      for position in positions where position != best && shape.columns[position].match == .near {
        let column = shape.columns[position]
        shape.columns[position] = TableShape.Column(number: column.number, label: column.label, ignored: .unknown)
        reportUnknown(column)
      }
    }
  }

  private func rank(_ position: Int) -> Int {
    let column = shape.columns[position]
    return column.match == .near ? column.nearness ?? 0 : 1000
  }

  /// Positions of columns for one field and year, wherever there are several.
  func twins() -> [[Int]] {
    let named = shape.columns.indices.filter { shape.columns[$0].field != nil }
    let groups = Dictionary(grouping: named) { meaning(of: shape.columns[$0]) }.values
    return groups.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  private func meaning(of column: TableShape.Column) -> String {
    let field = column.field ?? ""
    guard type.field(named: field)?.years != nil else { return field }
    return "\(field)@\(path(column).years.sorted())@\(path(column).yearsAgo ?? 0)"
  }
}
