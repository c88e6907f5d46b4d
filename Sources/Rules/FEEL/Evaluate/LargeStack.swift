internal import Dispatch
internal import Foundation

/// Work that nests deep goes on upon a thread of its own with room to spare: secondary threads may have as little as
/// 512 KiB of stack, and running over it cannot be caught. Ordinary expressions never come here.
enum LargeStack {
  /// Room for the deepest text and the deepest recursion that the bounds allow, boxed expressions between the calls
  /// included, also without optimisation.
  static let bytes = 48 << 20

  /// What starting such a thread counts for, of the work an evaluation may do: a loop could start one for each item.
  static let steps = 500

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

extension Invocation {
  /// Runs `body` with this state on a large stack, where evaluation may nest as deep as the options allow. What `body`
  /// needs and what it finds is in `job`.
  package mutating func onLargeStack<Job>(
    _ job: inout Job, _ body: @escaping @Sendable (inout Job, inout Invocation) -> Void
  ) {
    _ = spend(LargeStack.steps)
    var state = (job: job, invocation: self)
    self = Invocation(options: options)
    LargeStack.run(&state) { state in
      let limit = state.invocation.depthLimit
      state.invocation.depthLimit = state.invocation.options.maximumDepth
      state.invocation.isOnLargeStack = true
      body(&state.job, &state.invocation)
      state.invocation.isOnLargeStack = false
      state.invocation.depthLimit = limit
    }
    self = state.invocation
    job = state.job
  }
}
