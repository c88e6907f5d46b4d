import FEEL

extension FactTable {
  /// The table as text, in the form in which facts are read: fields that some row knows, numbers in the base unit,
  /// one column per fiscal year.
  public func rows(of type: RecordType) -> (header: [String], rows: [[String]]) {
    let columns = type.fields.flatMap { field in self.columns(of: field, isKey: field.name == type.key) }
    let texts = rows.map { row in columns.map { $0.text(in: row) } }
    return (columns.map { $0.header }, texts)
  }

  private func columns(of field: Field, isKey: Bool) -> [TextColumn] {
    if isKey { return [TextColumn(field: field, year: nil, isKey: true)] }
    let cells = rows.compactMap { $0[field.name] }
    guard field.years != nil else { return cells.isEmpty ? [] : [TextColumn(field: field, year: nil, isKey: false)] }
    let years = Set(
      cells.flatMap { cell -> [Int] in if case .annual(let values) = cell { Array(values.keys) } else { [] } })
    return years.sorted(by: >).map { TextColumn(field: field, year: $0, isKey: false) }
  }
}

/// A column of facts written out as text.
package struct TextColumn: Sendable {
  private let field: Field
  private let year: Int?
  private let isKey: Bool

  /// What stands for a known none.
  package static var none: String { Keywords.shared.word("none", as: .word) }

  /// What stands for a truth.
  package static func text(of truth: Bool) -> String { ValueType(.boolean).text(of: .boolean(truth)) }

  package init(field: Field, year: Int?, isKey: Bool) {
    (self.field, self.year, self.isKey) = (field, year, isKey)
  }

  /// Values are in the base unit; the header says so where the field's own unit is another.
  package var header: String {
    let name = year.map { "\(field.name)@\($0)" } ?? field.name
    guard let unit = field.type.unit, !unit.isBase else { return name }
    return "\(name)（\(unit.base.symbol)）"
  }

  package func text(in row: FactRow) -> String {
    if isKey { return row.key }
    switch row[field.name] {
    case nil: return ""
    case FactRow.Cell.none?: return Keywords.shared.word("none", as: .word)
    case .value(let value)?: return field.type.text(of: value)
    case .reference(let key)?: return key
    case .annual(let values)?:
      guard let year, let value = values[year] else { return "" }
      return value.map { field.type.text(of: $0) } ?? Keywords.shared.word("none", as: .word)
    }
  }
}
