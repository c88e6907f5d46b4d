public import Diagnostics
import JSON
public import Policy
public import Registry
import SQL
import Synchronization

/// Of a record type, up to which batch.
struct IdentityMoment: Hashable {
  var type: String
  var known: Int
}

extension RegistryStore {
  /// Records that two keys are one record, or that they are not, as a batch of its own.
  /// - Parameters:
  ///   - main: the key that stays where they are one.
  ///   - other: the key that leads to it from then on.
  /// - Returns: the number of the batch.
  /// - Throws: `store.identity.…`; nothing is recorded then.
  public func decide(
    _ kind: IdentityDecision.Kind, _ type: RecordType, _ main: String, _ other: String, reason: String, actor: String
  ) throws(Diagnostic) -> Int {
    guard try table(type) != nil else { throw unknown(main, type) }
    return try write { connection in
      let last = try BatchRow.last(in: connection)
      try self.check(kind, type, main, other, by: last, in: connection)
      let decision = IdentityDecision(
        batch: last + 1, kind: kind, type: type.id, main: main, other: other, reason: reason)
      try self.record(decision, by: actor, in: connection)
      return decision.batch
    }
  }

  private func check(
    _ kind: IdentityDecision.Kind, _ type: RecordType, _ main: String, _ other: String, by known: Int,
    in connection: any SQLConnection
  ) throws {
    let place = SourcePlace(file: address)
    let words = ["record": type.name, "key": main, "other": other]
    if main == other { throw Diagnostic("store.identity.self", at: place, words) }
    for key in [main, other] where try !isSaid(key, type, by: known, in: connection) { throw unknown(key, type) }
    let identities = try identities(type.id, by: known, in: connection)
    let areOne = identities.main(of: main) == identities.main(of: other)
    let distinction = identities.distinction(main, other)
    if kind == .same ? areOne : distinction != nil { throw Diagnostic("store.identity.known", at: place, words) }
    if kind == .distinct, areOne { throw Diagnostic("store.identity.one", at: place, words) }
    if let distinction {
      throw Diagnostic(
        "store.identity.distinct", at: place, words.merging(["batch": String(distinction.batch)]) { $1 })
    }
  }

  private func unknown(_ key: String, _ type: RecordType) -> Diagnostic {
    Diagnostic("store.identity.unknown", at: SourcePlace(file: address), ["record": type.name, "key": key])
  }

  private func isSaid(
    _ key: String, _ type: RecordType, by known: Int, in connection: any SQLConnection
  ) throws -> Bool {
    try connection.first(
      """
      SELECT 1 FROM \(connection.dialect.quoted(RecordTable.name(type.id))) s WHERE s._key = ? AND s._batch <= ?
      AND NOT s._retracts AND \(Self.counts("s._batch")) LIMIT 1
      """, [.text(key), .integer(known), .integer(known)]
    ) { _ in true } ?? false
  }

  private func record(_ decision: IdentityDecision, by actor: String, in connection: any SQLConnection) throws {
    let title = Catalogue.shared.text("store.identity.source", in: .chinese)
    try connection.execute(
      "INSERT INTO source (id, title, authority) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
      [.text(Self.decider), .text(title), .text(Field.Authority.expert.rawValue)])
    let entry = try AuditChain(connection: connection).append(
      "identity.\(decision.kind.rawValue)", to: String(decision.batch), by: actor, decision.json)
    try BatchRow(
      id: decision.batch, source: Self.decider, confidence: .verified, origin: decision.origin
    ).insert(entry, in: connection)
    try connection.execute(
      "INSERT INTO identity (batch, kind, type, main_key, other_key, reason, audit) VALUES (?, ?, ?, ?, ?, ?, ?)",
      [
        .integer(decision.batch), .text(decision.kind.rawValue), .text(decision.type), .text(decision.main),
        .text(decision.other), .text(decision.reason), .integer(entry.id),
      ])
  }

  /// The source that decisions of persons about who is who are recorded under.
  static let decider = "identity"

  // MARK: who is who

  public func mainKey(of key: String, _ type: RecordType, by batch: Int) throws(Diagnostic) -> String {
    try read { try self.identities(type.id, by: batch, in: $0).main(of: key) }
  }

  /// The decisions of a record type that count up to a batch, in the order of recording.
  public func identityDecisions(_ type: RecordType, by batch: Int) throws(Diagnostic) -> [IdentityDecision] {
    try read { try self.decisions(type.id, by: batch, in: $0) }
  }

  func identities(_ type: String, by known: Int, in connection: any SQLConnection) throws -> Identities {
    let moment = IdentityMoment(type: type, known: known)
    if let found = identities.withLock({ $0[moment] }) { return found }
    let found = Identities(try decisions(type, by: known, in: connection))
    // What is recorded later changes what is known by numbers that are not given yet.
    guard known <= (try BatchRow.last(in: connection)) else { return found }
    identities.withLock { cache in
      if cache.count >= Self.mostMoments { cache = [:] }
      cache[moment] = found
    }
    return found
  }

  private static let mostMoments = 256

  /// The id of the type that a reference field leads to; empty for other fields.
  func target(of field: Field, _ type: RecordType) -> String { targets.withLock { $0[type.id]?[field.id] ?? "" } }

  private func decisions(
    _ type: String, by known: Int, in connection: any SQLConnection
  ) throws -> [IdentityDecision] {
    try connection.rows(
      """
      SELECT i.batch, i.kind, i.type, i.main_key, i.other_key, i.reason FROM identity i WHERE i.type = ? AND i.batch <= ?
      AND \(Self.counts("i.batch")) ORDER BY i.batch
      """, [.text(type), .integer(known), .integer(known)], IdentityDecision.init)
  }
}

extension IdentityDecision {
  init(_ row: any SQLRow) {
    self.init(
      batch: Int(row.integer(0) ?? 0), kind: Kind(rawValue: row.text(1) ?? "") ?? .distinct, type: row.text(2) ?? "",
      main: row.text(3) ?? "", other: row.text(4) ?? "", reason: row.text(5) ?? "")
  }

  /// What the log of changes has of it.
  var json: JSONValue {
    ["type": .string(type), "main": .string(main), "other": .string(other), "reason": .string(reason)]
  }

  /// How a list of batches shows it.
  fileprivate var origin: String { "\(type) \(main) \(kind == .same ? "=" : "≠") \(other): \(reason)" }
}

/// The main keys of the records that the fields of a type lead to.
struct ReferredIdentities {
  /// By the name of the field; only of types of which several keys are one record.
  private var fields: [String: Identities] = [:]

  init(_ table: RecordTable, by known: Int, _ store: RegistryStore, _ connection: any SQLConnection) throws {
    for column in table.single where column.field.type.kind == .reference {
      let target = store.target(of: column.field, table.type)
      let identities = try store.identities(target, by: known, in: connection)
      if !identities.isTrivial { fields[column.field.name] = identities }
    }
  }

  /// The key that a reference leads to.
  func main(of key: String, _ field: Field) -> String { fields[field.name]?.main(of: key) ?? key }

  /// Cells whose references lead to main keys.
  func leading(_ cells: [String: FactRow.Cell]) -> [String: FactRow.Cell] {
    var cells = cells
    for (field, identities) in fields {
      if case .reference(let key)? = cells[field] { cells[field] = .reference(identities.main(of: key)) }
    }
    return cells
  }
}
