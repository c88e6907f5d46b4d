import Diagnostics
import FEEL
import Testing

@testable import Policy

/// A small pack of one benefit and one title, and firms for it.
enum SmallRules {
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
