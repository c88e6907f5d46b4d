/// The row being drawn at one level. Used over and over, so that drawing a row makes no new array.
final class Frame {
  var values: [Drawn]
  /// The row before of the same parent.
  var previous: [Drawn]?
  /// The row's number within its rule, from 0.
  var number = 0
  let parent: Frame?

  init(slots: Int, parent: Frame?) {
    values = Array(repeating: .missing, count: slots)
    self.parent = parent
  }

  /// The value a reference leads to; for a field kept per year, that of the year `element`.
  func value(of reference: FieldReference, element: Int) -> Drawn {
    var frame: Frame? = self
    for _ in 0..<reference.level { frame = frame?.parent }
    let slot = reference.slots.lowerBound + (reference.slots.count > 1 ? element : 0)
    guard let frame, reference.slots.contains(slot), slot < frame.values.count else { return .missing }
    return frame.values[slot]
  }
}
