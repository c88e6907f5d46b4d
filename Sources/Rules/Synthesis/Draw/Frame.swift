/// The row being drawn at one level. Used over and over, so that drawing a row makes nothing anew.
struct Frame: BitwiseCopyable {
  let values: UnsafeMutablePointer<Drawn>
  /// The row before of the same parent, when some field asks for it.
  let previous: UnsafeMutablePointer<Drawn>
  var hasPrevious = false
  /// The row's number within its rule, from 0.
  var number = 0
  /// How many levels stand above.
  let depth: Int
}

/// The frames of a rule's rows and of all the rows they are drawn for, outermost first. One per worker.
final class Frames {
  let base: UnsafeMutablePointer<Frame>
  private let count: Int

  /// - Parameter slots: how many each level has, outermost first.
  init(slots: [Int]) {
    count = slots.count
    base = .allocate(capacity: max(count, 1))
    for (depth, slots) in slots.enumerated() {
      let values = UnsafeMutablePointer<Drawn>.allocate(capacity: slots + 1)
      let previous = UnsafeMutablePointer<Drawn>.allocate(capacity: slots + 1)
      values.initialize(repeating: .missing, count: slots + 1)
      previous.initialize(repeating: .missing, count: slots + 1)
      (base + depth).initialize(to: Frame(values: values, previous: previous, depth: depth))
    }
  }

  deinit {
    for depth in 0..<count {
      base[depth].values.deallocate()
      base[depth].previous.deallocate()
    }
    base.deallocate()
  }
}
