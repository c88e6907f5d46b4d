import Dispatch
import Synchronization

/// A database of a PostgreSQL server, over a bounded number of connections.
///
/// After a statement has failed, the server refuses the rest of its transaction: `body` had better throw.
public final class PostgreSQLDatabase: SQLDatabase {
  /// Held by whoever writes, in the database as a whole: "Silian" in ASCII.
  static let writerLock = 0x5369_6C69_616E
  /// Where names are announced.
  static let channel = "silian"

  private let address: PostgreSQLAddress
  private let patience: Duration
  private let pool: PostgreSQLPool
  /// Writers of this process wait here, and not with a connection each.
  private let turn = DispatchSemaphore(value: 1)
  /// None once it was closed.
  private let listeners = Mutex<[ObjectIdentifier: PostgreSQLListener]?>([:])

  /// Connects when first asked.
  /// - Parameters:
  ///   - url: `postgresql://user:password@host:port/database`, special letters percent-encoded.
  ///   - connections: how many may be lent at once; those that listen come on top.
  ///   - patience: how long to wait for the server, for the writer before, and for locks.
  /// - Throws: ``SQLError`` of kind `gone` when the URL cannot be understood.
  public init(url: String, connections: Int = 4, patience: Duration = .seconds(10)) throws {
    address = try PostgreSQLAddress(url: url)
    self.patience = patience
    pool = PostgreSQLPool(most: connections) { [address] in
      try PostgreSQLConnection(to: address, patience: patience)
    }
  }

  deinit { close() }

  public var dialect: SQLDialect { .postgreSQL }

  public func read<R>(_ body: (any SQLConnection) throws -> R) throws -> R {
    try pool.lend { try $0.read(body) }
  }

  public func write<R>(_ body: (any SQLConnection) throws -> R) throws -> R {
    let clock = ContinuousClock()
    let deadline = clock.now + patience
    guard turn.wait(timeout: .now() + .milliseconds(patience.milliseconds)) == .success else {
      throw SQLError(.busy, "another writer of this process has not ended in time")
    }
    defer { turn.signal() }
    return try pool.lend { try $0.write(waiting: deadline - clock.now, body) }
  }

  /// Waits until the server listens, so that all that is announced later comes; not for a server that does not answer.
  public func announcements() -> AsyncStream<String> {
    let (names, continuation) = AsyncStream.makeStream(of: String.self)
    let listener = PostgreSQLListener(to: address, patience: patience) {
      continuation.yield($0)
    } end: {
      continuation.finish()
    }
    let key = ObjectIdentifier(listener)
    continuation.onTermination = { [weak self] _ in
      listener.stop()
      self?.listeners.withLock { $0?[key] = nil }
    }
    let isOpen = listeners.withLock { listeners in
      listeners?[key] = listener
      return listeners != nil
    }
    if isOpen { listener.start() } else { listener.stop() }
    return names
  }

  /// Ends what is idle now, and what is lent when it comes back.
  public func close() {
    pool.close()
    let ended = listeners.withLock { listeners in
      defer { listeners = nil }
      return listeners ?? [:]
    }
    for listener in ended.values { listener.stop() }
  }
}

extension Duration {
  var milliseconds: Int { Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000) }
  /// In milliseconds, as PostgreSQL takes it: to it 0 would be for ever.
  var lockTimeout: Int { min(max(milliseconds, 1), Int(Int32.max)) }
}
