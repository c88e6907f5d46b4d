/// Allen's relations between points and ranges (DMN 1.5 §10.3.4.7), and `range()`.
enum RangeBuiltins {
  static let rows: [Builtin] = [
    relation("before", [.points, .pointRange, .rangePoint, .ranges]) { $0.upper <= $1.lower },
    relation("after", [.points, .pointRange, .rangePoint, .ranges]) { $1.upper <= $0.lower },
    relation("meets", [.ranges]) { $0.upper.touches($1.lower) },
    relation("met by", [.ranges]) { $1.upper.touches($0.lower) },
    relation("overlaps", [.ranges]) { $0.upper > $1.lower && $1.upper > $0.lower },
    relation("overlaps before", [.ranges]) { overlapsBefore($0, $1) },
    relation("overlaps after", [.ranges]) { overlapsBefore($1, $0) },
    relation("finishes", [.pointRange, .ranges]) { $0.upper == $1.upper && $0.lower >= $1.lower },
    relation("finished by", [.rangePoint, .ranges]) { $0.upper == $1.upper && $1.lower >= $0.lower },
    relation("includes", [.rangePoint, .ranges]) { $0.lower <= $1.lower && $0.upper >= $1.upper },
    relation("during", [.pointRange, .ranges]) { $1.lower <= $0.lower && $1.upper >= $0.upper },
    relation("starts", [.pointRange, .ranges]) { $0.lower == $1.lower && $0.upper <= $1.upper },
    relation("started by", [.rangePoint, .ranges]) { $0.lower == $1.lower && $1.upper <= $0.upper },
    relation("coincides", [.points, .ranges]) { $0.lower == $1.lower && $0.upper == $1.upper },
    Builtin("range", [.one("from", .string)], .told(.range(.any), by: rangeType)) { arguments, _ in
      var text = RangeText(arguments.text(0))
      return text.range().map { .range($0) }
    },
  ]

  /// The type of a range that is written out.
  @Sendable private static func rangeType(_ arguments: TypedArguments) -> FEELType {
    var text = arguments.text(0).map { RangeText($0) }
    return text?.range().map { FEELType(of: .range($0)) } ?? .range(.any)
  }

  private static func overlapsBefore(_ a: Extent, _ b: Extent) -> Bool {
    a.lower < b.lower && a.upper > b.lower && a.upper <= b.upper
  }

  private enum Form {
    case points, pointRange, rangePoint, ranges

    var parameters: [Builtin.Parameter] {
      let range = TypePattern.range(.ordered)
      return switch self {
      case .points: [.one("point1", .ordered), .one("point2", .ordered)]
      case .pointRange: [.one("point", .ordered), .one("range", range)]
      case .rangePoint: [.one("range", range), .one("point", .ordered)]
      case .ranges: [.one("range1", range), .one("range2", range)]
      }
    }

    var isPoint: [Bool] {
      switch self {
      case .points: [true, true]
      case .pointRange: [true, false]
      case .rangePoint: [false, true]
      case .ranges: [false, false]
      }
    }
  }

  /// The forms with more ranges come first: any value would do as a point.
  private static func relation(
    _ name: String, _ forms: [Form], _ holds: @escaping @Sendable (Extent, Extent) -> Bool
  ) -> Builtin {
    Builtin(name, anyOf: forms.reversed().map { Builtin.Signature($0.parameters) }, .boolean) { arguments, _ in
      let a = RangeValue(extentOf: arguments[0]), b = RangeValue(extentOf: arguments[1])
      let ends = [a.start, a.end, b.start, b.end].compactMap { $0 }
      guard let first = ends.first, ends.allSatisfy({ $0.compare(first) != nil }) else { return nil }
      let isPoint = [arguments[0], arguments[1]].map { value in if case .range = value { false } else { true } }
      guard forms.contains(where: { $0.isPoint == isPoint }) else { return nil }
      return .boolean(holds(Extent(a), Extent(b)))
    }
  }
}

extension RangeValue {
  /// A point is the range from itself to itself.
  fileprivate init(extentOf value: Value) {
    if case .range(let range) = value {
      self = range
    } else {
      self.init(start: value, startIncluded: true, end: value, endIncluded: true)
    }
  }
}

/// A range as two cuts in the line of values: each lies just before or just after a value, or beyond all.
///
/// So [1..5) reaches from before 1 to before 5, and (5..8] from after 5 to after 8.
private struct Extent {
  let lower, upper: Cut

  init(_ range: RangeValue) {
    lower = Cut(value: range.start, side: range.start == nil || range.startIncluded ? .before : .after)
    upper = Cut(value: range.end, side: range.end == nil || range.endIncluded ? .after : .before)
  }
}

/// - Precondition: values of the cuts compared can be ordered.
private struct Cut: Comparable {
  /// nil: beyond all values, on the side.
  let value: Value?
  let side: Ordering

  /// An upper end and a lower end that share their value, which both include.
  func touches(_ lower: Cut) -> Bool {
    guard let value, let other = lower.value else { return false }
    return side == .after && lower.side == .before && value.compare(other) == .same
  }

  private func compare(_ other: Cut) -> Ordering {
    switch (value, other.value) {
    case (nil, nil): side == other.side ? .same : side
    case (nil, _): side
    case (_, nil): other.side == .before ? .after : .before
    case (let a?, let b?):
      switch a.compare(b) {
      case .before?: .before
      case .after?: .after
      default: side == other.side ? .same : side
      }
    }
  }

  static func == (a: Cut, b: Cut) -> Bool { a.compare(b) == .same }
  static func < (a: Cut, b: Cut) -> Bool { a.compare(b) == .before }
}
