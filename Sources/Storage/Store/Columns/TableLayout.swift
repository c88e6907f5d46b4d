import Diagnostics
import FEEL
import Policy
import Population

/// What the cells of a CSV file become, by its header and the dictionary.
struct TableLayout: Sendable {
  struct Entry: Sendable {
    var column: FactReader.Column
    var form: Form
    /// What the texts of the field may be; empty when they may be any.
    var values: [String]
    var isCreditCode: Bool

    init(column: FactReader.Column, form: Form) {
      (self.column, self.form) = (column, form)
      values = column.field.values
      isCreditCode = column.field.type.kind == .uscc
    }

    var key: ColumnTable.Key { ColumnTable.Key(column.field.name, year: column.year) }
  }

  enum Form: Sendable {
    /// Each number times 10^`power` is in the base unit.
    case number(power: Int)
    case truth
    case date
    case text
    case reference(table: String)
  }

  let type: RecordType
  let entries: [Entry]
  /// Which of the entries is the key.
  let key: Int

  /// - Returns: nil for what only `FactReader` reads: problems of the header, two columns of one field, keys that are no text,
  ///   and kinds of fields that no column holds.
  init?(header: [RawTable.Cell], of typeName: String, _ reader: inout FactReader) {
    let place = SourcePlace(file: "")
    guard let (type, columns, key) = reader.layout(of: header, for: typeName, at: place), reader.diagnostics.isEmpty
    else { return nil }
    var entries: [Entry] = []
    var seen: Set<ColumnTable.Key> = []
    for column in columns {
      guard let column, let form = Self.form(of: column) else { return nil }
      let entry = Entry(column: column, form: form)
      guard seen.insert(entry.key).inserted else { return nil }
      entries.append(entry)
    }
    guard case .text = entries[key].form, entries[key].column.year == nil else { return nil }
    (self.type, self.entries, self.key) = (type, entries, key)
  }

  private static func form(of column: FactReader.Column) -> Form? {
    let type = column.field.type
    switch type.kind {
    case .number:
      guard let power = powerOfTen((column.unit ?? type.unit)?.factor ?? .one) else { return nil }
      return .number(power: power)
    case .boolean: return .truth
    case .date: return .date
    case .text, .uscc: return .text
    case .reference:
      guard let table = type.record, column.year == nil else { return nil }
      return .reference(table: table)
    case .list, .context: return nil
    }
  }

  private static func powerOfTen(_ factor: Decimal128) -> Int? {
    guard var digits = factor.scaled(by: 9), digits > 0 else { return nil }
    var power = -9
    while digits % 10 == 0 { (digits, power) = (digits / 10, power + 1) }
    return digits == 1 ? power : nil
  }
}
