import Diagnostics
import FEEL

/// A record of the facts as FEEL sees it: its fields, and the lists of records that refer to it.
final class FactRecord: Record {
  private unowned let session: Session
  let type: RecordType
  let row: FactRow
  private let depth: Int
  let reference: RecordReference

  init(session: Session, type: RecordType, row: FactRow, depth: Int) {
    self.session = session
    self.type = type
    self.row = row
    self.depth = depth
    reference = type.reference(to: row)
  }

  var names: [String] {
    type.fields.map(\.name) + session.rulebook.dictionary.reverseLists(of: type.name).map(\.list)
  }

  subscript(name: String) -> Value? {
    if let field = type.field(named: name) {
      let value = value(of: field)
      if field.type.kind != .reference { session.note(node(field, value), as: "f:\(type.name):\(row.key):\(name)") }
      return value
    }
    guard let reverse = session.rulebook.dictionary.reverseList(name, of: type.name) else { return nil }
    return list(reverse.type, by: reverse.field)
  }

  private func value(of field: Field) -> Value {
    if let years = field.years { return annual(field, years: years) }
    switch row[field.name] {
    case .value(let value): return value
    case FactRow.Cell.none?: return .null()
    case .reference(let key): return referenced(key, by: field)
    case .annual, nil: return .null(session.absence(missing(field)))
    }
  }

  private func referenced(_ key: String, by field: Field) -> Value {
    guard depth < RecordType.deepestReference, let name = field.type.record,
      let target = session.rulebook.dictionary[name]
    else { return .null() }
    guard let row = session.facts.record(name, key: key) else {
      return .null(session.absence(MissingItem.records(of: target, for: nil, by: nil)))
    }
    return .context(Context(session.record(target, row, depth: depth + 1)))
  }

  /// Element k is the value of year(as-of) − k (DESIGN §6.10).
  private func annual(_ field: Field, years: Int) -> Value {
    var given: [Int: Value?] = [:]
    if case .annual(let values)? = row[field.name] { given = values }
    if case FactRow.Cell.none? = row[field.name] { return .list(Array(repeating: .null(), count: years)) }
    return .list(
      (1...years).map { back in
        let year = session.asOf.year - back
        switch given[year] {
        case .some(.some(let value)): return value
        case .some(.none): return .null()
        case nil: return .null(session.absence(missing(field, year: year)))
        }
      })
  }

  private func list(_ child: RecordType, by field: Field) -> Value {
    guard let table = session.facts[child.name] else {
      return .null(session.absence(MissingItem.records(of: child, for: reference, by: field)))
    }
    guard depth < RecordType.deepestReference else { return .list([]) }
    let rows = table.rows(where: field.name, refersTo: row.key)
    return .list(rows.map { .context(Context(session.record(child, $0, depth: depth + 1))) })
  }

  private func missing(_ field: Field, year: Int? = nil) -> MissingItem {
    MissingItem(
      kind: .fact, record: reference, name: year.map { "\(field.name)@\($0)" } ?? field.name,
      unit: field.type.unit?.symbol, type: field.type, meaning: field.note, authority: field.authority, reason: nil)
  }

  private func node(_ field: Field, _ value: Value) -> TraceNode {
    var isOpen = false
    if case .null(.some) = value { isOpen = true }
    let place = row.place(of: field.name)
    return TraceNode(
      kind: .fact, name: field.name, subject: reference, value: field.type.text(of: value), isOpen: isOpen,
      unit: field.type.unit?.symbol, citation: nil, place: place, origin: place.description, rules: [],
      children: [])
  }
}

extension MissingItem {
  /// All records of a type, of one parent or at all.
  static func records(of type: RecordType, for parent: RecordReference?, by field: Field?) -> MissingItem {
    MissingItem(
      kind: .records, record: parent, name: type.name, unit: nil, type: nil, meaning: type.note,
      authority: field?.authority ?? type.field(named: type.key)?.authority, reason: nil)
  }
}

extension RecordType {
  func has(_ name: String) -> Bool { names.contains(name) }

  /// A record with what it is called; its key where it has no name.
  public func reference(to row: FactRow) -> RecordReference {
    var shown = row.key
    if let display, case .value(.string(let text))? = row[display] { shown = text }
    return RecordReference(type: name, key: row.key, display: shown)
  }
}
