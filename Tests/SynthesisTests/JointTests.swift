import Diagnostics
import FEEL
import Policy
import Synthesis
import Testing

/// Firms whose fields depend on one another.
private let firms = """
  seed: "7"
  as-of: 2024-06-30
  records:
    - record: 企业
      count: "6000"
      draw:
        级: {choice: {高: "1", 低: "3"}}
        规模: {quantiles: {at: {"0": "1", "0.5": "12", "0.9": "90", "1": "5000"}}}
      fields:
        代码: {uscc: {region: "650203", prefix: YYY}}
        类别: {bands: {of: 规模, below: {"20": {constant: 小}, "300": {constant: 中}}, otherwise: {constant: 大}}}
        人数: {copy: {of: 规模}, blank: "0.10"}
        成立: {mix: [{weight: "3", draw: {date: {from: 2010-01-01, to: 2020-12-31}}}, {weight: "1", draw: {date: {from: 2022-01-01, to: 2024-05-31}}}]}
        收入: {annual: {years: "3", latest: {copy: {of: 规模, times: "1000"}}, growth: {quantiles: {at: {"0": "-0.5", "0.5": "0.1", "1": "1.0"}, step: "0.001"}}, step: "100", since: 成立}}
        研发: {copy: {of: 收入, times: {classes: {of: 级, cases: {高: "0.1"}, otherwise: "0"}}, step: "1"}}
        变更: {date: {from: 成立, to: 2024-06-30}}
    - record: 贷款
      each: 企业
      where: {类别: [中, 大], 级: 高}
      rows: {bands: {of: 企业.规模, below: {"300": "1"}, otherwise: "3"}}
      fields:
        编号: {sequence: {prefix: L, width: "5"}}
        企业: {reference: {parent: 企业}}
        额: {copy: {of: 企业.收入@2022, times: "0.5", step: "1"}}
  """

private let dictionary: DataDictionary = {
  let manifest = "id: small\ntitle: 小\njurisdiction: \"650200\"\nversion: 1.0.0\n"
  let records = """
    ## 记录：企业

    - 代号：enterprise
    - 主键：代码
    - 角色：主体

    | 字段 | 代号 | 类型 | 单位 | 期间 |
    |---|---|---|---|---|
    | 代码 | uscc | 统一社会信用代码 | | |
    | 类别 | kind | 文本 | | |
    | 人数 | staff | 数 | 人 | |
    | 成立 | founded | 日期 | | |
    | 收入 | revenue | 数 | 元 | 年度 3 |
    | 研发 | rd | 数 | 元 | 年度 3 |
    | 变更 | changed | 日期 | | |

    ## 记录：贷款

    - 代号：loan
    - 主键：编号

    | 字段 | 代号 | 类型 | 单位 |
    |---|---|---|---|
    | 编号 | id | 文本 | |
    | 企业 | enterprise | 企业 | |
    | 额 | amount | 数 | 元 |
    """
  let files = [PackSource.File(path: "pack.yaml", text: manifest), .init(path: "dictionary.md", text: records)]
  return Rulebook.read(PackSource(files: files)).0.dictionary
}()

private func region(_ yaml: String = firms) throws -> Region {
  let (region, diagnostics) = Region.read(yaml, file: "region.yaml", dictionary: dictionary)
  #expect(diagnostics == [])
  return try #require(region)
}

/// The text of every table, by record type.
private func texts(_ synthesizer: Synthesizer, workers: Int) -> [String: String] {
  var result: [String: String] = [:]
  for table in synthesizer.tables {
    synthesizer.forEachBlock(of: table, workers: workers) { block in
      result[table.record, default: ""] += block.withBytes { String(decoding: $0, as: UTF8.self) }
    }
  }
  return result
}

private func rows(_ record: String, seed: UInt64? = nil) throws -> [[String: String]] {
  let synthesizer = Synthesizer(try region(), dictionary: dictionary, seed: seed)
  let table = try #require(synthesizer.tables.first { $0.record == record })
  let lines = try #require(texts(synthesizer, workers: 2)[record]).split(separator: "\n")
  return lines.map { line in
    let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return Dictionary(uniqueKeysWithValues: zip(table.header, cells))
  }
}

@Test("so many workers, the same bytes", arguments: [2, 3, 8])
func workers(count: Int) throws {
  let synthesizer = Synthesizer(try region(), dictionary: dictionary)
  #expect(texts(synthesizer, workers: 1) == texts(synthesizer, workers: count))
}

@Test func whatIsOnlyDrawnForOthersIsNotWritten() throws {
  let tables = Synthesizer(try region(), dictionary: dictionary).tables
  let header = try #require(tables.first { $0.record == "企业" }?.header)
  #expect(
    header == ["代码", "类别", "人数", "成立", "收入@2023", "收入@2022", "收入@2021", "研发@2023", "研发@2022", "研发@2021", "变更"])
}

@Test("shares are near to what the region says", arguments: [7, 8, 9] as [UInt64])
func shares(seed: UInt64) throws {
  let firms = try rows("企业", seed: seed)
  let staff = firms.compactMap { Int($0["人数"] ?? "") }.sorted()
  #expect((450...750).contains(firms.count - staff.count), "a tenth is unknown")
  #expect(staff.first.map { $0 >= 1 } == true && staff.last.map { $0 <= 5000 } == true)
  #expect((11...13).contains(staff[staff.count / 2]))
  #expect((75...115).contains(staff[staff.count * 9 / 10]))
  // Half way between the quantiles 0 and 0.5 lies the geometric mean of 1 and 12.
  #expect((3...4).contains(staff[staff.count / 4]))
  #expect(Set(staff).count > 200, "values between the quantiles are drawn too")
  let high = firms.count { Int($0["研发@2023"] ?? "").map { $0 > 0 } == true }
  #expect((1250...1650).contains(high), "a quarter is of the high class")
  let young = firms.count { $0["收入@2021"] == "" }
  #expect((1300...1700).contains(young), "a quarter was founded late")
}

@Test func fieldsFollowThoseTheyDependOn() throws {
  for firm in try rows("企业") {
    if let staff = Int(firm["人数"] ?? "") {
      #expect(firm["类别"] == (staff < 20 ? "小" : staff < 300 ? "中" : "大"))
      let year = try #require(Int(firm["成立"]?.prefix(4) ?? ""))
      #expect(firm["收入@2023"] == (year > 2023 ? "" : String(staff * 1000)))
      for other in 2021...2023 { #expect((firm["收入@\(other)"] == "") == (year > other)) }
    }
    let founded = try #require(firm["成立"]), changed = try #require(firm["变更"])
    #expect(changed >= founded)
    let revenue = Int(firm["收入@2022"] ?? ""), research = Int(firm["研发@2022"] ?? "")
    #expect(research == 0 || research == revenue.map { $0 / 10 })
  }
}

@Test func childRowsFollowTheFirm() throws {
  let firms = Dictionary(uniqueKeysWithValues: try rows("企业").map { ($0["代码"] ?? "", $0) })
  let loans = Dictionary(grouping: try rows("贷款")) { $0["企业"] ?? "" }
  #expect(loans.count > 100)
  for (code, own) in loans {
    let firm = try #require(firms[code])
    #expect(own.count == (firm["类别"] == "大" ? 3 : 1))
    #expect(own.allSatisfy { $0["额"] == (Int(firm["收入@2022"] ?? "").map { String($0 / 2) } ?? "") })
  }
  let numbers = try rows("贷款").compactMap { Int($0["编号"]?.dropFirst() ?? "") }
  #expect(numbers == Array(1...numbers.count))
}

@Test func textsThatNeedQuotesGetThem() throws {
  let yaml = firms.replacing("{constant: 小}", with: #"{constant: "小,\"微\""}"#)
  let text = try #require(texts(Synthesizer(try region(yaml), dictionary: dictionary), workers: 1)["企业"])
  #expect(text.contains(#","小,""微""","#))
}

@Test(
  "a bad distribution is named with its line",
  arguments: [
    ("\"0.9\": \"90\"", "\"0.9\": \"9\"", "8 synthesis.quantiles"),
    ("\"0.9\": \"90\"", "\"0.4\": \"90\"", "8 synthesis.quantiles"),
    ("{\"0\": \"1\", ", "{", "8 synthesis.quantiles"), (", \"1\": \"5000\"", "", "8 synthesis.quantiles"),
    ("\"5000\"", "\"99999999999999999\"", "8 synthesis.quantiles"), ("\"5000\"", "viel", "8 synthesis.quantiles"),
    ("below: {\"20\"", "below: {\"500\"", "11 synthesis.bands"), ("{\"20\":", "{2020-01-01:", "11 synthesis.bands"),
    ("bands: {of: 规模", "bands: {of: 规", "11 synthesis.field.unknown"),
    ("{高: \"0.1\"}", "{高: \"0.1\", [高, 低]: \"0\"}", "15 synthesis.classes.twice"),
    ("classes: {of: 级, cases: {高: \"0.1\"}", "classes: {of: 级", "15 synthesis.key.missing"),
    ("draw: {date: {from: 2010-01-01", "drawn: {date: {from: 2010-01-01", "13 synthesis.key.unknown"),
    ("weight: \"3\"", "weight: \"0\"", "13 synthesis.weight"), ("级: {choice", "类别: {choice", "7 synthesis.draw.name"),
    ("低: \"3\"}}", "低: \"3\"}, blank: \"0.1\"}", "7 synthesis.draw.mask"),
    ("step: \"100\", since", "step: \"0\", since", "14 synthesis.step"),
    ("since: 成立", "since: 变更", "14 synthesis.field.unknown"), ("from: 成立", "from: 变更", "16 synthesis.dates"),
    ("收入@2022", "收入@2019", "24 synthesis.field.unknown"),
  ])
func badDistributions(old: String, new: String, expected: String) throws {
  let yaml = firms.replacing(old, with: new, maxReplacements: 1)
  try #require(yaml != firms)
  let (region, diagnostics) = Region.read(yaml, file: "region.yaml", dictionary: dictionary)
  #expect(region == nil)
  let found = diagnostics.map { "\($0.place.line) \($0.code)" }
  #expect(found.contains(expected), "\(found)")
}
