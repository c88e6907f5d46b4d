internal import Dispatch
internal import Foundation

/// Work that nests deep goes on upon a thread of its own with room to spare: secondary threads may have as little as
/// 512 KiB of stack, and running over it cannot be caught. Ordinary expressions never come here.
enum LargeStack {
  /// Room for the deepest text and the deepest recursion that the bounds allow, also without optimisation.
  static let bytes = 32 << 20

  /// Runs `body` on a large stack and waits for it. The state is passed as it is, not copied.
  static func run<State>(_ state: inout State, _ body: @escaping @Sendable (inout State) -> Void) {
    withUnsafeMutablePointer(to: &state) { pointer in
      nonisolated(unsafe) let pointer = pointer
      let done = DispatchSemaphore(value: 0)
      let thread = Thread {
        body(&pointer.pointee)
        done.signal()
      }
      thread.stackSize = bytes
      thread.start()
      done.wait()
    }
  }
}
