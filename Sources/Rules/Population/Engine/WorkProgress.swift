internal import Synchronization

/// How far long work is, for those who watch it, and whether it is still wanted.
public final class WorkProgress: Sendable {
  private let rows = Atomic(0)
  private let expected = Atomic(0)
  private let isUnwanted = Atomic(false)

  public init() {}

  /// Rows done, of all that are known to have to be done.
  public var done: Int { rows.load(ordering: .relaxed) }
  public var total: Int { expected.load(ordering: .relaxed) }

  /// Work that sees it stops; what it has come to until then is not to be used.
  public func cancel() { isUnwanted.store(true, ordering: .relaxed) }
  public var isCancelled: Bool { isUnwanted.load(ordering: .relaxed) }

  public func expect(_ more: Int) { expected.add(more, ordering: .relaxed) }
  public func note(_ more: Int) { rows.add(more, ordering: .relaxed) }
}
