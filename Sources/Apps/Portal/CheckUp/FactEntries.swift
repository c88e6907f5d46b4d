import API
import Policy

/// The facts of a form by record type and row.
struct FactEntries {
  struct Entry {
    var name: FactName
    var field: Field
    var text: String
  }

  struct Row {
    var id: String
    var entries: [Entry]
  }

  private(set) var rows: [String: [Row]] = [:]
  /// Names of record types ticked as having no records.
  private(set) var none: [RecordType] = []
  /// Field names no dictionary knows.
  private(set) var unknownNames: [String] = []
  private let subject: RecordType

  init(_ fields: FormFields, subject: RecordType, dictionary: DataDictionary) {
    self.subject = subject
    for field in fields.distinct {
      if field.name.hasPrefix("n."), let type = dictionary.type(withID: String(field.name.dropFirst(2))) {
        none.append(type)
      }
      guard field.name.hasPrefix("f.") else { continue }
      guard let name = FactName(field.name), let type = dictionary.type(withID: name.type),
        let described = type.field(named: name.field), (described.years != nil) == (name.year != nil)
      else {
        unknownNames.append(String(field.name.prefix(60)))
        continue
      }
      add(Entry(name: name, field: described, text: field.value), of: type)
    }
  }

  /// The record types about which the visitor said something.
  var answered: Set<String> { Set(rows.keys).union(none.map(\.name)) }

  /// The key typed for the subject.
  var subjectKey: String? {
    rows[subject.name]?.first?.entries.first { $0.field.name == subject.key }?.text
  }

  private mutating func add(_ entry: Entry, of type: RecordType) {
    let id = type.name == subject.name ? FactName.subject : entry.name.row
    if let position = rows[type.name]?.firstIndex(where: { $0.id == id }) {
      rows[type.name]?[position].entries.append(entry)
    } else {
      rows[type.name, default: []].append(Row(id: id, entries: [entry]))
    }
  }
}
