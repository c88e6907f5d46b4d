import Diagnostics
import FEEL
import Policy

extension RegionReader {
  typealias Kind = @Sendable (inout RegionReader, YAMLItem) -> Distribution?

  /// The key of a rule for a field, and how to read what stands behind it.
  static let kinds: [(key: String, read: Kind)] = [
    ("constant", { $0.constant($1) }), ("choice", { $0.choice($1) }), ("integer", { $0.steps($1, standard: "1") }),
    ("decimal", { $0.steps($1, standard: nil) }), ("date", { $0.date($1) }), ("offset", { $0.offset($1) }),
    ("next", { $0.next($1) }), ("reference", { $0.reference($1) }), ("copy", { $0.copy($1) }),
    ("product", { $0.product($1) }), ("months-between", { $0.monthsBetween($1) }), ("sequence", { $0.sequence($1) }),
    ("uscc", { $0.code($1) }), ("name", { $0.name($1) }), ("annual", { $0.annual($1) }),
    ("quantiles", { $0.quantiles($1) }), ("classes", { $0.classes($1) }), ("bands", { $0.bands($1) }),
    ("mix", { $0.mix($1) }),
  ]

  /// What stands where a value is wanted: a rule, a range, a field's name, or a text.
  mutating func distribution(_ item: YAMLItem) -> Distribution? {
    if let text = item.text {
      if let reference = findReference(text) { return .field(reference) }
      return .text(text)
    }
    if item["min"] != nil { return steps(item, standard: nil) }
    guard let members = item.members else {
      report("synthesis.kind", item, ["kinds": kindNames])
      return nil
    }
    for (name, value) in members {
      if let kind = RegionReader.kinds.first(where: { $0.key == name.text }) {
        check(item, keys: [kind.key, "blank", "none"])
        return kind.read(&self, value)
      }
    }
    report("synthesis.kind", item, ["kinds": kindNames])
    return nil
  }

  private var kindNames: String { RegionReader.kinds.map(\.key).joined(separator: ", ") }

  private mutating func constant(_ item: YAMLItem) -> Distribution? {
    if let text = item.text { return .text(text) }
    report("synthesis.text", item)
    return nil
  }

  private mutating func choice(_ item: YAMLItem) -> Distribution? {
    let weighted =
      item.members?.map { ($0.name.text, $0.value.text) } ?? item.elements?.map { ($0.text, Optional("1")) } ?? []
    guard let cumulative = cumulative(weighted.map { $0.1 }), !weighted.contains(where: { $0.0 == nil }) else {
      report("synthesis.weight", item)
      return nil
    }
    return .choice(weighted.compactMap { $0.0 }, cumulative: cumulative)
  }

  /// Weights summed up; nil when there is none, or one is not positive.
  func cumulative(_ weights: [String?]) -> [Int64]? {
    var sums: [Int64] = []
    for weight in weights {
      let weight = weight.flatMap { Decimal128($0) }?.scaled(by: 3) ?? 0
      guard weight > 0, weight < 1_000_000_000_000 else { return nil }
      sums.append((sums.last ?? 0) + Int64(weight))
    }
    return sums.isEmpty ? nil : sums
  }

  private mutating func steps(_ item: YAMLItem, standard: String?) -> Distribution? {
    check(item, keys: ["min", "max", "step"])
    guard let min = number(item, "min"), let max = number(item, "max"), min <= max,
      let step = number(item, "step", standard: standard), step > .zero,
      let count = (max - min)?.divided(by: step)?.rounded(toScale: 0, .floor)?.integer, count < Int.max,
      let exactMin = Scaled(min), let exactMax = Scaled(max), let exactStep = Scaled(step),
      case let scale = Swift.max(exactMin.scale, exactMax.scale, exactStep.scale),
      let first = exactMin.digits(at: scale), exactMax.digits(at: scale) != nil,
      let width = exactStep.digits(at: scale)
    else {
      report("synthesis.range", item)
      return nil
    }
    return .steps(min: Scaled(digits: first, scale: scale), step: Scaled(digits: width, scale: scale), count: count + 1)
  }

  private mutating func date(_ item: YAMLItem) -> Distribution? {
    check(item, keys: ["from", "to", "day"])
    let day = item["day"]?.text.flatMap { Int($0) }
    if let dayItem = item["day"], day.map({ (1...28).contains($0) }) != true { report("synthesis.day", dayItem) }
    let ends = [item["from"], item["to"]].compactMap { $0?.text }
    let dates = ends.compactMap { CalendarDate($0) }
    let drawn = ends.compactMap { text -> Distribution? in
      CalendarDate(text).map { _ in Distribution.text(text) } ?? findReference(text).map { .field($0) }
    }
    if dates.count < 2, drawn.count == 2 { return .between(drawn[0], drawn[1], day: day) }
    guard dates.count == 2, case let (from, to) = (dates[0], dates[1]), from <= to,
      to.dayNumber - from.dayNumber < Int32.max
    else {
      report("synthesis.dates", item)
      return nil
    }
    return .date(first: from.dayNumber, count: to.dayNumber - from.dayNumber + 1, day: day)
  }

  private mutating func offset(_ item: YAMLItem) -> Distribution? {
    check(item, keys: ["of", "months", "days"])
    guard let base = field(item, "of") else { return nil }
    let months = item["months"].flatMap { distribution($0) }, days = item["days"].flatMap { distribution($0) }
    return .offset(of: base, months: months, days: days)
  }

  private mutating func next(_ item: YAMLItem) -> Distribution? {
    check(item, keys: ["after", "first"])
    guard let name = item["after"]?.text, let after = current?.field(named: name) else {
      report("synthesis.field.unknown", item["after"] ?? item, ["field": item["after"]?.text ?? "after", "near": "—"])
      return nil
    }
    guard let first = item["first"].flatMap({ distribution($0) }) else {
      report("synthesis.key.missing", item, ["key": "first"])
      return nil
    }
    return .next(after: FieldReference(level: 0, slots: after.slots), first: first)
  }

  private mutating func reference(_ item: YAMLItem) -> Distribution? {
    check(item, keys: ["record", "where", "parent", "same"])
    if let parent = item["parent"]?.text {
      let field = item["same"]?.text
      if let found = findReference(field.map { "\(parent).\($0)" } ?? parent) { return .field(found) }
      report("synthesis.field.unknown", item, ["field": [parent, field ?? ""].joined(separator: "."), "near": "—"])
      return nil
    }
    guard let name = item["record"]?.text, let type = dictionary[name] ?? dictionary.type(withID: name) else {
      report("synthesis.record", item, ["record": item["record"]?.text ?? "", "near": "—"])
      return nil
    }
    let conditions = conditions(item["where"])
    for condition in conditions where type.field(named: condition.field) == nil {
      report(
        "synthesis.field.unknown", item,
        ["field": condition.field, "near": near(condition.field, type.fields.map(\.name))])
    }
    let above = rules.indices.filter { rules[$0].record == type.name }
    pools.append(Pool(record: type.name, conditions: conditions, rules: above))
    return .reference(pool: pools.count - 1)
  }

  /// What values are rounded to multiples of: above zero; 0.01 when it is not said.
  private mutating func step(_ item: YAMLItem) -> Scaled? {
    guard let number = number(item, "step", standard: "0.01") else { return nil }
    if number > .zero, let step = Scaled(number) { return step }
    report("synthesis.step", item["step"] ?? item)
    return nil
  }

  private mutating func copy(_ item: YAMLItem) -> Distribution? {
    check(item, keys: ["of", "times", "step"])
    guard let base = field(item, "of") else { return nil }
    guard let timesItem = item["times"] else { return .field(base) }
    guard let times = distribution(timesItem) else { return nil }
    return .scaled(of: base, times: times, step: item["step"] == nil ? nil : step(item))
  }

  private mutating func product(_ item: YAMLItem) -> Distribution? {
    check(item, keys: ["of", "over", "round"])
    let factors = (item["of"]?.elements ?? []).compactMap { distribution($0) }
    guard !factors.isEmpty, let over = number(item, "over", standard: "1").flatMap({ Scaled($0) }), over.digits != 0,
      let places = number(item, "round", standard: "2")?.integer, (0...Scaled.largestScale).contains(places)
    else {
      report("synthesis.product", item)
      return nil
    }
    return .product(factors, over: over, places: places)
  }

  private mutating func monthsBetween(_ item: YAMLItem) -> Distribution? {
    check(item, keys: ["from", "to"])
    guard let from = field(item, "from"), let to = field(item, "to") else { return nil }
    return .monthsBetween(from, to)
  }

  private mutating func sequence(_ item: YAMLItem) -> Distribution? {
    check(item, keys: ["prefix", "width"])
    guard let width = number(item, "width", standard: "6")?.integer, (1...18).contains(width) else {
      report("synthesis.width", item)
      return nil
    }
    return .sequence(prefix: item["prefix"]?.text ?? "", width: width)
  }

  private mutating func code(_ item: YAMLItem) -> Distribution? {
    check(item, keys: ["region", "prefix"])
    guard let region = item["region"].flatMap({ distribution($0) }), let prefix = item["prefix"]?.text,
      (1...7).contains(prefix.count), prefix.allSatisfy({ CreditCodes.alphabet.contains($0) })
    else {
      report("synthesis.code", item)
      return nil
    }
    return .code(region: region, prefix: prefix)
  }

  private mutating func name(_ item: YAMLItem) -> Distribution? {
    guard let text = item.text else {
      report("synthesis.text", item)
      return nil
    }
    var parts: [Distribution.NamePart] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      parts.append(.text(String(rest[..<open])))
      let name = String(rest[rest.index(after: open)..<close])
      parts.append(namePart(name, in: item))
      rest = rest[rest.index(after: close)...]
    }
    return .name(parts + [.text(String(rest))])
  }

  private mutating func namePart(_ name: String, in item: YAMLItem) -> Distribution.NamePart {
    if let list = words[name] { return .word(list) }
    let isNumber = Language.allCases.contains { Catalogue.shared.text("synthesis.word.number", in: $0) == name }
    if !isNumber { report("synthesis.words.unknown", item, ["name": name, "near": near(name, Array(words.keys))]) }
    return .number
  }

  private mutating func annual(_ item: YAMLItem) -> Distribution? {
    check(item, keys: ["years", "latest", "growth", "step", "since"])
    guard let latest = item["latest"].flatMap({ distribution($0) }) else {
      report("synthesis.key.missing", item, ["key": "latest"])
      return nil
    }
    let growth = item["growth"].flatMap { distribution($0) } ?? .number(Scaled(digits: 0, scale: 0))
    let since = item["since"] == nil ? nil : field(item, "since")
    guard let step = step(item), let asOf else { return nil }
    return .annual(latest: latest, growth: growth, step: step, since: since, lastYear: asOf.year - 1)
  }

  // MARK: - Numbers and fields

  mutating func number(_ item: YAMLItem, _ key: String, standard: String? = nil) -> Decimal128? {
    guard let text = item[key]?.text ?? standard else {
      report("synthesis.key.missing", item, ["key": key])
      return nil
    }
    if let number = Decimal128(text) { return number }
    report("synthesis.number", item[key] ?? item, ["text": text])
    return nil
  }

  mutating func field(_ item: YAMLItem, _ key: String) -> FieldReference? {
    if let name = item[key]?.text, let reference = findReference(name) { return reference }
    let near = near(item[key]?.text ?? "", current?.fields.map(\.name) ?? [])
    report("synthesis.field.unknown", item[key] ?? item, ["field": item[key]?.text ?? key, "near": near])
    return nil
  }

  /// `field` of the row, as far as it has been read; `alias.field` of the rows it is drawn for; `alias`: that row's key.
  /// `…@2024`: that year of a field kept per year.
  func findReference(_ name: String) -> FieldReference? {
    if let at = name.lastIndex(of: "@"), let year = Int(name[name.index(after: at)...]), let asOf,
      CalendarDate.years.contains(year),
      let all = findReference(String(name[..<at])), all.slots.count > 1
    {
      let slot = all.slots.lowerBound + asOf.year - 1 - year
      return all.slots.contains(slot) ? FieldReference(level: all.level, slots: slot..<slot + 1) : nil
    }
    if let field = current?.field(named: name), field.slots.upperBound <= slotsRead {
      return FieldReference(level: 0, slots: field.slots)
    }
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    var rule = current, level = 0
    while case .each(let parent, _, _, _)? = rule?.number {
      level += 1
      rule = rules[parent]
      guard let found = rule, found.alias == parts.first || found.record == parts.first else { continue }
      if parts.count == 1 { return FieldReference(level: level, slots: found.key..<found.key + 1) }
      return found.field(named: parts[1]).map { FieldReference(level: level, slots: $0.slots) }
    }
    return nil
  }
}
