public import Diagnostics
import FEEL
import JSON
import Policy
public import Registry
import SQL

extension RegistryStore {
  /// Keeps a decision, and the packs that made it where they are not kept yet.
  /// - Returns: its number.
  public func record(_ decision: DecisionRecord, by packs: KeptPacks) throws(Diagnostic) -> Int {
    try write { connection in
      try self.keep(packs, in: connection)
      let last = try connection.first("SELECT max(id) FROM decision") { $0.integer(0) } ?? nil
      let id = Int(last ?? 0) + 1
      var digest = SHA256()
      digest.add(decision.outcome)
      let entry = try AuditChain(connection: connection).append(
        "decision.record", to: String(id), by: decision.actor,
        [
          "pack": .string(decision.pack), "subject": .string(decision.subject),
          "asOf": .string(decision.moment.asOf.description), "known": .integer(decision.moment.known),
          "outcome": .string(digest.digits()),
        ])
      try connection.execute(
        """
        INSERT INTO decision (id, recorded, actor, pack, subject, as_of, known, parameters, schemes, outcome, audit)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          .integer(id), .integer(entry.recorded.microseconds), .text(decision.actor), .text(decision.pack),
          .text(decision.subject), .text(decision.moment.asOf.description), .integer(decision.moment.known),
          .text(
            JSONValue.object(decision.parameters.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
              .text(.compact)),
          .optional(decision.schemes.map { JSONValue.array($0.map { .string($0) }).text(.compact) }),
          .text(decision.outcome), .integer(entry.id),
        ])
      try connection.announce("decision")
      return id
    }
  }

  private func keep(_ packs: KeptPacks, in connection: any SQLConnection) throws {
    let digest = packs.digest
    let isKept = try connection.first("SELECT 1 FROM pack WHERE digest = ?", [.text(digest)]) { _ in true } ?? false
    if isKept { return }
    let (rulebook, _) = packs.rulebook
    try connection.execute(
      "INSERT INTO pack (digest, id, version, recorded, files) VALUES (?, ?, ?, ?, ?)",
      [
        .text(digest), .text(rulebook.main.id), .text(rulebook.main.version),
        .integer(RecordedTime.now.microseconds), .bytes(packs.bytes),
      ])
  }

  /// A decision by its number.
  /// - Throws: `store.decision.unknown`.
  public func decision(_ id: Int) throws(Diagnostic) -> DecisionRecord {
    let decision = try read { connection in
      try connection.first(
        """
        SELECT id, recorded, actor, pack, subject, as_of, known, parameters, schemes, outcome FROM decision WHERE id = ?
        LIMIT 1
        """, [.integer(id)], DecisionRecord.init)
    }
    if let decision = decision ?? nil { return decision }
    throw Diagnostic("store.decision.unknown", at: SourcePlace(file: address), ["id": String(id)])
  }

  /// The packs of a digest.
  /// - Throws: `store.decision.pack` when they are not kept, or not what the digest says.
  public func packs(_ digest: String) throws(Diagnostic) -> KeptPacks {
    let place = SourcePlace(file: address)
    let bytes = try read { connection in
      try connection.first("SELECT files FROM pack WHERE digest = ? LIMIT 1", [.text(digest)]) { $0.bytes(0) } ?? nil
    }
    guard let bytes else { throw Diagnostic("store.decision.pack", at: place, ["pack": digest]) }
    let packs = try KeptPacks(bytes: bytes, at: place)
    guard packs.digest == digest else { throw Diagnostic("store.decision.pack", at: place, ["pack": digest]) }
    return packs
  }
}

extension DecisionRecord {
  fileprivate init?(_ row: any SQLRow) {
    guard let asOf = row.date(5) else { return nil }
    func json(_ column: Int) -> JSONValue? {
      row.text(column).flatMap { try? JSONNode.read($0, file: "decision").value }
    }
    var parameters: [String: String] = [:]
    if case .object(let members)? = json(7) { for member in members { parameters[member.name] = member.value.text } }
    self.init(
      id: Int(row.integer(0) ?? 0), recorded: RecordedTime(microseconds: row.integer(1) ?? 0), actor: row.text(2) ?? "",
      pack: row.text(3) ?? "", subject: row.text(4) ?? "",
      moment: Moment(asOf: asOf, known: Int(row.integer(6) ?? 0)), parameters: parameters,
      schemes: json(8)?.elements?.compactMap(\.text), outcome: row.text(9) ?? "")
  }
}
