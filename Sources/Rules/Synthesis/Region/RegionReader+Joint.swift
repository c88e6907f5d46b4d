import Diagnostics
import FEEL
import Policy

/// Distributions by tables, and those that depend on what has been drawn already.
extension RegionReader {
  mutating func quantiles(_ item: YAMLItem) -> Distribution? {
    check(item, keys: ["at", "step"])
    let points = (item["at"]?.members ?? []).compactMap { share, value -> (share: Decimal128, value: Decimal128)? in
      guard let share = share.text.flatMap({ Decimal128($0) }), let value = value.text.flatMap({ Decimal128($0) })
      else { return nil }
      return (share, value)
    }
    guard let step = number(item, "step", standard: "1"), points.count == item["at"]?.members?.count,
      let quantiles = Quantiles(points, step: step)
    else {
      report("synthesis.quantiles", item)
      return nil
    }
    return .quantiles(quantiles)
  }

  mutating func classes(_ item: YAMLItem) -> Distribution? {
    check(item, keys: ["of", "cases", "otherwise"])
    guard let of = field(item, "of") else { return nil }
    guard let members = item["cases"]?.members, !members.isEmpty else {
      report("synthesis.key.missing", item, ["key": "cases"])
      return nil
    }
    var cases: [(texts: [String], then: Distribution)] = []
    var seen: Set<String> = []
    for (name, value) in members {
      let texts = name.elements?.compactMap(\.text) ?? name.text.map { [$0] } ?? []
      if let text = texts.first(where: { !seen.insert($0).inserted }) {
        report("synthesis.classes.twice", name, ["text": text])
      }
      if texts.isEmpty { report("synthesis.text", name) }
      if let then = distribution(value) { cases.append((texts, then)) }
    }
    return .classes(of: of, cases: cases, otherwise: item["otherwise"].flatMap { distribution($0) })
  }

  mutating func bands(_ item: YAMLItem) -> Distribution? {
    check(item, keys: ["of", "below", "otherwise"])
    guard let of = field(item, "of") else { return nil }
    let members = item["below"]?.members ?? []
    guard let bounds = bounds(members.map { $0.name.text ?? "" }) else {
      report("synthesis.bands", item["below"] ?? item)
      return nil
    }
    let then = members.compactMap { distribution($0.value) }
    guard then.count == members.count else { return nil }
    return .bands(of: of, bounds, then: then, otherwise: item["otherwise"].flatMap { distribution($0) })
  }

  /// Rising numbers of one scale, or rising dates.
  private func bounds(_ texts: [String]) -> Distribution.Bounds? {
    let days = texts.compactMap { CalendarDate($0)?.dayNumber }
    if days.count == texts.count {
      return zip(days, days.dropFirst()).allSatisfy { $0 < $1 } && !days.isEmpty ? .days(days) : nil
    }
    let numbers = texts.compactMap { Decimal128($0).flatMap { Scaled($0) } }
    let scale = numbers.map(\.scale).max() ?? 0
    guard numbers.count == texts.count, !numbers.contains(where: { $0.digits(at: scale) == nil }),
      zip(numbers, numbers.dropFirst()).allSatisfy({ $0.isBelow($1) })
    else { return nil }
    return .numbers(numbers)
  }

  mutating func mix(_ item: YAMLItem) -> Distribution? {
    let elements = item.elements ?? []
    var parts: [Distribution] = []
    for element in elements {
      check(element, keys: ["weight", "draw"])
      if let part = element["draw"].flatMap({ distribution($0) }) { parts.append(part) }
    }
    guard let cumulative = cumulative(elements.map { $0["weight"]?.text }) else {
      report("synthesis.weight", item)
      return nil
    }
    guard parts.count == elements.count else {
      report("synthesis.key.missing", item, ["key": "draw"])
      return nil
    }
    return .mix(parts, cumulative: cumulative)
  }
}
