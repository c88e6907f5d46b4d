import Foundation

/// A bounded number of connections, each lent to one at a time, and made when first needed.
final class PostgreSQLPool: @unchecked Sendable {
  private let most: Int
  private let make: @Sendable () throws -> PostgreSQLConnection

  /// Guards all below.
  private let condition = NSCondition()
  private var idle: [PostgreSQLConnection] = []
  private var lent = 0
  private var isClosed = false

  init(most: Int, make: @escaping @Sendable () throws -> PostgreSQLConnection) {
    self.most = max(most, 1)
    self.make = make
  }

  /// Waits until one is free.
  func lend<R>(_ body: (PostgreSQLConnection) throws -> R) throws -> R {
    let connection = try take() ?? makeInPlace()
    defer { giveBack(connection) }
    return try body(connection)
  }

  /// Those that are lent go when they come back.
  func close() {
    condition.lock()
    defer { condition.unlock() }
    isClosed = true
    idle = []
    condition.broadcast()
  }

  /// - Returns: nil when a new one may be made.
  private func take() throws -> PostgreSQLConnection? {
    condition.lock()
    defer { condition.unlock() }
    while !isClosed, idle.isEmpty, lent >= most { condition.wait() }
    if isClosed { throw SQLError(.gone, "the database was closed") }
    lent += 1
    return idle.popLast()
  }

  /// Gives the place back when none could be made.
  private func makeInPlace() throws -> PostgreSQLConnection {
    do {
      return try make()
    } catch {
      giveBack(nil)
      throw error
    }
  }

  private func giveBack(_ connection: PostgreSQLConnection?) {
    condition.lock()
    defer { condition.unlock() }
    lent -= 1
    if let connection, !isClosed { idle.append(connection) }
    condition.signal()
  }
}
