import FEEL
import Instructions

/// Constants, arithmetic and rounding, exact to the last digit (DESIGN §6.9).
extension Compiler {
  func constant(_ value: Value) throws(Unsupported) -> Item {
    func scalar(_ kind: Scalar.Kind, _ value: Int) -> Item {
      .scalar(Scalar(kind: kind, value: builder.constant(Int128(value)), null: nil, open: nil))
    }
    switch value {
    case .null: return .null
    case .boolean(let truth): return .scalar(self.truth(builder.byte(truth ? 2 : 0)))
    case .number(let number):
      guard let scale = number.fractionDigits, let digits = number.scaled(by: scale),
        digits.magnitude < Self.mostDigits
      else { throw Unsupported(.digits) }
      return .scalar(
        Scalar(kind: .number(scale: scale, divisor: nil), value: builder.constant(digits), null: nil, open: nil))
    case .string(let text): return scalar(.text(TextPool([text])), 0)
    case .date(let date): return scalar(.date, date.dayNumber)
    case .monthsDuration(let duration): return scalar(.months, duration.months)
    case .daysDuration(let duration):
      let day = Int128(86_400) * 1_000_000_000
      guard duration.nanosecondCount % day == 0, let days = Int(exactly: duration.nanosecondCount / day) else {
        throw Unsupported(.form("PT…"))
      }
      return scalar(.days, days)
    case .list(let values):
      var items: [Item] = []
      for value in values { items.append(try constant(value)) }
      return .list(.items(items))
    case .context(let context):
      var entries: [ContextItem.Entry] = []
      for entry in context.entries {
        entries.append(ContextItem.Entry(name: entry.name, item: try constant(entry.value)))
      }
      return .context(ContextItem(entries: entries, null: nil, open: nil))
    case .range(let range):
      func end(_ value: Value?) throws(Unsupported) -> Scalar? {
        guard let value else { return nil }
        if case .scalar(let scalar) = try constant(value) { return scalar }
        throw Unsupported(.form(".."))
      }
      return .range(
        RangeItem(
          start: try end(range.start), end: try end(range.end), startIncluded: range.startIncluded,
          endIncluded: range.endIncluded))
    case .time, .dateTime, .function: throw Unsupported(.form(value.typeName))
    }
  }

  private static let mostDigits: UInt128 = 10_000_000_000_000_000_000_000_000_000_000_000

  private static func power(_ exponent: Int) throws(Unsupported) -> Int128 {
    guard (0...34).contains(exponent) else { throw Unsupported(.digits) }
    return (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  // MARK: scales and divisors

  /// The digits of a number, counted in a finer unit.
  private func digits(_ register: Register, from scale: Int, to finer: Int) throws(Unsupported) -> Register {
    try builder.multiply(register, by: Self.power(finer - scale))
  }

  /// Two numbers as whole numbers that stand to each other as they do.
  func comparable(_ a: Scalar, _ b: Scalar) throws(Unsupported) -> (Register, Register) {
    guard case .number(let s, let d) = a.kind, case .number(let t, let e) = b.kind else { throw Unsupported(.digits) }
    var x = try digits(a.value, from: s, to: max(s, t))
    var y = try digits(b.value, from: t, to: max(s, t))
    guard d != nil || e != nil else { return (x, y) }
    if d != e {
      if let e { x = try builder.multiply(x, e) }
      if let d { y = try builder.multiply(y, d) }
    }
    for side in [x, y] {
      let bounds = builder.bounds(side)
      // FEEL's quotient has 34 digits: nearer to each other than this, two quotients may be one.
      guard bounds.lowerBound > -Self.farthest, bounds.upperBound < Self.farthest else { throw Unsupported(.digits) }
    }
    return (x, y)
  }

  private static let farthest: Int128 = 1_000_000_000_000_000_000_000_000_000_000

  // MARK: arithmetic

  func negate(_ item: Item) throws(Unsupported) -> Item {
    guard case .scalar(var scalar) = item else { throw Unsupported(.form("-")) }
    switch scalar.kind {
    case .number, .months, .days: scalar.value = try builder.multiply(scalar.value, by: -1)
    case .nothing: break
    default: throw Unsupported(.form("-"))
    }
    return .scalar(scalar)
  }

  func arithmetic(_ operation: ArithmeticOperator, _ a: Item, _ b: Item) throws(Unsupported) -> Item {
    guard case .scalar(let x) = a, case .scalar(let y) = b else { throw Unsupported(.form(operation.rawValue)) }
    if operation == .add, case .text = x.kind { return try ofText("+", [a, b]) { .add($0[0], $0[1]) } }
    if operation == .add, case .text = y.kind { return try ofText("+", [a, b]) { .add($0[0], $0[1]) } }
    let open = builder.union(x.open, y.open)
    if x.isNothing || y.isNothing {
      return .scalar(Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: open))
    }
    var result: Scalar
    switch (x.kind, y.kind) {
    case (.number, .number): result = try numbers(operation, x, y)
    default: result = try temporal(operation, x, y)
    }
    result.null = builder.union(builder.union(x.null, y.null), result.null)
    result.open = open
    return .scalar(result)
  }

  /// Null where the divisor is zero; what operands are null is for the caller.
  private func numbers(_ operation: ArithmeticOperator, _ a: Scalar, _ b: Scalar) throws(Unsupported) -> Scalar {
    guard case .number(let s, let d) = a.kind, case .number(let t, let e) = b.kind else { throw Unsupported(.digits) }
    let isFraction = d != nil || e != nil
    switch operation {
    case .add, .subtract:
      let scale = max(s, t)
      var x = try digits(a.value, from: s, to: scale)
      var y = try digits(b.value, from: t, to: scale)
      var divisor = d ?? e
      if d != e {
        if let e { x = try builder.multiply(x, e) }
        if let d { y = try builder.multiply(y, d) }
        if let d, let e { divisor = try builder.multiply(d, e) }
      }
      let value = operation == .add ? try builder.add(x, y) : try builder.subtract(x, y)
      return Scalar(
        kind: .number(scale: scale, divisor: divisor), value: value, null: nil, open: nil, isRounded: isFraction,
        inexact: try inexact(a, b, within: value))
    case .multiply:
      var divisor = d ?? e
      if let d, let e { divisor = try builder.multiply(d, e) }
      let value = try builder.multiply(a.value, b.value)
      return shortened(
        Scalar(
          kind: .number(scale: s + t, divisor: divisor), value: value, null: nil, open: nil, isRounded: isFraction,
          inexact: try inexactProduct(a, b, within: value)))
    case .divide: return try quotient(a, b)
    case .power:
      guard t == 0, e == nil, builder.constantValue(b.value) == 2 else { throw Unsupported(.form("**")) }
      return try numbers(.multiply, a, a)
    }
  }

  /// Constants need no more digits behind the point than they have.
  private func shortened(_ scalar: Scalar) -> Scalar {
    guard case .number(var scale, let divisor) = scalar.kind, var value = builder.constantValue(scalar.value) else {
      return scalar
    }
    while scale > 0, value % 10 == 0 { (value, scale) = (value / 10, scale - 1) }
    var result = scalar
    result.kind = .number(scale: scale, divisor: divisor)
    result.value = builder.constant(value)
    return result
  }

  private func quotient(_ a: Scalar, _ b: Scalar) throws(Unsupported) -> Scalar {
    guard case .number(let s, let d) = a.kind, case .number(let t, let e) = b.kind else { throw Unsupported(.digits) }
    if let constant = builder.constantValue(b.value), e == nil {
      if constant == 0 { return Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: nil) }
      if let exact = try exactQuotient(a, scale: s, divisor: d, by: constant, scale: t) { return exact }
    }
    // (n·10^-s / d) / (m·10^-t / e) = (n·e)·10^-(s-t) / (d·m)
    var numerator = a.value
    if let e { numerator = try builder.multiply(numerator, e) }
    var denominator = b.value
    if let d { denominator = try builder.multiply(denominator, d) }
    var scale = s - t
    if scale < 0 {
      numerator = try digits(numerator, from: scale, to: 0)
      scale = 0
    }
    let zero = builder.constant(0)
    if builder.bounds(denominator).lowerBound < 0 {
      let isNegative = builder.compare(.less, denominator, zero)
      numerator = builder.select(isNegative, try builder.multiply(numerator, by: -1), numerator)
      denominator = builder.select(isNegative, try builder.multiply(denominator, by: -1), denominator)
    }
    let isZero = builder.compare(.equal, denominator, zero)
    return Scalar(
      kind: .number(scale: scale, divisor: denominator), value: numerator,
      null: builder.mask(builder.map(isZero, [0, 0, 1, 1])), open: nil, isRounded: d != nil || e != nil,
      inexact: try inexact(a, b, within: numerator))
  }

  /// Division by a constant of factors 2 and 5 alone is a multiplication with more digits behind the point.
  private func exactQuotient(
    _ a: Scalar, scale: Int, divisor: Register?, by constant: Int128, scale other: Int
  ) throws(Unsupported) -> Scalar? {
    var rest = constant.magnitude
    var twos = 0, fives = 0
    while rest % 2 == 0 { (rest, twos) = (rest / 2, twos + 1) }
    while rest % 5 == 0 { (rest, fives) = (rest / 5, fives + 1) }
    let more = max(twos, fives)
    guard rest == 1, more <= 12 else { return nil }
    var factor = try Self.power(more) / Int128(constant.magnitude)
    if constant < 0 { factor = -factor }
    var scale = scale + more - other
    var value = try builder.multiply(a.value, by: factor)
    if scale < 0 {
      value = try builder.multiply(value, by: Self.power(-scale))
      scale = 0
    }
    return shortened(
      Scalar(
        kind: .number(scale: scale, divisor: divisor), value: value, null: nil, open: nil,
        isRounded: a.isRounded || divisor != nil,
        inexact: divisor == nil ? a.inexact : try inexact(a, a, within: value)))
  }

  // MARK: where FEEL rounds

  /// A mask of the rows in which a quotient that one of the operands is, or one on the way to it, may have more digits than FEEL
  /// keeps, or in which it may have rounded what became of them.
  private func inexact(_ a: Scalar, _ b: Scalar, within result: Register) throws(Unsupported) -> Register {
    guard hasRoom(result) else { return builder.byte(1) }
    return builder.union(try inexact(a), try inexact(b)) ?? builder.byte(0)
  }

  /// What is multiplied by zero is zero, however it was rounded.
  private func inexactProduct(_ a: Scalar, _ b: Scalar, within result: Register) throws(Unsupported) -> Register {
    func unlessZero(_ mask: Register, _ other: Scalar) -> Register {
      let isZero = builder.compare(.equal, other.value, builder.constant(0))
      return builder.select(isZero, builder.byte(0), mask)
    }
    guard hasRoom(result) else { return builder.byte(1) }
    return builder.union(unlessZero(try inexact(a), b), unlessZero(try inexact(b), a)) ?? builder.byte(0)
  }

  private func inexact(_ scalar: Scalar) throws(Unsupported) -> Register {
    let before = builder.roundedRows(scalar)
    guard case .number(_, let divisor?) = scalar.kind else { return before }
    guard hasRoom(scalar.value) else { return builder.byte(1) }
    let finer = try builder.multiply(scalar.value, by: Self.power(Self.moreDigits))
    let whole = try builder.multiply(builder.divide(finer, by: divisor, .floor), divisor)
    let isExact = builder.compare(.equal, whole, finer)
    return builder.union(before, builder.map(isExact, [1, 1, 0, 0])) ?? builder.byte(0)
  }

  /// Quotients of so many more digits than their numerator count as exact.
  private static let moreDigits = 6

  /// Whether exact quotients of two such numbers are within FEEL's 34 digits.
  private func hasRoom(_ register: Register) -> Bool {
    let bounds = builder.bounds(register), most: Int128 = 10_000_000_000_000_000_000_000
    return bounds.lowerBound > -most && bounds.upperBound < most
  }

  /// What is left after the nearest whole multiple below (`Decimal128.modulo`).
  func modulo(_ a: Item, _ b: Item) throws(Unsupported) -> Item {
    guard case .scalar(let x) = a, case .scalar(let y) = b, case .number(let s, nil) = x.kind,
      case .number(let t, nil) = y.kind, !x.isRounded, !y.isRounded
    else { throw Unsupported(.form("modulo")) }
    let scale = max(s, t)
    let dividend = try digits(x.value, from: s, to: scale), divisor = try digits(y.value, from: t, to: scale)
    let multiple = try builder.multiply(builder.divide(dividend, by: divisor, .floor), divisor)
    let isZero = builder.compare(.equal, divisor, builder.constant(0))
    return .scalar(
      Scalar(
        kind: .number(scale: scale, divisor: nil), value: try builder.subtract(dividend, multiple),
        null: builder.union(
          builder.union(x.null, y.null), builder.mask(builder.map(isZero, [0, 0, 1, 1]))),
        open: builder.union(x.open, y.open)))
  }

  private func temporal(_ operation: ArithmeticOperator, _ a: Scalar, _ b: Scalar) throws(Unsupported) -> Scalar {
    func scalar(_ kind: Scalar.Kind, _ value: Register) -> Scalar {
      Scalar(kind: kind, value: value, null: nil, open: nil)
    }
    switch (operation, a.kind, b.kind) {
    case (.add, .date, .days): return scalar(.date, try builder.add(a.value, b.value))
    case (.subtract, .date, .days): return scalar(.date, try builder.subtract(a.value, b.value))
    case (.subtract, .date, .date): return scalar(.days, try builder.subtract(a.value, b.value))
    case (.add, .date, .months): return scalar(.date, try moved(a.value, by: b.value))
    case (.add, .months, .date): return scalar(.date, try moved(b.value, by: a.value))
    case (.subtract, .date, .months): return scalar(.date, try moved(a.value, by: builder.multiply(b.value, by: -1)))
    case (.multiply, .months, .number(0, nil)), (.multiply, .days, .number(0, nil)):
      return scalar(a.kind, try builder.multiply(a.value, b.value))
    case (.multiply, .number(0, nil), .months), (.multiply, .number(0, nil), .days):
      return scalar(b.kind, try builder.multiply(a.value, b.value))
    case (.divide, .months, .months), (.divide, .days, .days):
      let whole = Scalar.Kind.number(scale: 0, divisor: nil)
      return try quotient(scalar(whole, a.value), scalar(whole, b.value))
    case (.add, .months, .months), (.add, .days, .days): return scalar(a.kind, try builder.add(a.value, b.value))
    case (.subtract, .months, .months), (.subtract, .days, .days):
      return scalar(a.kind, try builder.subtract(a.value, b.value))
    default: throw Unsupported(.form(operation.rawValue))
    }
  }

  func moved(_ date: Register, by months: Register) throws(Unsupported) -> Register {
    let (days, count) = (builder.bounds(date), builder.bounds(months))
    guard count.lowerBound > -100_000, count.upperBound < 100_000 else { throw Unsupported(.form("+")) }
    // A month is 28 to 31 days.
    let earliest = min(count.lowerBound * 31, count.lowerBound * 28) - 31
    let latest = max(count.upperBound * 31, count.upperBound * 28) + 31
    return builder.append(
      .addMonths(date, months), .integer, (days.lowerBound + earliest)...(days.upperBound + latest))
  }

  // MARK: rounding

  /// A number rounded to so many digits behind the point.
  func rounded(_ scalar: Scalar, toScale digits: Int, _ rounding: WholeRounding) throws(Unsupported) -> Scalar {
    guard case .number(let scale, let divisor) = scalar.kind else { throw Unsupported(.form("round")) }
    guard (-20...20).contains(digits) else { throw Unsupported(.digits) }
    if divisor == nil, digits >= scale { return scalar }
    var numerator = scalar.value
    var denominator = divisor ?? builder.constant(1)
    if digits >= scale {
      numerator = try builder.multiply(numerator, by: Self.power(digits - scale))
    } else {
      denominator = try builder.multiply(denominator, by: Self.power(scale - digits))
    }
    var value = builder.divide(numerator, by: denominator, rounding)
    if scalar.isRounded {
      try doubtAtTurn(numerator, denominator, rounding, scalar.null, builder.roundedRows(scalar))
    }
    if digits < 0 { value = try builder.multiply(value, by: Self.power(-digits)) }
    var result = scalar
    result.kind = .number(scale: max(digits, 0), divisor: nil)
    result.value = value
    result.isRounded = false
    result.inexact = nil
    return result
  }

  /// Where a value that FEEL may have rounded on the way lies just where rounding turns, only the interpreter can tell.
  private func doubtAtTurn(
    _ numerator: Register, _ denominator: Register, _ rounding: WholeRounding, _ null: Register?,
    _ inexact: Register
  ) throws(Unsupported) {
    let floor = builder.divide(numerator, by: denominator, .floor)
    let turn: Register
    switch rounding {
    case .floor, .ceiling, .up, .down:
      turn = builder.compare(.equal, try builder.multiply(floor, denominator), numerator)
    case .halfUp, .halfDown, .halfEven:
      let odd = try builder.add(builder.multiply(floor, by: 2), builder.constant(1))
      turn = builder.compare(
        .equal, try builder.multiply(odd, denominator), try builder.multiply(numerator, by: 2))
    }
    let isOpen = builder.and(builder.isSet(builder.mask(inexact)), builder.isUnset(null))
    builder.doubt(builder.map(builder.and(turn, isOpen), [0, 0, 1, 1]))
  }
}

extension ProgramBuilder {
  /// A mask of the rows in which FEEL may have rounded on the way.
  func roundedRows(_ scalar: Scalar) -> Register { scalar.isRounded ? scalar.inexact ?? byte(1) : byte(0) }
}
