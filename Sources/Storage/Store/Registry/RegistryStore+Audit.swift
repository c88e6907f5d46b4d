public import Diagnostics
public import Policy
public import Registry
import JSON
import SQL

extension RegistryStore {
  /// Follows the log of changes from its first entry: finds entries that were removed, altered or moved.
  public func verifyAudit() throws(Diagnostic) -> AuditVerification {
    try read { connection in
      var check = AuditCheck(file: self.address)
      try AuditChain(connection: connection).forEach { check.see($0) }
      let head = try Metadata(connection).value("audit.head")
      let batches = try connection.rows(
        """
        SELECT b.id FROM batch b WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.id = b.audit
        AND a.recorded = b.recorded AND a.subject = CAST(b.id AS TEXT)) ORDER BY b.id
        """
      ) { Int($0.integer(0) ?? 0) }
      return check.end(head: head, batches: batches)
    }
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
      try connection.execute(
        """
        INSERT INTO batch (id, source, recorded, confidence, valid_from, valid_to, origin, actor, digest, row_count,
        withdraws, synthetic, audit) VALUES (?, ?, ?, ?, NULL, NULL, ?, ?, ?, 0, ?, ?, ?)
        """,
        [
          .integer(number), .text(old.source.id), .integer(entry.recorded.microseconds),
          .text(old.confidence.rawValue), .text(reason), .text(actor), .text(""), .integer(batch),
          .integer(0), .integer(entry.id),
        ])
      try connection.announce("batch")
      return number
    }
  }
}
