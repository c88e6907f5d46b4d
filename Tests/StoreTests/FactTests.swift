import Diagnostics
import FEEL
import Foundation
import JSON
import Policy
import Store
import TestKit
import Testing

private let dictionary: DataDictionary = {
  let manifest = "id: small\ntitle: 小\njurisdiction: \"650200\"\nversion: 1.0.0\n"
  let records = """
    ## 记录：企业

    - 代号：enterprise
    - 主键：编号
    - 角色：主体

    | 字段 | 代号 | 类型 | 单位 | 期间 |
    |---|---|---|---|---|
    | 编号 | id | 文本 | | |
    | 营业收入 | revenue | 数 | 元 | 年度 3 |
    | 在册 | listed | 是否 | | |
    | 面积 | area | 数 | 元 | |

    ## 记录：贷款

    - 代号：loan
    - 主键：编号

    | 字段 | 代号 | 类型 |
    |---|---|---|
    | 编号 | id | 文本 |
    | 企业 | enterprise | 企业 |
    """
  let files = [PackSource.File(path: "pack.yaml", text: manifest), .init(path: "dictionary.md", text: records)]
  return Rulebook.read(PackSource(files: files)).0.dictionary
}()

/// Facts as `type key: field=cell …`, types known to be empty as `type none`, problems as `file:line:column code`.
private func facts(_ source: FactSource, under folder: String = "") -> [String] {
  let (facts, diagnostics) = source.facts(by: dictionary)
  var lines: [String] = []
  for type in dictionary.types {
    guard let table = facts[type.name] else { continue }
    if table.rows.isEmpty { lines.append("\(type.name) none") }
    for row in table.rows {
      let cells = row.cells.sorted { $0.key < $1.key }.map { "\($0.key)=\(text($0.value))" }
      lines.append("\(type.name) \(row.key): \(cells.joined(separator: " "))")
    }
  }
  return lines
    + diagnostics.map { "\($0.place) \($0.code)".replacingOccurrences(of: folder + "/", with: "") }
}

private func text(_ cell: FactRow.Cell) -> String {
  switch cell {
  case .none: "none"
  case .value(let value): value.feelDescription
  case .reference(let key): "→\(key)"
  case .annual(let years):
    years.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value?.feelDescription ?? "none")" }.joined(separator: ",")
  }
}

@Test func aFolderOfCSVFilesGivesFactsByNameOrID() throws {
  try withFolder([
    "企业.csv": "编号,revenue@2023（万元）,营业收入@2022,在册\nA,1.5,无,是\nB,,7,\n", "loan.csv": "编号,企业\n",
    "notes.txt": "not read",
  ]) { folder in
    #expect(
      facts(.read(path: folder), under: folder) == [
        "企业 A: 在册=true 编号=A 营业收入=2022:none,2023:15000", "企业 B: 编号=B 营业收入=2022:7", "贷款 none",
      ])
  }
}

@Test func everyProblemOfAFolderIsNamedWithRowAndColumn() throws {
  try withFolder([
    "企业.csv": "编号,面积,高度\nA,十,1\nB,\n", "贷款.csv": "编号,企业\nL,C\n", "贷.csv": "编号\n1\n", "empty.csv": "",
  ]) { folder in
    let found = facts(.read(path: folder), under: folder).filter { $0.contains(".csv") }
    #expect(
      found == [
        "empty.csv:1:1 store.csv.empty", "企业.csv:1:7 policy.facts.column", "企业.csv:2:3 policy.facts.number",
        "企业.csv:3:3 store.csv.width", "贷.csv:1:1 policy.facts.record", "贷款.csv:2:1 policy.facts.reference",
      ])
  }
}

@Test(
  "a JSON document gives facts",
  arguments: [
    (#"{"企业": [{"编号": "A", "面积": 12345678901234567890.12}]}"#, ["企业 A: 编号=A 面积=12345678901234567890.12"]),
    (#"{"企业": [{"编号": "A", "面积（万元）": 0.1, "在册": true}]}"#, ["企业 A: 在册=true 编号=A 面积=1000"]),
    (#"{"企业": [{"编号": "A", "面积": null}, {"编号": "B"}]}"#, ["企业 A: 编号=A 面积=none", "企业 B: 编号=B"]),
    (
      #"{"enterprise": {"id": "A", "revenue": {"2023": 5, "2022": null}}}"#,
      ["企业 A: 编号=A 营业收入=2022:none,2023:5"]
    ),
    (#"{"企业": [{"编号": "A", "营业收入@2023": 5}]}"#, ["企业 A: 编号=A 营业收入=2023:5"]),
    (#"{"企业": [], "贷款": null}"#, ["企业 none", "贷款 none"]),
    ("{}", []),
  ])
func documents(text: String, expected: [String]) throws {
  #expect(facts(FactDocument.read(try JSONNode.read(text, file: "a.json"))) == expected)
}

@Test(
  "what is wrong in a JSON document is placed",
  arguments: [
    ("[]", "a.json:1:1 store.facts.json.types"), (#"{"企业": 5}"#, "a.json:1:8 store.facts.json.records"),
    (#"{"企业": ["A"]}"#, "a.json:1:9 store.facts.json.record"),
    ("{\"企业\": [{\"编号\": \"A\",\n \"面积\": [1]}]}", "a.json:2:8 store.facts.json.value"),
    ("{\"企业\": [{\"编号\": \"A\",\n \"面积\": \"x\"}]}", "a.json:2:8 policy.facts.number"),
    (#"{"企业": [{"编号": "A", "高": 1}]}"#, "a.json:1:21 policy.facts.column"),
    (#"{"公司": [{"编号": "A"}]}"#, "a.json:1:2 policy.facts.record"),
  ])
func documentProblems(text: String, expected: String) throws {
  #expect(facts(FactDocument.read(try JSONNode.read(text, file: "a.json"))).last == expected)
}

@Test func aMarkdownDocumentOfRecordTablesGivesFacts() throws {
  let text = "- 无：贷款\n\n| 企业 | 面积（万元） |\n|---|---|\n| 甲 | 3 |\n"
  try withFolder(["a.md": "# 事实\n\n" + text]) { folder in
    #expect(facts(.read(path: folder + "/a.md"), under: folder) == ["企业 甲: 编号=甲 面积=30000", "贷款 none"])
  }
}

@Test(
  "what cannot be read says so",
  arguments: [
    ("nothing", "store.file.missing"), ("nothing.json", "store.file.missing"), ("bad.json", "json.value"),
    ("a.xlsx", "store.facts.kind"), ("empty", "store.facts.no-csv"), ("latin.json", "json.utf8"),
    ("latin.md", "store.file.utf8"),
  ])
func unreadable(name: String, code: String) throws {
  try withFolder([
    "bad.json": [0x78], "a.xlsx": [0x50], "empty/x.txt": [], "latin.json": [0x22, 0xFF, 0x22], "latin.md": [0xFF],
  ]) { folder in
    let source = FactSource.read(path: folder + "/" + name)
    #expect(source.diagnostics.map(\.code) == [code])
    #expect(source.tables.isEmpty)
  }
}

@Test func provenanceReadsBack() throws {
  try withFolder([:] as [String: String]) { folder in
    #expect(try Provenance.read(from: folder) == nil)
    let provenance = Provenance(pack: "small", isSynthetic: true, asOf: nil, seed: UInt64.max)
    try provenance.write(to: folder)
    #expect(try Provenance.read(from: folder) == provenance)
  }
}
