import Dispatch
import Synchronization

/// Reads parts of a file ahead of who takes them, in order, and never many at a time.
final class ChunkQueue<Part: Sendable>: Sendable {
  private let state = Mutex(State())
  private let room: DispatchSemaphore
  private let ready: [DispatchSemaphore]

  private struct State {
    var next = 0
    var parts: [Int: Part] = [:]
    var isEnded = false
  }

  /// - Parameters:
  ///   - count: how many parts there are.
  ///   - ahead: how many may wait to be taken.
  init(count: Int, threads: Int, ahead: Int, read: @escaping @Sendable (Int) -> Part) {
    room = DispatchSemaphore(value: 0)
    ready = (0..<count).map { _ in DispatchSemaphore(value: 0) }
    for _ in 0..<ahead { room.signal() }
    for _ in 0..<min(threads, count) {
      DispatchQueue.global(qos: .userInitiated).async { [self] in work(read) }
    }
  }

  private func work(_ read: (Int) -> Part) {
    while true {
      room.wait()
      let number = state.withLock { state -> Int? in
        guard !state.isEnded, state.next < ready.count else { return nil }
        defer { state.next += 1 }
        return state.next
      }
      guard let number else {
        // The other threads are to see the end too.
        room.signal()
        return
      }
      let part = read(number)
      state.withLock { $0.parts[number] = part }
      ready[number].signal()
    }
  }

  /// Waits for a part; each is taken once, in order.
  func take(_ number: Int) -> Part {
    ready[number].wait()
    let part = state.withLock { $0.parts.removeValue(forKey: number) }
    room.signal()
    return part!
  }

  /// Nothing more is read.
  func end() {
    state.withLock { $0.isEnded = true }
    room.signal()
  }
}
