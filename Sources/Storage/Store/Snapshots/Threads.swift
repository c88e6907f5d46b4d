import Dispatch
import Synchronization

/// Work divided among threads; whoever is free takes the next piece.
public enum Threads {
  /// How many, where nothing else is said.
  public static let most = 2

  /// - Returns: in the order of the inputs.
  public static func map<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], threads: Int = most, _ body: @Sendable (Input) -> Output
  ) -> [Output] {
    let next = Atomic(0)
    let results = Mutex([Output?](repeating: nil, count: inputs.count))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, inputs.count))) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < inputs.count else { return }
        let output = body(inputs[index])
        results.withLock { $0[index] = output }
      }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}
