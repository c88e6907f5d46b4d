import TestKit

/// Workbooks as people make them: a script that fills `sheet` of `book`, and what is read.
public struct MessyTable: Sendable, CustomStringConvertible {
  public var name: String
  public var script: String
  public var type: String?
  public var expected: String

  public init(name: String, script: String, type: String? = nil, expected: String = "") {
    (self.name, self.script, self.type, self.expected) = (name, script, type, expected)
  }

  public var description: String { name }

  /// The lines of what is read.
  public var expectedLines: [String] { filled(expected).split(separator: "\n").map(String.init) }

  /// Makes the workbook with openpyxl.
  public func make(at path: String) throws {
    try Python.run(Self.head + filled(script) + "\nbook.save(sys.argv[1])\n", [path])
  }

  private static let head = """
    import sys, openpyxl
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = '名录'
    def row(*cells): sheet.append(cells)

    """
}

/// Firms whose codes tests call by a letter.
public let firmCodes = [
  "{A}": "91650200MA7TE5TA1X", "{B}": "91650200MA7TE5TB22", "{C}": "91650200MA7TE5TC36",
  "{D}": "91650200MA7TE5TD4A", "{E}": "916502001000100011", "{F}": "916502005000200104",
]

/// A text with the codes in the places of the letters.
public func filled(_ text: String) -> String {
  firmCodes.reduce(text) { $0.replacing($1.key, with: $1.value) }
}

public let messyWorkbooks: [MessyTable] = [
  MessyTable(
    name: "a title, a unit line, totals and signatures",
    script: """
      row('克拉玛依市企业名录（2025年度）')
      sheet.merge_cells('A1:F1')
      row('填报单位：某某局', None, None, None, None, '单位：万元')
      row('序号', '企业名称', '统一社会信用代码', '营业收入\\n（2023年）', '营业收入（2024年）', '备注')
      row(1, '天山智能', '{A}', 1200.5, '1,300.25', '')
      row(2, '独山子材料（集团）', '{B}', '（1,234.00）', '1.2亿元', '补报')
      row(None, '小 计', None, 1, 1)
      row(3, '油城软件', '{C}', '-', '约300', '')
      row('合计', None, None, 5, 6)
      sheet.merge_cells('A8:C8')
      row('注：营业收入按审计数。')
      row('单位负责人：张三', None, '填表人：李四')
      """,
    expected: """
      ? tabulation.column.unknown F3
      match: A=-serial B=name/remembered C=uscc/exact D=revenue/normalised E=revenue/normalised F=-unknown
      名称 | 统一社会信用代码 | 营业收入@2023（万元） | 营业收入@2024（万元）
      4: 天山智能 | {A} | 1200.5 | 1300.25
      5: 独山子材料（集团） | {B} | -1234.00 | 1.2亿元
      7: 油城软件 | {C} | · | 约300 ! tabulation.number.about E7
      left footer: 9
      left signature: 10
      left total: 6 8
      """),
  MessyTable(
    name: "years under merged fields, units in a row of their own, numbers of columns",
    script: """
      row('企业', None, '营业收入', None, '研发费用', None, '从业人数')
      row('统一社会信用代码', '名称', '2023年', '2024年', '2023年', '2024年', None)
      row(None, None, '亿元', '亿元', '万元', '万元', '人')
      row('甲', '乙', 1, 2, 3, 4, 5)
      sheet.merge_cells('A1:B1'); sheet.merge_cells('C1:D1'); sheet.merge_cells('E1:F1'); sheet.merge_cells('G1:G2')
      row('{A}', '天山智能', 1.2, 1.3, 100, 200, 35)
      row('{B}', '独山子材料', 2, '2,000', 100, 200, '35人')
      """,
    expected: """
      match: A=uscc/remembered B=name/remembered C=revenue/exact D=revenue/exact E=rd/exact F=rd/exact G=staff/exact
      统一社会信用代码 | 名称 | 营业收入@2023（亿元） | 营业收入@2024（亿元） | 研发费用@2023（万元） | 研发费用@2024（万元） | 从业人数（人）
      5: {A} | 天山智能 | 1.2 | 1.3 | 100 | 200 | 35
      6: {B} | 独山子材料 | 2 | 2000 | 100 | 200 | 35人
      left numbering: 4
      """),
  MessyTable(
    name: "fields under years",
    script: """
      row('信用代码', '企业名称', '2023年度', None, '2024年度', None)
      row(None, None, '营业收入（万元）', '研发费用（万元）', '营业收入（万元）', '研发费用（万元）')
      sheet.merge_cells('A1:A2'); sheet.merge_cells('B1:B2'); sheet.merge_cells('C1:D1'); sheet.merge_cells('E1:F1')
      row('{A}', '天山智能', 1, 2, 3, 4)
      """,
    expected: """
      match: A=uscc/remembered B=name/remembered C=revenue/exact D=rd/exact E=revenue/exact F=rd/exact
      统一社会信用代码 | 名称 | 营业收入@2023（万元） | 研发费用@2023（万元） | 营业收入@2024（万元） | 研发费用@2024（万元）
      3: {A} | 天山智能 | 1 | 2 | 3 | 4
      """),
  MessyTable(
    name: "the header again on each printed page",
    script: """
      row('企业名录')
      row('统一社会信用代码*', '企业　名称：', ' 从业人数（人）')
      row('{A}', '天山智能', 10)
      row('企业名录')
      row('统一社会信用代码*', '企业　名称：', ' 从业人数（人）')
      row('{B}', '独山子材料', 20)
      row()
      sheet['A9'] = '{C}'; sheet['B9'] = '油城软件'; sheet['C9'] = 30
      """,
    expected: """
      match: A=uscc/exact B=name/remembered C=staff/exact
      统一社会信用代码 | 名称 | 从业人数（人）
      3: {A} | 天山智能 | 10
      6: {B} | 独山子材料 | 20
      9: {C} | 油城软件 | 30
      left blank: 7 8
      left header: 5
      left title: 4
      """),
  MessyTable(
    name: "credit codes",
    script: """
      row('社会统一信用代码', '名称')
      row('9165 0200 ma7te5ta1x', '小写和空格')
      row('９１６５０２００ＭＡ７ＴＥ５ＴＢ２２', '全角')
      row("'{C}", '撇号')
      row('9165O2OOMA7TE5TD4A', '字母 O')
      row(916502001000100011, '数')
      row('9.1650200100010001E+17', '缩写')
      row('916502005000200000', '只剩 15 位')
      row('91650200MA7TE5TA19', '校验位不对')
      """,
    expected: """
      match: A=uscc/remembered B=name/exact
      统一社会信用代码 | 名称
      2: {A} | 小写和空格
      3: {B} | 全角
      4: {C} | 撇号
      5: 9165O2OOMA7TE5TD4A | 字母 O ! tabulation.code.confusion A5 {D}
      6: 916502001000100000 | 数 ! tabulation.cell.cut A6
      7: 9.1650200100010001E+17 | 缩写 ! tabulation.cell.cut A7
      8: 916502005000200000 | 只剩 15 位 ! tabulation.cell.cut A8
      9: 91650200MA7TE5TA19 | 校验位不对 !! policy.facts.uscc.check A9
      """),
  MessyTable(
    name: "dates",
    script: """
      row('统一社会信用代码', '成立日期')
      import datetime
      for day in [datetime.date(2024, 3, 1), datetime.datetime(2024, 3, 1, 9, 30), 45352, 20240301, '20240301',
                  '2024.3.1', '2024/3/1', '2024年3月1日', '２０２４－３－１', '2024-03-01 00:00:00', '2024-3', 2024.3,
                  '2024年3月', '2024年', '24.3.1', '03/01/2024', '2024-13-01', '长期', '不详', '202403']:
          row('{A}', day)
      """,
    expected: """
      match: A=uscc/exact B=founded/exact
      统一社会信用代码 | 成立日期
      2: {A} | 2024-03-01
      3: {A} | 2024-03-01
      4: {A} | 2024-03-01
      5: {A} | 2024-03-01
      6: {A} | 2024-03-01
      7: {A} | 2024-03-01
      8: {A} | 2024-03-01
      9: {A} | 2024-03-01
      10: {A} | 2024-03-01
      11: {A} | 2024-03-01
      12: {A} | 2024-3 ! tabulation.date.month B12
      13: {A} | 2024.3 ! tabulation.date.month B13
      14: {A} | 2024年3月 ! tabulation.date.month B14
      15: {A} | 2024年 ! tabulation.date.month B15
      16: {A} | 24.3.1 ! tabulation.date.short-year B16
      17: {A} | 03/01/2024 ! tabulation.date.order B17
      18: {A} | 2024-13-01 !! policy.facts.date B18
      19: {A} | 长期 !! policy.facts.date B19
      20: {A} | ·
      21: {A} | 202403 ! tabulation.date.month B21
      """),
  MessyTable(
    name: "truths and choices and unknowns",
    script: """
      row('统一社会信用代码', '高新技术企业', '规模', '所在区县')
      row('{A}', '√', '小型', '无')
      row('{B}', '×', ' 中 型', '/')
      row('{C}', '有', '——', 'N/A')
      row('{D}', '无', '特大型', '暂无')
      row('{E}', 1, None, '－')
      row('{F}', True, '微型', 500112)
      row('{A}', '也许', '大型', '白碱滩区\\n（高新区）')
      """,
    expected: """
      match: A=uscc/exact B=high_tech/exact C=size/exact D=district/exact
      统一社会信用代码 | 高新技术企业 | 规模 | 所在区县
      2: {A} | 是 | 小型 | 无
      3: {B} | 否 | 中型 | ·
      4: {C} | 是 | · | ·
      5: {D} | 否 | 特大型 | · !! policy.facts.value C5
      6: {E} | 是 | · | ·
      7: {F} | 是 | 微型 | 500112
      8: {A} | 也许 | 大型 | 白碱滩区（高新区） !! policy.facts.boolean B8
      """),
  MessyTable(
    name: "numbers",
    script: """
      row('统一社会信用代码', '从业人数（人）', '研发人员占比（％）', '营业收入@2023（万元）')
      row('{A}', '１２３', 0.125, '1，234.50')
      sheet['C2'].number_format = '0.0%'
      row('{B}', '1 234', '35 %', '12,34')
      row('{C}', '约50', '12.5％', '￥1,000')
      row('{D}', 0, '-', '－5')
      row('{E}', '五十', '三成', '1.2亿')
      row('{F}', '100以上', 12.5, '1.23E+11')
      """,
    expected: """
      match: A=uscc/exact B=staff/exact C=rd_share/normalised D=revenue/exact
      统一社会信用代码 | 从业人数（人） | 研发人员占比（%） | 营业收入@2023（万元）
      2: {A} | 123 | 12.5% | 1234.50
      3: {B} | 1234 | 35% | 12,34 ! tabulation.number.separators D3
      4: {C} | 约50 | 12.5% | 1000 ! tabulation.number.about B4
      5: {D} | 0 | · | -5
      6: {E} | 五十 | 三成 | 1.2亿元 !! policy.facts.number B6 !! policy.facts.number C6
      7: {F} | 100以上 | 12.5 | 1.23E+11 ! tabulation.number.about B7 ! tabulation.cell.shortened D7
      """),
  MessyTable(
    name: "formulas, errors and spans of time",
    script: """
      import datetime
      row('统一社会信用代码', '从业人数', '名称')
      row('{A}', '=1+1', '从没算过')
      row('{B}', '#N/A', '错误')
      row('{C}', datetime.timedelta(hours=36), '一段时间')
      row('{D}', 5, '#REF!')
      """,
    expected: """
      match: A=uscc/exact B=staff/exact C=name/exact
      统一社会信用代码 | 从业人数（人） | 名称
      2: {A} | · | 从没算过 ! tabulation.cell.uncalculated B2
      3: {B} | #N/A | 错误 ! tabulation.cell.error B3
      4: {C} | 1.5 | 一段时间 ! tabulation.cell.elapsed B4
      5: {D} | 5 | #REF! ! tabulation.cell.error C5
      """),
  MessyTable(
    name: "merged cells among the records",
    script: """
      row('所在区县', '统一社会信用代码', '名称', '从业人数', '营业收入@2023（万元）')
      row('一、重点企业')
      sheet.merge_cells('A2:E2')
      row('白碱滩区', '{A}', '天山智能', 10, 100)
      row(None, '{B}', '独山子材料', 20, None)
      row(None, '{C}', '油城软件', 30, 5)
      row('独山子区', '{D}', '停业', None, None)
      sheet.merge_cells('A3:A5'); sheet.merge_cells('E3:E4'); sheet.merge_cells('C6:D6')
      """,
    expected: """
      match: A=district/exact B=uscc/exact C=name/exact D=staff/exact E=revenue/exact
      所在区县 | 统一社会信用代码 | 名称 | 从业人数（人） | 营业收入@2023（万元）
      3: 白碱滩区 | {A} | 天山智能 | 10 | 100 ! tabulation.cell.joint-number E3
      4: 白碱滩区 | {B} | 独山子材料 | 20 | 100 ! tabulation.cell.joint-number E4
      5: 白碱滩区 | {C} | 油城软件 | 30 | 5
      6: 独山子区 | {D} | 停业 | 停业 | · ! tabulation.cell.across C6 ! tabulation.cell.across D6
      left section: 2
      """),
  MessyTable(
    name: "rows hidden by a filter, hidden columns and sheets",
    script: """
      sheet.column_dimensions['B'].hidden = True
      row('统一社会信用代码', '名称')
      row('{A}', '天山智能'); row('{B}', '独山子材料'); row('{C}', '油城软件')
      sheet.row_dimensions[3].hidden = True; sheet.row_dimensions[4].hidden = True
      old = book.create_sheet('旧表', 0); old.sheet_state = 'hidden'
      old.append(['统一社会信用代码', '名称', '从业人数'])
      """,
    expected: """
      ? tabulation.column.hidden B1
      match: A=uscc/exact B=name/exact
      统一社会信用代码 | 名称
      2: {A} | 天山智能
      3: {B} | 独山子材料
      4: {C} | 油城软件
      hidden: [3, 4]
      """),
  MessyTable(
    name: "records side by side",
    script: """
      row('统一社会信用代码', '名称', '统一社会信用代码', '名称')
      row('{A}', '天山智能', '{B}', '独山子材料')
      """,
    expected: """
      ? tabulation.records.beside C1
      match: A=uscc/exact B=name/exact C=uscc/exact D=name/exact
      ! tabulation.column.twice C1
      """),
  MessyTable(
    name: "a column twice",
    script: """
      row('统一社会信用代码', '名称', '企业名称')
      row('{A}', '天山智能', '天山智能公司')
      """,
    expected: """
      ? tabulation.column.twice C1
      match: A=uscc/exact B=name/exact C=name/remembered
      ! tabulation.column.twice C1
      """),
  MessyTable(
    name: "near words wait for a confirmation",
    script: """
      row('统一社会信用代码', '名称', '从业人员人数', '联系电话', '所在区', '2023年末从业人数')
      row('{A}', '天山智能', 10, 123, '白碱滩区', 5)
      """,
    expected: """
      ? tabulation.column.unknown C1
      ? tabulation.column.unknown D1
      ? tabulation.column.near E1
      ? tabulation.column.near F1
      match: A=uscc/exact B=name/exact C=-unknown D=-unknown E=district/near87 F=staff/near90
      ! tabulation.column.near E1
      """),
  MessyTable(
    name: "years that only the title tells, and a unit that nobody knows",
    script: """
      row('2024年度企业经营情况表')
      sheet.merge_cells('A1:D1')
      row('统一社会信用代码', '营业收入', '上年营业收入', '研发费用（千元）')
      row('{A}', 1, 2, 3)
      """,
    expected: """
      ? tabulation.year.assumed B2
      ? tabulation.unit.assumed B2
      ? tabulation.year.assumed C2
      ? tabulation.unit.assumed C2
      ? tabulation.year.assumed D2
      ? tabulation.unit.unknown D2
      match: A=uscc/exact B=revenue/exact C=revenue/normalised D=-unknown
      ! tabulation.year.assumed B2
      """),
  MessyTable(
    name: "loans, found among all record types",
    script: """
      row('贷款台账')
      row('No.', '合同编号', '借款企业', '贷款金额（万元）', '放款日期', '')
      row(1, 'HT-001', '9165 0200 ma7te5ta1x', 100, '2024.3.1')
      row(2, 'ＨＴ－００２', '{B}', '50万元', '2024年3月')
      sheet['F3'] = '?'
      """,
    expected: """
      ? tabulation.column.nameless F2
      match: A=-serial B=id/exact C=borrower/exact D=amount/exact E=lent/exact F=-nameless
      合同编号 | 借款企业 | 贷款金额（万元） | 放款日期
      3: HT-001 | {A} | 100 | 2024-03-01
      4: HT-002 | {B} | 50万元 | 2024年3月 ! tabulation.date.month E4
      """),
  MessyTable(
    name: "several sheets, years and units in one bracket, a group over names",
    script: """
      row('填报单位：某某局')
      row('企业基本信息', None, '经营情况（单位：万元）', None)
      row('统一社会信用代码', '企业 名称', '营业收入（2023年，亿元）', 'FY2024研发费用')
      row('{A}', '天山智能', 1, 2)
      row(None, '油城软件', 1, 2)
      sheet.merge_cells('A2:B2'); sheet.merge_cells('C2:D2')
      more = book.create_sheet('补报')
      more.append(['统一社会信用代码', '名称', '从业人数'])
      """,
    expected: """
      ? tabulation.sheet.more A3
      match: A=uscc/exact B=name/remembered C=revenue/normalised D=rd/normalised
      统一社会信用代码 | 名称 | 营业收入@2023（亿元） | 研发费用@2024（万元）
      4: {A} | 天山智能 | 1 | 2
      5: · | 油城软件 | 1 | 2 !! policy.facts.key-empty A5
      """),
  MessyTable(
    name: "loans by the code of the firm, rows numbered beforehand",
    script: """
      row('序号', '合同 编号', '企业名称', '统一社会信用代码', '贷款金额（元）')
      row(1, 'HT-1', '天山智能', '{A}', 1000000)
      row(2)
      row(3, 'HT-3', '油城软件', '{C}', '100万')
      row(4)
      row('制表人：李四')
      """,
    expected: """
      ? tabulation.column.unknown C1
      match: A=-serial B=id/normalised C=-unknown D=borrower/remembered E=amount/exact
      合同编号 | 借款企业 | 贷款金额（元）
      2: HT-1 | {A} | 1000000
      4: HT-3 | {C} | 100万元
      left blank: 3 5
      left signature: 6
      """),
  MessyTable(
    name: "a header that only nears the fields of a known type",
    script: """
      row('统一信用代码证', '企业的名称', '职工人数')
      row('{A}', '天山智能', 5)
      """,
    type: "企业",
    expected: """
      ? tabulation.column.unknown C1
      ? tabulation.column.near A1
      ? tabulation.column.near B1
      match: A=uscc/near63 B=name/near70 C=-unknown
      ! tabulation.column.near A1
      """),
  MessyTable(
    name: "a group that may change the meaning of a name",
    script: """
      row('统一社会信用代码', '母公司', None)
      row(None, '名称', '从业人数')
      row('{A}', '天山集团', 5)
      sheet.merge_cells('A1:A2'); sheet.merge_cells('B1:C1')
      """,
    expected: """
      ? tabulation.column.near B2
      ? tabulation.column.near C2
      match: A=uscc/exact B=name/near80 C=staff/near80
      ! tabulation.column.near B2
      """),
  MessyTable(
    name: "no header for a known type",
    script: "row('天山智能', 100)",
    type: "企业",
    expected: """
      ! tabulation.header.missing A1
      """),
  MessyTable(
    name: "no header at all",
    script: """
      row('天山智能', 100)
      row('独山子材料', 200)
      """,
    expected: """
      ! tabulation.record.unknown A1
      """),
]
