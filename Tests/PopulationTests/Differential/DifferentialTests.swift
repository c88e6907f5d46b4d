import Diagnostics
import FEEL
import Foundation
import TestKit
import Testing

@testable import Policy
@testable import Population

/// Random packs over random populations: what columns say is what the interpreter says, to the last digit and to what is known.
///
/// `make differential COUNT=5000` runs many more, from another seed each time unless `SEED` is given.
@Suite("Random packs by columns", .timeLimit(.minutes(30)))
struct DifferentialTests {
  @Test("agree with the interpreter", arguments: [0, 1, 2, 3, 4, 5, 6, 7] as [UInt64])
  func packs(series: UInt64) throws {
    var tally = DifferentialTally()
    for number in 0..<4 as Range<UInt64> { tally.run(seed: 1_000 * series + number, size: 8) }
    #expect(tally.reports == [])
    tally.expectMostIsCompared()
  }

  @Test(
    "agree in blocks of rows and one more or less", arguments: [0, 1, Machine.rows - 1, Machine.rows, Machine.rows + 1])
  func blocks(count: Int) throws {
    var tally = DifferentialTally()
    tally.run(seed: UInt64(77 + count), size: 4, firms: count)
    #expect(tally.reports == [])
  }

  @Test("agree over lists longer than a block")
  func longLists() throws {
    var tally = DifferentialTally()
    tally.run(seed: 78, size: 8, firms: 5, longest: Machine.rows + 100)
    #expect(tally.reports == [])
  }

  static let environment = ProcessInfo.processInfo.environment
  static let count = environment["DIFFERENTIAL_COUNT"].flatMap(Int.init)

  @Test("agree thousands of times", .enabled(if: count != nil), .timeLimit(.minutes(600)))
  func many() throws {
    let count = Self.count ?? 0
    let seed = Self.environment["DIFFERENTIAL_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0..<1_000_000_000)
    print("seed \(seed), \(count) packs")
    var tally = DifferentialTally()
    for number in 0..<count {
      tally.runAny(seed: seed &+ UInt64(number))
      if number % 100 == 99 { print("\(number + 1): \(tally.summary)") }
      if tally.reports.count >= 20 { break }
    }
    print(tally.summary)
    #expect(tally.reports == [])
    tally.expectMostIsCompared()
  }
}

/// What came of many packs.
struct DifferentialTally {
  var packs = 0, refused = 0, planned = 0, compared = 0, doubtful = 0
  var unplanned: [String: Int] = [:]
  var refusals: [String: Int] = [:]
  var reports: [String] = []

  /// Sizes of packs and populations by the seed: edges of blocks and long lists now and then.
  mutating func runAny(seed: UInt64) {
    let edges = [Machine.rows - 1, Machine.rows, Machine.rows + 1, 2 * Machine.rows + 1, 0, 1]
    switch seed % 25 {
    case 0: run(seed: seed, size: 6, firms: edges[Int(seed / 25 % 6)])
    case 1: run(seed: seed, size: 8, firms: 5, longest: [100, Machine.rows - 1, Machine.rows + 1][Int(seed / 25 % 3)])
    case 2...6: run(seed: seed, size: 30)
    default: run(seed: seed, size: 12, firms: 20)
    }
  }

  mutating func run(seed: UInt64, size: Int, firms: Int = 10, longest: Int = 0) {
    packs += 1
    let pack = PackDraw.pack(seed: seed, size: size)
    let (rulebook, diagnostics) = Rulebook.read(pack.source)
    let mistakes = DifferentialCase.mistakes(diagnostics)
    for mistake in mistakes { refusals["\(mistake.code)", default: 0] += 1 }
    guard mistakes.isEmpty else { return refused += 1 }
    var draw = RandomFacts(seed: seed)
    let facts = draw.facts(firms: firms, longest: longest)
    let days = [(2024, 6, 30), (2024, 2, 29), (2023, 7, 1), (2023, 6, 30)]
    let (year, month, day) = days[Int(seed % 4)]
    guard let asOf = CalendarDate(year: year, month: month, day: day) else { return }
    // Of many rows the interpreter looks at the edges of blocks and some between.
    let rows =
      firms <= 50 ? nil : Set([0, 1, Machine.rows - 2, Machine.rows - 1, Machine.rows, firms / 2, firms - 1, 7])
    let one = DifferentialCase(pack: pack, facts: facts, asOf: asOf)
    let found = Differential(rulebook, facts, asOf, [:], DifferentialCase.targets(rulebook), rows: rows)
    add(found)
    var seen: Set<PopulationPlan.Target> = []
    for difference in found.differences where seen.insert(difference.target).inserted && seen.count <= 2 {
      reports.append(one.report(difference))
    }
  }

  private mutating func add(_ found: Differential) {
    planned += found.planned
    compared += found.compared
    doubtful += found.doubtful
    for one in found.unplanned { unplanned["\(one.reason)", default: 0] += 1 }
  }

  /// A test that compares nothing finds nothing.
  func expectMostIsCompared() {
    let left = unplanned.values.reduce(0, +)
    #expect(refused * 20 <= packs, "\(refusals)")
    #expect(planned > left, "\(summary)")
    #expect(compared > planned)
  }

  var summary: String {
    let reasons = unplanned.sorted { $0.value > $1.value }.prefix(12).map { "\($0.key) \($0.value)" }
    return "\(packs) packs, \(refused) refused, \(planned) targets by columns, \(compared) values compared, "
      + "\(doubtful) rows doubtful, \(reports.count) differences; no plan: \(reasons.joined(separator: ", "))"
  }
}
