import Foundation

/// Those who listen to announcements within this process.
final class SQLiteListeners: @unchecked Sendable {
  private let lock = NSLock()
  private var continuations: [Int: AsyncStream<String>.Continuation] = [:]
  private var next = 0
  private var watch: Task<Void, Never>?
  private var isEnded = false

  func tell(_ name: String) {
    for continuation in lock.withLock({ Array(continuations.values) }) { continuation.yield(name) }
  }

  /// - Parameter version: a number that changes when another process writes.
  func stream(version: @escaping @Sendable () -> Int64?) -> AsyncStream<String> {
    AsyncStream { continuation in
      let number: Int? = lock.withLock {
        if isEnded { return nil }
        next += 1
        continuations[next] = continuation
        if watch == nil { watch = watching(version) }
        return next
      }
      guard let number else { return continuation.finish() }
      continuation.onTermination = { [weak self] _ in self?.remove(number) }
    }
  }

  /// - Parameter known: the number as it is now.
  private func watching(_ version: @escaping @Sendable () -> Int64?) -> Task<Void, Never> {
    let first = version()
    return Task.detached { [weak self] in
      var known = first
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(500))
        guard let now = version(), now != known else { continue }
        known = now
        self?.tell("*")
      }
    }
  }

  private func remove(_ number: Int) {
    lock.withLock {
      continuations[number] = nil
      guard continuations.isEmpty else { return }
      watch?.cancel()
      watch = nil
    }
  }

  func end() {
    let all = lock.withLock {
      isEnded = true
      watch?.cancel()
      return Array(continuations.values)
    }
    for continuation in all { continuation.finish() }
  }
}
