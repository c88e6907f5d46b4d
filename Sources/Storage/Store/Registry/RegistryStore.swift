public import Diagnostics
import Foundation
import Policy
import Registry
import SQL
import Synchronization

/// The registry in a database: what was said of records, by whom and when, and the log of every change.
///
/// Calls block their thread.
public final class RegistryStore: Sendable {
  /// Where the database is, as messages say it: without a password.
  public let address: String
  let database: any SQLDatabase
  /// Batches by their number; they never change.
  let batches = Mutex<[Int: Batch]>([:])
  /// The ids of the fields that tables have columns for, by type; nil until they are looked up.
  let columns = Mutex<[String: Set<String>]?>(nil)
  /// The ids of the types that reference fields lead to, by type and field; looked up with the columns.
  let targets = Mutex<[String: [String: String]]>([:])
  /// Who is who, by the type and what is known; never of what is not recorded yet.
  let identities = Mutex<[IdentityMoment: Identities]>([:])

  init(_ database: any SQLDatabase, address: String) {
    self.database = database
    self.address = address
  }

  /// Opens a store and brings its tables to the newest layout.
  /// - Parameters:
  ///   - address: the path of a file, or a URL that begins with `postgresql://`.
  ///   - creates: whether it is made where there is none.
  /// - Throws: `store.database.…`
  public static func open(_ address: String, creates: Bool = false) throws(Diagnostic) -> RegistryStore {
    if !creates, !isStore(at: address) {
      throw Diagnostic("store.database.missing", at: SourcePlace(file: shown(address)))
    }
    do {
      let database: any SQLDatabase =
        isURL(address) ? try PostgreSQLDatabase(url: address) : try SQLiteDatabase(path: address)
      let store = RegistryStore(database, address: shown(address))
      try store.migrate(creates: creates)
      return store
    } catch let error as Diagnostic {
      throw error
    } catch {
      throw diagnostic(for: error, at: shown(address))
    }
  }

  public func close() { database.close() }

  /// Comes with every change of the store, by whichever process; now and then without one. Ends with the task, and when the store is
  /// closed.
  public func changes() -> AsyncStream<Void> {
    let announcements = database.announcements()
    return AsyncStream { continuation in
      let task = Task {
        for await _ in announcements { continuation.yield() }
        continuation.finish()
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  /// Whether an address is one of a store: a URL of PostgreSQL, or a file of SQLite.
  public static func isStore(at address: String) -> Bool {
    if isURL(address) { return true }
    guard FileKind(path: address) == .regular, let file = try? MappedFile(path: address) else { return false }
    return file.bytes.prefix(signature.utf8.count).elementsEqual(signature.utf8)
  }

  private static let signature = "SQLite format 3\0"

  private static func isURL(_ address: String) -> Bool {
    address.hasPrefix("postgresql://") || address.hasPrefix("postgres://")
  }

  /// An address without what only the server may know.
  public static func shown(_ address: String) -> String {
    guard isURL(address) else { return address }
    // What follows a question mark may hold a password too.
    let address = address.prefix { $0 != "?" }
    guard let at = address.lastIndex(of: "@"), let scheme = address.range(of: "://") else { return String(address) }
    let user = address[scheme.upperBound..<at].split(separator: ":", maxSplits: 1).first ?? ""
    return "\(address[..<scheme.upperBound])\(user)\(address[at...])"
  }

  // MARK: transactions

  func read<R>(_ body: (any SQLConnection) throws -> R) throws(Diagnostic) -> R {
    do { return try database.read(body) } catch { throw diagnostic(for: error) }
  }

  func write<R>(_ body: (any SQLConnection) throws -> R) throws(Diagnostic) -> R {
    do { return try database.write(body) } catch { throw diagnostic(for: error) }
  }

  func diagnostic(for error: any Error) -> Diagnostic { Self.diagnostic(for: error, at: address) }

  private static func diagnostic(for error: any Error, at address: String) -> Diagnostic {
    if let diagnostic = error as? Diagnostic { return diagnostic }
    let place = SourcePlace(file: address)
    if error is CancellationError { return Diagnostic("store.cancelled", at: place) }
    guard let error = error as? SQLError else {
      return Diagnostic("store.database.statement", at: place, ["message": "\(error)"])
    }
    let code =
      switch error.kind {
      case .busy: "store.database.busy"
      case .gone: "store.database.gone"
      case .full: "store.database.full"
      case .constraint: "store.database.constraint"
      case .damaged: "store.database.damaged"
      case .statement: "store.database.statement"
      }
    return Diagnostic(code, at: place, ["message": error.description])
  }

  // MARK: the layout of the tables

  private static let layout = "layout"

  private func migrate(creates: Bool) throws(Diagnostic) {
    let newest = Migration.all.count
    let known = try read { try Self.number(in: $0) }
    if known == newest { return }
    try write { connection in
      let known = try Self.number(in: connection)
      let place = SourcePlace(file: address)
      if known > newest {
        throw Diagnostic("store.database.newer", at: place, ["number": String(known), "newest": String(newest)])
      }
      if known == 0 {
        if try connection.hasTables || !creates { throw Diagnostic("store.database.foreign", at: place) }
        try connection.execute(
          """
          CREATE TABLE store (name \(connection.dialect.name(of: .text)) PRIMARY KEY,
          value \(connection.dialect.name(of: .text)) NOT NULL)\(connection.dialect.tableOptions)
          """)
        try Metadata(connection).set("id", Self.newID())
      }
      for migration in Migration.all.dropFirst(known) {
        try migration.apply(to: connection)
        _ = try AuditChain(connection: connection).append(
          "layout.migrate", to: String(migration.number), by: "silian")
      }
      try Metadata(connection).set(Self.layout, String(newest))
    }
  }

  /// 0 for a database that is no store.
  private static func number(in connection: any SQLConnection) throws -> Int {
    guard try connection.hasTable("store") else { return 0 }
    return try Metadata(connection).value(layout).flatMap(Int.init) ?? 0
  }

  private static func newID() -> String {
    (0..<2).map { _ in UInt64.random(in: .min ... .max).sixteenDigits }.joined()
  }
}

extension SQLConnection {
  func hasTable(_ name: String) throws -> Bool { try tables.contains(name) }

  var hasTables: Bool { get throws { try !tables.isEmpty } }

  /// The names of all tables of the store's schema, in order.
  var tables: [String] {
    get throws {
      switch dialect {
      case .sqlite:
        try rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name") {
          $0.text(0) ?? ""
        }
      case .postgreSQL:
        try rows("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename COLLATE \"C\"")
        {
          $0.text(0) ?? ""
        }
      }
    }
  }
}
