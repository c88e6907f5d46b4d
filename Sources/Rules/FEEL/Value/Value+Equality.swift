/// The outcome of comparing two ordered values.
public enum Ordering: Sendable, Hashable {
  case before, same, after
}

extension Value {
  /// How deep values may nest where they are compared, written out or flattened; deeper ones have no answer.
  static let maximumDepth = 250

  public var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// FEEL's `=` (DMN 1.5 §10.3.2.15 Table 53); nil when the two have no common kind.
  public func isEqual(to other: Value) -> Bool? { isEqual(to: other, depth: Value.maximumDepth) }

  private func isEqual(to other: Value, depth: Int) -> Bool? {
    switch (self, other) {
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): a.hasSameCodePoints(as: b)
    case (.null, .null): true
    case (.null, _), (_, .null): false
    case (.boolean(let a), .boolean(let b)): a == b
    case (.date(let a), .date(let b)): a == b
    case (.time(let a), .time(let b)): (a.zone == nil) == (b.zone == nil) && a.compare(b) == .same
    case (.dateTime(let a), .dateTime(let b)): (a.zone == nil) == (b.zone == nil) && a.compare(b) == .same
    case (.daysDuration(let a), .daysDuration(let b)): a == b
    case (.monthsDuration(let a), .monthsDuration(let b)): a == b
    case (.list(let a), .list(let b)): Value.areEqual(a, b, depth: depth - 1)
    case (.context(let a), .context(let b)): Value.areEqual(a, b, depth: depth - 1)
    case (.range(let a), .range(let b)): Value.areEqual(a, b, depth: depth - 1)
    default: nil
    }
  }

  /// All of the comparisons hold; false as soon as one fails, nil when one has no answer and none fails.
  private static func conjunction(_ comparisons: some Sequence<Bool?>) -> Bool? {
    var isKnown = true
    for comparison in comparisons {
      guard let comparison else {
        isKnown = false
        continue
      }
      if !comparison { return false }
    }
    return isKnown ? true : nil
  }

  private static func areEqual(_ a: [Value], _ b: [Value], depth: Int) -> Bool? {
    guard depth > 0 else { return nil }
    guard a.count == b.count else { return false }
    return conjunction(zip(a, b).lazy.map { $0.isEqual(to: $1, depth: depth) })
  }

  private static func areEqual(_ a: Context, _ b: Context, depth: Int) -> Bool? {
    guard depth > 0 else { return nil }
    guard a.count == b.count else { return false }
    return conjunction(
      a.names.lazy.map { name in
        guard let left = a[name], let right = b[name] else { return false }
        return left.isEqual(to: right, depth: depth)
      })
  }

  private static func areEqual(_ a: RangeValue, _ b: RangeValue, depth: Int) -> Bool? {
    guard depth > 0 else { return nil }
    guard a.startIncluded == b.startIncluded, a.endIncluded == b.endIncluded else { return false }
    return conjunction([
      (a.start ?? .null()).isEqual(to: b.start ?? .null(), depth: depth),
      (a.end ?? .null()).isEqual(to: b.end ?? .null(), depth: depth),
    ])
  }

  /// FEEL's `<`, `=`, `>` on ordered kinds (DMN 1.5 §10.3.2.15 Table 54); nil when the two cannot be ordered.
  public func compare(_ other: Value) -> Ordering? {
    switch (self, other) {
    case (.number(let a), .number(let b)): a.compare(b)
    case (.string(let a), .string(let b)): a.compareCodePoints(b)
    case (.date(let a), .date(let b)): Ordering(a, b)
    case (.time(let a), .time(let b)): a.compare(b)
    case (.dateTime(let a), .dateTime(let b)): a.compare(b)
    case (.daysDuration(let a), .daysDuration(let b)): Ordering(a, b)
    case (.monthsDuration(let a), .monthsDuration(let b)): Ordering(a, b)
    default: nil
    }
  }

  /// FEEL's `is` (DMN 1.5 §10.3.4.6): the same element of the semantic domain; zones count, written form does not.
  public func isSame(as other: Value) -> Bool {
    switch (self, other) {
    case (.time(let a), .time(let b)): a == b
    case (.dateTime(let a), .dateTime(let b)): a == b
    default: isEqual(to: other) ?? false
    }
  }
}

extension Ordering {
  init<T: Comparable>(_ a: T, _ b: T) { self = a == b ? .same : a < b ? .before : .after }
}

extension TimeOfDay {
  /// On the clock of UTC. A local time takes the offset of one that has an offset (DMN 1.5 Table 54).
  func compare(_ other: TimeOfDay) -> Ordering {
    guard let a = offsetSeconds, let b = other.offsetSeconds else { return Ordering(nanoseconds, other.nanoseconds) }
    return Ordering(nanoseconds - a * 1_000_000_000, other.nanoseconds - b * 1_000_000_000)
  }
}

extension DateTime {
  /// As moments. A local one takes the offset of one that has an offset (DMN 1.5 Table 54).
  func compare(_ other: DateTime) -> Ordering {
    guard zone != nil, other.zone != nil else { return Ordering(localNanoseconds, other.localNanoseconds) }
    return Ordering(instantNanoseconds, other.instantNanoseconds)
  }
}

extension String {
  /// Equality by code points; Swift's own holds composed and decomposed letters equal.
  func hasSameCodePoints(as other: String) -> Bool {
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }

  /// UTF-8 keeps the order of code points.
  func compareCodePoints(_ other: String) -> Ordering {
    if hasSameCodePoints(as: other) { return .same }
    return utf8.lexicographicallyPrecedes(other.utf8) ? .before : .after
  }
}
