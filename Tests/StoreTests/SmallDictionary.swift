import Policy

/// Firms and loans with a field of each kind.
let smallDictionary = dictionary(units: "万元")

/// The same, with names that are shown.
let namedDictionary = dictionary(units: "万元", shown: "- 显示：名称")

/// The same, with another unit of money.
func dictionary(units: String, shown: String = "") -> DataDictionary {
  let manifest = "id: small\ntitle: 小\njurisdiction: \"650200\"\nversion: 1.0.0\n"
  let records = """
    ## 记录：企业

    - 代号：enterprise
    - 主键：编号
    - 角色：主体
    \(shown)

    | 字段 | 代号 | 类型 | 单位 | 期间 | 取值 |
    |---|---|---|---|---|---|
    | 编号 | id | 文本 | | | |
    | 名称 | name | 文本 | | | |
    | 信用代码 | code | 统一社会信用代码 | | | |
    | 营业收入 | revenue | 数 | \(units) | 年度 3 | |
    | 研发占比 | share | 数 | % | | |
    | 人数 | staff | 数 | 人 | | |
    | 在册 | listed | 是否 | | | |
    | 成立日期 | founded | 日期 | | | |
    | 规模 | size | 文本 | | | 大、中、小 |

    ## 记录：贷款

    - 代号：loan
    - 主键：编号

    | 字段 | 代号 | 类型 | 单位 |
    |---|---|---|---|
    | 编号 | id | 文本 | |
    | 企业 | enterprise | 企业 | |
    | 金额 | amount | 数 | 元 |
    """
  let files = [PackSource.File(path: "pack.yaml", text: manifest), .init(path: "dictionary.md", text: records)]
  return Rulebook.read(PackSource(files: files)).0.dictionary
}
