import Foundation
import Synchronization
import Testing

/// Runs on a thread with 1 MiB of stack: frames of a debug build are more than twice those of a release build.
func onSmallStack<T: Sendable>(_ body: @escaping @Sendable () throws -> T) throws -> T {
  let outcome = Shared<Result<T, any Error>>()
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    let result = Result { try body() }
    outcome.set(result)
    done.signal()
  }
  thread.stackSize = 1024 * 1024
  thread.start()
  done.wait()
  return try #require(outcome.value).get()
}

/// A value that one thread leaves for another.
private final class Shared<T>: Sendable where T: Sendable {
  private let state = Mutex<T?>(nil)
  var value: T? { state.withLock { $0 } }
  func set(_ value: T) { state.withLock { $0 = value } }
}
