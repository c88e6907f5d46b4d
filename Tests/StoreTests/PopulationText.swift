import FEEL
import Population

/// A population as lines of text, alike for columns that say the same in other codes, widths or scales: record type, key and
/// field of each cell that is not unknown, with its value, `none` or `dangling`.
func lines(_ population: Population) -> [String] {
  population.tables.values.sorted { $0.type < $1.type }.flatMap { table -> [String] in
    let columns = table.columns.sorted { ($0.key.field, $0.key.year ?? 0) < ($1.key.field, $1.key.year ?? 0) }
    let rows = (0..<table.count).map { row -> String in
      let cells = columns.compactMap { key, column -> String? in
        guard let text = text(column, row, population) else { return nil }
        return "\(key.field)\(key.year.map { "@\($0)" } ?? "")=\(text)"
      }
      return "\(table.type) \(table.keys[row]): \(cells.joined(separator: " "))"
    }
    return ["\(table.type) \(population.unsuitable[table.type, default: []].sorted())"] + rows
  }
}

private func text(_ column: Column, _ row: Int, _ population: Population) -> String? {
  switch column.state(row) {
  case .unknown: return nil
  case .none: return "none"
  case .dangling: return "dangling"
  case .given: break
  }
  let value = column.cells[row]
  switch column.kind {
  case .number(let scale): return Decimal128(Int128(value), exponent: -scale)?.description ?? "?"
  case .truth: return value == 0 ? "no" : "yes"
  case .date: return CalendarDate(dayNumber: Int(value))?.description ?? "?"
  case .text(let pool): return "“\(pool.texts[Int(value)])”"
  case .reference(let table): return "→\(population.tables[table]?.keys[Int(value)] ?? "?")"
  }
}
