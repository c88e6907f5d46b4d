import Diagnostics
import FEEL
import Policy
import Population
import TestKit
import Testing

@testable import Store

/// CSV read straight into columns says what facts say, to the last cell and message.
@Suite("CSV into columns")
struct ColumnFolderTests {
  /// The folder by facts: what the other way is held to.
  private func byFacts(_ folder: String) -> ([String], [Diagnostic]) {
    let (facts, diagnostics) = FactSource.read(path: folder).facts(by: smallDictionary)
    let isSound = !diagnostics.contains { $0.severity == .error }
    return (isSound ? lines(Population(facts, dictionary: smallDictionary)) : [], diagnostics)
  }

  /// - Parameter isPlain: whether the fast way must understand the folder, or must leave it; nil when it may do either.
  private func check(_ files: [String: [UInt8]], isPlain: Bool?, chunkSize: Int = 1 << 20) throws {
    try withFolder(files) { folder in
      let (expected, problems) = byFacts(folder)
      let (snapshot, diagnostics) = Snapshot.read(at: folder, by: smallDictionary)
      #expect(diagnostics == problems)
      #expect((snapshot.map { lines($0.population) } ?? []) == expected)
      let fast = try? ColumnFolder.read(path: folder, by: smallDictionary, threads: 2, chunkSize: chunkSize).get()
      if let fast { #expect(lines(fast.population) == expected && problems == []) }
      if let isPlain { #expect((fast != nil) == isPlain) }
    }
  }

  static let plainFolders: [(String, String)] = [
    ("空的和无", "编号,人数,在册,成立日期,名称\nA,,,,\nB,无,无,无,无\nC,none,NONE,None,none\n"),
    ("数", "编号,人数\na,0\nb,-0\nc,12.50\nd,-7\ne,.5\nf,1e3\ng,100000000000\nh,0.000000001\n"),
    ("十八位和更多", "编号,人数\na,123456789012345678\nb,1234567890123456789\n"),
    ("放不进列的数", "编号,人数,名称\na,0.0000000001,x\nb,99999999999999999999999,y\n"),
    ("换成同一小数位时放不下", "编号,人数\na,900000000000000000\nb,0.12345\n"),
    ("单位", "编号,revenue@2023（亿元）,营业收入@2022,研发占比,share（‰）\n"),
    ("单元格里的单位", "编号,revenue@2023（亿元）,营业收入@2022,研发占比\na,1.5,3000 元,12.5\nb,2万元,无,\"1,234\"\n"),
    ("年度都不知道", "编号,营业收入@2023,营业收入@2022\na,,1\nb,,无\n"),
    ("是否", "编号,在册\na,是\nb,否\nc,true\nd,No\ne,YES\n"),
    ("日期", "编号,成立日期\na,2024-02-29\nb,0999-01-01\nc,12024-01-01\nd,1969-12-31\n"),
    ("取值", "编号,规模\na,大\nb,小\nc,无\n"),
    ("信用代码", "编号,信用代码\na,91650205000000070A\nb,\n"),
    ("引号", "编号,名称\na,\"甲,乙\"\nb,\"甲\n乙\"\nc,\"说\"\"好\"\"\"\nd, \"丙\" \ne,5\" 管\n"),
    ("空白", "编号,名称\n a\t,  甲 乙  \nb,\u{3000}丙\u{3000}\nc,\u{00A0}\nd,\u{3000}\n"),
    ("行尾", "\u{FEFF}编号,名称\r\na,甲\r\n\r\nb,乙\r\n\n"),
    ("最后一行没有行尾", "编号,名称\na,甲\nb,乙"),
    ("只有表头", "编号,名称\n"),
    ("表头没有行尾", "编号,名称"),
    ("全角", "编号,名称\na,Ａ１（甲）\nb,“引”—…\n"),
    ("不止一种写法的字", "编号,名称\na,caf\u{E9}\nb,\u{1F600}\nc,か\u{3099}\n"),
  ]

  @Test("plain folders are read as facts are", arguments: ColumnFolderTests.plainFolders.map(\.0))
  func plain(name: String) throws {
    let text = try #require(Self.plainFolders.first { $0.0 == name }?.1)
    // Two columns of one field belong to the facts.
    let isPlain = name != "单位"
    for chunkSize in [1, 40, 1 << 20] {
      try check(["enterprise.csv": Array(text.utf8)], isPlain: isPlain, chunkSize: chunkSize)
    }
  }

  static let brokenFolders: [(String, [UInt8])] = [
    ("", []), ("只有空行", Array("\n\n".utf8)), ("短行", Array("编号,名称\na\n".utf8)), ("长行", Array("编号,名称\na,b,c\n".utf8)),
    ("没关的引号", Array("编号,名称\na,\"b\n".utf8)), ("引号后面有字", Array("编号,名称\na,\"b\"c\n".utf8)),
    ("主键两次", Array("编号,名称\na,甲\na,乙\n".utf8)), ("主键空", Array("编号,名称\n,甲\n".utf8)),
    ("主键写法不同", Array("编号,名称\ncaf\u{E9},甲\ncafe\u{301},乙\n".utf8)),
    ("写法不同的字", Array("编号,名称\na,caf\u{E9}\nb,cafe\u{301}\n".utf8)), ("没有主键", Array("名称\n甲\n".utf8)),
    ("不认识的列", Array("编号,高度\na,1\n".utf8)), ("表头两次", Array("编号,名称,名称\na,1,2\n".utf8)),
    ("不是数", Array("编号,人数\na,十\n".utf8)), ("单位不对", Array("编号,人数\na,3 元\n".utf8)),
    ("不是是否", Array("编号,在册\na,对\n".utf8)), ("没有这一天", Array("编号,成立日期\na,2023-02-29\n".utf8)),
    ("不在取值里", Array("编号,规模\na,巨\n".utf8)), ("代码错", Array("编号,信用代码\na,91650205000000070X\n".utf8)),
    ("不是 UTF-8", Array("编号,名称\na,".utf8) + [0xC3, 0x28, 0x0A]), ("截断的字", Array("编号,名称\na,甲".utf8.dropLast())),
    ("主键是无", Array("编号,名称\n无,甲\n".utf8)), ("分号", Array("编号;名称\na;b\n".utf8)),
  ]

  @Test("whatever is broken is told as facts tell it", arguments: ColumnFolderTests.brokenFolders.map(\.0))
  func troubled(name: String) throws {
    let bytes = try #require(Self.brokenFolders.first { $0.0 == name }?.1)
    for chunkSize in [1, 1 << 20] { try check(["enterprise.csv": bytes], isPlain: false, chunkSize: chunkSize) }
  }

  /// What is told of a folder that is too large to be read by facts.
  private func told(_ files: [String: [UInt8]]) throws -> [Diagnostic] {
    try withFolder(files) { folder in
      guard case .failure(let trouble) = try ColumnFolder.read(path: folder, by: smallDictionary, threads: 2) else {
        return []
      }
      let diagnostics = trouble.firstProblems
      let note = try #require(diagnostics.last)
      #expect(note.code == "store.facts.first" && note.severity == .note && note.place.file == folder)
      let (_, problems) = byFacts(folder)
      for diagnostic in diagnostics.dropLast() where diagnostic.code.hasPrefix("policy.facts.reference") == false {
        #expect(diagnostic.code.hasPrefix("store.facts.") || problems.contains(diagnostic))
      }
      return diagnostics.dropLast()
    }
  }

  @Test(
    "in a folder too large for facts, the first problem is told as facts tell it",
    arguments: ColumnFolderTests.brokenFolders.map(\.0).filter { !$0.isEmpty })
  func firstProblem(name: String) throws {
    let bytes = try #require(Self.brokenFolders.first { $0.0 == name }?.1)
    #expect(try !told(["enterprise.csv": bytes]).isEmpty)
  }

  @Test("the first problem has its line and column, however far down it stands")
  func placeOfFirstProblem() throws {
    let sound = (0..<3000).map { "f\($0),\($0),\"\u{7532}\n\u{4E59}\"\n" }.joined()
    func problem(_ end: String) throws -> Diagnostic? {
      try told(["enterprise.csv": Array("id,staff,name\n\(sound)\(end)".utf8)]).first
    }
    #expect(try problem("g,x,y\n").map { [$0.place.line, $0.place.column] } == [6002, 3])
    #expect(try problem("g,1\n")?.code == "store.csv.width")
    #expect(try problem("g,1,\"y\n")?.place.line == 6002)
    #expect(try problem("g,1,y\n f17,1,y\n").map { [$0.place.line, $0.place.column] } == [6003, 2])
    #expect(try problem("g,1,\"\u{3000}y\"\n")?.code == "store.facts.by-cell")
    let loans = "id,enterprise\na,f1\nb, nobody\n"
    let dangling = try told(["enterprise.csv": Array("id,staff,name\n\(sound)".utf8), "loan.csv": Array(loans.utf8)])
    #expect(dangling.map(\.code) == ["policy.facts.reference"])
    #expect(dangling.first.map { [$0.place.line, $0.place.column] } == [3, 4])
    #expect(dangling.first?.arguments["key"] == "nobody")
  }

  @Test("a broken folder is read by facts where memory suffices for them, and told by its first problem where not")
  func memoryForFacts() throws {
    let rows = (0..<2000).map { "f\($0),\($0 == 1999 ? "x" : "123456789"),\u{7532}\u{4E59}\n" }.joined()
    let bytes = Array("id,staff,name\n\(rows)".utf8)
    try withFolder(["enterprise.csv": bytes]) { folder in
      func codes(_ times: Int) -> [String] {
        Snapshot.read(at: folder, by: smallDictionary, available: bytes.count * times).1.map(\.code)
      }
      #expect(codes(2) == ["store.memory"])
      #expect(codes(20) == ["policy.facts.number", "store.facts.first"])
      #expect(codes(40) == ["policy.facts.number"])
    }
  }

  @Test("memory that does not suffice is told before the work")
  func memory() throws {
    try withFolder(["enterprise.csv": Array("id,staff\na,1\n".utf8)]) { folder in
      let (snapshot, diagnostics) = Snapshot.read(at: folder, by: smallDictionary, available: 16)
      #expect(snapshot == nil && diagnostics.map(\.code) == ["store.memory"])
      #expect(Snapshot.read(at: folder, by: smallDictionary, available: nil).0 != nil)
      for path in [folder, folder + "/enterprise.csv"] {
        #expect(FactSource.read(path: path, available: 16).diagnostics.map(\.code) == ["store.memory"])
        #expect(FactSource.read(path: path, available: nil).diagnostics == [])
      }
    }
  }

  @Test("references lead to rows, whatever order the files come in")
  func references() throws {
    let firms = "编号,名称\n" + (0..<300).map { "f\($0),甲\($0 % 7)\n" }.joined()
    let loans = "编号,企业,金额\n" + (0..<900).map { "l\($0),\($0 % 11 == 0 ? "无" : "f\($0 * 7 % 300)"),\($0).5\n" }.joined()
    for chunkSize in [64, 1 << 20] {
      try check(
        ["enterprise.csv": Array(firms.utf8), "loan.csv": Array(loans.utf8)], isPlain: true, chunkSize: chunkSize)
      try check(["企业.csv": Array(firms.utf8), "loan.csv": Array(loans.utf8)], isPlain: true, chunkSize: chunkSize)
    }
    // Nothing is known of firms: the references hang in the air, and that is no mistake.
    try check(["loan.csv": Array("编号,企业\na,f1\nb,\nc,无\n".utf8)], isPlain: true)
    try check(
      ["enterprise.csv": Array("编号\nf1\n".utf8), "loan.csv": Array("编号,企业\na,f2\n".utf8)], isPlain: false)
    try check(
      ["enterprise.csv": Array("编号\nf1\n".utf8), "企业.csv": Array("编号,名称\nf1,甲\n".utf8)], isPlain: false)
  }

  @Test("the rows of the demo region are read as facts are")
  func demo() throws {
    let pack = try #require(PackFolder.read(Checkout.path("packs/karamay")).0)
    let dictionary = Rulebook.read(pack.main, using: pack.used).0.dictionary
    let path = Checkout.path("packs/karamay/demo/fixed")
    let (facts, diagnostics) = FactSource.read(path: path).facts(by: dictionary)
    #expect(!diagnostics.contains { $0.severity == .error })
    let snapshot = try ColumnFolder.read(path: path, by: dictionary, threads: 2, chunkSize: 300).get()
    #expect(lines(snapshot.population) == lines(Population(facts, dictionary: dictionary)))
    #expect(snapshot.population.tables.count > 3)
  }

  @Test("random messy folders are read as facts are", arguments: 0..<40)
  func messy(seed: UInt64) throws {
    var draw = MessyCSV(seed: seed)
    for _ in 0..<8 {
      let files = ["enterprise.csv": draw.firms(), "loan.csv": draw.loans()]
      try check(files.mapValues { Array($0.utf8) }, isPlain: nil, chunkSize: 50)
    }
  }
}

/// Draws CSV that is mostly sound.
private struct MessyCSV {
  private var random: SeededRandom
  private var keys: [String] = []

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func firms() -> String {
    keys = (0..<Int.random(in: 0...30, using: &random)).map { "f\($0)" }
    let cells: [(String, [String])] = [
      ("名称", ["甲", "乙", "丙 丁", "\"戊,己\"", "\"庚\"\"辛\"", "", "无", "\u{3000}壬", "caf\u{E9}", "none", "1234"]),
      ("revenue@2024", ["1", "2.50", "0.125", "-3", "", "无", "1,000", "\"1,000\"", "5 亿元", "1e2"]),
      ("营业收入@2023（元）", ["1", "2.5", "", "无", "100 万元"]), ("研发占比", ["1", "3.25", "50", "", "12 ‰", "5%"]),
      ("人数", ["1", "20", "300", "4000000", "", "无", "3 人"]), ("在册", ["是", "否", "true", "no", "", "无"]),
      ("成立日期", ["2020-01-31", "1999-12-31", "", "无"]), ("规模", ["大", "中", "小", "", "无"]),
    ].filter { _ in Bool.random(using: &random) }
    let lineEnd = Bool.random(using: &random) ? "\n" : "\r\n"
    var text = (["编号"] + cells.map(\.0)).joined(separator: ",") + lineEnd
    for key in keys {
      let row = cells.map { $0.1.filter { chance(4) || !$0.contains("1,000") || $0.hasPrefix("\"") } }
      let values = row.map { pad($0.randomElement(using: &random) ?? "") }
      text += ([pad(key)] + values).joined(separator: ",") + lineEnd + (chance(9) ? lineEnd : "")
    }
    return text
  }

  mutating func loans() -> String {
    var text = "编号,企业,金额\n"
    for row in 0..<Int.random(in: 0...40, using: &random) {
      let firm = chance(200) ? "f99" : chance(9) ? "无" : chance(9) ? "" : keys.randomElement(using: &random) ?? ""
      text += "l\(chance(300) ? 0 : row),\(pad(firm)),\(Int.random(in: 0...99_999, using: &random))\n"
    }
    return text
  }

  private mutating func pad(_ cell: String) -> String {
    switch Int.random(in: 0...9, using: &random) {
    case 0: " \(cell)"
    case 1: "\(cell)\t"
    case 2 where !cell.contains("\"") && cell != "1,000": "\"\(cell)\""
    default: cell
    }
  }

  private mutating func chance(_ times: Int) -> Bool { Int.random(in: 0..<times, using: &random) == 0 }
}
