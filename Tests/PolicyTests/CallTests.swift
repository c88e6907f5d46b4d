import Diagnostics
import FEEL
import Testing

@testable import Policy

@Suite("Decisions called for other records, on other days, and functions with tables")
struct CallTests {
  @Test("a pack that does all of it holds its examples, and every rule is seen to fire")
  func examples() throws {
    let manifest = "id: rank\ntitle: 排名\njurisdiction: \"650200\"\nversion: 1.0.0\n"
    let files = [("pack.yaml", manifest), ("dictionary.md", Self.dictionary), ("rank.md", Self.document)]
    let source = PackSource(files: files.map { PackSource.File(path: $0, text: $1) })
    let (rulebook, diagnostics) = Rulebook.read(source)
    #expect(diagnostics == [])
    let report = rulebook.checkExamples()
    #expect(report.failures == [])
    #expect(report.unhit == [])
    #expect(report.count == 2)
  }

  private static let dictionary = """
    ## 记录：区

    - 代号：district
    - 主键：编号
    - 角色：主体

    | 字段 | 代号 | 类型 | 单位 | 提供 | 反向 |
    |---|---|---|---|---|---|
    | 编号 | code | 文本 | | | |

    ## 记录：园

    - 代号：park
    - 主键：编号
    - 归属：所在区

    | 字段 | 代号 | 类型 | 单位 | 提供 | 反向 |
    |---|---|---|---|---|---|
    | 编号 | code | 文本 | | | |
    | 所在区 | district | 区 | | | 园区 |
    | 产值 | output | 数 | 元 | | |
    | 申报日 | filed | 日期 | | | |

    ## 记录：行

    - 代号：bank
    - 主键：编号

    | 字段 | 代号 | 类型 | 单位 | 提供 | 反向 |
    |---|---|---|---|---|---|
    | 编号 | code | 文本 | | | |
    | 余额 | balance | 数 | 元 | | |
    """

  private static let document = """
    ---
    id: rank
    title: 排名办法
    issuer: 某市
    number: 未给出
    issued: 2020-01-01
    in-force: 2020-01-01..
    outline: [一]
    ---

    # 排名

    - 条款：一

    ### 参数：系数

    - 代号：old
    - 类型：数
    - 数值：1
    - 生效：2020-01-01..2022-01-01

    ### 参数：系数

    - 代号：new
    - 类型：数
    - 数值：2
    - 生效：2022-01-01..

    ### 决策：得分

    - 对象：园
    - 类型：数（元）
    - 依据日期：申报日

    ```feel
    产值 * 系数
    ```

    ### 决策：名次

    - 对象：园
    - 类型：数

    ```feel
    1 + count(for 他 in 所在区.园区[得分(item) > 得分] return 他)
    ```

    ### 函数：档

    - 参数：数额（元）
    - 类型：文本

    | U | 数额 | 档 |
    |---|---|---|
    |   | i | o |
    | 1 | < 15 | "低" |
    | 2 | >= 15 | "高" |

    ### 决策：得分档

    - 对象：园
    - 类型：文本

    ```feel
    档(得分)
    ```

    ### 称号：大行

    - 对象：行
    - 资格：余额 >= 100

    ### 例：一区两园

    - 时点：2023-06-01

    | 区 |
    |---|
    | 东 |

    | 园 | 所在区 | 产值 | 申报日 |
    |---|---|---|---|
    | A | 东 | 12 | 2021-05-01 |
    | B | 东 | 10 | 2022-05-01 |
    | C | 东 | 11 | |

    | 应得 | 决策 | 值 | 结论 | 缺 |
    |---|---|---|---|---|
    | A | 得分 | 12 | | |
    | B | 得分 | 20 | | |
    | A | 得分档 | "低" | | |
    | B | 得分档 | "高" | | |
    | C | 得分 | | 缺数据 | 申报日 |
    | C | 得分档 | | 缺数据 | 申报日 |

    ### 例：记录不属于谁

    - 时点：2023-06-01

    | 区 |
    |---|
    | 东 |

    | 园 | 所在区 | 产值 | 申报日 |
    |---|---|---|---|
    | A | 东 | 12 | 2021-05-01 |
    | B | 东 | 10 | 2022-05-01 |

    | 行 | 余额 |
    |---|---|
    | 母 | 100 |
    | 子 | 99 |

    | 应得 | 称号 | 决策 | 结论 | 值 |
    |---|---|---|---|---|
    | 母 | 大行 | | 达标 | |
    | 子 | 大行 | | 未达标 | |
    | A | | 名次 | | 2 |
    | B | | 名次 | | 1 |
    """
}

@Suite("Facts copied out")
struct CopyTests {
  @Test("the facts of every example, written out and read again, are the same", arguments: ProjectPacks.names)
  func everyExample(name: String) throws {
    let rulebook = try ProjectPacks.rulebook(name)
    for example in rulebook.examples where example.citation.pack == name {
      let facts = rulebook.facts(of: example).facts
      var reader = FactReader(dictionary: rulebook.dictionary, allowsShortCodes: true)
      for type in rulebook.dictionary.types {
        guard let table = facts[type.name] else { continue }
        let (header, rows) = table.rows(of: type)
        func cells(_ texts: [String]) -> [RawTable.Cell] { texts.map { RawTable.Cell($0, at: example.place) } }
        reader.add(
          RawTable(header: cells(header), rows: rows.map(cells), place: example.place), of: type.name)
      }
      reader.close()
      #expect(reader.diagnostics == [])
      for type in rulebook.dictionary.types {
        guard let table = facts[type.name] else { continue }
        let again = try #require(reader.facts[type.name])
        #expect(again.rows(of: type) == table.rows(of: type), "\(example.name) \(type.name)")
      }
    }
  }
}
