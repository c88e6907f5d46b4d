internal import Synchronization

/// Where results lie that are worked out again and again: what nobody holds any more is written over by the next ones.
public final class ResultMemory: Sendable {
  /// Of the results last worked out.
  private let last = Mutex<[Cells]>([])

  public init() {}

  /// - Returns: the memory that nobody holds any more; all other is its holders' alone from now on.
  func taken() -> [Cells] {
    var cells = last.withLock { last in
      defer { last = [] }
      return last
    }
    var free: [Cells] = []
    while var one = cells.popLast() {
      if isKnownUniquelyReferenced(&one) { free.append(one) }
    }
    return free
  }

  func keep(_ cells: some Sequence<Cells>) { last.withLock { $0 = Array(cells) } }
}
