public import Policy

/// Firms with a field of each kind, and loans to them.
public let tableDictionary: DataDictionary = {
  let manifest = "id: small\ntitle: 小\njurisdiction: \"650200\"\nversion: 1.0.0\n"
  let records = """
    ## 记录：企业

    - 代号：enterprise
    - 主键：统一社会信用代码
    - 显示：名称
    - 角色：主体

    | 字段 | 代号 | 类型 | 单位 | 期间 | 提供 | 取值 | 说明 |
    |---|---|---|---|---|---|---|---|
    | 统一社会信用代码 | uscc | 统一社会信用代码 | | | 官方 | | 十八位 |
    | 名称 | name | 文本 | | | 官方 | | 登记名称 |
    | 所在区县 | district | 文本 | | | 官方 | | |
    | 成立日期 | founded | 日期 | | | 官方 | | |
    | 从业人数 | staff | 数 | 人 | | 企业 | | 上年末 |
    | 营业收入 | revenue | 数 | 万元 | 年度 3 | 企业 | | 经审计 |
    | 研发费用 | rd | 数 | 万元 | 年度 3 | 企业 | | |
    | 研发人员占比 | rd_share | 数 | % | | 企业 | | |
    | 高新技术企业 | high_tech | 是否 | | | 官方 | | |
    | 规模 | size | 文本 | | | 官方 | 大型、中型、小型、微型 | |

    ## 记录：贷款

    - 代号：loan
    - 主键：合同编号
    - 归属：借款企业

    | 字段 | 代号 | 类型 | 单位 |
    |---|---|---|---|
    | 合同编号 | id | 文本 | |
    | 借款企业 | borrower | 企业 | |
    | 贷款金额 | amount | 数 | 元 |
    | 放款日期 | lent | 日期 | |
    """
  let files = [PackSource.File(path: "pack.yaml", text: manifest), .init(path: "dictionary.md", text: records)]
  return Rulebook.read(PackSource(files: files)).0.dictionary
}()
