import Diagnostics
import FEEL
import Policy
import Synthesis
import Testing

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
    | 名称 | name | 文本 | | |
    | 类别 | kind | 文本 | | |
    | 人数 | staff | 数 | 人 | |
    | 收入 | revenue | 数 | 元 | 年度 3 |
    | 研发 | rd | 数 | 元 | 年度 3 |

    ## 记录：贷款

    - 代号：loan
    - 主键：编号

    | 字段 | 代号 | 类型 | 单位 |
    |---|---|---|---|
    | 编号 | id | 文本 | |
    | 企业 | enterprise | 企业 | |
    | 保证 | guarantor | 企业 | |
    | 额 | amount | 数 | 元 |

    ## 记录：付息

    - 代号：payment
    - 主键：编号

    | 字段 | 代号 | 类型 | 单位 |
    |---|---|---|---|
    | 编号 | id | 文本 | |
    | 企业 | enterprise | 企业 | |
    | 贷款 | loan | 贷款 | |
    | 起 | from | 日期 | |
    | 止 | to | 日期 | |
    | 利息 | interest | 数 | 元 |
    """
  let files = [PackSource.File(path: "pack.yaml", text: manifest), .init(path: "dictionary.md", text: records)]
  return Rulebook.read(PackSource(files: files)).0.dictionary
}()

private let town = """
  seed: "42"
  as-of: 2024-06-30
  words:
    字: [天, 地]
  records:
    - record: 企业
      count: "40"
      fields:
        代码: {uscc: {region: "650203", prefix: YYY}}
        名称: {name: "{字}企业{编号}"}
        类别: {choice: {大: "1", 小: "3"}}
        人数: {integer: {min: "10", max: "90", step: "10"}, blank: "0.25"}
        收入: {annual: {years: "3", latest: {min: "100000", max: "900000", step: "1000"}, growth: {min: "-0.10", max: "0.30", step: "0.01"}, step: "100"}}
        研发: {copy: {of: 收入, times: {min: "0.02", max: "0.10", step: "0.01"}, step: "10"}}
    - record: 贷款
      each: 企业
      where: {类别: 小}
      share: "0.80"
      rows: {choice: {"1": "1", "2": "1"}}
      fields:
        编号: {sequence: {prefix: L, width: "4"}}
        企业: {reference: {parent: 企业}}
        保证: {reference: {record: 企业, where: {类别: 大}}}
        额: {choice: {"1000000": "1", "2000000": "1"}}
    - record: 付息
      each: 贷款
      rows: {choice: {"3": "1"}}
      fields:
        编号: {sequence: {prefix: P, width: "4"}}
        企业: {reference: {parent: 贷款, same: 企业}}
        贷款: {reference: {parent: 贷款}}
        起: {next: {after: 止, first: {date: {from: 2022-01-01, to: 2022-12-31, day: "1"}}}}
        止: {offset: {of: 起, months: "6", days: "-1"}}
        利息: {product: {of: [贷款.额, "0.04", {months-between: {from: 起, to: 止}}], over: "12", round: "2"}}
  """

private func region(_ yaml: String = town) throws -> Region {
  let (region, diagnostics) = Region.read(yaml, file: "region.yaml", dictionary: dictionary)
  #expect(diagnostics == [])
  return try #require(region)
}

/// Rows by record type, each by header.
private func rows(_ synthesizer: Synthesizer) -> [String: [[String: String]]] {
  var result: [String: [[String: String]]] = [:]
  for table in synthesizer.tables {
    synthesizer.forEachBlock(of: table) { block in
      let lines = block.withBytes { String(decoding: $0, as: UTF8.self) }.split(separator: "\n")
      #expect(lines.count == block.rows)
      for line in lines {
        let row = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        #expect(row.count == table.header.count)
        result[table.record, default: []].append(Dictionary(uniqueKeysWithValues: zip(table.header, row)))
      }
    }
  }
  return result
}

private func made(_ fixed: [String: RawTable] = [:], count: Int? = nil, seed: UInt64? = nil) throws -> [String:
  [[String: String]]]
{
  rows(Synthesizer(try region(), dictionary: dictionary, fixed: fixed, count: count, seed: seed))
}

@Test func theSameSeedGivesTheSameRowsAndAnotherSeedOthers() throws {
  #expect(try made() == made())
  #expect(try made() == made(seed: 42))
  #expect(try made() != made(seed: 43))
}

@Test func rowsDoNotDependOnHowManyThereAre() throws {
  let few = try #require(made()["企业"]), many = try #require(made(count: 200)["企业"])
  #expect(many.count == 200)
  #expect(Array(many.prefix(few.count)) == few)
}

@Test func codesAreValidUniqueAndNotThoseWrittenOut() throws {
  let place = SourcePlace(file: "fixed")
  let first = try #require(made()["企业"]?.first?["代码"])
  let cells = [first, "旧企业", "大"].map { RawTable.Cell($0, at: place) }
  let header = ["代码", "名称", "类别"].map { RawTable.Cell($0, at: place) }
  let firms = try #require(made(["企业": RawTable(header: header, rows: [cells], place: place)], count: 500)["企业"])
  let codes = firms.compactMap { $0["代码"] }
  #expect(firms[0]["名称"] == "旧企业")
  #expect(codes.count == 501)
  #expect(Set(codes).count == 501)
  #expect(codes.allSatisfy(UnifiedSocialCreditCode.isValid))
}

@Test func everyFieldFollowsItsRule() throws {
  let all = try made(count: 400)
  let firms = try #require(all["企业"])
  #expect(Set(firms.compactMap { $0["类别"] }) == ["大", "小"])
  let small = firms.count { $0["类别"] == "小" }
  #expect((240...360).contains(small))
  let blank = firms.count { $0["人数"] == "" }
  #expect((60...140).contains(blank))
  let staff = ["", "10", "20", "30", "40", "50", "60", "70", "80", "90"]
  #expect(Set(firms.compactMap { $0["人数"] }) == Set(staff))
  for (number, firm) in firms.enumerated() {
    #expect(firm["名称"] == "天企业\(number + 1)" || firm["名称"] == "地企业\(number + 1)")
    for year in 2021...2023 {
      let revenue = try #require(Int(firm["收入@\(year)"] ?? "")), research = try #require(Int(firm["研发@\(year)"] ?? ""))
      #expect(research * 100 >= revenue * 2 - 500 && research * 10 <= revenue + 50)
    }
  }
}

@Test func rowsOfARecordLeadToTheRowTheyAreDrawnFor() throws {
  let all = try made()
  let firms = try #require(all["企业"]), loans = try #require(all["贷款"]), payments = try #require(all["付息"])
  let kinds = Dictionary(uniqueKeysWithValues: firms.map { ($0["代码"] ?? "", $0["类别"] ?? "") })
  let owners = Dictionary(uniqueKeysWithValues: loans.map { ($0["编号"] ?? "", $0["企业"] ?? "") })
  let amounts = Dictionary(uniqueKeysWithValues: loans.map { ($0["编号"] ?? "", $0["额"] ?? "") })
  #expect(!loans.isEmpty && payments.count == 3 * loans.count)
  for loan in loans {
    #expect(kinds[loan["企业"] ?? ""] == "小")
    #expect(kinds[loan["保证"] ?? ""] == "大")
  }
  for payment in payments {
    let loan = payment["贷款"] ?? ""
    #expect(payment["企业"] == owners[loan])
    #expect(payment["利息"] == (amounts[loan] == "1000000" ? "20000" : "40000"))
  }
  for (before, after) in zip(payments, payments.dropFirst()) where before["贷款"] == after["贷款"] {
    let end = try #require(CalendarDate(before["止"] ?? "")), start = try #require(CalendarDate(after["起"] ?? ""))
    #expect(start.dayNumber == end.dayNumber + 1)
  }
}

@Test(
  "a bad rule is named with its line",
  arguments: [
    ("as-of: 2024-06-30", "as-of: soon", "2:8 synthesis.as-of"),
    ("record: 企业", "record: 公司", "6:13 synthesis.record"),
    ("each: 企业", "each: 农户", "16:11 synthesis.each"),
    ("count: \"40\"", "count: many", "7:12 synthesis.count"),
    ("share: \"0.80\"", "share: \"1.5\"", "18:12 synthesis.probability"),
    ("名称: {name: \"{字}企业{编号}\"}", "名称: {name: \"{词}\"}", "10:18 synthesis.words.unknown"),
    ("人数: {integer: {min: \"10\"", "人数: {integer: {min: \"100\"", "12:21 synthesis.range"),
    ("人数: {integer", "人头: {integer", "12:7 synthesis.field.unknown"),
    ("研发: {copy: {of: 收入", "研发: {copy: {of: 名", "14:23 synthesis.field.unknown"),
    ("类别: {choice", "类别: {chance", "11:11 synthesis.kind"),
    ("{大: \"1\"", "{大: \"0\"", "11:20 synthesis.weight"),
    ("prefix: YYY", "prefix: III", "9:18 synthesis.code"),
    ("代码: {uscc: {region: \"650203\", prefix: YYY}}", "名称: 无", "synthesis.yaml.syntax"),
    ("编号: {sequence: {prefix: L, width: \"4\"}}", "额: {constant: \"1\"}", "synthesis"),
    ("words:", "words: &w", "synthesis.yaml.anchor"),
  ])
func badRules(old: String, new: String, expected: String) throws {
  let yaml = town.replacing(old, with: new, maxReplacements: 1)
  try #require(yaml != town)
  let (region, diagnostics) = Region.read(yaml, file: "region.yaml", dictionary: dictionary)
  #expect(region == nil)
  let found = diagnostics.map { "\($0.place.line):\($0.place.column) \($0.code)" }
  #expect(found.contains { $0.contains(expected) }, "\(found)")
}

@Test(
  "what is no region is refused, not crashed on",
  arguments: [
    "", "[]", "x", "records: 5", "as-of: 2024-01-01\nrecords: [1, {}]", String(repeating: "[", count: 100_000),
    String(repeating: "- ", count: 100_000), "a: *b", "{a: 1",
    "as-of: 2024-01-01\nrecords:\n  - {record: 企业, count: \"1\"}",
  ])
func noRegion(yaml: String) {
  let (region, diagnostics) = Region.read(yaml, file: "region.yaml", dictionary: dictionary)
  #expect(region == nil)
  #expect(!diagnostics.isEmpty)
  for diagnostic in diagnostics {
    for language in Language.allCases {
      #expect(Catalogue.shared.has(diagnostic.code, in: language), "\(diagnostic.code)")
    }
  }
}
