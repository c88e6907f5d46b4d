import FEEL
import Policy
import Registry

/// What is known of a firm, and the records that belong to it.
extension Region {
  private static let mostRecords = 20
  private static let mostStatements = 30

  /// Facts with their sources and the history, where a registry has them; otherwise the facts alone.
  func describe(_ portrait: inout Portrait, _ row: FactRow, _ type: RecordType) throws {
    guard let archive else {
      portrait.facts = entries(of: row, type).map { Portrait.Fact(field: $0.field, year: $0.year, text: $0.text) }
      return
    }
    let history = try archive.archive.history(of: row.key, type, by: archive.moment.known)
    portrait.history = Array(history.statements.reversed().prefix(Self.mostStatements))
    if let name = type.display.flatMap({ type.field(named: $0) }) {
      portrait.otherNames = history.otherValues(of: name.name, on: portrait.asOf).map {
        (text($0.cell, name, nil), $0.statement)
      }
    }
    let readings = history.standing(on: portrait.asOf)?.readings ?? [:]
    portrait.facts = type.fields.flatMap { field -> [Portrait.Fact] in
      let own = readings.filter { $0.key.field == field.name }.sorted { ($0.key.year ?? 0) > ($1.key.year ?? 0) }
      return own.compactMap { entry, readings in
        guard let first = readings.first else { return nil }
        let others = readings.dropFirst().map { (text($0.cell, field, entry.year), $0.statement) }
        return Portrait.Fact(
          field: field, year: entry.year, text: text(first.cell, field, entry.year), statement: first.statement,
          others: others)
      }
    }
  }

  /// Every list of records that leads to a subject.
  func lists(of key: String, _ type: RecordType) -> [Portrait.RecordList] {
    rulebook.dictionary.reverseLists(of: type.name).compactMap { list, owned, field in
      guard let rows = facts[owned.name]?.rows(where: field.name, refersTo: key), !rows.isEmpty else { return nil }
      let cards = rows.prefix(Self.mostRecords).map { row in
        let reference = owned.reference(to: row)
        return Portrait.Card(
          reference: reference, entries: entries(of: row, owned).filter { $0.field.name != field.name })
      }
      return Portrait.RecordList(name: list, type: owned, count: rows.count, records: cards)
    }
  }

  /// What is known of a record, in the order of its dictionary; of fiscal years the newest first.
  private func entries(of row: FactRow, _ type: RecordType) -> [Portrait.Entry] {
    let cells = row.cells
    return type.fields.flatMap { field -> [Portrait.Entry] in
      switch cells[field.name] {
      case nil: []
      case .annual(let years)?:
        years.keys.sorted(by: >).map {
          Portrait.Entry(field: field, year: $0, text: text(.annual(years), field, $0), target: nil)
        }
      case .some(let cell): [Portrait.Entry(field: field, text: text(cell, field, nil), target: target(cell, field))]
      }
    }
  }

  private func target(_ cell: FactRow.Cell, _ field: Field) -> RecordReference? {
    guard case .reference(let key) = cell, !key.isEmpty, let record = field.type.record else { return nil }
    return RecordReference(type: record, key: key, display: facts.display(of: key, rulebook.dictionary[record]))
  }

  private func text(_ cell: FactRow.Cell, _ field: Field, _ year: Int?) -> String {
    switch cell {
    case .none: TextColumn.none
    case .value(let value): field.type.text(of: value)
    case .reference(let key): facts.display(of: key, field.type.record.flatMap { rulebook.dictionary[$0] })
    case .annual(let years):
      (year.flatMap { years[$0] } ?? nil).map { field.type.text(of: $0) } ?? TextColumn.none
    }
  }
}
