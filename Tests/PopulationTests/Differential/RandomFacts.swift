import Diagnostics
import FEEL
import Policy
import TestKit

/// Draws facts for the records of random packs: unknown, none, extremes, references that lead nowhere, long lists.
struct RandomFacts {
  private var random: SeededRandom
  /// Digits of the largest whole numbers.
  private let magnitude: Int
  /// Once in so many times a value is not known.
  private let unknown: Int

  init(seed: UInt64) {
    random = SeededRandom(seed: seed &* 31 &+ 7)
    magnitude = [2, 4, 5, 6, 6, 9, 14].randomElement(using: &random) ?? 6
    unknown = [3, 8, 20, 1_000_000].randomElement(using: &random) ?? 8
  }

  /// - Parameters:
  ///   - count: how many firms.
  ///   - longest: about how many loans one of them has; 0 for few.
  mutating func facts(firms count: Int, longest: Int) -> Facts {
    var facts = Facts()
    var keys: [String: [String]] = [:]
    for type in PackRecord.all {
      var rows = count
      if type.name != "firm" {
        // Of some types nothing is known at all, of some there are none.
        if chance(12) { continue }
        rows = chance(10) ? 0 : Int.random(in: 0...max(2, count * 3), using: &random)
        if type.name == "bank" { rows = min(rows, 20) }
        if type.name == "loan" { rows += longest }
      }
      keys[type.name] = (0..<rows).map { "\(type.name)\($0)" }
    }
    for type in PackRecord.all {
      guard let own = keys[type.name] else { continue }
      var table = FactTable()
      for (number, key) in own.enumerated() {
        var row = row(key, of: type, keys)
        if type.name == "loan", number < longest, count > 0 { row.cells["firm"] = .reference("firm\(count / 2)") }
        table.merge(row)
      }
      facts[type.name] = table
    }
    return facts
  }

  private mutating func row(_ key: String, of type: PackRecord, _ keys: [String: [String]]) -> FactRow {
    var cells: [String: FactRow.Cell] = ["\(type.name)no": .value(.string(key))]
    if let owner = type.owner { cells[owner] = reference(to: keys[owner] ?? []) }
    for (field, target) in type.references { cells[field] = reference(to: keys[target.name] ?? []) }
    for field in type.fields {
      switch field.kind {
      case .value(let kind):
        if !chance(unknown) { cells[field.name] = chance(unknown) ? FactRow.Cell.none : .value(value(kind, field)) }
      case .annual(let kind, let years):
        var values: [Int: Value?] = [:]
        for year in 2024 - years...2024 where !chance(unknown) {
          values.updateValue(chance(unknown) ? nil : value(kind, field), forKey: year)
        }
        if !values.isEmpty { cells[field.name] = .annual(values) }
        if chance(unknown * 6) { cells[field.name] = FactRow.Cell.none }
      }
    }
    return FactRow(key: key, cells: cells, place: SourcePlace(file: "random"))
  }

  private mutating func reference(to keys: [String]) -> FactRow.Cell? {
    if chance(unknown * 2) { return nil }
    if chance(unknown * 2) { return FactRow.Cell.none }
    if chance(unknown * 2) { return .reference("nowhere") }
    return keys.randomElement(using: &random).map { .reference($0) }
  }

  private mutating func value(_ kind: PackScope.Kind, _ field: PackRecord.Field) -> Value {
    switch kind {
    case .boolean: return .boolean(chance(2))
    case .text:
      let words = field.values.isEmpty ? ["A", "B", "AB", "", "大", "ab", "\u{e9}", "Zz"] : field.values
      return .string(words.randomElement(using: &random) ?? "")
    case .date:
      // Ends of months, leap days, the days on which versions turn.
      let turns = [18_261, 19_538, 19_539, 19_782, 19_903, 19_904, 19_722, 18_321]
      let day = chance(3) ? turns.randomElement(using: &random) ?? 0 : Int.random(in: 17_000...20_500, using: &random)
      return CalendarDate(dayNumber: chance(200) ? day - 200_000 : day).map { .date($0) } ?? .null()
    case .number:
      return .number(Decimal128(Int128(digits(field.scale)), exponent: -field.scale) ?? .zero)
    }
  }

  /// Small numbers above all, in units of the last digit.
  private mutating func digits(_ scale: Int) -> Int {
    let digits = min(17, Int.random(in: 0...magnitude, using: &random) + (chance(3) ? 0 : scale))
    let most = (0..<digits).reduce(1) { most, _ in most * 10 }
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return 0
    case 1: return most
    case 2: return -Int.random(in: 0...most, using: &random)
    case 3: return Int.random(in: 0...9, using: &random) * (most / 10)
    default: return Int.random(in: 0...most, using: &random)
    }
  }

  private mutating func chance(_ times: Int) -> Bool { Int.random(in: 0..<max(1, times), using: &random) == 0 }
}
