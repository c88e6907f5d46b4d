import DMN
import Diagnostics
import FEEL

/// Input data as record types.
extension PackWriter {
  /// The record whose fields are the input data.
  var record: String { Keywords.shared.word("application", as: .word) }

  var hasInputs: Bool { model.elements.contains { if case .input = $0 { true } else { false } } }

  mutating func dictionary() -> String {
    guard hasInputs else { return "" }
    var tables = RecordTables(owner: record)
    for case .input(let input) in model.elements {
      let name = input.variable.name
      if !tables.add(name, types.feelType(of: input.variable.type), to: record, note: input.documentation) {
        report("policy.import.input", at: input.place, ["name": name, "type": input.variable.type?.name ?? "Any"])
      }
    }
    return tables.text
  }

  /// The word for the type of a decision or function; a list or context where FEEL's type has no word of its own.
  func typeWord(_ reference: TypeReference?, of expression: BoxedExpression) -> String {
    var type = types.feelType(of: reference)
    if type == .any, case .table(let table) = expression {
      type = table.outputs.count == 1 && !table.hitPolicy.isMultiple ? types.feelType(of: table.outputs[0].type) : type
    }
    return RecordTables.word(of: type) ?? Keywords.shared.word(type.isList ? "list" : "context", as: .type)
  }

  func formalWord(_ reference: TypeReference?) -> String {
    let type = types.feelType(of: reference)
    return RecordTables.word(of: type) ?? Keywords.shared.word(type.isList ? "list" : "context", as: .type)
  }
}

extension FEELType {
  fileprivate var isList: Bool { if case .list = self { true } else { false } }
}

/// Record types in the making: one for the case itself, one for each structure in it.
private struct RecordTables {
  private struct Table {
    var name: String
    var rows: [[String]] = []
    /// The field that leads to the record a list belongs to.
    var owner: String?
    var isSubject = false
  }

  private var tables: [Table]

  init(owner: String) { tables = [Table(name: owner, isSubject: true)] }

  /// nil for types that no field of a dictionary has.
  static func word(of type: FEELType) -> String? {
    let ids: [FEELType: String] = [.number: "number", .string: "text", .boolean: "boolean", .date: "date"]
    return ids[type].map { Keywords.shared.word($0, as: .type) }
  }

  /// - Returns: false when a dictionary cannot hold the type.
  mutating func add(_ name: String, _ type: FEELType, to record: String, note: String?, depth: Int = 0) -> Bool {
    guard let index = tables.firstIndex(where: { $0.name == record }), depth < 8 else { return false }
    if let word = Self.word(of: type) {
      tables[index].rows.append([name, word, "", note?.oneLine ?? ""])
      return true
    }
    switch type {
    case .context(let entries):
      guard let child = open(name, under: record) else { return false }
      tables[index].rows.append([name, child, "", note?.oneLine ?? ""])
      return fill(child, entries, depth)
    case .list(.context(let entries)):
      guard let child = open(name, under: record) else { return false }
      tables[tables.count - 1].owner = record
      tables[tables.count - 1].rows.append([record, record, name, ""])
      return fill(child, entries, depth)
    default: return false
    }
  }

  private mutating func fill(_ record: String, _ entries: [String: FEELType], _ depth: Int) -> Bool {
    entries.sorted { $0.key < $1.key }.allSatisfy { add($0.key, $0.value, to: record, note: nil, depth: depth + 1) }
  }

  /// A new record type; its name tells it from a field of that name.
  private mutating func open(_ name: String, under record: String) -> String? {
    let full = "\(record) \(name)"
    guard !tables.contains(where: { $0.name == full }) else { return nil }
    tables.append(Table(name: full))
    return full
  }

  var text: String { tables.enumerated().map { text($1, number: $0) }.joined(separator: "\n") }

  private func text(_ table: Table, number: Int) -> String {
    let words = Keywords.shared
    func field(_ id: String, _ value: String) -> String { "- \(words.word(id, as: .field))：\(value)\n" }
    var key = words.word("number", as: .word)
    while table.rows.contains(where: { $0[0] == key }) { key += "_" }
    var text = "## \(words.word("record", as: .construct))：\(table.name)\n\n"
    text += field("id", number == 0 ? "application" : "record-\(number)") + field("key", key)
    if let owner = table.owner { text += field("owner", owner) }
    if table.isSubject { text += field("role", words.word("subject", as: .role)) }
    let header = ["field", "type", "reverse", "note"].map { words.word($0, as: .column) }
    var table = MarkdownTable(header: header, rows: [[key, words.word("text", as: .type), "", ""]] + table.rows)
    table.header.insert(words.word("id", as: .column), at: 1)
    for row in table.rows.indices { table.rows[row].insert(row == 0 ? "id" : "field-\(row)", at: 1) }
    return text + "\n" + table.text
  }
}
