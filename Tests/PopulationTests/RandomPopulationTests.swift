import Diagnostics
import FEEL
import TestKit
import Testing

@testable import Policy
@testable import Population

/// Populations drawn at random from the values that a pack's examples use, and their neighbours: unknown, none, dangling
/// references, long and empty lists of records, one block of rows and a few more or less.
@Suite("Random populations by columns", .timeLimit(.minutes(30)))
struct RandomPopulationTests {
  static let counts = [0, 1, 25]

  @Test("agree with the interpreter", arguments: ["national", "chongqing", "karamay"], counts)
  func populations(pack: String, count: Int) throws {
    let rulebook = try Packs.rulebook(pack)
    let asOf = try #require(CalendarDate(year: 2026, month: 6, day: 30))
    var draw = FactsDraw(rulebook, seed: UInt64(1000 + count))
    let facts = draw.facts(subjects: count)
    let comparison = Comparison(rulebook, facts, asOf, [:], rulebook.decisionsAboutSubjects)
    #expect(comparison.differences.prefix(5) == [], "\(pack), \(count) subjects")
    #expect(count == 0 || comparison.computed > count * 100)
  }

  @Test("agree over the pack that speed is measured with")
  func workload() throws {
    let files = Checkout.files(in: "Benchmarks/workload", endingIn: [".md", ".yaml"])
    let source = PackSource(files: try files.map { PackSource.File(path: $0, text: try Checkout.text($0)) })
    let (rulebook, diagnostics) = Rulebook.read(source)
    #expect(diagnostics == [])
    let asOf = try #require(CalendarDate(year: 2026, month: 6, day: 30))
    var draw = FactsDraw(rulebook, seed: 14)
    let comparison = Comparison(rulebook, draw.facts(subjects: 60), asOf, [:], rulebook.decisionsAboutSubjects)
    #expect(comparison.differences.prefix(5) == [])
    #expect(comparison.computed > 60 * 60)
  }

  @Test("come to the same side by side on two threads as row by row")
  func series() throws {
    let rulebook = try Packs.rulebook("karamay")
    let asOf = try #require(CalendarDate(year: 2026, month: 6, day: 30))
    var draw = FactsDraw(rulebook, seed: 3)
    let facts = draw.facts(subjects: Machine.rows * 2 + 5)
    let targets = rulebook.schemeVersions.prefix(6).map { PopulationPlan.Target.scheme($0[0].name) }
    let plan = PopulationPlan(
      rulebook, over: Population(facts, dictionary: rulebook.dictionary), asOf: asOf, targets: Array(targets))
    let results = try plan.results(threads: 2)
    #expect(results.count == Machine.rows * 2 + 5 && !results.series.isEmpty)
    var met = 0
    plan.forEach { row, isDoubtful, answer in
      #expect(results.doubtful.contains(row) == isDoubtful)
      for (target, series) in results.series {
        guard let own = answer(target) else { continue }
        if own.verdict == .met { met += 1 }
        var value: Value = .null()
        if let digits = series[row], let scale = series.fractionDigits {
          value = Decimal128(Int128(digits), exponent: -scale).map { .number($0) } ?? .null()
        }
        #expect(series.verdict(row) == own.verdict && value.isEqual(to: own.value) == true, "\(target.name) \(row)")
      }
    }
    #expect(met > 0)
  }

  @Test("agree across the edge of a block")
  func blocks() throws {
    let rulebook = try Packs.rulebook("karamay")
    let asOf = try #require(CalendarDate(year: 2024, month: 6, day: 30))
    var draw = FactsDraw(rulebook, seed: 7)
    let facts = draw.facts(subjects: Machine.rows + 1)
    let decisions = Array(rulebook.decisionsAboutSubjects.prefix(12))
    let comparison = Comparison(rulebook, facts, asOf, [:], decisions, schemes: [])
    #expect(comparison.differences.prefix(5) == [])
  }
}

/// Draws facts by a dictionary.
struct FactsDraw {
  private let rulebook: Rulebook
  private var random: SeededRandom
  /// The values that the examples give each field.
  private var pools: [String: [Value]] = [:]

  init(_ rulebook: Rulebook, seed: UInt64) {
    self.rulebook = rulebook
    random = SeededRandom(seed: seed)
    for example in rulebook.examples {
      for (type, table) in rulebook.facts(of: example).facts.tables {
        for row in table.rows {
          for (field, cell) in row.cells {
            switch cell {
            case .value(let value): pools["\(type).\(field)", default: []].append(value)
            case .annual(let values): pools["\(type).\(field)", default: []] += values.values.compactMap(\.self)
            case .none, .reference: break
            }
          }
        }
      }
    }
  }

  mutating func facts(subjects count: Int) -> Facts {
    var facts = Facts()
    let types = rulebook.dictionary.types
    var keys: [String: [String]] = [:]
    for type in types {
      // Of some types nothing is known at all.
      if type.role != .subject, chance(8) { continue }
      let most = type.role == .subject ? count : count * 3
      let number = type.role == .subject ? count : Int.random(in: 0...most, using: &random)
      keys[type.name] = (0..<number).map { "\(type.id)-\($0)" }
    }
    for type in types {
      guard let own = keys[type.name] else { continue }
      var table = FactTable()
      for key in own { table.merge(row(key, of: type, keys)) }
      facts[type.name] = table
    }
    return facts
  }

  private mutating func row(_ key: String, of type: RecordType, _ keys: [String: [String]]) -> FactRow {
    var row = FactRow(key: key, cells: [:], place: SourcePlace(file: "random"))
    for field in type.fields {
      if field.name == type.key {
        row.cells[field.name] = .value(.string(key))
      } else if let record = field.type.record {
        row.cells[field.name] = reference(to: keys[record] ?? [])
      } else if let years = field.years {
        var values: [Int: Value?] = [:]
        for year in 2025 - years...2026 where !chance(10) {
          values.updateValue(chance(15) ? nil : value(of: field, type), forKey: year)
        }
        if !values.isEmpty { row.cells[field.name] = .annual(values) }
      } else if !chance(9) {
        row.cells[field.name] = chance(9) ? FactRow.Cell.none : value(of: field, type).map { .value($0) }
      }
    }
    return row
  }

  private mutating func reference(to keys: [String]) -> FactRow.Cell? {
    if chance(12) { return nil }
    if chance(12) { return FactRow.Cell.none }
    if chance(20) { return .reference("nowhere") }
    return keys.randomElement(using: &random).map { .reference($0) }
  }

  private mutating func value(of field: Field, _ type: RecordType) -> Value? {
    let known = pools["\(type.name).\(field.name)"]?.randomElement(using: &random)
    switch field.type.kind {
    case .number:
      guard case .number(let number)? = known else {
        // Of any size, small ones above all.
        let most = (0..<Int.random(in: 0...9, using: &random)).reduce(5) { most, _ in most * 10 }
        return .number(Decimal128(Int.random(in: 0...most, using: &random)))
      }
      if !chance(3) { return .number(number) }
      // A neighbour: a cent or one more or less.
      let step = field.type.unit?.step ?? .one
      return .number((chance(2) ? number + step : number - step) ?? number)
    case .boolean: return .boolean(Bool.random(using: &random))
    case .date:
      if let known, !chance(3) { return known }
      return CalendarDate(dayNumber: Int.random(in: 16_000...21_000, using: &random)).map { .date($0) }
    case .text, .uscc:
      if let known { return known }
      return (field.values.randomElement(using: &random) ?? "其他").feelString
    case .list, .context, .reference: return known
    }
  }

  /// Once in so many times.
  private mutating func chance(_ times: Int) -> Bool { Int.random(in: 0..<times, using: &random) == 0 }
}

extension String {
  fileprivate var feelString: Value { .string(self) }
}
