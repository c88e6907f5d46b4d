/// A range of ordered values (DMN 1.5 §10.3.2.7); a missing end is unbounded.
public struct RangeValue: Sendable {
  /// nil when the range has no lower bound.
  public var start: Value?
  public var startIncluded: Bool
  /// nil when the range has no upper bound.
  public var end: Value?
  public var endIncluded: Bool

  public init(start: Value?, startIncluded: Bool, end: Value?, endIncluded: Bool) {
    self.start = start
    self.startIncluded = startIncluded && start != nil
    self.end = end
    self.endIncluded = endIncluded && end != nil
  }

  /// nil when `value` cannot be compared with the ends.
  public func contains(_ value: Value) -> Bool? {
    var isInside = true
    if let start {
      guard let order = value.compare(start) else { return nil }
      isInside = order == .after || (order == .same && startIncluded)
    }
    if let end {
      guard let order = value.compare(end) else { return nil }
      isInside = isInside && (order == .before || (order == .same && endIncluded))
    }
    if start == nil && end == nil { return nil }
    return isInside
  }
}
