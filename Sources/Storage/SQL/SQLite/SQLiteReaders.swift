import Foundation
import GRDB

/// Connections that may only read, opened as they are needed and lent one at a time.
///
/// GRDB's own pool ends the program when a reader asks for another reader on its thread; this one lends it another connection.
final class SQLiteReaders: @unchecked Sendable {
  private let path: String
  private let configuration: Configuration
  private let most: Int
  private let changed = NSCondition()
  private var free: [DatabaseQueue] = []
  private var lent = 0
  private var isClosed = false

  init(path: String, _ configuration: Configuration, most: Int) {
    self.path = path
    self.configuration = configuration
    self.most = most
  }

  /// - Throws: what the body throws; ``SQLError`` of kind `gone` when nothing can be opened any more.
  func lend<R>(_ body: (DatabaseQueue) throws -> R) throws -> R {
    let reader = try take()
    defer { giveBack(reader) }
    return try body(reader)
  }

  private func take() throws -> DatabaseQueue {
    let known: DatabaseQueue? = try changed.withLock {
      while !isClosed, free.isEmpty, lent >= most { changed.wait() }
      if isClosed { throw SQLError(.gone, "the database was closed") }
      lent += 1
      return free.popLast()
    }
    do {
      return try known ?? open()
    } catch {
      giveBack(nil)
      throw error
    }
  }

  private func open() throws -> DatabaseQueue {
    try SQLError.translating {
      var configuration = configuration
      configuration.readonly = true
      return try DatabaseQueue(path: path, configuration: configuration)
    }
  }

  private func giveBack(_ reader: DatabaseQueue?) {
    changed.withLock {
      lent -= 1
      if let reader, !isClosed { free.append(reader) } else { try? reader?.close() }
      changed.signal()
    }
  }

  func close() {
    changed.withLock {
      isClosed = true
      for reader in free { try? reader.close() }
      free = []
      changed.broadcast()
    }
  }
}
