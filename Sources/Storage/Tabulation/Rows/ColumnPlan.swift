import Diagnostics
import Policy

/// A column that is read: where it stands, and what its canonical heading is.
struct ColumnPlan {
  let number: Int
  let heading: String
  let reader: CellReader

  init(_ column: TableShape.Column, _ field: Field, _ reader: CellReader) {
    number = column.number
    self.reader = reader
    let unit = field.type.unit == nil ? nil : column.unit ?? field.type.unit?.symbol
    heading = CanonicalHeading.text(field, year: column.year, unit: unit)
  }
}

/// Headings as facts are read by: `营业收入@2023（万元）`.
enum CanonicalHeading {
  static func text(_ field: Field, year: Int?, unit: String?) -> String {
    let name = year.map { "\(field.name)@\($0)" } ?? field.name
    return unit.map { "\(name)（\($0)）" } ?? name
  }
}
