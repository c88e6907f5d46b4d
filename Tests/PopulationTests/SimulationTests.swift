import Diagnostics
import FEEL
import TestKit
import Testing

@testable import Policy
@testable import Population

/// A simulation is two full runs and what lies between them; it may take every short way, and must come to the same.
@Suite("Simulations", .timeLimit(.minutes(30)))
struct SimulationTests {
  @Test(
    "equal two separate runs of the interpreter, with and without a focus",
    arguments: ["national", "chongqing", "karamay"], [UInt64(1), 2])
  func twoRuns(pack: String, seed: UInt64) throws {
    let rulebook = try Packs.rulebook(pack)
    let asOf = try #require(CalendarDate(year: 2026, month: 6, day: 30))
    var draw = FactsDraw(rulebook, seed: 500 + seed)
    let facts = draw.facts(subjects: 30)
    let simulation = Simulation(
      rulebook, over: Population(facts, dictionary: rulebook.dictionary), facts: { facts }, asOf: asOf)
    #expect(simulation.leftOut == [] && simulation.count == 30)
    let dimension = try simulation.dimension(try #require(simulation.dimensionNames.fields.first))
    let grouping = SimulationGrouping(simulation, by: dimension)
    let base = try TwoRuns.outcomes(rulebook, facts, asOf, [:])
    var random = SeededRandom(seed: seed), narrowed = 0
    for overrides in Self.changes(of: rulebook, count: 6, &random) {
      let variant = try TwoRuns.outcomes(rulebook, facts, asOf, overrides)
      let runs = TwoRuns(base: base, variant: variant, schemes: rulebook.schemeVersions.map { $0[0].name })
      let focus = simulation.focus(on: overrides.mapValues { [$0] })
      if focus != nil { narrowed += 1 }
      for focus in [nil, focus] {
        let change = Simulation.Change(overrides: overrides)
        let result = grouping.compare(simulation.variant(change, focus: focus))
        let differences = runs.differences(from: result)
        #expect(differences.prefix(5) == [], "\(overrides.keys.sorted()), \(focus == nil ? "all" : "focus")")
      }
    }
    #expect(narrowed > 0)
  }

  /// Some parameters set to other values that their bounds allow: one, two or three at a time.
  private static func changes(
    of rulebook: Rulebook, count: Int, _ random: inout SeededRandom
  ) -> [[String: Value]] {
    (0..<count).map { number in
      var overrides: [String: Value] = [:]
      for _ in 0...number % 3 {
        guard let parameter = rulebook.parameters.randomElement(using: &random) else { continue }
        var texts = parameter.choices
        if let scale = parameter.scale {
          let tenths = Decimal128(Int.random(in: 0...10, using: &random))
          let way = (scale.high - scale.low).flatMap { $0 * tenths }?.divided(by: 10)
          texts = [scale.low, scale.high, way.flatMap { scale.low + $0 }].compactMap(\.self).map(scale.text)
        }
        guard let text = texts.randomElement(using: &random),
          let read = try? rulebook.overrides([parameter.name: text])
        else { continue }
        overrides.merge(read) { $1 }
      }
      return overrides
    }
  }

  @Test("of other rules, what they change is worked out again: parameters, tables, conditions, new and lost schemes")
  func otherRules() throws {
    let small = try SmallRules.rulebook(), asOf = try #require(CalendarDate(year: 2026, month: 6, day: 30))
    let facts = SmallRules.facts(count: 40)
    let simulation = Simulation(
      small, over: Population(facts, dictionary: small.dictionary), facts: { facts }, asOf: asOf)
    let grouping = SimulationGrouping(simulation)
    let edits: [(from: String, to: String, schemes: [String])] = [
      ("- 数值：10 %", "- 数值：12 %", ["补助"]), ("| 1 | \"甲\" | 3 |", "| 1 | \"甲\" | 4 |", ["补助"]),
      ("人数 <= 50", "人数 <= 20", ["称号"]), ("### 称号：称号", "### 称号：新称号", ["称号", "新称号"]),
      ("正文。", "换了正文。", []),
    ]
    for edit in edits {
      let other = try SmallRules.rulebook { $0.replacing(edit.from, with: edit.to) }
      let variant = simulation.variant(.init(rulebook: other))
      #expect(variant.recomputed == edit.schemes, "\(edit.to)")
      let runs = TwoRuns(
        base: try TwoRuns.outcomes(small, facts, asOf, [:]), variant: try TwoRuns.outcomes(other, facts, asOf, [:]),
        schemes: ["补助", "称号"] + (edit.schemes.contains("新称号") ? ["新称号"] : []))
      let result = grouping.compare(variant)
      #expect(runs.differences(from: result).prefix(5) == [], "\(edit.to)")
      #expect(result.changed.contains { $0.whole.isChanged } == !edit.schemes.isEmpty, "\(edit.to)")
    }
  }

  @Test("a parameter touches only the schemes that read it, and a focus computes no others")
  func narrow() throws {
    let small = try SmallRules.rulebook(), asOf = try #require(CalendarDate(year: 2026, month: 6, day: 30))
    let facts = SmallRules.facts(count: 40)
    let simulation = Simulation(
      small, over: Population(facts, dictionary: small.dictionary), facts: { facts }, asOf: asOf)
    let overrides = try small.overrides(["rate": "20 %"])
    let focus = try #require(simulation.focus(on: ["比例": []]))
    let variant = simulation.variant(.init(overrides: overrides), focus: focus)
    #expect(variant.recomputed == ["补助"] && focus.schemes == ["补助"])
    #expect(focus.covers(overrides, in: simulation))
    #expect(!focus.covers(try small.overrides(["rate": "20.0001 %"]), in: simulation))
    #expect(simulation.variant(.init(overrides: try small.overrides(["rate": "10 %"]))).recomputed == [])
    #expect(simulation.interpreted == 0 && variant.interpreted == 0)
    let line = SimulationGrouping(simulation).compare(variant).total.whole
    #expect(line.variant.amount == line.base.amount * 2 && line.gained == line.base.amount)
    #expect(line.winners == 10 && line.losers == 0 && line.lost == .zero)
  }

  @Test("dimensions are fields and decisions: words, truths, bands, years; what is not known is a group of its own")
  func dimensions() throws {
    let small = try SmallRules.rulebook(), asOf = try #require(CalendarDate(year: 2026, month: 6, day: 30))
    let facts = SmallRules.facts(count: 40)
    let simulation = Simulation(
      small, over: Population(facts, dictionary: small.dictionary), facts: { facts }, asOf: asOf)
    func groups(_ name: String) throws -> [String] {
      try simulation.dimension(name).groups.map { $0.text(in: .english) }
    }
    #expect(try groups("类别") == ["甲", "乙", "丙", "丁"])
    #expect(try groups("在园区") == ["yes", "no", "(not known)"])
    #expect(try groups("人数") == ["below 9", "9 to below 17", "17 to below 25", "25 to below 33", "33 and more"])
    #expect(try groups("成立") == ["2020", "2021"])
    #expect(try groups("大小") == ["小", "大"])
    #expect(throws: Diagnostic.self) { try simulation.dimension("类型") }
    let near = #expect(throws: Diagnostic.self) { try simulation.dimension("类") }
    #expect(near?.arguments["near"] == "类别")
  }

  @Test("an amount that 64 bits cannot hold is counted and told, and spoils no other")
  func longAmounts() throws {
    let small = try SmallRules.rulebook(), asOf = try #require(CalendarDate(year: 2026, month: 6, day: 30))
    var facts = SmallRules.facts(count: 8)
    let long = try #require(Decimal128("921000000000000000.5"))
    facts["企业"]?.merge(
      FactRow(key: "F0", cells: ["收入": .value(.number(long))], place: SourcePlace(file: "firms")))
    let known = facts
    let simulation = Simulation(
      small, over: Population(known, dictionary: small.dictionary), facts: { known }, asOf: asOf,
      overrides: try small.overrides(["rate": "20 %"]))
    #expect(simulation.unplanned.isEmpty && simulation.leftOut == [])
    // The one amount is left out, that of the other firm of its kind is there.
    #expect(simulation.beyond == 1)
    #expect(simulation.base["补助"]?.amount(0) == .zero && simulation.base["补助"]?.amount(4) == 3000)
  }

  @Test(
    "of a scheme without a plan the interpreter is asked for the firms with such records alone", arguments: [0, 2, 3])
  func concerned(loans: Int) throws {
    let scheme = """


      ### 待遇：零头

      - 对象：贷款
      - 金额：if 数额 instance of number then modulo(数额, 7) else 0

      | 资格 | 判据 | 不符时 |
      |---|---|---|
      | 有数额 | 数额 > 0 | 没有数额 |

      ## 记录：贷款

      - 代号：loan
      - 主键：号
      - 归属：企业

      | 字段 | 代号 | 类型 | 单位 |
      |---|---|---|---|
      | 号 | number | 文本 | |
      | 企业 | firm | 企业 | |
      | 数额 | amount | 数 | 元 |
      """
    let small = try SmallRules.rulebook { $0 + scheme }
    let asOf = try #require(CalendarDate(year: 2026, month: 6, day: 30))
    var own = SmallRules.facts(count: 10), table = FactTable()
    for number in 0..<loans {
      let cells: [String: FactRow.Cell] = [
        "号": .value(.string("L\(number)")), "企业": .reference("F\(number * 3)"), "数额": .value(.number(Decimal128(12))),
      ]
      table.merge(FactRow(key: "L\(number)", cells: cells, place: SourcePlace(file: "loans")))
    }
    own["贷款"] = table
    let facts = own
    let population = Population(facts, dictionary: small.dictionary)
    let simulation = Simulation(small, over: population, facts: { facts }, asOf: asOf, interpretedRows: 2)
    #expect(simulation.unplanned.keys.sorted() == ["零头"])
    #expect(simulation.leftOut == (loans > 2 ? ["零头"] : []))
    guard loans <= 2 else { return }
    #expect(simulation.interpreted == loans)
    let column = try #require(simulation.base["零头"])
    for row in 0..<10 {
      let isConcerned = row % 3 == 0 && row / 3 < loans
      #expect(column.amount(row) == (isConcerned ? 5 : 0))
      #expect(column.verdict(row) == (isConcerned ? .met : .notApplicable))
    }
  }

  @Test("a sweep is a variant at each of its values")
  func sweep() throws {
    let small = try SmallRules.rulebook(), asOf = try #require(CalendarDate(year: 2026, month: 6, day: 30))
    let facts = SmallRules.facts(count: 40)
    let simulation = Simulation(
      small, over: Population(facts, dictionary: small.dictionary), facts: { facts }, asOf: asOf)
    let grouping = SimulationGrouping(simulation)
    let range = try SweepRange("rate=0..50/10 %", of: small)
    let sweep = simulation.sweep(range.parameter, over: range.values, grouping: grouping)
    #expect(sweep.points.map(\.value.description) == ["0", "0.1", "0.2", "0.3", "0.4", "0.5"])
    for point in sweep.points {
      let overrides = ["比例": Value.number(point.value)]
      #expect(point.total == grouping.compare(simulation.variant(.init(overrides: overrides))).total.whole)
    }
  }

  @Test(
    "a sweep that cannot be read, or that the bounds do not allow, is refused",
    arguments: [
      ("rate", "simulation.sweep.form"), ("rate=1..2", "simulation.sweep.form"),
      ("rate=a..b/c", "simulation.sweep.form"),
      ("rate=0..1/0", "simulation.sweep.many"), ("rate=1..0/1", "simulation.sweep.many"),
      ("rate=0..50/0.01 %", "simulation.sweep.many"), ("rate=0..60/10 %", "policy.parameter.bounds"),
      ("rat=0..1/1", "policy.parameter.unknown"), ("rate=0..1/1 天", "simulation.sweep.form"),
      ("way=0..1/1", "simulation.sweep.kind"),
    ])
  func refusals(text: String, code: String) throws {
    let small = try SmallRules.rulebook()
    let error = #expect(throws: Diagnostic.self) { try SweepRange(text, of: small) }
    #expect(error?.code == code)
  }

  @Test(
    "a slider runs between the bounds, or up to twice the value, in steps of its digits",
    arguments: [
      ("- 数值：20 %\n- 范围：[0..50] %", "0 50 1 %"), ("- 数值：3 年", "0 6 1 年"), ("- 数值：0.25", "0 0.5 0.01 "),
      ("- 数值：1000 万元", "0 2000 10 万元"), ("- 数值：30\n- 范围：>= 10", "10 60 1 "),
      ("- 默认：360 天（惯例）\n- 范围：360, 365 天", "360 365 1 天 [360, 365]"),
    ])
  func scales(fields: String, expected: String) throws {
    let rulebook = try SmallRules.rulebook { $0.replacing("- 数值：10 %\n- 范围：[0..50] %", with: fields) }
    let scale = try #require(rulebook.parameters.first?.scale)
    let options = scale.options.isEmpty ? "" : " \(scale.options)"
    #expect("\(scale.low) \(scale.high) \(scale.step) \(scale.unit?.symbol ?? "")\(options)" == expected)
  }
}
