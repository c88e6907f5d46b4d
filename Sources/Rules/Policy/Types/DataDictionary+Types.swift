import FEEL

/// Record types as FEEL's static types know them.
extension DataDictionary {
  /// A record type as a type of contexts; its references lead on to others.
  func schema(of type: RecordType) -> RecordSchema {
    RecordSchema(type.name, names: type.names) { feelType(ofEntry: $0, of: type) }
  }

  /// The types of all names of a record type.
  func entries(of type: RecordType) -> [String: FEELType] {
    var entries: [String: FEELType] = [:]
    for list in reverseLists(of: type.name) { entries[list.list] = .list(.record(schema(of: list.type))) }
    for field in type.fields { entries[field.name] = feelType(of: field) }
    return entries
  }

  /// The type of a field, or of the list of records that refer to the record; nil when there is neither.
  func feelType(ofEntry name: String, of type: RecordType) -> FEELType? {
    if let field = type.field(named: name) { return feelType(of: field) }
    return reverseList(name, of: type.name).map { .list(.record(schema(of: $0.type))) }
  }

  private func feelType(of field: Field) -> FEELType {
    let one = feelType(of: field.type)
    return field.years == nil ? one : .list(one)
  }

  func feelType(of type: ValueType) -> FEELType {
    switch type.kind {
    case .text, .uscc: .string
    case .number: .number
    case .boolean: .boolean
    case .date: .date
    case .list: .list(.any)
    case .context: .anyContext
    case .reference: type.record.flatMap { self[$0] }.map { .record(schema(of: $0)) } ?? .any
    }
  }
}
