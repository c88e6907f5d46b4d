public import Diagnostics
import FEEL
public import Policy
public import Registry
import JSON
import SQL
import Synchronization

extension RegistryStore {
  /// Follows the log of changes from its first entry: finds entries that were removed, altered or moved.
  public func verifyAudit() throws(Diagnostic) -> AuditVerification {
    try read { connection in
      var check = AuditCheck(file: self.address)
      self.batches.withLock { $0 = [:] }
      let batches = try self.batches([-1], in: connection)
      var identities = try self.identityRows(in: connection)
      var told: Set<Int> = [], shapes = ShapeAudit()
      try AuditChain(connection: connection).forEach { entry in
        check.see(entry)
        shapes.see(entry)
        switch entry.action {
        case "batch.import", "batch.withdraw":
          told.insert(Int(entry.subject) ?? 0)
          if !entry.tells(of: batches[Int(entry.subject) ?? 0]) { check.report("store.audit.batch-row", entry) }
        case "identity.same", "identity.distinct":
          told.insert(Int(entry.subject) ?? 0)
          if !entry.tells(of: batches[Int(entry.subject) ?? 0]) { check.report("store.audit.batch-row", entry) }
          if !entry.tells(of: identities.removeValue(forKey: entry.id)) { check.report("store.audit.identity", entry) }
        case "decision.record":
          let outcome = try connection.first(
            "SELECT outcome FROM decision WHERE audit = ? LIMIT 1", [.integer(entry.id)]
          ) { $0.text(0) ?? "" }
          if !entry.tells(ofOutcome: outcome) { check.report("store.audit.decision", entry) }
        default: break
        }
      }
      let strays = shapes.strays(among: try ShapeTable(connection: connection).rows())
      for entry in strays.told { check.report("store.audit.shape", entry) }
      for row in strays.untold { check.report("store.audit.shape-untold", about: row.subject) }
      let head = try Metadata(connection).value("audit.head")
      let untold = Set(batches.keys).subtracting(told).union(identities.values.map(\.batch))
      return check.end(head: head, batches: untold.sorted())
    }
  }

  /// Decisions about who is who, by the entry that tells of them.
  private func identityRows(in connection: any SQLConnection) throws -> [Int: IdentityDecision] {
    let rows = try connection.rows(
      "SELECT batch, kind, type, main_key, other_key, reason, audit FROM identity ORDER BY batch"
    ) { (Int($0.integer(6) ?? 0), IdentityDecision($0)) }
    return Dictionary(rows) { first, _ in first }
  }

  /// Hands out the log of changes, from its first entry.
  public func forEachAuditEntry(_ body: (AuditEntry) throws -> Void) throws(Diagnostic) {
    try read { try AuditChain(connection: $0).forEach(body) }
  }

  /// Takes a batch back: what it said no longer counts, for all who ask by what is known from now on.
  /// - Returns: the number of the batch that says so.
  /// - Throws: `store.withdraw.…`
  public func withdraw(_ batch: Int, reason: String, actor: String) throws(Diagnostic) -> Int {
    try write { connection in
      let place = SourcePlace(file: self.address)
      let known = try self.batches([-1], in: connection)
      guard let old = known[batch], old.withdraws == nil else {
        throw Diagnostic("store.withdraw.unknown", at: place, ["batch": String(batch)])
      }
      if let other = known.values.first(where: { $0.withdraws == batch }) {
        throw Diagnostic(
          "store.withdraw.twice", at: place, ["batch": String(batch), "other": String(other.id)])
      }
      let number = (known.keys.max() ?? 0) + 1
      let entry = try AuditChain(connection: connection).append(
        "batch.withdraw", to: String(number), by: actor, ["batch": .integer(batch), "reason": .string(reason)])
      try BatchRow(
        id: number, source: old.source.id, confidence: old.confidence, origin: reason, withdraws: batch
      ).insert(entry, in: connection)
      return number
    }
  }
}

extension AuditEntry {
  private var content: JSONValue? { try? JSONNode.read(detail, file: "audit").value }

  /// Whether a batch is as the entry has it.
  fileprivate func tells(of batch: Batch?) -> Bool {
    guard let batch, batch.recorded == recorded, batch.actor == actor, let content else { return false }
    if action == "batch.withdraw" { return content["batch"] == batch.withdraws.map { .integer($0) } }
    if action.hasPrefix("identity.") { return batch.withdraws == nil && batch.source.id == RegistryStore.decider }
    return batch.withdraws == nil && content["source"]?.text == batch.source.id
      && content["digest"]?.text == batch.digest && content["confidence"]?.text == batch.confidence.rawValue
      && content["from"]?.text == batch.validity.from?.description
      && content["to"]?.text == batch.validity.to?.description
  }

  /// Whether a decision about who is who is as the entry has it.
  fileprivate func tells(of decision: IdentityDecision?) -> Bool {
    guard let decision else { return false }
    return action == "identity.\(decision.kind.rawValue)" && subject == String(decision.batch)
      && content == decision.json
  }

  /// Whether the outcome of a decision is the one that was kept.
  fileprivate func tells(ofOutcome outcome: String?) -> Bool {
    guard let outcome else { return false }
    var digest = SHA256()
    digest.add(outcome)
    return content?["outcome"]?.text == digest.digits()
  }
}
