import Diagnostics
import FEEL
import Policy
import Testing

/// A pack small enough to read whole, for tests that change one line of it.
enum SmallPack {
  static let manifest = """
    id: small
    title: 小包
    jurisdiction: "650200"
    shared: true
    version: 1.0.0
    """

  static let dictionary = """
    ## 记录：企业

    - 代号：enterprise
    - 主键：编号
    - 显示：名称
    - 角色：主体

    | 字段 | 代号 | 类型 | 单位 | 期间 | 提供 | 取值 | 反向 |
    |---|---|---|---|---|---|---|---|
    | 编号 | code | 文本 | | | | | |
    | 名称 | name | 文本 | | | | | |
    | 人数 | staff | 数 | 人 | | | | |
    | 营业收入 | revenue | 数 | 元 | 年度 3 | | | |
    | 评分 | score | 数 | 分 | | 人工 | | |
    | 规模 | size | 文本 | | | | 大、小 | |
    | 成立 | founded | 日期 | | | | | |

    ## 记录：贷款

    - 代号：loan
    - 主键：合同号
    - 归属：借款人

    | 字段 | 代号 | 类型 | 单位 | 提供 | 反向 |
    |---|---|---|---|---|---|
    | 合同号 | contract | 文本 | | | |
    | 借款人 | borrower | 企业 | | | 贷款 |
    | 利息 | interest | 数 | 元 | | |
    | 起息日 | start | 日期 | | | |
    """

  static let document = """
    ---
    id: doc
    title: 小办法
    issuer: 某市
    number: 未给出
    issued: 2022-01-01
    in-force: 2022-01-01..2030-01-01
    outline: [一, 二]
    ---

    # 贴息

    - 条款：一

    ### 参数：比例

    - 代号：rate
    - 默认：20 %（建议）
    - 范围：[0..50] %

    ### 参数：奖励

    - 代号：award
    - 未定：条文没有给出数额

    ### 决策：档

    - 对象：企业
    - 类型：文本

    | U | 人数 | 档 |
    |---|---|---|
    |   | i | o |
    | 1 | <= 100 | "小" |
    | 2 | > 100 | "大" |

    ### 决策：贴息额

    - 对象：贷款
    - 类型：数（元）

    ```feel
    round half up(利息 * 比例, 2)
    ```

    ### 待遇：贴息

    - 对象：贷款
    - 适用：利息 > 0
    - 金额：贴息额

    | 资格 | 判据 | 不符时 |
    |---|---|---|
    | 小企业 | 档(借款人) = "小" | 人多了 |

    ### 待遇：奖

    - 对象：企业
    - 金额：奖励

    | 资格 | 判据 | 不符时 |
    |---|---|---|
    | 评分够 | 评分 > 70 | 评分不够 |

    ### 例：一家

    - 时点：2023-06-01

    | 企业 | 名称 | 人数 | 评分 |
    |---|---|---|---|
    | 甲 | 甲厂 | 100 | 71 |

    | 贷款 | 借款人 | 利息 | 起息日 |
    |---|---|---|---|
    | L1 | 甲 | 1000.00 | 2023-01-01 |

    | 应得 | 待遇 | 结论 | 金额（元） |
    |---|---|---|---|
    | L1 | 贴息 | 达标 | 200.00 |

    # 其余

    - 条款：二
    - 不可计算：没有数字
    """

  /// The pack with one text replaced; the text must be there.
  static func source(replacing old: String = "", with new: String = "") throws -> PackSource {
    let texts = [("pack.yaml", manifest), ("dictionary.md", dictionary), ("doc.md", document)]
    if !old.isEmpty { try #require(texts.contains { $0.1.contains(old) }, "\(old) is not in the pack") }
    return PackSource(
      files: texts.map { .init(path: $0.0, text: old.isEmpty ? $0.1 : $0.1.replacing(old, with: new)) })
  }

  static func read(replacing old: String = "", with new: String = "") throws -> (Rulebook, [Diagnostic]) {
    Rulebook.read(try source(replacing: old, with: new))
  }

  /// The outcome of a scheme for the enterprise 甲 with the facts given as record tables in Markdown.
  static func outcome(
    _ scheme: String, facts: String, asOf: String = "2023-06-01", parameters: [String: String] = [:],
    replacing old: String = "", with new: String = ""
  ) throws -> SchemeOutcome {
    let (rulebook, diagnostics) = try read(replacing: old, with: new)
    try #require(diagnostics.filter { $0.severity == .error } == [])
    let document = RecordDocument(markdown: facts, file: "facts.md")
    var reader = FactReader(dictionary: rulebook.dictionary, allowsShortCodes: true)
    for (type, table) in document.tables { reader.add(table, of: type) }
    for (type, place) in document.none { reader.setNone(type, at: place) }
    reader.close()
    try #require(reader.diagnostics + document.diagnostics == [])
    let checkUp = try rulebook.checkUp(
      of: "甲", facts: reader.facts, asOf: try #require(CalendarDate(asOf)), parameters: parameters)
    return try #require(checkUp.schemes.first { $0.scheme.name == scheme })
  }
}
