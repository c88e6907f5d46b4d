import Diagnostics
import FEEL
public import Policy

extension Population {
  /// The records of the columns as the interpreter reads them: nothing is copied, and each record and each list of records is
  /// looked up when it is asked for. Values are as `FactReader` gives them; fields that are ``unsuitable`` are unknown.
  ///
  /// Keep it: finding records by their keys takes an index of each table, which is made when it is first needed.
  /// - Parameters:
  ///   - dictionary: the one that the columns were made by.
  ///   - file: what the places of the records name; their lines count the rows from 1.
  public func facts(by dictionary: DataDictionary, file: String = "columns") -> Facts {
    let indices = KeyIndices(tables)
    var facts = Facts()
    for (name, table) in tables {
      guard let type = dictionary[name] else { continue }
      let fields = type.fields.filter { unsuitable[name]?.contains($0.name) != true }
      facts[name] = FactTable(ColumnRecords(fields, table, indices, file: file))
    }
    return facts
  }
}

/// Finds the rows of every table by their keys.
private final class KeyIndices: Sendable {
  private let pools: [String: TextPool]

  init(_ tables: [String: ColumnTable]) { pools = tables.mapValues { TextPool($0.keys) } }

  func row(_ key: String, in table: String) -> Int? { pools[table]?.code(of: key) }
  func key(_ row: Int, in table: String) -> String? {
    pools[table].flatMap { $0.texts.indices.contains(row) ? $0.texts[row] : nil }
  }
}

/// The rows of a table of columns as records.
private final class ColumnRecords: RecordSource {
  private let table: ColumnTable
  private let fields: [String: FieldColumns]
  private let indices: KeyIndices
  private let file: String

  /// Where a field's values are.
  private enum FieldColumns {
    case single(Column)
    /// By fiscal year.
    case annual([(year: Int, column: Column)])
  }

  init(_ known: [Field], _ table: ColumnTable, _ indices: KeyIndices, file: String) {
    self.table = table
    self.indices = indices
    self.file = file
    var fields: [String: FieldColumns] = [:]
    for field in known {
      if field.years == nil {
        fields[field.name] = table.columns[ColumnTable.Key(field.name)].map { .single($0) }
      } else {
        let years = table.columns.compactMap { key, column in
          key.field == field.name ? key.year.map { (year: $0, column: column) } : nil
        }
        if !years.isEmpty { fields[field.name] = .annual(years.sorted { $0.year < $1.year }) }
      }
    }
    self.fields = fields
  }

  var count: Int { table.count }

  func key(at position: Int) -> String { table.keys[position] }

  func place(at position: Int) -> SourcePlace { SourcePlace(file: file, line: position + 1) }

  func cell(_ field: String, at position: Int) -> FactRow.Cell? { fields[field].flatMap { cell($0, at: position) } }

  func cells(at position: Int) -> [String: FactRow.Cell] { fields.compactMapValues { cell($0, at: position) } }

  func position(of key: String) -> Int? { indices.row(key, in: table.type) }

  func positions(where field: String, refersTo key: String) -> [Int] {
    guard case .single(let column)? = fields[field], case .reference(let target) = column.kind,
      let parent = indices.row(key, in: target), let segments = table.children[field],
      parent + 1 < segments.offsets.count
    else { return [] }
    return (segments.offsets[parent]..<segments.offsets[parent + 1]).map { Int(segments.rows[Int($0)]) }
  }

  // MARK: cells

  private func cell(_ columns: FieldColumns, at row: Int) -> FactRow.Cell? {
    switch columns {
    case .single(let column): return cell(column, at: row)
    case .annual(let years):
      var values: [Int: Value?] = [:]
      for (year, column) in years {
        switch column.state(row) {
        case .given: values.updateValue(column.value(row), forKey: year)
        case .none: values.updateValue(Value?.none, forKey: year)
        case .unknown, .dangling: continue
        }
      }
      return values.isEmpty ? nil : .annual(values)
    }
  }

  private func cell(_ column: Column, at row: Int) -> FactRow.Cell? {
    switch column.state(row) {
    case .unknown: return nil
    case .none: return FactRow.Cell.none
    case .dangling: return .reference(Self.nowhere)
    case .given: break
    }
    guard case .reference(let target) = column.kind else { return column.value(row).map { .value($0) } }
    return .reference(indices.key(Int(column.whole(row)), in: target) ?? Self.nowhere)
  }

  /// A key that no record has.
  private static let nowhere = ""
}

extension Column {
  /// The value of a row in which it is given; nil for references.
  fileprivate func value(_ row: Int) -> Value? {
    let whole = whole(row)
    switch kind {
    case .number(let scale): return Decimal128(Int128(whole), exponent: -scale).map { .number($0) }
    case .truth: return .boolean(whole != 0)
    case .date: return CalendarDate(dayNumber: Int(whole)).map { .date($0) }
    case .text(let pool): return .string(pool.texts[Int(whole)])
    case .reference: return nil
    }
  }
}
