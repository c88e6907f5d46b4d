import FEEL

extension Drawing {
  /// Which of the weighted parts comes up.
  @inline(__always)
  func chosen(_ node: UnsafeMutablePointer<PlanNode>, _ random: inout RandomSource) -> Int {
    let cumulative = numbers + Int(node.pointee.table), count = Int(node.pointee.count)
    let point = Int64(random.below(Int(cumulative[count - 1])))
    var low = 0, high = count - 1
    while high - low > 8 {
      let middle = (low + high) / 2
      if point < cumulative[middle] { high = middle } else { low = middle + 1 }
    }
    while low < high, point >= cumulative[low] { low += 1 }
    return low
  }

  @inline(__always)
  func steps(_ node: UnsafeMutablePointer<PlanNode>, _ count: Int) -> Drawn {
    var value = node.pointee.value
    value.number += Int64(count) * node.pointee.step.digits
    return value
  }

  /// - Parameter point: where the value lies among all, in 2^32.
  func quantile(_ node: UnsafeMutablePointer<PlanNode>, _ point: UInt64) -> Drawn {
    let count = Int(node.pointee.count), shares = numbers + Int(node.pointee.table), point = Int64(point)
    var stretch = 0
    while stretch < count - 1, point >= shares[stretch] { stretch += 1 }
    let start = stretch == 0 ? 0 : shares[stretch - 1]
    let width = shares[stretch] - start
    let place = ((point - start) << 20) / width
    let knots = shares + count + stretch * (Quantiles.pieces + 1) + Int(place >> 16)
    let way = (Int128(knots[1] - knots[0]) * Int128(place & 0xFFFF)) >> 16
    let value = knots[0] + Int64(truncatingIfNeeded: way)
    let digits = (value + (1 << Int64(Quantiles.fractionBits - 1))) >> Int64(Quantiles.fractionBits)
    let step = node.pointee.step
    guard step.digits > 1 else { return .number(Scaled(digits: digits, scale: step.scale)) }
    let half = digits < 0 ? -(step.digits / 2) : step.digits / 2
    return .number(Scaled(digits: (digits + half) / step.digits * step.digits, scale: step.scale))
  }

  /// A day, or that day of its month.
  @inline(__always)
  func date(_ day: Int, _ node: UnsafeMutablePointer<PlanNode>) -> Drawn {
    guard node.pointee.slot > 0 else { return .date(day) }
    guard let date = CalendarDate(dayNumber: day) else { return .missing }
    return .date(day - date.day + Int(node.pointee.slot))
  }

  func moved(
    _ base: Int?, _ node: UnsafeMutablePointer<PlanNode>, _ frame: UnsafeMutablePointer<Frame>, _ element: Int,
    _ slot: Int, _ random: inout RandomSource
  ) -> Drawn {
    var day = base
    if node.pointee.second >= 0 {
      let months = number(draw(Int(node.pointee.second), frame, element, slot, &random))?.integer
      day = months.flatMap { months in
        day.flatMap { CalendarDate(dayNumber: $0)?.adding(months: months)?.dayNumber }
      }
    }
    if node.pointee.third >= 0 {
      let days = number(draw(Int(node.pointee.third), frame, element, slot, &random))?.integer
      day = days.flatMap { days in
        day.flatMap { CalendarDate(dayNumber: $0)?.adding(days: days)?.dayNumber }
      }
    }
    return day.map { .date($0) } ?? .missing
  }

  func product(
    _ node: UnsafeMutablePointer<PlanNode>, _ frame: UnsafeMutablePointer<Frame>, _ element: Int, _ slot: Int,
    _ random: inout RandomSource
  ) -> Drawn {
    var product = Quotient(.one)
    var isWhole = true
    for part in 0..<Int(node.pointee.count) {
      let factor = number(draw(Int(children[Int(node.pointee.table) + part]), frame, element, slot, &random))
      isWhole = factor.map { product.multiply(by: $0) } == true && isWhole
    }
    guard isWhole, product.divide(by: node.pointee.step) else { return .missing }
    return product.rounded(toMultipleOf: Scaled(digits: 1, scale: node.pointee.detail)).map { .number($0) } ?? .missing
  }

  /// The last day counts, so 1 January to 31 December is twelve.
  func months(_ first: Int?, _ last: Int?) -> Drawn {
    guard let first = first.flatMap({ CalendarDate(dayNumber: $0) }),
      let end = last.flatMap({ CalendarDate(dayNumber: $0 + 1) })
    else { return .missing }
    let months = (end.year - first.year) * 12 + end.month - first.month - (end.day < first.day ? 1 : 0)
    return .number(Scaled(digits: Int64(months), scale: 0))
  }

  /// - Parameter row: the row's number; ``CellWriter`` makes the text.
  @inline(__always)
  func code(_ node: UnsafeMutablePointer<PlanNode>, _ region: Drawn, _ row: Int) -> Drawn {
    var digits: Int64 = -1
    if region.kind == .text { digits = Int64(texts[Int(region.number)].region) }
    if region.kind == .number, region.scale == 0, (100_000...999_999).contains(region.number) { digits = region.number }
    guard digits >= 0 else { return .missing }
    return Drawn(
      kind: .code, source: Int32(node.pointee.detail), number: Int64(row), detail: UInt64(digits))
  }

  func annual(
    _ node: UnsafeMutablePointer<PlanNode>, _ frame: UnsafeMutablePointer<Frame>, _ element: Int, _ slot: Int,
    _ random: inout RandomSource
  ) -> Drawn {
    if node.pointee.third >= 0 {
      let since = day(draw(Int(node.pointee.third), frame, 0, slot, &random))
      if let first = since.flatMap({ CalendarDate(dayNumber: $0) }), first.year > node.pointee.detail - element {
        return .missing
      }
    }
    if element == 0 { return draw(Int(node.pointee.first), frame, element, slot, &random) }
    guard let next = number(frame.pointee.values[slot - 1]),
      let rate = number(draw(Int(node.pointee.second), frame, element, slot, &random)),
      let factor = rate.addingOne
    else { return .missing }
    var value = Quotient(next)
    guard value.divide(by: factor) else { return .missing }
    return value.rounded(toMultipleOf: node.pointee.step).map { .number($0) } ?? .missing
  }

  /// The node for a number or date; the last when it is in no band or unknown.
  @inline(__always)
  func band(_ node: UnsafeMutablePointer<PlanNode>, of drawn: Drawn) -> Int32 {
    let bounds = numbers + Int(node.pointee.table), count = Int(node.pointee.count)
    if node.pointee.level == 1 {
      guard let day = day(drawn) else { return node.pointee.second }
      for place in 0..<count where Int64(day) < bounds[place] { return children[Int(node.pointee.third) + place] }
      return node.pointee.second
    }
    guard let number = number(drawn) else { return node.pointee.second }
    for place in 0..<count where number.isBelow(Scaled(digits: bounds[place], scale: node.pointee.detail)) {
      return children[Int(node.pointee.third) + place]
    }
    return node.pointee.second
  }
}

extension Scaled {
  /// One more; nil on overflow.
  fileprivate var addingOne: Scaled? {
    let (sum, overflow) = digits.addingReportingOverflow(Scaled.power(scale))
    return overflow ? nil : Scaled(digits: sum, scale: scale)
  }
}
