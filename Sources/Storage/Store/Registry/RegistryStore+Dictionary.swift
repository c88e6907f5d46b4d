public import Diagnostics
import JSON
public import Policy
import SQL
import Synchronization

extension RegistryStore {
  /// Gets ready to read by a dictionary, which may describe more than the store has room for: what it has none for is unknown.
  /// - Throws: `store.dictionary.changed` and the like where what was recorded has another meaning.
  public func prepare(for dictionary: DataDictionary) throws(Diagnostic) {
    let (problem, known) = try read { connection in
      let known = try KnownDictionary(connection)
      return (try Adoption(dictionary, "", known, self.address).problem, known)
    }
    if let problem { throw problem }
    note(known)
  }

  private func note(_ known: KnownDictionary) {
    columns.withLock { $0 = known.fields.mapValues { Set($0.keys) } }
    targets.withLock { $0 = known.fields.mapValues { $0.compactMapValues { $0.record.isEmpty ? nil : $0.record } } }
  }

  /// The tables of a record type, with the columns that are there; nil where there are none.
  func table(_ type: RecordType) throws(Diagnostic) -> RecordTable? {
    if let known = columns.withLock({ $0 }) { return known[type.id].map { RecordTable(type, columns: $0) } }
    let known = try read { try KnownDictionary($0) }
    note(known)
    return known.fields[type.id].map { RecordTable(type, columns: Set($0.keys)) }
  }

  /// Makes room for what a dictionary describes: new types and fields are added, those that it no longer has are set aside; what is
  /// there is never dropped or reinterpreted.
  /// - Parameters:
  ///   - owner: the id of the pack that the dictionary comes with; only what came with it is set aside.
  ///   - actor: who asks for it.
  /// - Throws: `store.dictionary.…` for every change that would give what was recorded another meaning; nothing is changed then.
  public func adopt(_ dictionary: DataDictionary, owner: String, actor: String) throws(Diagnostic) {
    let adopted = try read { try Adoption(dictionary, owner, try KnownDictionary($0), self.address) }
    if let problem = adopted.problem { throw problem }
    if adopted.isEmpty { return try prepare(for: dictionary) }
    try write { connection in
      let adoption = try Adoption(dictionary, owner, try KnownDictionary(connection), self.address)
      if let problem = adoption.problem { throw problem }
      try adoption.carryOut(in: connection)
      _ = try AuditChain(connection: connection).append(
        "dictionary.adopt", to: owner, by: actor, adoption.json)
    }
    try prepare(for: dictionary)
  }
}

/// The record types and fields that a store has room for.
struct KnownDictionary {
  struct KnownField {
    var name: String
    var kind: String
    var dimension: String
    /// Digits behind the point of what is kept as a whole number; nil for what is kept as it is.
    var scale: Int?
    var record: String
    var isAnnual: Bool
    var owner: String
    var isDeprecated: Bool
  }

  private(set) var types: [String: (name: String, key: String, owner: String)] = [:]
  /// By the ids of type and field.
  private(set) var fields: [String: [String: KnownField]] = [:]

  init(_ connection: any SQLConnection) throws {
    try connection.forEachRow("SELECT id, name, key_field, owner FROM record_type", []) { row in
      types[row.text(0) ?? ""] = (row.text(1) ?? "", row.text(2) ?? "", row.text(3) ?? "")
      return true
    }
    let sql = "SELECT type, id, name, kind, dimension, scale, record, annual, owner, deprecated FROM record_field"
    try connection.forEachRow(sql, []) { row in
      fields[row.text(0) ?? "", default: [:]][row.text(1) ?? ""] = KnownField(
        name: row.text(2) ?? "", kind: row.text(3) ?? "", dimension: row.text(4) ?? "",
        scale: row.integer(5).map(Int.init), record: row.text(6) ?? "", isAnnual: row.integer(7) == 1,
        owner: row.text(8) ?? "", isDeprecated: row.integer(9) == 1)
      return true
    }
  }
}

extension KnownDictionary.KnownField {
  init(_ field: Field, owner: String, _ dictionary: DataDictionary) {
    self.init(
      name: field.name, kind: field.type.kind.rawValue, dimension: field.type.unit?.dimension ?? "",
      scale: RecordTable.Column(field).scale,
      record: field.type.record.flatMap { dictionary[$0]?.id } ?? "", isAnnual: field.years != nil, owner: owner,
      isDeprecated: false)
  }

  /// What of a field decides how its values are kept and read.
  private var meaning: [String] {
    [kind, dimension, scale.map { String($0) } ?? "", record, isAnnual ? "annual" : ""]
  }

  func means(theSameAs other: Self) -> Bool { meaning == other.meaning }

  var meaningText: String { meaning.filter { !$0.isEmpty }.joined(separator: " ") }
}

/// What has to change for a store to have room for a dictionary.
private struct Adoption {
  private let dictionary: DataDictionary
  private let owner: String
  private var newTypes: [RecordType] = []
  private var newFields: [(type: RecordType, field: Field)] = []
  private var renamed: [(type: RecordType, field: Field)] = []
  private var deprecated: [(type: String, field: String, isDeprecated: Bool)] = []
  private(set) var problem: Diagnostic?

  var isEmpty: Bool { newTypes.isEmpty && newFields.isEmpty && renamed.isEmpty && deprecated.isEmpty }

  init(_ dictionary: DataDictionary, _ owner: String, _ known: KnownDictionary, _ address: String) throws {
    self.dictionary = dictionary
    self.owner = owner
    var ids = Dictionary(known.types.keys.map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    for type in dictionary.types {
      problem = problem ?? Self.problem(of: type, known)
      if let other = ids.updateValue(type.id, forKey: type.id.lowercased()), other != type.id {
        problem =
          problem
          ?? Diagnostic(
            "store.dictionary.twice", at: type.place, ["field": type.name, "other": other, "id": type.id])
      }
      guard let fields = known.fields[type.id], known.types[type.id] != nil else {
        newTypes.append(type)
        continue
      }
      for field in type.fields {
        guard let old = fields[field.id] else {
          newFields.append((type, field))
          continue
        }
        let new = KnownDictionary.KnownField(field, owner: owner, dictionary)
        if !old.means(theSameAs: new) { problem = problem ?? Self.changed(field, of: type, old, new) }
        if old.name != new.name { renamed.append((type, field)) }
        if old.isDeprecated { deprecated.append((type.id, field.id, false)) }
      }
    }
    for (type, fields) in known.fields.sorted(by: { $0.key < $1.key }) {
      let there = Set(dictionary.type(withID: type)?.fields.map(\.id) ?? [])
      for (id, field) in fields.sorted(by: { $0.key < $1.key })
      where field.owner == owner && !field.isDeprecated && !there.contains(id) {
        deprecated.append((type, id, true))
      }
    }
  }

  /// Bytes of an id that fit into the names of tables, columns and indexes.
  private static let longest = 40

  private static func problem(of type: RecordType, _ known: KnownDictionary) -> Diagnostic? {
    if let old = known.types[type.id], let key = type.field(named: type.key)?.id, old.key != key {
      return Diagnostic(
        "store.dictionary.key", at: type.place, ["record": type.name, "old": old.key, "new": key])
    }
    if type.id.utf8.count > longest {
      return Diagnostic("store.dictionary.long", at: type.place, ["field": type.name, "id": type.id])
    }
    var seen = Dictionary(
      (known.fields[type.id] ?? [:]).map { ($0.key.lowercased(), $0.value.name) },
      uniquingKeysWith: { first, _ in first })
    for field in type.fields { seen[field.id.lowercased()] = nil }
    for field in type.fields {
      if field.id.utf8.count > longest {
        return Diagnostic("store.dictionary.long", at: field.place, ["field": field.name, "id": field.id])
      }
      if let other = seen.updateValue(field.name, forKey: field.id.lowercased()) {
        return Diagnostic(
          "store.dictionary.twice", at: field.place, ["field": field.name, "other": other, "id": field.id])
      }
      if [.list, .context].contains(field.type.kind) {
        return Diagnostic("store.dictionary.kind", at: field.place, ["field": field.name])
      }
    }
    return nil
  }

  private static func changed(
    _ field: Field, of type: RecordType, _ old: KnownDictionary.KnownField, _ new: KnownDictionary.KnownField
  ) -> Diagnostic {
    Diagnostic(
      "store.dictionary.changed", at: field.place,
      ["field": field.name, "record": type.name, "old": old.meaningText, "new": new.meaningText])
  }

  func carryOut(in connection: any SQLConnection) throws {
    for type in newTypes {
      try connection.execute(
        "INSERT INTO record_type (id, name, key_field, owner, deprecated) VALUES (?, ?, ?, ?, ?)",
        [
          .text(type.id), .text(type.name), .text(type.field(named: type.key)?.id ?? type.key), .text(owner),
          .integer(0),
        ])
      try RecordTable(type).create(in: connection)
      for field in type.fields { try note(field, of: type, in: connection) }
    }
    for (type, field) in newFields {
      let table = RecordTable(type)
      for column in table.single + table.annual where column.field.id == field.id {
        try table.add(column, in: connection)
      }
      try table.createIndexes(in: connection)
      try note(field, of: type, in: connection)
    }
    for (type, field) in renamed {
      try connection.execute(
        "UPDATE record_field SET name = ? WHERE type = ? AND id = ?",
        [.text(field.name), .text(type.id), .text(field.id)])
    }
    for (type, field, isDeprecated) in deprecated {
      try connection.execute(
        "UPDATE record_field SET deprecated = ? WHERE type = ? AND id = ?",
        [.integer(isDeprecated ? 1 : 0), .text(type), .text(field)])
    }
  }

  private func note(_ field: Field, of type: RecordType, in connection: any SQLConnection) throws {
    let known = KnownDictionary.KnownField(field, owner: owner, dictionary)
    try connection.execute(
      """
      INSERT INTO record_field (type, id, name, kind, dimension, scale, record, annual, owner, deprecated)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(type.id), .text(field.id), .text(known.name), .text(known.kind), .text(known.dimension),
        .optional(known.scale.map { Int64($0) }), .text(known.record), .integer(known.isAnnual ? 1 : 0), .text(owner),
        .integer(0),
      ])
  }

  /// For the log of changes.
  var json: JSONValue {
    func names(_ fields: [(type: RecordType, field: Field)]) -> JSONValue {
      .array(fields.map { .string("\($0.type.id).\($0.field.id)") })
    }
    return [
      "types": .array(newTypes.map { .string($0.id) }), "fields": names(newFields), "renamed": names(renamed),
      "deprecated": .array(deprecated.filter(\.isDeprecated).map { .string("\($0.type).\($0.field)") }),
      "restored": .array(deprecated.filter { !$0.isDeprecated }.map { .string("\($0.type).\($0.field)") }),
    ]
  }
}
