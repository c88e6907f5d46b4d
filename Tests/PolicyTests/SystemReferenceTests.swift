import Diagnostics
import Policy
import Testing

@Suite("Systems that a pack carries")
struct SystemReferenceTests {
  private static let constructs = """
    ### 名单：培育库

    - 关联：S010、R002

    ### 基金：风险补偿

    - 关联：S010、S009

    ### 目标：企业数

    - 数值：>= 50 家
    - 关联：T026、说明书


    """

  private func references() throws -> [SystemReference] {
    var source = try SmallPack.source(replacing: "- 金额：奖励", with: "- 金额：奖励\n- 关联：S100")
    for index in source.files.indices {
      source.files[index].text.replace("# 其余\n\n- 条款：二\n", with: Self.constructs + "# 其余\n\n- 条款：二\n- 关联：S009、S300\n")
      source.files[index].text.replace("- 时点：2023-06-01\n", with: "- 时点：2023-06-01\n- 关联：S999\n")
    }
    let (rulebook, diagnostics) = Rulebook.read(source)
    #expect(diagnostics.map(\.description) == [])
    return rulebook.main.systemReferences
  }

  @Test("each is told by id, with its primitive and how far it goes; a bare clause only where nothing else carries it")
  func listed() throws {
    let seen = try references().map {
      "\($0.id) \($0.kind) \($0.name) \($0.primitive?.rawValue ?? "—") \($0.state.rawValue) \($0.citation.clause ?? "")"
    }
    #expect(
      seen == [
        "R002 list 培育库 set declared 一", "S009 fund 风险补偿 ledger declared 一", "S010 list 培育库 set declared 一",
        "S010 fund 风险补偿 ledger declared 一", "S100 benefit 奖 decision decides 一",
        "S300 clause 其余 — declared 二", "T026 target 企业数 measure declared 一",
      ])
  }

  @Test("every kind of construct that can carry an id has a primitive")
  func kinds() throws {
    let fields = ["决策", "函数", "参数", "待遇", "称号", "目标", "指标", "名单", "阶梯", "基金", "办件", "活动", "对接", "评分", "路径", "目录", "单位"]
    for keyword in fields {
      let text: String =
        switch keyword {
        case "决策", "函数": "### \(keyword)：新\n\n- 类型：数（家）\n- 关联：S777\n\n```feel\n1\n```"
        case "参数": "### 参数：新\n\n- 代号：new\n- 数值：1\n- 关联：S777"
        case "待遇", "称号": "### \(keyword)：新\n\n- 对象：企业\n- 资格：true\n- 关联：S777"
        default: "### \(keyword)：新\n\n- 关联：S777"
        }
      let (rulebook, _) = try SmallPack.read(replacing: "# 其余\n", with: text + "\n\n# 其余\n")
      let found = rulebook.main.systemReferences.filter { $0.id == "S777" }
      #expect(found.count == 1 && found[0].primitive != nil, "\(keyword)")
      #expect(found.first?.kindText(in: .chinese) == keyword)
    }
  }
}
