public import Diagnostics
public import JSON
public import Registry
import SQL

/// An entry of the log of changes. Each carries the hash of the one before, so that none can go, change or move unseen.
public struct AuditEntry: Hashable, Sendable {
  public var id: Int
  public var recorded: RecordedTime
  public var actor: String
  /// What was done: `batch.import`, `dictionary.adopt` …
  public var action: String
  /// What it was done to.
  public var subject: String
  /// JSON.
  public var detail: String
  /// The hash of the entry before; empty for the first.
  public var previous: String
  public var hash: String

  /// SHA-256 of all else, in hexadecimal digits.
  var ownHash: String {
    var digest = SHA256()
    for part in [previous, String(id), String(recorded.microseconds), actor, action, subject, detail] {
      digest.addPart(part)
    }
    return digest.digits()
  }

  public var json: JSONValue {
    [
      "id": .integer(id), "recorded": .string(recorded.description),
      "microseconds": .integer(Int(recorded.microseconds)),
      "actor": .string(actor), "action": .string(action), "subject": .string(subject), "detail": .string(detail),
      "previous": .string(previous), "hash": .string(hash),
    ]
  }
}

/// The log of changes within a transaction.
struct AuditChain {
  let connection: any SQLConnection

  private static let columns = "id, recorded, actor, action, subject, detail, previous, hash"

  /// Adds an entry; its time never lies before that of the entry before.
  func append(
    _ action: String, to subject: String, by actor: String, _ detail: JSONValue = .object([])
  ) throws -> AuditEntry {
    let last = try last()
    let time = max(RecordedTime.now, last?.recorded ?? RecordedTime(microseconds: 0))
    var entry = AuditEntry(
      id: (last?.id ?? 0) + 1, recorded: time, actor: actor, action: action, subject: subject,
      detail: detail.text(.compact), previous: last?.hash ?? "", hash: "")
    entry.hash = entry.ownHash
    try connection.execute(
      "INSERT INTO audit (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      [
        .integer(entry.id), .integer(time.microseconds), .text(actor), .text(action), .text(subject),
        .text(entry.detail), .text(entry.previous), .text(entry.hash),
      ])
    try Metadata(connection).set("audit.head", "\(entry.id):\(entry.hash)")
    return entry
  }

  private func last() throws -> AuditEntry? {
    try connection.first("SELECT \(Self.columns) FROM audit ORDER BY id DESC LIMIT 1", [], Self.entry)
  }

  func forEach(_ body: (AuditEntry) throws -> Void) throws {
    try connection.forEachRow("SELECT \(Self.columns) FROM audit ORDER BY id", []) { row in
      try body(Self.entry(row))
      return true
    }
  }

  private static func entry(_ row: any SQLRow) -> AuditEntry {
    AuditEntry(
      id: Int(row.integer(0) ?? 0), recorded: RecordedTime(microseconds: row.integer(1) ?? 0),
      actor: row.text(2) ?? "", action: row.text(3) ?? "", subject: row.text(4) ?? "", detail: row.text(5) ?? "",
      previous: row.text(6) ?? "", hash: row.text(7) ?? "")
  }
}

/// What a walk over the log of changes has found.
public struct AuditVerification: Sendable {
  /// How many entries there are.
  public var count: Int
  /// The hash of the last; empty when there is none. Kept elsewhere, it proves later that nothing before it has changed.
  public var head: String
  /// What is wrong, each with the number of its entry.
  public var problems: [Diagnostic]
}

/// Follows the hashes from entry to entry.
struct AuditCheck {
  private let file: String
  private var previous = ""
  private var next = 1
  private(set) var problems: [Diagnostic] = []
  private static let most = 100

  init(file: String) { self.file = file }

  mutating func see(_ entry: AuditEntry) {
    if entry.id != next { report("store.audit.gap", entry.id, ["expected": String(next)]) }
    if entry.previous != previous { report("store.audit.order", entry.id) }
    if entry.hash != entry.ownHash { report("store.audit.altered", entry.id) }
    (previous, next) = (entry.hash, entry.id + 1)
  }

  /// - Parameters:
  ///   - head: what the store says its last entry is.
  ///   - batches: the batches whose entries are not there.
  mutating func end(head: String?, batches: [Int]) -> AuditVerification {
    let last = next == 1 ? nil : "\(next - 1):\(previous)"
    if head != last { report("store.audit.head", next - 1) }
    for batch in batches { report("store.audit.batch", next - 1, ["batch": String(batch)]) }
    return AuditVerification(count: next - 1, head: previous, problems: problems)
  }

  mutating func report(_ code: String, _ entry: AuditEntry) { report(code, entry.id, ["subject": entry.subject]) }

  /// Something that no entry tells of.
  mutating func report(_ code: String, about subject: String) { report(code, next - 1, ["subject": subject]) }

  private mutating func report(_ code: String, _ entry: Int, _ arguments: [String: String] = [:]) {
    guard problems.count < Self.most else { return }
    problems.append(
      Diagnostic(code, at: SourcePlace(file: file), arguments.merging(["entry": String(entry)]) { $1 }))
  }
}

/// Names and values that the store keeps of itself.
struct Metadata {
  let connection: any SQLConnection

  init(_ connection: any SQLConnection) { self.connection = connection }

  func value(_ name: String) throws -> String? {
    try connection.first("SELECT value FROM store WHERE name = ?", [.text(name)]) { $0.text(0) } ?? nil
  }

  func set(_ name: String, _ value: String) throws {
    try connection.execute(
      "INSERT INTO store (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      [.text(name), .text(value)])
  }
}
