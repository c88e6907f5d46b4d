import Diagnostics
import FEEL
import TestKit
import Testing

@testable import Policy
@testable import Population

/// A simulation is two full runs and what lies between them; it may take every short way, and must come to the same.
@Suite("Simulations", .timeLimit(.minutes(10)))
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
    var random = SeededRandom(seed: seed)
    for overrides in Self.changes(of: rulebook, count: 6, &random) {
      let variant = try TwoRuns.outcomes(rulebook, facts, asOf, overrides)
      let runs = TwoRuns(base: base, variant: variant, schemes: rulebook.schemeVersions.map { $0[0].name })
      for focus in [nil, simulation.focus(on: Set(overrides.keys))] {
        let change = Simulation.Change(overrides: overrides)
        let result = grouping.compare(simulation.variant(change, focus: focus))
        let differences = runs.differences(from: result)
        #expect(differences.prefix(5) == [], "\(overrides.keys.sorted()), \(focus == nil ? "all" : "focus")")
      }
    }
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
      #expect(runs.differences(from: grouping.compare(variant)).prefix(5) == [], "\(edit.to)")
      #expect(edit.schemes.isEmpty == !grouping.compare(variant).total.whole.isChanged, "\(edit.to)")
    }
  }

  @Test("a parameter touches only the schemes that read it, and a focus only the rows that rest on it")
  func narrow() throws {
    let small = try SmallRules.rulebook(), asOf = try #require(CalendarDate(year: 2026, month: 6, day: 30))
    let facts = SmallRules.facts(count: 40)
    let simulation = Simulation(
      small, over: Population(facts, dictionary: small.dictionary), facts: { facts }, asOf: asOf)
    let overrides = try small.overrides(["rate": "20 %"])
    let focus = simulation.focus(on: ["比例"])
    let variant = simulation.variant(.init(overrides: overrides), focus: focus)
    #expect(variant.recomputed == ["补助"])
    // Of forty firms ten are of the kind that is paid; of the others the verdict is certain whatever the rate.
    #expect(focus.rows?.count == 10 && variant.rowCount(of: simulation) == 10)
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
      ("- 数值：20 %\n- 范围：[0..50] %", "0 50 1 %"), ("- 数值：3 年", "0 6 1 年"), ("- 数值：0.25", "0 0.50 0.01 "),
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

/// Outcomes of two runs of the interpreter, and what they come to.
private struct TwoRuns {
  typealias Outcomes = [[String: (verdict: Verdict, amount: Decimal128)]]

  let base: Outcomes
  let variant: Outcomes
  let schemes: [String]

  static func outcomes(
    _ rulebook: Rulebook, _ facts: Facts, _ asOf: CalendarDate, _ overrides: [String: Value]
  ) throws -> Outcomes {
    let rows = facts[rulebook.subjectType?.name ?? ""]?.rows ?? []
    return try rows.map { row in
      let session = Session(rulebook, facts: facts, asOf: asOf, overrides: overrides, detail: .none)
      let checkUp = try rulebook.checkUp(of: row.key, in: session)
      return Dictionary(
        checkUp.schemes.map { ($0.scheme.name, ($0.verdict, $0.verdict == .met ? $0.amount ?? .zero : .zero)) }
      ) { first, _ in first }
    }
  }

  /// Of each scheme and of all together, over everybody and over each group.
  func differences(from result: SimulationResult) -> [String] {
    var found: [String] = []
    for part in result.schemes + [result.total] {
      let wanted = part.scheme.map { [$0] } ?? schemes
      found += compare(part.whole, rows: Array(base.indices), wanted)
      for (group, line) in part.groups.enumerated() {
        let rows = base.indices.filter { Int(result.dimension.codes[$0]) == group }
        found += compare(line, rows: rows, wanted)
      }
    }
    if Set(result.schemes.compactMap(\.scheme)) != Set(schemes) { found.append("other schemes") }
    return found
  }

  private func compare(_ line: SimulationResult.Line, rows: [Int], _ names: [String]) -> [String] {
    var counts = [[Int]](repeating: [0, 0, 0, 0, 0], count: 2)
    var sums = [Decimal128.zero, .zero], gained = Decimal128.zero, lost = Decimal128.zero, winners = 0, losers = 0
    for row in rows {
      var gain = Decimal128.zero, titles = 0
      for (side, run) in [base, variant].enumerated() {
        let outcomes = names.map { run[row][$0] ?? (.notApplicable, .zero) }
        let best = outcomes.compactMap { Verdict.allCases.firstIndex(of: $0.verdict) }.max() ?? 0
        counts[side][best] += 1
        let sum = outcomes.map(\.amount).reduce(.zero) { ($0 + $1) ?? $0 }
        sums[side] = (sums[side] + sum) ?? .zero
        gain = (side == 0 ? -sum : gain + sum) ?? .zero
        titles += (side == 0 ? -1 : 1) * outcomes.count { $0.verdict == .met }
      }
      if gain > .zero || gain == .zero && titles > 0 { winners += 1 }
      if gain < .zero || gain == .zero && titles < 0 { losers += 1 }
      if gain > .zero { gained = (gained + gain) ?? .zero } else { lost = (lost - gain) ?? .zero }
    }
    let name = names.count == 1 ? names[0] : "all"
    var found: [String] = []
    if line.base.counts != counts[0] { found.append("\(name): base \(line.base.counts), not \(counts[0])") }
    if line.variant.counts != counts[1] { found.append("\(name): variant \(line.variant.counts), not \(counts[1])") }
    if line.base.amount != sums[0] || line.variant.amount != sums[1] {
      found.append("\(name): \(line.base.amount) → \(line.variant.amount), not \(sums[0]) → \(sums[1])")
    }
    if (line.winners, line.losers) != (winners, losers) || line.gained != gained || line.lost != lost {
      found.append("\(name): \(line.winners) \(line.losers), not \(winners) \(losers)")
    }
    return found
  }
}

/// A small pack of one benefit and one title, and firms for it.
private enum SmallRules {
  static func rulebook(_ edit: (String) -> String = { $0 }) throws -> Rulebook {
    let source = PackSource(files: [
      .init(path: "small/pack.yaml", text: "id: small\ntitle: 小包\njurisdiction: \"650200\"\nversion: 1.0.0\n"),
      .init(path: "small/dictionary.md", text: dictionary), .init(path: "small/doc.md", text: edit(document)),
    ])
    let (rulebook, diagnostics) = Rulebook.read(source)
    #expect(diagnostics.filter { $0.severity == .error } == [])
    return rulebook
  }

  /// Firms of 1, 2, 3 … people, of four kinds by turns.
  static func facts(count: Int) -> Facts {
    var table = FactTable()
    let place = SourcePlace(file: "firms")
    for number in 0..<count {
      var row = FactRow(key: "F\(number)", cells: [:], place: place)
      row.cells["编号"] = .value(.string(row.key))
      row.cells["类别"] = .value(.string(["甲", "乙", "丙", "丁"][number % 4]))
      row.cells["人数"] = .value(.number(Decimal128(number + 1)))
      row.cells["收入"] = .value(.number(Decimal128((number + 1) * 1000)))
      row.cells["成立"] = CalendarDate(year: 2020 + number % 2, month: 5, day: 1).map { .value(.date($0)) }
      if number % 3 < 2 { row.cells["在园区"] = .value(.boolean(number % 3 == 0)) }
      table.merge(row)
    }
    var facts = Facts()
    facts["企业"] = table
    return facts
  }

  private static let dictionary = """
    ## 记录：企业

    - 代号：enterprise
    - 主键：编号
    - 角色：主体

    | 字段 | 代号 | 类型 | 单位 | 取值 |
    |---|---|---|---|---|
    | 编号 | code | 文本 | | |
    | 类别 | kind | 文本 | | 甲、乙、丙、丁 |
    | 人数 | staff | 数 | 人 | |
    | 收入 | revenue | 数 | 元 | |
    | 成立 | founded | 日期 | | |
    | 在园区 | park | 是否 | | |
    """

  private static let document = """
    ---
    id: doc
    title: 小办法
    issuer: 某市
    number: 未给出
    issued: 2022-01-01
    in-force: 2022-01-01..2030-01-01
    ---

    # 补助

    - 条款：一

    正文。

    ### 参数：比例

    - 代号：rate
    - 数值：10 %
    - 范围：[0..50] %

    ### 参数：口径

    - 代号：way
    - 取值：全部、一半
    - 默认：全部（原文没有写）

    ### 决策：份数

    - 对象：企业
    - 类型：数

    | U | 类别 | 份数 |
    |---|---|---|
    | | i | o |
    | 1 | "甲" | 3 |
    | 2 | not("甲") | 0 |

    ### 决策：大小

    - 对象：企业
    - 类型：文本

    ```feel
    if 人数 <= 25 then "小" else "大"
    ```

    ### 待遇：补助

    - 对象：企业
    - 金额：round half up(份数 * 收入 * 比例 * (if 口径 = "全部" then 1 else 0.5), 2)

    | 资格 | 判据 | 不符时 |
    |---|---|---|
    | 有份 | 份数 > 0 | 没有份 |

    ### 称号：称号

    - 对象：企业

    | 资格 | 判据 | 不符时 |
    |---|---|---|
    | 人数不多 | 人数 <= 50 | 人数太多 |
    | 在园区 | 在园区 | 不在园区 |
    """
}
