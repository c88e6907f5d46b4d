import Diagnostics
import Policy
import Testing

@Suite("Records as a graph")
struct GraphTests {
  private static let dictionary = """
    ## 记录：企业

    - 代号：enterprise
    - 主键：编号
    - 显示：名称
    - 区划：地点
    - 角色：主体

    | 字段 | 代号 | 类型 |
    |---|---|---|
    | 编号 | id | 文本 |
    | 名称 | name | 文本 |
    | 地点 | place | 文本 |

    ## 记录：贷款

    - 代号：loan

    | 字段 | 代号 | 类型 |
    |---|---|---|
    | 编号 | id | 文本 |
    | 企业 | enterprise | 企业 |

    ## 记录：产品

    - 代号：product
    - 用途：登记

    | 字段 | 代号 | 类型 |
    |---|---|---|
    | 编号 | id | 文本 |
    | 厂家 | maker | 企业 |

    ## 记录：供货

    - 代号：supply
    - 角色：关系

    | 字段 | 代号 | 类型 |
    |---|---|---|
    | 编号 | id | 文本 |
    | 供方 | supplier | 企业 |
    | 买方 | buyer | 企业 |
    | 产品 | product | 产品 |

    ## 记录：承继

    - 代号：succession
    - 角色：承继

    | 字段 | 代号 | 类型 |
    |---|---|---|
    | 编号 | id | 文本 |
    | 前身 | before | 企业 |
    | 后继 | after | 企业 |
    | 方式 | way | 文本 |
    | 日期 | day | 日期 |

    ## 记录：链

    - 代号：chain
    - 用途：登记

    | 字段 | 代号 | 类型 |
    |---|---|---|
    | 编号 | id | 文本 |

    ## 记录：环

    - 代号：link
    - 角色：环节

    | 字段 | 代号 | 类型 |
    |---|---|---|
    | 编号 | id | 文本 |
    | 链 | chain | 链 |
    | 次序 | rank | 数 |

    ## 记录：承接

    - 代号：feeds
    - 角色：关系

    | 字段 | 代号 | 类型 |
    |---|---|---|
    | 编号 | id | 文本 |
    | 供 | from | 环 |
    | 用 | to | 环 |

    ## 记录：链上企业

    - 代号：member
    - 角色：关系

    | 字段 | 代号 | 类型 |
    |---|---|---|
    | 编号 | id | 文本 |
    | 企业 | enterprise | 企业 |
    | 环 | link | 环 |
    """

  private static let facts: [String: [[String]]] = [
    "企业": [
      ["编号", "名称", "地点"], ["A", "甲", "650203"], ["B", "乙", "650202"], ["C", "丙", "500101"], ["D", "丁", ""],
    ],
    "贷款": [["编号", "企业"], ["L", "A"]],
    "产品": [["编号", "厂家"], ["P", "A"]],
    "供货": [["编号", "供方", "买方", "产品"], ["1", "A", "B", "P"], ["2", "B", "C", "无"]],
    "承继": [
      ["编号", "前身", "后继", "方式", "日期"], ["1", "A", "B", "合并", "2024-01-01"], ["2", "B", "C", "分立", "2025-01-01"],
      ["3", "B", "D", "分立", "2025-01-01"], ["4", "C", "A", "其他", "无"],
    ],
    "链": [["编号"], ["X"], ["Y"]],
    "环": [["编号", "链", "次序"], ["二", "X", "2"], ["一", "X", "1"], ["三", "X", ""], ["别", "Y", "1"]],
    "承接": [["编号", "供", "用"], ["1", "一", "二"], ["2", "一", "三"], ["3", "一", "二"]],
    "链上企业": [
      ["编号", "企业", "环"], ["1", "A", "一"], ["2", "B", "一"], ["3", "A", "一"], ["4", "C", "二"], ["5", "D", "二"],
    ],
  ]

  private static func graph() throws -> RecordGraph {
    let manifest = "id: small\ntitle: 小\njurisdiction: \"650200\"\nversion: 1.0.0\n"
    let (rulebook, problems) = Rulebook.read(
      PackSource(files: [.init(path: "pack.yaml", text: manifest), .init(path: "dictionary.md", text: dictionary)]))
    // Only the firm's own fields decide nothing: what is kept for the registry is not warned of.
    #expect(Set(problems.filter { $0.code == "policy.field.unused" }.compactMap { $0.arguments["record"] }) == ["企业"])
    try #require(!problems.contains { $0.severity == .error }, "\(problems)")
    var reader = FactReader(dictionary: rulebook.dictionary)
    for (type, lines) in facts.sorted(by: { $0.key < $1.key }) {
      let cells = lines.map { $0.map { RawTable.Cell($0, at: SourcePlace(file: type)) } }
      reader.add(RawTable(header: cells[0], rows: Array(cells.dropFirst()), place: SourcePlace(file: type)), of: type)
    }
    reader.close()
    try #require(reader.diagnostics == [])
    return RecordGraph(reader.facts, rulebook.dictionary)
  }

  private func text(_ edges: [RecordGraph.Edge]) -> [String] {
    edges.map { "\($0.from.key) \($0.name) \($0.to.key)" }.sorted()
  }

  @Test(
    "a record is connected by relations and by references of what is registered, in both directions and to a depth",
    arguments: [
      (0, []), (1, ["A 供货 B", "A 承继 B", "C 承继 A", "A 链上企业 一", "P 厂家 A"]),
    ] as [(Int, Set<String>)])
  func neighbours(depth: Int, expected: Set<String>) throws {
    let found = try #require(try Self.graph().neighbourhood(of: "企业", key: "A", depth: depth, limit: 100))
    #expect(Set(text(found.edges)) == expected)
    #expect(found.isCut == false)
    #expect(found.centre.display == "甲")
    #expect(found.records.allSatisfy { $0.steps <= depth })
  }

  @Test("what is further away is found by more steps, each record once and no loan ever")
  func depth() throws {
    let nobody = try Self.graph().neighbourhood(of: "企业", key: "P", depth: 8, limit: 100)
    #expect(nobody == nil)
    let all = try #require(try Self.graph().neighbourhood(of: "产品", key: "P", depth: 8, limit: 100))
    #expect(Set(all.records.map(\.record.key)) == ["P", "A", "B", "C", "D", "一", "二", "三", "X"])
    #expect(all.records.count == 9)
    #expect(Set(all.edges).count == all.edges.count)
  }

  @Test("no more records are told than were asked for, and that there are more is said", arguments: 1...5)
  func limit(limit: Int) throws {
    let found = try #require(try Self.graph().neighbourhood(of: "企业", key: "A", depth: 1, limit: limit))
    #expect(found.records.count == min(limit, 5))
    #expect(found.isCut == (limit < 5))
    #expect(found.edges.allSatisfy { edge in found.records.contains { $0.record == edge.to } })
  }

  @Test(
    "a chain tells its links in order, what they supply, who is on them, and what it lacks",
    arguments: [
      (nil, [["A", "B"], ["C", "D"], []], ["三"]), ("65", [["A", "B"], [], []], ["二", "三"]),
      ("650203", [["A"], [], []], ["二", "三"]), ("9", [[], [], []], ["一", "二", "三"]),
    ] as [(String?, [[String]], [String])])
  func chain(within: String?, members: [[String]], gaps: [String]) throws {
    let view = try #require(try Self.graph().chain("X", within: within))
    #expect(view.links.map(\.link.key) == ["一", "二", "三"])
    #expect(view.links.map { $0.supplies.map(\.key) } == [["二", "三"], [], []])
    #expect(view.links.map { $0.members.map(\.key) } == members)
    #expect(view.gaps.map(\.key) == gaps)
    let none = try Self.graph().chain("Z", within: within)
    #expect(none == nil)
  }

  @Test("what became of a record is followed over several steps, and circles come to an end")
  func successions() throws {
    let graph = try Self.graph()
    let found = graph.successions(of: "企业", key: "A")
    #expect(found.map { "\($0.step) \($0.predecessor.key)\($0.successor.key)" } == ["1 AB", "2 BC", "2 BD", "3 CA"])
    #expect(found[0].particulars.map(\.text) == ["合并", "2024-01-01"])
    #expect(graph.successions(of: "企业", key: "A", limit: 2).count == 2)
    #expect(graph.successions(of: "企业", key: "D").isEmpty)
  }
}
