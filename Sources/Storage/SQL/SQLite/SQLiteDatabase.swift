import GRDB

/// A database in one file: a write-ahead log in which every commit reaches the disk before it is acknowledged.
public final class SQLiteDatabase: SQLDatabase {
  public let dialect = SQLDialect.sqlite
  private let writer: DatabaseQueue
  private let readers: SQLiteReaders
  private let listeners = SQLiteListeners()

  /// KiB of pages that the writer keeps at hand.
  private static let cache = 128 << 10

  /// Opens a file, or makes it.
  /// - Parameters:
  ///   - connections: how many may read at once.
  ///   - patience: how long to wait for another writer.
  /// - Throws: ``SQLError``.
  public init(path: String, connections: Int = 4, patience: Duration = .seconds(10)) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(
      Double(patience.components.seconds) + Double(patience.components.attoseconds) / 1e18)
    configuration.foreignKeysEnabled = true
    configuration.journalMode = .wal
    let prepared = configuration
    writer = try SQLError.translating {
      let writer = try DatabaseQueue(path: path, configuration: prepared)
      // After the connection is opened, so that nothing asks for less.
      try writer.writeWithoutTransaction {
        try $0.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -\(Self.cache)")
      }
      return writer
    }
    readers = SQLiteReaders(path: path, configuration, most: connections)
  }

  public func read<R>(_ body: (any SQLConnection) throws -> R) throws -> R {
    try readers.lend { reader in
      try SQLError.translating { try reader.read { try body(SQLiteConnection($0, mayWrite: false)) } }
    }
  }

  public func write<R>(_ body: (any SQLConnection) throws -> R) throws -> R {
    try SQLError.translating {
      var announced: [String] = []
      let result = try writer.write { database in
        let connection = SQLiteConnection(database, mayWrite: true)
        defer { announced = connection.announced }
        return try body(connection)
      }
      for name in announced { listeners.tell(name) }
      return result
    }
  }

  /// Those of other processes come as `*`, within a second: that something has changed is seen, not what.
  public func announcements() -> AsyncStream<String> {
    let writer = writer
    return listeners.stream {
      try? writer.writeWithoutTransaction { try Int64.fetchOne($0, sql: "PRAGMA data_version") }
    }
  }

  public func close() {
    listeners.end()
    readers.close()
    try? writer.close()
  }
}
