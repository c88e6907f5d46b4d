/// Boxes without common cases: what is left of a space when others have been taken away.
struct Region: Sendable {
  let space: Space
  private(set) var boxes: [Box]

  init(_ box: Box, in space: Space) {
    self.space = space
    boxes = space.isEmpty(box) ? [] : [box]
  }

  var isEmpty: Bool { boxes.isEmpty }

  mutating func subtract(_ box: Box, _ work: inout WorkLimit) throws(WorkLimit.Exceeded) {
    var rest: [Box] = []
    for present in boxes {
      let parts = space.subtract(box, from: present)
      try work.spend(1 + parts.count)
      rest += parts
    }
    boxes = rest
  }

  /// The same cases in fewer boxes, so that one hole is told of once.
  mutating func join(_ work: inout WorkLimit) throws(WorkLimit.Exceeded) {
    var isJoined = true
    while isJoined {
      isJoined = false
      search: for first in boxes.indices {
        for second in boxes.indices.dropFirst(first + 1) {
          try work.spend(1)
          guard let both = space.joined(boxes[first], boxes[second]) else { continue }
          boxes[first] = both
          boxes.remove(at: second)
          isJoined = true
          break search
        }
      }
    }
  }
}

/// How much an analysis may still do. Tables can be made whose cases are beyond counting.
struct WorkLimit {
  struct Exceeded: Error {}

  private(set) var left: Int

  init(_ limit: Int) { left = limit }

  mutating func spend(_ amount: Int) throws(Exceeded) {
    left -= amount
    if left < 0 { throw Exceeded() }
  }
}
