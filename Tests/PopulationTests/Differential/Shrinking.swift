import Diagnostics
import FEEL

@testable import Policy
@testable import Population

/// One random pack over one random population.
struct DifferentialCase {
  var pack: RandomPack
  var facts: Facts
  var asOf: CalendarDate

  static func targets(_ rulebook: Rulebook) -> [PopulationPlan.Target] {
    rulebook.schemeVersions.map { .scheme($0[0].name) } + rulebook.decisionsAboutSubjects.map { .decision($0) }
  }

  /// A difference in one target, if there is one.
  func difference(in target: PopulationPlan.Target) -> Differential.Difference? {
    let (rulebook, diagnostics) = Rulebook.read(pack.source)
    guard Self.mistakes(diagnostics).isEmpty, Self.targets(rulebook).contains(target) else { return nil }
    return Differential(rulebook, facts, asOf, [:], [target]).differences.first
  }

  /// What makes a pack unreadable. A check finds more: random tables leave gaps, and random sums mix units.
  static func mistakes(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    let content = [
      "policy.table.", "policy.rule.", "policy.unit.", "policy.stacking.alone", "dmn.table.",
      "feel.type.builtin.argument",
    ]
    return diagnostics.filter { found in found.severity == .error && !content.contains { found.code.hasPrefix($0) } }
  }

  // MARK: making it small

  /// The least that was found which still differs in the target.
  func shrunk(_ difference: Differential.Difference) -> DifferentialCase {
    let target = difference.target
    var least = self
    least.take(if: target) { $0.pack = $0.pack.only(target.name) }
    least.take(if: target) { $0.keepOnly(difference.key) }
    for _ in 0..<3 {
      let before = least.size
      least.shrinkExpressions(target)
      least.shrinkLines(target)
      least.shrinkRows(target)
      least.shrinkCells(target)
      least.take(if: target) { $0.pack = $0.pack.only(target.name) }
      if least.size == before { break }
    }
    return least
  }

  private var size: Int {
    pack.parts.reduce(0) { $0 + $1.text.utf8.count }
      + facts.tables.values.reduce(0) { $0 + $1.rows.reduce(0) { $0 + $1.cells.count } }
  }

  @discardableResult
  private mutating func take(if target: PopulationPlan.Target, _ change: (inout DifferentialCase) -> Void) -> Bool {
    var other = self
    change(&other)
    guard other.difference(in: target) != nil else { return false }
    self = other
    return true
  }

  /// A bracketed part in the place of a whole expression, the shortest that will do.
  private mutating func shrinkExpressions(_ target: PopulationPlan.Target) {
    for index in pack.parts.indices {
      guard let expression = pack.parts[index].expression else { continue }
      for smaller in expression.bracketed + ["null"] where smaller != expression {
        let found = take(if: target) {
          $0.pack.parts[index].text = $0.pack.parts[index].text.replacing(expression, with: smaller)
          $0.pack.parts[index].expression = smaller
        }
        if found { break }
      }
    }
  }

  /// Without a line of a construct: a field, a rule, a condition.
  private mutating func shrinkLines(_ target: PopulationPlan.Target) {
    for index in pack.parts.indices {
      let count = pack.parts[index].text.split(separator: "\n", omittingEmptySubsequences: false).count
      for line in stride(from: count - 1, to: 0, by: -1) {
        take(if: target) {
          var lines = $0.pack.parts[index].text.split(separator: "\n", omittingEmptySubsequences: false)
          if lines.indices.contains(line) { lines.remove(at: line) }
          $0.pack.parts[index].text = lines.joined(separator: "\n")
        }
      }
    }
  }

  private mutating func keepOnly(_ key: String) {
    keep("firm") { $0.key == key }
    keep("loan") { $0.isOwned("firm", by: [key]) }
    keep("patent") { $0.isOwned("firm", by: [key]) }
    let loans = Set(facts["loan"]?.rows.map(\.key) ?? [])
    keep("payment") { $0.isOwned("loan", by: loans) }
  }

  private mutating func keep(_ type: String, _ isKept: (FactRow) -> Bool) {
    guard let table = facts[type] else { return }
    var kept = FactTable()
    for row in table.rows where isKept(row) { kept.merge(row) }
    facts[type] = kept
  }

  private mutating func shrinkRows(_ target: PopulationPlan.Target) {
    for type in PackRecord.all.map(\.name) {
      take(if: target) { $0.facts[type] = FactTable() }
      guard let rows = facts[type]?.rows, rows.count <= 60 else { continue }
      for row in rows { take(if: target) { $0.keep(type) { $0.key != row.key } } }
    }
  }

  private mutating func shrinkCells(_ target: PopulationPlan.Target) {
    for type in PackRecord.all.map(\.name) {
      guard let rows = facts[type]?.rows, rows.count <= 5 else { continue }
      for row in rows {
        for field in row.cells.keys.sorted() where field != "\(type)no" {
          take(if: target) {
            guard let table = $0.facts[type] else { return }
            var changed = FactTable()
            for var other in table.rows {
              if other.key == row.key { other.cells[field] = nil }
              changed.merge(other)
            }
            $0.facts[type] = changed
          }
        }
      }
    }
  }

  // MARK: telling

  /// All that is needed to see the difference again.
  func report(_ difference: Differential.Difference) -> String {
    let least = shrunk(difference)
    let seen = least.difference(in: difference.target) ?? difference
    let dictionary = Rulebook.read(pack.source).0.dictionary
    var text = "seed \(pack.seed), as of \(asOf), \(difference.target): \(difference.key)\n"
    text += "interpreted \(seen.interpreted)\nby columns  \(seen.byColumns)\n"
    for part in least.pack.parts { text += part.text + "\n" }
    for type in dictionary.types {
      guard let table = least.facts[type.name] else {
        text += "\(type.name): nothing known\n"
        continue
      }
      let (header, rows) = table.rows(of: type)
      text += ([header] + rows.prefix(20)).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n") + "\n"
    }
    return text
  }
}

extension FactRow {
  fileprivate func isOwned(_ field: String, by keys: Set<String>) -> Bool {
    if case .reference(let key)? = cells[field] { keys.contains(key) } else { false }
  }
}

extension String {
  /// Everything that stands in brackets, the shortest first.
  fileprivate var bracketed: [String] {
    var open: [Index] = [], found: [String] = []
    for index in indices {
      if self[index] == "(" { open.append(self.index(after: index)) }
      if self[index] == ")", let start = open.popLast() { found.append(String(self[start..<index])) }
    }
    return found.sorted { $0.count < $1.count }
  }
}
