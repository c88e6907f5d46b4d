import FEEL
import Registry
import SQL

/// The row of a batch, as the entry of the log about it is written.
struct BatchRow {
  var id: Int
  /// The id of the source.
  var source: String
  var confidence: Confidence
  var validity = Validity.always
  /// The file or the form it came by, or why.
  var origin: String
  var digest = ""
  var rows = 0
  var refused = 0
  var withdraws: Int?
  var isSynthetic = false
  var example: String?

  /// The number of the last batch; 0 when there is none.
  static func last(in connection: any SQLConnection) throws -> Int {
    Int((try connection.first("SELECT max(id) FROM batch") { $0.integer(0) } ?? nil) ?? 0)
  }

  /// Writes the row and announces it.
  /// - Parameter entry: of the log: who did it and when.
  func insert(_ entry: AuditEntry, in connection: any SQLConnection) throws {
    try connection.execute(
      """
      INSERT INTO batch (id, source, recorded, confidence, valid_from, valid_to, origin, actor, digest, row_count,
      refused, withdraws, synthetic, example, audit) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .integer(id), .text(source), .integer(entry.recorded.microseconds), .text(confidence.rawValue),
        .optional(validity.from?.description), .optional(validity.to?.description), .text(origin), .text(entry.actor),
        .text(digest), .integer(rows), .integer(refused), .optional(withdraws.map(Int64.init)),
        .integer(isSynthetic ? 1 : 0), .optional(example), .integer(entry.id),
      ])
    try connection.announce("batch")
  }
}
