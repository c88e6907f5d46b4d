/// The statements that a connection knows, by their text; those used least lately are forgotten.
///
/// One is prepared when a transaction asks for it a second time, and no later transaction relies on that: what a
/// transaction has used, no other can alter until it ends, so that nothing prepared is outdated by another connection.
struct PostgreSQLStatements {
  final class Known {
    let statement: PostgreSQLStatement
    /// What the server calls it once it is prepared.
    var name: String?
    fileprivate var uses = 0
    fileprivate var epoch = 0
    fileprivate var lastUse = 0

    fileprivate init(_ statement: PostgreSQLStatement) { self.statement = statement }
  }

  private let most: Int
  private var known: [String: Known] = [:]
  private var uses = 0
  /// Grows when what was prepared is to be forgotten.
  private var epoch = 0
  private var named = 0
  /// Whether the server may hold some that are prepared.
  private(set) var arePrepared = false

  init(most: Int = 200) { self.most = most }

  mutating func find(_ sql: String) -> Known {
    uses += 1
    let found = known[sql] ?? Known(PostgreSQLStatement(sql))
    if found.epoch != epoch { (found.epoch, found.name, found.uses) = (epoch, nil, 0) }
    found.lastUse = uses
    found.uses += 1
    if !found.statement.isScript { known[sql] = found }
    return found
  }

  /// Forgets a statement, once there are too many.
  /// - Returns: its name, where the server has one.
  mutating func dropSurplus() -> String? {
    guard known.count > most, let oldest = known.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return nil }
    known[oldest.key] = nil
    return oldest.value.epoch == epoch ? oldest.value.name : nil
  }

  /// - Returns: the name to prepare it by; nil when that is done, or does not pay yet.
  mutating func nameToPrepare(_ known: Known) -> String? {
    guard known.name == nil, known.uses > 1 else { return nil }
    named += 1
    arePrepared = true
    return "s\(named)"
  }

  /// After tables may have changed.
  mutating func forgetPrepared() { epoch += 1 }

  /// At the beginning of a transaction, once the server has forgotten them, too.
  mutating func beginTransaction() {
    epoch += 1
    arePrepared = false
  }
}
