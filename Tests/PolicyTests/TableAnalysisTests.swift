import DMN
import Diagnostics
import FEEL
import TestKit
import Testing

@testable import Policy

@Suite("Gaps, overlaps, dead and masked rules of a table")
struct TableAnalysisTests {
  private static let trials = 2500

  @Test("are those that trying every case finds, in thousands of random tables")
  func agreesWithBruteForce() throws {
    var random = SeededRandom(seed: 20260704)
    var seen = (gaps: 0, overlaps: 0, dead: 0, masked: 0)
    for number in 0..<Self.trials {
      let trial = try Trial(&random)
      let shape = try TableShape(trial.table, domains: trial.columns.map(\.domain), reader: Trial.reader)
      try #require(shape.unread.isEmpty)
      let findings = try TableFindings(
        of: shape, wantsGaps: true, conflict: { _, _ in true }, order: Array(trial.table.rules.indices))
      let tried = trial.tryEverything()
      let text = "table \(number): \(trial.text)"
      #expect(findings.gaps.isEmpty == !tried.hasGap, "\(text)")
      #expect(findings.overlaps.map { [$0.first, $0.second] } == tried.overlaps, "\(text)")
      #expect(findings.dead.map(\.rule) == tried.dead, "\(text)")
      #expect(findings.masked == tried.masked, "\(text)")
      for gap in findings.gaps { #expect(trial.matches(shape.values(in: gap)) == [], "\(text)") }
      for overlap in findings.overlaps {
        let matching = trial.matches(shape.values(in: overlap.box))
        #expect(matching.contains(overlap.first) && matching.contains(overlap.second), "\(text)")
      }
      seen.gaps += findings.gaps.isEmpty ? 0 : 1
      seen.overlaps += findings.overlaps.count
      seen.dead += findings.dead.count
      seen.masked += findings.masked.count
    }
    // The tables are of all sorts.
    #expect(seen.gaps > 100 && seen.gaps < Self.trials - 100)
    #expect(seen.overlaps > 100 && seen.dead > 100 && seen.masked > 100)
  }

  @Test("a table beyond counting is given up, soon")
  func tooLarge() throws {
    var random = SeededRandom(seed: 3)
    let names = (0..<14).map { "n\($0)" }
    let rules = try (0..<60).map { _ in
      DecisionTable.Rule(
        inputs: try names.map { _ in
          let start = random.below(40)
          return try UnaryTests(parsing: "[\(start)..\(start + 30)]")
        }, outputs: [try Expression(parsing: "1")], place: SourcePlace(file: "t"))
    }
    let table = DecisionTable(
      inputs: try names.map { .init(expression: try Expression(parsing: $0, names: KnownNames(names))) },
      outputs: [.init()], rules: rules, place: SourcePlace(file: "t"))
    let shape = try TableShape(table, domains: names.map { _ in .numbers() }, reader: Trial.reader)
    #expect(throws: WorkLimit.Exceeded.self) {
      try TableFindings(of: shape, wantsGaps: true, conflict: nil, order: nil)
    }
  }

  @Test("boxes: what is cut away and what is left make the whole, without anything twice")
  func subtraction() {
    let space = Space(counts: [3, 70, 2])
    var random = SeededRandom(seed: 11)
    func draw() -> Box { space.box(space.counts.map { (0..<$0).map { _ in random.below(3) > 0 } }) }
    for _ in 0..<200 {
      let a = draw(), b = draw()
      let parts = space.subtract(b, from: a)
      let common = space.intersection(a, b)
      let size = parts.reduce(0) { $0 + space.size($1) } + (common.map(space.size) ?? 0)
      #expect(size == space.size(a))
      for (index, part) in parts.enumerated() {
        #expect(space.intersection(part, b) == nil)
        for other in parts[..<index] { #expect(space.intersection(part, other) == nil) }
      }
    }
  }
}

extension Space {
  fileprivate func size(_ box: Box) -> Int { counts.indices.reduce(1) { $0 * pieces(of: $1, in: box).count } }
}

extension TableShape {
  /// The input values of the first case of a box.
  fileprivate func values(in box: Box) -> [Value] {
    zip(axes, space.point(in: box)).map { $0.pieces[$1].value }
  }
}

extension SeededRandom {
  fileprivate mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  fileprivate mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }
}

/// A random table, and the same questions answered by trying every case of a grid fine enough to hold each kind of it.
private struct Trial {
  struct Column {
    var kind: Kind
    var domain: Domain
    var cells: [UnaryTests]
    var samples: [Value]
    /// Whether the last sample, a none, is to be answered.
    var expectsNone: Bool
    /// For each rule, whether it accepts each sample.
    var accepts: [[Bool]]
  }

  enum Kind: CaseIterable { case dense, whole, open, closed, truth, date }

  static var reader: CellReader { CellReader(scope: Bindings()) { .name($0) } }

  let columns: [Column]
  let table: DecisionTable

  init(_ random: inout SeededRandom) throws {
    let count = random.below(7)
    let width = 1 + random.below(3)
    var columns: [Column] = []
    for _ in 0..<width { columns.append(try Column(random.pick(Kind.allCases), rules: count, &random)) }
    self.columns = columns
    let names = columns.indices.map { "x\($0)" }
    let rules = try (0..<count).map { rule in
      DecisionTable.Rule(
        inputs: columns.map { $0.cells[rule] }, outputs: [try Expression(parsing: "1")],
        place: SourcePlace(file: "t", line: rule))
    }
    table = DecisionTable(
      inputs: try names.map { .init(expression: try Expression(parsing: $0, names: KnownNames(names))) },
      outputs: [.init()], rules: rules, place: SourcePlace(file: "t"))
  }

  var text: String {
    table.rules.map { "| " + $0.inputs.map(\.source).joined(separator: " | ") + " |" }.joined(separator: "\n")
      + " over \(columns.map { "\($0.kind)\($0.domain.isNullable ? "?" : "")" })"
  }

  /// The rules that the table itself finds to match.
  func matches(_ values: [Value]) -> [Int] {
    let named = zip(values.indices, values).map { ("x\($0)", $1) }
    let scope = Bindings(Dictionary(named, uniquingKeysWith: { $1 }))
    let trace = table.evaluate(in: scope).trace
    return trace.rules.indices.filter { trace.rules[$0].isMatch }
  }

  struct Answers {
    var hasGap = false
    var overlaps: [[Int]] = []
    var dead: [Int] = []
    var masked: [Int] = []
  }

  func tryEverything() -> Answers {
    let rules = table.rules.indices
    var isHit = rules.map { _ in false }, isFirst = rules.map { _ in false }
    var meets: Set<[Int]> = []
    var answers = Answers()
    var point = columns.map { _ in 0 }
    repeat {
      let matching = rules.filter { rule in
        columns.indices.allSatisfy { columns[$0].accepts[rule][point[$0]] }
      }
      let isExpected = columns.indices.allSatisfy {
        columns[$0].expectsNone || point[$0] < columns[$0].samples.count - 1
      }
      if let first = matching.first { isFirst[first] = true } else if isExpected { answers.hasGap = true }
      for (index, rule) in matching.enumerated() {
        isHit[rule] = true
        if isExpected { for earlier in matching[..<index] { meets.insert([earlier, rule]) } }
      }
    } while advance(&point)
    answers.dead = rules.filter { !isHit[$0] }
    answers.masked = rules.filter { isHit[$0] && !isFirst[$0] }
    answers.overlaps = rules.compactMap { second in
      rules.first { meets.contains([$0, second]) }.map { [$0, second] }
    }
    return answers
  }

  private func advance(_ point: inout [Int]) -> Bool {
    for column in point.indices {
      point[column] += 1
      if point[column] < columns[column].samples.count { return true }
      point[column] = 0
    }
    return false
  }
}

extension Trial.Column {
  fileprivate init(_ kind: Trial.Kind, rules: Int, _ random: inout SeededRandom) throws {
    self.kind = kind
    var domain = kind.domain
    domain.isNullable = random.below(4) == 0
    self.domain = domain
    var cells: [UnaryTests] = []
    for _ in 0..<rules { cells.append(try UnaryTests(parsing: kind.cell(&random))) }
    self.cells = cells
    expectsNone = domain.isNullable || cells.contains { $0.source.contains("null") }
    samples = kind.samples + [.null()]
    let samples = samples
    accepts = cells.map { cell in
      samples.map { cell.evaluate(input: Binding($0), in: Bindings()).value.isTrue }
    }
  }
}

extension Trial.Kind {
  fileprivate var domain: Domain {
    switch self {
    case .dense: .numbers()
    case .whole: .numbers(step: 1, floor: 0)
    case .open: .words(nil)
    case .closed: .words(["甲", "乙", "丙"])
    case .truth: .truth
    case .date: CalendarDate("2024-01-01").map { Domain(like: .date($0)) } ?? .open
    }
  }

  fileprivate var samples: [Value] {
    switch self {
    case .dense: (-4...20).compactMap { Decimal128(Int128($0) * 5, exponent: -1).map(Value.number) }
    case .whole: (0...9).map { .number(Decimal128($0)) }
    case .open: ["甲", "乙", "丙", "丁", "别的"].map(Value.string)
    case .closed: ["甲", "乙", "丙"].map(Value.string)
    case .truth: [.boolean(true), .boolean(false)]
    case .date: (0...10).compactMap { CalendarDate("2023-12-30")?.adding(days: $0).map(Value.date) }
    }
  }

  /// A cell such as authors write.
  fileprivate func cell(_ random: inout SeededRandom) -> String {
    if random.below(4) == 0 { return "-" }
    switch self {
    case .dense, .whole: return ordered(random.below(7), random.below(7), &random) { "\($0)" }
    case .date: return ordered(random.below(7), random.below(7), &random) { "@\"2024-01-0\($0 + 1)\"" }
    case .open, .closed:
      let a = random.pick(["甲", "乙", "丙", "丁"]), b = random.pick(["甲", "乙", "丙", "丁"])
      return random.pick([
        "\"\(a)\"", "\"\(a)\", \"\(b)\"", "not(\"\(a)\")", "not(\"\(a)\", \"\(b)\")", "? in [\"\(a)\", \"\(b)\"]",
        "null", "not(null)",
      ])
    case .truth: return random.pick(["true", "false", "not(true)", "? = true", "null", "true, null"])
    }
  }

  private func ordered(_ first: Int, _ second: Int, _ random: inout SeededRandom, _ write: (Int) -> String) -> String {
    let a = write(first), b = write(second)
    return random.pick([
      "< \(a)", "<= \(a)", "> \(a)", ">= \(a)", "[\(a)..\(b)]", "(\(a)..\(b))", "[\(a)..\(b))", "(\(a)..\(b)]", a,
      "\(a), \(b)", "not(\(a))", "not([\(a)..\(b)])", "? > \(a) and ? <= \(b)", "? < \(a) or ? = \(b)",
      "? between \(a) and \(b)", "null", "not(null)", "< \(a), null",
    ])
  }
}
