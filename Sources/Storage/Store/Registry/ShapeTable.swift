import Diagnostics
import Foundation
import JSON
public import Registry
import SQL
public import Tabulation

/// How a table of a source was read: the next one with the same header is read alike.
public struct RememberedShape: Sendable {
  /// The id of the source.
  public var source: String
  public var shape: TableShape
  public var recorded: RecordedTime
  public var actor: String
}

/// The shapes that a store remembers, within a transaction.
struct ShapeTable {
  let connection: any SQLConnection

  /// In the order in which they were remembered.
  /// - Parameters:
  ///   - source: nil for those of all sources.
  ///   - type: the id of a record type; nil for all.
  func shapes(of source: String?, type: String? = nil) throws -> [RememberedShape] {
    try rows(of: source, type: type).map { row in
      guard let shape = try? JSONDecoder().decode(TableShape.self, from: Data(row.shape.utf8)) else {
        throw Diagnostic("tabulation.shape.form", at: SourcePlace(file: row.source), ["detail": row.type])
      }
      return RememberedShape(source: row.source, shape: shape, recorded: row.recorded, actor: row.actor)
    }
  }

  /// Remembers a shape in the place of one for the same header; the source is there already.
  func remember(_ shape: TableShape, of source: String, by actor: String) throws {
    let header = shape.headerDigest, text = shape.json
    let key: [SQLValue] = [.text(source), .text(shape.record), .text(header)]
    let condition = "source = ? AND type = ? AND header = ?"
    let known = try connection.first("SELECT shape FROM table_shape WHERE \(condition)", key) { $0.text(0) } ?? nil
    if known == text { return }
    let entry = try AuditChain(connection: connection).append(
      Self.remembering, to: "\(source) \(shape.record) \(header)", by: actor, ["shape": .string(Self.digest(text))])
    try connection.execute("DELETE FROM table_shape WHERE \(condition)", key)
    try connection.execute(
      """
      INSERT INTO table_shape (source, type, header, shape, recorded, actor, audit) VALUES (?, ?, ?, ?, ?, ?, ?)
      """, key + [.text(text), .integer(entry.recorded.microseconds), .text(actor), .integer(entry.id)])
  }

  /// - Returns: how many were there.
  func forget(of source: String, type: String?, by actor: String) throws -> Int {
    let rows = try rows(of: source, type: type)
    for row in rows {
      _ = try AuditChain(connection: connection).append(Self.forgetting, to: row.subject, by: actor)
      try connection.execute(
        "DELETE FROM table_shape WHERE source = ? AND type = ? AND header = ?",
        [.text(row.source), .text(row.type), .text(row.header)])
    }
    return rows.count
  }

  static let remembering = "shape.remember", forgetting = "shape.forget"

  static func digest(_ text: String) -> String {
    var digest = SHA256()
    digest.add(text)
    return digest.digits()
  }

  struct Row {
    var source, type, header, shape, actor: String
    var recorded: RecordedTime
    var audit: Int

    /// As entries of the log name it.
    var subject: String { "\(source) \(type) \(header)" }
  }

  func rows(of source: String? = nil, type: String? = nil) throws -> [Row] {
    try connection.rows(
      "SELECT source, type, header, shape, actor, recorded, audit FROM table_shape ORDER BY audit"
    ) { row in
      Row(
        source: row.text(0) ?? "", type: row.text(1) ?? "", header: row.text(2) ?? "", shape: row.text(3) ?? "",
        actor: row.text(4) ?? "", recorded: RecordedTime(microseconds: row.integer(5) ?? 0),
        audit: Int(row.integer(6) ?? 0))
    }.filter { (source ?? $0.source) == $0.source && (type ?? $0.type) == $0.type }
  }
}

/// Holds the remembered shapes against what the log says of them.
struct ShapeAudit {
  /// The last word on each: the entry and the digest of the shape.
  private var told: [String: (entry: AuditEntry, digest: String)] = [:]

  mutating func see(_ entry: AuditEntry) {
    if entry.action == ShapeTable.forgetting { told[entry.subject] = nil }
    guard entry.action == ShapeTable.remembering else { return }
    let detail = try? JSONNode.read(entry.detail, file: "audit").value
    told[entry.subject] = (entry, detail?["shape"]?.text ?? "")
  }

  /// The entries whose shape is not as they have it, or is gone; shapes that no entry speaks of have none.
  func strays(among rows: [ShapeTable.Row]) -> (told: [AuditEntry], untold: [ShapeTable.Row]) {
    let known = Dictionary(rows.map { ($0.subject, $0) }) { first, _ in first }
    let altered = told.filter { subject, word in
      guard let row = known[subject] else { return true }
      return row.audit != word.entry.id || ShapeTable.digest(row.shape) != word.digest || row.actor != word.entry.actor
        || row.recorded != word.entry.recorded
    }
    return (altered.map(\.value.entry).sorted { $0.id < $1.id }, rows.filter { told[$0.subject] == nil })
  }
}
