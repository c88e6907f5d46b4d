import Diagnostics
import FEEL
import TestKit
import Testing

@testable import Policy
@testable import Population

@Suite("Subjects are found by words and compared with their like")
struct SubjectIndexTests {
  // MARK: words in texts

  @Test(
    "case and width of letters do not matter; a word lies within one text",
    arguments: [
      ("天山", "甲天山 within, 天山 equal, 天山股份 beginning"), ("abc", "ＡＢＣ(集团) beginning"), ("(集团)", "ＡＢＣ(集团) within"),
      ("（集团）", "ＡＢＣ(集团) within"), ("ＡＢＣ", "ＡＢＣ(集团) beginning"), ("山天", ""), ("股份甲", ""), ("没有", ""),
    ])
  func holds(word: String, expected: String) {
    let texts = ["甲天山", "天山", "天山股份", "ＡＢＣ(集团)", ""]
    let folded = FoldedTexts(TextList(texts))
    var found: [String] = []
    folded.forEach(holding: FoldedTexts.folded(word), among: 0..<texts.count) { text, hold in
      found.append("\(texts[text]) \(hold)")
    }
    #expect(found.joined(separator: ", ") == expected)
  }

  @Test("only the texts of a run are looked at")
  func run() {
    let folded = FoldedTexts(TextList(["aa", "aa", "aa", "aa"]))
    var found: [Int] = []
    folded.forEach(holding: Array("aa".utf8), among: 1..<3) { text, _ in found.append(text) }
    #expect(found == [1, 2])
  }

  // MARK: a small pack

  private static let dictionary = """
    ## 记录：企业

    - 代号：enterprise
    - 主键：编号
    - 显示：名称
    - 角色：主体

    | 字段 | 代号 | 类型 | 单位 | 期间 |
    |---|---|---|---|---|
    | 编号 | code | 文本 | | |
    | 名称 | name | 文本 | | |
    | 区县 | district | 文本 | | |
    | 行业 | industry | 文本 | | |
    | 人数 | staff | 数 | 人 | |
    | 营业收入 | revenue | 数 | 元 | 年度 2 |
    | 研发费用 | rd | 数 | 元 | 年度 2 |
    """

  private static let document = """
    ---
    id: doc
    title: 办法
    issuer: 某市
    number: 未给出
    issued: 2022-01-01
    in-force: 2022-01-01..
    outline: [一]
    ---

    # 条

    - 条款：一

    正文。

    ### 决策：研发占比

    - 对象：企业
    - 类型：数（比例）

    ```feel
    if 营业收入[1] > 0 then 研发费用[1] / 营业收入[1] else null
    ```

    ### 称号：骨干企业

    - 对象：企业
    - 资格：人数 >= 100

    ### 画像：全貌

    - 对象：企业
    - 指标：人数、研发占比
    - 同行：行业
    - 检索：区县、行业
    """

  private static func index(
    _ count: Int, _ cells: (Int) -> [String: FactRow.Cell]
  ) throws -> (index: SubjectIndex, rulebook: Rulebook, facts: Facts) {
    let source = PackSource(files: [
      .init(path: "small/pack.yaml", text: "id: small\ntitle: 小包\njurisdiction: \"650200\"\nversion: 1.0.0\n"),
      .init(path: "small/dictionary.md", text: dictionary), .init(path: "small/doc.md", text: document),
    ])
    let (rulebook, problems) = Rulebook.read(source)
    #expect(problems.filter { $0.severity == .error } == [])
    var table = FactTable()
    for number in 0..<count {
      table.merge(FactRow(key: "E\(number)", cells: cells(number), place: SourcePlace(file: "firms")))
    }
    var facts = Facts()
    facts["企业"] = table
    let population = Population(facts, dictionary: rulebook.dictionary)
    let asOf = try #require(CalendarDate("2024-06-01"))
    let records = facts
    let made = SubjectIndex(rulebook, over: population, facts: { records }, asOf: asOf)
    return (try #require(made), rulebook, facts)
  }

  private static func text(_ text: String) -> FactRow.Cell { .value(.string(text)) }
  private static func number(_ number: Int) -> FactRow.Cell { .value(.number(Decimal128(number))) }

  @Test(
    "by name, key, district, industry and title; all words must fit; the best names first",
    arguments: [
      ("天山", "E3 E0 E1"), ("天山 渝北", "E0"), ("渝北", "E0 E2"), ("软件", "E1"), ("骨干", "E1 E2"), ("骨干 渝北", "E2"),
      ("e2", "E2"), ("E", "E0 E1 E2 E3"), ("没有", ""), ("天山　渝北", "E0"), ("甲", "E0"),
    ])
  func search(words: String, expected: String) throws {
    let firms: [(name: String?, district: String?, industry: String, staff: Int)] = [
      ("甲天山", "渝北区", "化工", 10), ("乙天山软", "北碚区", "软件", 100), (nil, "渝北区", "化工", 200), ("天山", nil, "化工", 99),
    ]
    let index = try Self.index(firms.count) { number in
      let firm = firms[number]
      var cells: [String: FactRow.Cell] = ["行业": Self.text(firm.industry), "人数": Self.number(firm.staff)]
      if let name = firm.name { cells["名称"] = Self.text(name) }
      if let district = firm.district { cells["区县"] = Self.text(district) }
      return cells
    }.index
    let found = index.rows(matching: words, most: 10)
    #expect(found.first.map { "E\($0)" }.joined(separator: " ") == expected)
    #expect(found.count == found.first.count)
    #expect(index.row(of: "E3") == 3 && index.row(of: "E9") == nil)
  }

  @Test("no more rows than wanted, but all are counted")
  func most() throws {
    let index = try Self.index(5000) { number in ["名称": Self.text("天山\(number)号"), "行业": Self.text("化工")] }.index
    let found = index.rows(matching: "天山", most: 3)
    #expect(found.first == [0, 1, 2] && found.count == 5000)
    #expect(index.rows(matching: "  ", most: 2).first == [0, 1])
    #expect(index.rows(matching: "4999号", most: 3).first == [4999])
  }

  // MARK: peers

  @Test("standing equals a count by hand, within the peers alone")
  func standing() throws {
    var random = SeededRandom(seed: 3)
    let firms = (0..<300).map { _ in
      (
        industry: Int.random(in: 0..<3, using: &random), staff: Int.random(in: 0..<40, using: &random),
        rd: Int.random(in: 0..<50, using: &random), revenue: Int.random(in: 0..<7, using: &random)
      )
    }
    let (index, rulebook, facts) = try Self.index(firms.count) { number in
      let firm = firms[number]
      var cells: [String: FactRow.Cell] = [
        "营业收入": .annual([2023: .number(Decimal128(firm.revenue))]),
        "研发费用": .annual([2023: .number(Decimal128(firm.rd))]),
      ]
      if firm.industry > 0 { cells["行业"] = Self.text("行业\(firm.industry)") }
      if firm.staff > 0 { cells["人数"] = Self.number(firm.staff) }
      return cells
    }
    let measures = try #require(rulebook.portraitOutline)[.measures]
    #expect(measures.map(\.name) == ["人数", "研发占比"])
    func value(_ row: Int, _ measure: Int) -> Decimal128? {
      let firm = firms[row]
      if measure == 0 { return firm.staff > 0 ? Decimal128(firm.staff) : nil }
      return firm.revenue > 0 ? Decimal128(firm.rd).divided(by: Decimal128(firm.revenue)) : nil
    }
    for row in firms.indices {
      let readings = rulebook.readings(of: measures, for: "E\(row)", facts: facts, asOf: index.asOf)
      for measure in measures.indices {
        guard let own = value(row, measure) else {
          #expect(readings[measure].value.isNull)
          continue
        }
        let standing = index.standing(of: own, measures[measure], for: row)
        guard firms[row].industry > 0 else {
          #expect(standing == nil && index.peers(of: row) == nil)
          continue
        }
        #expect(readings[measure].value.isEqual(to: .number(own)) == true)
        let peers = firms.indices.filter { firms[$0].industry == firms[row].industry }
          .compactMap { value($0, measure) }
        #expect(standing?.peers == peers.count)
        #expect(standing?.below == peers.count { $0 < own })
        #expect(standing?.equal == peers.count { $0 == own })
      }
    }
  }

  @Test("fewer peers than five are not told of")
  func few() throws {
    let (index, rulebook, _) = try Self.index(6) { number in
      ["行业": Self.text(number < 4 ? "甲" : "乙"), "人数": Self.number(number + 1)]
    }
    let measure = try #require(rulebook.portraitOutline?[.measures].first)
    #expect(index.standing(of: 2, measure, for: 1)?.percentile == nil)
    let all = try Self.index(6) { number in ["行业": Self.text("甲"), "人数": Self.number(number + 1)] }
    let standing = try #require(all.index.standing(of: 4, measure, for: 3))
    #expect(standing.percentile == 60 && standing.quartiles == [2, 3, 4])
    #expect(all.index.peers(of: 3) == [.value("甲")])
  }
}
