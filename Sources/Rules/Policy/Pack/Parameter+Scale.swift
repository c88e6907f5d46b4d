public import FEEL

extension Parameter {
  /// Between which values a number is tried out, in the unit in which it is written.
  public struct Scale: Hashable, Sendable {
    /// As the pack writes it: 万元, %. nil for a plain number.
    public var unit: Unit?
    /// nil for one that is left open.
    public var value: Decimal128?
    public var low, high, step: Decimal128
    /// The only values there are, where the bounds list them.
    public var options: [Decimal128]

    /// The value as an override is typed.
    public func text(_ number: Decimal128) -> String { unit.map { "\(number) \($0.symbol)" } ?? number.description }
  }

  /// From the bounds, or else up to twice the value; about a hundred steps, none finer than the digits of the value.
  /// - Returns: nil for other kinds than numbers, and where there is neither a value nor both bounds.
  public var scale: Scale? {
    guard type.kind == .number, choices.isEmpty else { return nil }
    let written = valueSource.flatMap { Quantity($0) }
    let bounds = boundsSource.flatMap { ScaleBounds($0) }
    let unit = written?.unit ?? bounds?.unit ?? type.unit
    if let unit, let other = bounds?.unit, other.dimension != unit.dimension { return nil }
    var value: Decimal128?
    if case .number(let number)? = self.value { value = unit.map { number.divided(by: $0.factor) } ?? number }
    func own(_ number: Decimal128) -> Decimal128? {
      guard let unit, let other = bounds?.unit, other != unit else { return number }
      return (number * other.factor).flatMap { $0.divided(by: unit.factor) }
    }
    let options = (bounds?.options ?? []).compactMap(own)
    let low = bounds?.low.flatMap(own) ?? .zero
    guard let high = bounds?.high.flatMap(own) ?? value.flatMap({ $0 * 2 }), low < high else { return nil }
    guard let step = Self.step(low, high, value, isOpen: bounds?.isOpen == true) else { return nil }
    return Scale(unit: unit, value: value, low: low, high: high, step: step, options: options)
  }

  /// A power of ten: a hundredth of the way or what the digits of the value need, whichever is more.
  private static func step(_ low: Decimal128, _ high: Decimal128, _ value: Decimal128?, isOpen: Bool) -> Decimal128? {
    guard let way = high - low else { return nil }
    var step = Decimal128.one
    while let next = step * 10, let hundred = next * 100, hundred <= way { step = next }
    let digits = [value ?? .zero, low, high].map(\.fractionDigits).max() ?? 0
    for _ in 0..<digits {
      guard let next = step.divided(by: 10) else { break }
      if let hundred = step * 100, hundred <= way { break }
      step = next
    }
    return step
  }
}

extension Decimal128 {
  /// How many digits stand behind the point, at most 12.
  fileprivate var fractionDigits: Int { (0...12).first { scaled(by: $0) != nil } ?? 12 }
}

/// The ends of a parameter's bounds as written: `[0..100] %`, `360, 365 天`.
private struct ScaleBounds {
  var unit: Unit?
  var low: Decimal128?
  var high: Decimal128?
  var options: [Decimal128] = []
  /// Whether an end itself is left out.
  var isOpen = false

  /// nil for a text of another form.
  init?(_ text: String) {
    let (body, unit) = UnitScaling.splitUnit(text)
    self.unit = unit
    if let dots = body.firstRange(of: "..") {
      guard let first = body.first, let last = body.last, "[(]".contains(first), "])[".contains(last) else {
        return nil
      }
      low = Decimal128(body[..<dots.lowerBound].dropFirst().trimmed)
      high = Decimal128(body[dots.upperBound...].dropLast().trimmed)
      isOpen = first != "[" || last != "]"
      if low == nil || high == nil { return nil }
      return
    }
    for (sign, isLow) in [(">=", true), ("<=", false), (">", true), ("<", false)] where body.hasPrefix(sign) {
      guard let number = Decimal128(body.dropFirst(sign.count).trimmed) else { return nil }
      if isLow { low = number } else { high = number }
      isOpen = sign.count == 1
      return
    }
    let numbers = body.split(separator: ",").map { Decimal128($0.trimmed) }
    guard numbers.count > 1, !numbers.contains(where: { $0 == nil }) else { return nil }
    options = numbers.compactMap(\.self).sorted()
    (low, high) = (options.first, options.last)
  }
}
