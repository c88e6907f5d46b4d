public import Diagnostics
import FEEL

/// Turns tables of text (an example's, a CSV file's, a JSON document's) into facts, by the dictionary.
/// Collects every problem with its row and column.
public struct FactReader: Sendable {
  public private(set) var diagnostics: [Diagnostic] = []
  public private(set) var facts = Facts()
  private let dictionary: DataDictionary
  private let allowsShortCodes: Bool
  private let keywords = Keywords.shared

  /// - Parameter allowsShortCodes: examples may name enterprises by short words instead of verified codes.
  public init(dictionary: DataDictionary, allowsShortCodes: Bool = false) {
    self.dictionary = dictionary
    self.allowsShortCodes = allowsShortCodes
  }

  public mutating func start(from facts: Facts) { self.facts = facts }

  /// Declares that there are no records of the type, unless rows follow.
  public mutating func setNone(_ typeName: String, at place: SourcePlace) {
    guard let type = type(named: typeName, at: place) else { return }
    if facts[type.name] == nil { facts[type.name] = FactTable() }
  }

  /// Reads rows whose first header cell is the key of the type.
  public mutating func add(_ table: RawTable, of typeName: String) {
    guard let (type, columns, keyColumn) = layout(of: table.header, for: typeName, at: table.place) else { return }
    var merged = facts[type.name] ?? FactTable()
    var seen: Set<String> = []
    for row in table.rows {
      guard let fact = self.row(row, columns, keyColumn, type) else { continue }
      if !seen.insert(fact.key).inserted {
        report("policy.facts.key-twice", fact.place, ["record": type.name, "key": fact.key])
      }
      merged.merge(fact)
    }
    facts[type.name] = merged
  }

  /// Call when all tables are in: references must lead to records that are there. Those of a source are not looked at again.
  public mutating func close() {
    for type in dictionary.types {
      let references = type.fields.filter { $0.type.record != nil }
      for row in facts[type.name]?.merged ?? [] {
        for field in references {
          guard case .reference(let key)? = row[field.name], !key.isEmpty, let record = field.type.record,
            let table = facts[record], table[key] == nil
          else { continue }
          let near = nearWord(to: key, among: table.rows.prefix(1000).map(\.key)) ?? "—"
          report(
            "policy.facts.reference", row.place, ["field": field.name, "key": key, "record": record, "near": near])
        }
      }
    }
  }

  /// What a column of a table holds.
  package struct Column: Sendable {
    package var field: Field
    /// As the header has it.
    package var unit: Unit?
    package var year: Int?
    package var header: String
  }

  /// What the columns under a header are, and which of them is the key; nil when rows cannot be read by it.
  package mutating func layout(
    of header: [RawTable.Cell], for typeName: String, at place: SourcePlace
  ) -> (type: RecordType, columns: [Column?], key: Int)? {
    guard let type = type(named: typeName, at: place) else { return nil }
    let columns = header.enumerated().map { index, cell in
      column(cell, of: type, isFirst: index == 0, title: typeName)
    }
    guard let key = columns.firstIndex(where: { $0?.field.name == type.key }) else {
      report("policy.facts.key-column", place, ["record": type.name, "field": type.key])
      return nil
    }
    return (type, columns, key)
  }

  private mutating func type(named name: String, at place: SourcePlace) -> RecordType? {
    if let type = dictionary[name] ?? dictionary.type(withID: name) { return type }
    let near = nearWord(to: name, among: dictionary.types.flatMap { [$0.name, $0.id] }) ?? "—"
    report("policy.facts.record", place, ["record": name, "near": near])
    return nil
  }

  /// `营业收入@2023（万元）`
  private mutating func column(_ cell: RawTable.Cell, of type: RecordType, isFirst: Bool, title: String) -> Column? {
    let header = HeaderCell(cell.text)
    var name = header.name
    var year: Int?
    if let at = name.lastIndex(of: "@") {
      year = Int(name[name.index(after: at)...])
      name = name[..<at].trimmed
    }
    if isFirst, name == type.name || name == type.id || name == title { name = type.key }
    guard let field = type.field(named: name) else {
      let near = nearWord(to: name, among: type.fields.map(\.name)) ?? "—"
      report("policy.facts.column", cell.place, ["column": name, "record": type.name, "near": near])
      return nil
    }
    if (field.years != nil) != (year != nil) {
      report("policy.facts.year", cell.place, ["column": name])
      return nil
    }
    guard let symbol = header.unit else { return Column(field: field, year: year, header: cell.text) }
    guard let unit = Unit.named(symbol), unit.dimension == (field.type.unit?.dimension ?? "") else {
      let expected = field.type.unit?.symbol ?? "—"
      report("policy.facts.unit", cell.place, ["column": name, "unit": symbol, "expected": expected])
      return nil
    }
    return Column(field: field, unit: unit, year: year, header: cell.text)
  }

  private mutating func row(
    _ row: [RawTable.Cell], _ columns: [Column?], _ keyColumn: Int, _ type: RecordType
  ) -> FactRow? {
    guard row.count == columns.count else {
      let place = row.first?.place ?? type.place
      report("policy.facts.width", place, ["cells": String(row.count), "columns": String(columns.count)])
      return nil
    }
    let key = row[keyColumn]
    guard !key.text.isEmpty else {
      report("policy.facts.key-empty", key.place, ["field": type.key])
      return nil
    }
    var fact = FactRow(key: key.text, cells: [:], place: key.place)
    for (cell, column) in zip(row, columns) {
      guard let column, !cell.text.isEmpty, let read = read(cell, column) else { continue }
      if let year = column.year {
        var years: [Int: Value?] = [:]
        if case .annual(let known)? = fact.cells[column.field.name] { years = known }
        if case .value(let value) = read { years.updateValue(value, forKey: year) }
        if case .none = read { years.updateValue(Value?.none, forKey: year) }
        fact.cells[column.field.name] = .annual(years)
      } else {
        fact.cells[column.field.name] = read
      }
    }
    return fact
  }

  /// One cell that is not empty; nil when it cannot be read, which is reported.
  package mutating func read(_ cell: RawTable.Cell, _ column: Column) -> FactRow.Cell? {
    if keywords.isWord(cell.text, "none") { return FactRow.Cell.none }
    if column.field.type.kind == .reference { return .reference(cell.text) }
    let type = column.field.type
    guard let value = value(cell, type, unit: column.unit) else { return nil }
    if !column.field.values.isEmpty, case .string(let text) = value, !column.field.values.contains(text) {
      let near = nearWord(to: text, among: column.field.values) ?? column.field.values.joined(separator: "、")
      report("policy.facts.value", cell.place, ["column": column.header, "value": text, "near": near])
      return nil
    }
    return .value(value)
  }

  private mutating func value(_ cell: RawTable.Cell, _ type: ValueType, unit: Unit?) -> Value? {
    switch type.kind {
    case .number: return number(cell, type, unit: unit)
    case .boolean: return boolean(cell)
    case .date:
      if let date = CalendarDate(cell.text) { return .date(date) }
      report("policy.facts.date", cell.place, ["value": cell.text])
      return nil
    case .uscc:
      if let problem = UnifiedSocialCreditCode.problem(in: cell.text), !allowsShortCodes || cell.text.count == 18 {
        if let near = UnifiedSocialCreditCode.correction(of: cell.text) {
          report("policy.facts.uscc.near", cell.place, ["value": cell.text, "near": near])
        } else {
          report(problem.code, cell.place, ["value": cell.text].merging(problem.arguments) { $1 })
        }
        return nil
      }
      return .string(cell.text)
    default: return .string(cell.text)
    }
  }

  private mutating func boolean(_ cell: RawTable.Cell) -> Value? {
    if keywords.isWord(cell.text, "yes") { return .boolean(true) }
    if keywords.isWord(cell.text, "no") { return .boolean(false) }
    report("policy.facts.boolean", cell.place, ["value": cell.text])
    return nil
  }

  private mutating func number(_ cell: RawTable.Cell, _ type: ValueType, unit: Unit?) -> Value? {
    guard let quantity = Quantity(cell.text) else {
      report("policy.facts.number", cell.place, ["value": cell.text])
      return nil
    }
    let own = quantity.unit ?? unit ?? type.unit
    guard own?.dimension == type.unit?.dimension else {
      report(
        "policy.facts.unit", cell.place,
        ["column": cell.text, "unit": own?.symbol ?? "", "expected": type.unit?.symbol ?? "—"])
      return nil
    }
    guard let value = quantity.number * (own?.factor ?? .one) else {
      report("policy.facts.number", cell.place, ["value": cell.text])
      return nil
    }
    return .number(value)
  }

  private mutating func report(_ code: String, _ place: SourcePlace, _ arguments: [String: String]) {
    diagnostics.append(Diagnostic(code, at: place, arguments))
  }
}

/// A header cell: a name, and a unit in brackets behind it.
struct HeaderCell {
  var name: String
  var unit: String?

  init(_ text: String) {
    let text = text.trimmed
    name = text
    for (open, close) in [("（", "）"), ("(", ")")] where text.hasSuffix(close) {
      guard let start = text.lastIndex(of: Character(open)) else { continue }
      let inside = text[text.index(after: start)...].dropLast().trimmed
      guard Unit.named(inside) != nil else { continue }
      name = text[..<start].trimmed
      unit = inside
      return
    }
  }
}
