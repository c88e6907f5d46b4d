public import Diagnostics
import Policy

/// What a person has decided, and what is still to be decided.
extension Proposal {
  /// What must still be confirmed or mended before the rows can be read.
  public var open: [Diagnostic] { diagnostics.filter { $0.severity == .error && isOpen($0) } }

  private func isOpen(_ problem: Diagnostic) -> Bool {
    let column = shape.columns.first { $0.number == problem.place.column }
    switch problem.code {
    case "tabulation.column.near": return column?.match == .near
    case "tabulation.year.assumed": return column?.isYearAssumed == true
    case "tabulation.year.missing", "tabulation.column.years": return column?.field != nil && column?.year == nil
    case "tabulation.column.twice", "tabulation.records.beside": return shape.hasTwins
    case "policy.facts.key-column": return !shape.columns.contains { $0.field == type.field(named: type.key)?.id }
    // What a column measures is unknown, so that it is left out until somebody says what becomes of it.
    default: return column?.ignored == .unknown
    }
  }

  /// Accepts whatever is proposed.
  public mutating func confirmAll() {
    for number in shape.columns.map(\.number) { shape.confirm(column: number) }
  }

  /// Takes over what was decided for an earlier table.
  /// - Returns: false, and nothing is changed, when this one has another header, or years or units of the whole table differ.
  public mutating func adopt(_ known: TableShape) -> Bool {
    guard known.record == shape.record, known.title == shape.title, known.labels == shape.labels,
      known.columns.allSatisfy({ $0.field.map { type.field(named: $0) != nil } ?? true })
    else { return false }
    let decided = Dictionary(known.columns.map { ($0.number, $0) }) { first, _ in first }
    shape.columns = shape.columns.map { $0.label.isEmpty ? $0 : decided[$0.number] ?? $0 }
    return true
  }
}

extension TableShape {
  /// Headings for comparing, by the numbers of their columns.
  public var labels: [Int: String] {
    let named = columns.filter { !$0.label.isEmpty }.map { ($0.number, $0.label.compact) }
    return Dictionary(named) { first, _ in first }
  }

  /// Whether two columns are read as the same.
  var hasTwins: Bool {
    let meanings = columns.compactMap { column in column.field.map { "\($0)@\(column.year ?? 0)" } }
    return Set(meanings).count < meanings.count
  }
}
