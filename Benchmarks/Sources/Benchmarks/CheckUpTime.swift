import Diagnostics
import FEEL
import Policy
import Store

/// The check-up of every firm of the demo region's written-out rows: all schemes of a pack, with and without traces.
struct CheckUpTime {
  private let rulebook: Rulebook
  private let facts: Facts
  private let keys: [String]
  private let asOf: CalendarDate

  init(pack: String, data: String, asOf: CalendarDate) throws {
    let (folder, problems) = PackFolder.read(pack)
    guard let folder else { throw problems[0] }
    let (rulebook, diagnostics) = Rulebook.read(folder.main, using: folder.used)
    if let error = diagnostics.first(where: { $0.severity == .error }) { throw error }
    let (facts, wrong) = FactSource.read(path: data).facts(by: rulebook.dictionary)
    if let error = wrong.first(where: { $0.severity == .error }) { throw error }
    self.rulebook = rulebook
    self.facts = facts
    self.asOf = asOf
    keys = facts[rulebook.subjectType?.name ?? ""]?.rows.map(\.key) ?? []
  }

  /// The types of everything in the pack and those it uses.
  func types() -> Line {
    var mistakes = 0
    let nanoseconds = nanosecondsPerRound { mistakes = rulebook.checkTypes().count }
    precondition(mistakes == 0)
    var cells = 0
    let baseline = nanosecondsPerRound { cells = rulebook.allDecisions.reduce(0) { $0 + $1.name.utf8.count } }
    precondition(cells > 0)
    return Line(
      what: "Types of a pack", unit: "packs", count: 1, nanoseconds: nanoseconds,
      baseline: "walking over the decisions once", baselineNanoseconds: baseline)
  }

  /// - Parameter traces: whether the trees are made too.
  func line(traces: Bool) throws -> Line {
    var total = Decimal128.zero
    let nanoseconds = try nanosecondsPerRound {
      total = .zero
      for key in keys {
        let checkUp = try rulebook.checkUp(of: key, facts: facts, asOf: asOf, keepsTrace: traces)
        total = (total + checkUp.total) ?? total
      }
    }
    var read = 0
    let baseline = nanosecondsPerRound { read = lookUpEverything() }
    let schemes = rulebook.schemes.count
    print("    (\(keys.count) firms, \(schemes) schemes, \(read) facts, total \(total) yuan)")
    return Line(
      what: traces ? "Check-up with trace" : "Check-up without trace", unit: "firms", count: Double(keys.count),
      nanoseconds: nanoseconds,
      baseline: "plain Swift that reads each fact of the same firms once and adds up the numbers",
      baselineNanoseconds: baseline)
  }

  @inline(never)
  private func lookUpEverything() -> Int {
    var count = 0
    var sum = Decimal128.zero
    for key in keys {
      for type in rulebook.dictionary.types {
        let owned = type.owner.map { facts[type.name]?.rows(where: $0, refersTo: key) ?? [] } ?? []
        for row in owned + [facts.record(type.name, key: key)].compactMap({ $0 }) {
          for cell in row.cells.values {
            count += 1
            if case .value(.number(let number)) = cell { sum = (sum + number) ?? sum }
          }
        }
      }
    }
    return sum.isNegative ? 0 : count
  }
}
