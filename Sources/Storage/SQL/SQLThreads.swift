import Dispatch

/// Threads for calls that block, apart from those that answer requests.
enum SQLThreads {
  private static let queue = DispatchQueue(label: "sql", attributes: .concurrent)

  static func run<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try body() }) }
    }
  }
}
