internal import Dispatch
internal import Synchronization

/// Work done side by side.
struct Workers {
  /// At least one.
  let count: Int

  init(_ threads: Int) { count = max(1, threads) }

  /// Rows gone over at once.
  private static let rows = 4096

  /// The blocks of rows that one of the workers goes over.
  func blocks(of rows: Int, _ worker: Int) -> some Sequence<Range<Int>> {
    let blocks = (rows + Self.rows - 1) / Self.rows
    return (blocks * worker / count..<blocks * (worker + 1) / count).lazy.map { block in
      block * Self.rows..<min((block + 1) * Self.rows, rows)
    }
  }

  /// What `body` gives for each number below `count`, in order.
  func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
    guard self.count > 1, count > 1 else { return (0..<count).map(body) }
    let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { number in
      let result = body(number)
      results.withLock { $0[number] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}
