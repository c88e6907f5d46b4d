import FEEL

/// Draws values. Every field of every row has a generator of its own, so that a row can be drawn again at will, and
/// only the fields that are wanted.
struct Drawing {
  let region: Region
  let seed: UInt64
  let codes: CreditCodes
  /// The keys that references may take, by pool.
  var pools: [[String]] = []

  func drawRow(_ frame: Frame, rule: Int, fields: [Bool]) {
    for (position, field) in region.rules[rule].fields.enumerated() where fields[position] {
      var random = RandomSource(seed: fieldSeed(rule, frame.number, position, salt: 0))
      for (element, slot) in field.slots.enumerated() {
        frame.values[slot] = draw(field.distribution, frame, element: element, slot: slot, &random)
      }
    }
  }

  /// The cells of a field as they are written: some left empty, some known to be none.
  func cells(ofField position: Int, in frame: Frame, rule: Int, none: String) -> [String] {
    let field = region.rules[rule].fields[position]
    var random = RandomSource(seed: fieldSeed(rule, frame.number, position, salt: 1))
    if random.happens(perMillion: field.blank) { return field.slots.map { _ in "" } }
    if random.happens(perMillion: field.none) { return field.slots.map { _ in none } }
    return frame.values[field.slots].map(\.cell)
  }

  /// How many rows a parent gets.
  func rows(for parent: Frame, rule: Int, share: Int, _ distribution: Distribution) -> Int {
    var random = RandomSource(seed: fieldSeed(rule, parent.number, 0, salt: 2))
    guard share == 1_000_000 || random.happens(perMillion: share) else { return 0 }
    let frame = Frame(slots: 0, parent: parent)
    let number = draw(distribution, frame, element: 0, slot: 0, &random).number?.integer ?? 0
    return min(max(number, 0), 1000)
  }

  private func fieldSeed(_ rule: Int, _ row: Int, _ field: Int, salt: UInt64) -> UInt64 {
    RandomSource.seed(seed, UInt64(rule), UInt64(row), UInt64(field), salt)
  }

  private func draw(
    _ distribution: Distribution, _ frame: Frame, element: Int, slot: Int, _ random: inout RandomSource
  ) -> Drawn {
    func inner(_ part: Distribution) -> Drawn { draw(part, frame, element: element, slot: slot, &random) }
    func value(_ reference: FieldReference) -> Drawn { frame.value(of: reference, element: element) }
    switch distribution {
    case .constant(let constant): return constant
    case .choice(let values, let cumulative): return choice(values, cumulative, &random)
    case .steps(let min, let step, let count):
      return Drawn((step * Decimal128(random.below(count))).flatMap { min + $0 })
    case .date(let first, let count, let day): return date(first + random.below(count), day: day)
    case .offset(let base, let months, let days):
      return Drawn(moved(value(base).date, months: months.map(inner), days: days.map(inner)))
    case .next(let after, let first):
      guard let before = frame.previous?[after.slots.lowerBound] else { return inner(first) }
      return Drawn(before.date?.adding(days: 1))
    case .reference(let pool):
      return pools[pool].isEmpty ? .missing : .text(pools[pool][random.below(pools[pool].count)])
    case .field(let reference): return value(reference)
    case .scaled(let base, let times, let step):
      guard let number = value(base).number, let factor = inner(times).number else { return .missing }
      return Drawn((number * factor)?.rounded(toMultipleOf: step))
    case .product(let factors, let over, let places): return product(factors.map(inner), over, places)
    case .monthsBetween(let from, let to): return months(from: value(from).date, to: value(to).date)
    case .sequence(let prefix, let width): return .text(prefix + padded(frame.number + 1, width))
    case .code(let region, let prefix):
      return codes.code(number: frame.number, region: inner(region).cell, prefix: prefix).map(Drawn.text) ?? .missing
    case .name(let parts): return .text(name(parts, frame.number + 1, &random))
    case .annual(let latest, let growth, let step):
      if element == 0 { return inner(latest) }
      guard let next = frame.values[slot - 1].number, let rate = inner(growth).number, let factor = rate + .one
      else { return .missing }
      return Drawn(next.divided(by: factor)?.rounded(toMultipleOf: step))
    }
  }

  private func choice(_ values: [Drawn], _ cumulative: [Int], _ random: inout RandomSource) -> Drawn {
    let point = random.below(cumulative.last ?? 0)
    return values[cumulative.firstIndex { point < $0 } ?? 0]
  }

  private func date(_ dayNumber: Int, day: Int?) -> Drawn {
    guard let date = CalendarDate(dayNumber: dayNumber) else { return .missing }
    return Drawn(day.map { CalendarDate(year: date.year, month: date.month, day: $0) } ?? date)
  }

  private func moved(_ date: CalendarDate?, months: Drawn?, days: Drawn?) -> CalendarDate? {
    var date = date
    if let months { date = months.number?.integer.flatMap { date?.adding(months: $0) } }
    if let days { date = days.number?.integer.flatMap { date?.adding(days: $0) } }
    return date
  }

  private func product(_ factors: [Drawn], _ over: Decimal128, _ places: Int) -> Drawn {
    var result: Decimal128? = .one
    for factor in factors {
      guard let number = factor.number, let soFar = result else { return .missing }
      result = soFar * number
    }
    return Drawn(result?.divided(by: over)?.rounded(toScale: places, .halfUp))
  }

  /// The last day counts, so 1 January to 31 December is twelve.
  private func months(from first: CalendarDate?, to last: CalendarDate?) -> Drawn {
    guard let first, let end = last?.adding(days: 1) else { return .missing }
    let months = (end.year - first.year) * 12 + end.month - first.month - (end.day < first.day ? 1 : 0)
    return .number(Decimal128(months))
  }

  private func name(_ parts: [Distribution.NamePart], _ number: Int, _ random: inout RandomSource) -> String {
    var name = ""
    for part in parts {
      switch part {
      case .text(let text): name += text
      case .word(let words): name += words.isEmpty ? "" : words[random.below(words.count)]
      case .number: name += String(number)
      }
    }
    return name
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
