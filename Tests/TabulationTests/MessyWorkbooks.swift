/// Workbooks as people make them: a script that fills `sheet` of `book`, and what is read.
struct MessyTable: Sendable, CustomStringConvertible {
  var name: String
  var script: String
  var type: String?
  var expected: String

  var description: String { name }
}

let messyWorkbooks: [MessyTable] = [
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
    expected: ""),
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
    expected: ""),
  MessyTable(
    name: "fields under years",
    script: """
      row('信用代码', '企业名称', '2023年度', None, '2024年度', None)
      row(None, None, '营业收入（万元）', '研发费用（万元）', '营业收入（万元）', '研发费用（万元）')
      sheet.merge_cells('A1:A2'); sheet.merge_cells('B1:B2'); sheet.merge_cells('C1:D1'); sheet.merge_cells('E1:F1')
      row('{A}', '天山智能', 1, 2, 3, 4)
      """,
    expected: ""),
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
    expected: ""),
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
    expected: ""),
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
    expected: ""),
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
    expected: ""),
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
    expected: ""),
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
    expected: ""),
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
    expected: ""),
  MessyTable(
    name: "rows hidden by a filter, and hidden sheets",
    script: """
      row('统一社会信用代码', '名称')
      row('{A}', '天山智能'); row('{B}', '独山子材料'); row('{C}', '油城软件')
      sheet.row_dimensions[3].hidden = True; sheet.row_dimensions[4].hidden = True
      old = book.create_sheet('旧表', 0); old.sheet_state = 'hidden'
      old.append(['统一社会信用代码', '名称', '从业人数'])
      """,
    expected: ""),
  MessyTable(
    name: "records side by side",
    script: """
      row('统一社会信用代码', '名称', '统一社会信用代码', '名称')
      row('{A}', '天山智能', '{B}', '独山子材料')
      """,
    expected: ""),
  MessyTable(
    name: "a column twice",
    script: """
      row('统一社会信用代码', '名称', '企业名称')
      row('{A}', '天山智能', '天山智能公司')
      """,
    expected: ""),
  MessyTable(
    name: "near words wait for a confirmation",
    script: """
      row('统一社会信用代码', '名称', '从业人员人数', '联系电话', '所在区', '2023年末从业人数')
      row('{A}', '天山智能', 10, 123, '白碱滩区', 5)
      """,
    expected: ""),
  MessyTable(
    name: "years that only the title tells, and a unit that nobody knows",
    script: """
      row('2024年度企业经营情况表')
      sheet.merge_cells('A1:D1')
      row('统一社会信用代码', '营业收入', '上年营业收入', '研发费用（千元）')
      row('{A}', 1, 2, 3)
      """,
    expected: ""),
  MessyTable(
    name: "loans, found among all record types",
    script: """
      row('贷款台账')
      row('No.', '合同编号', '借款企业', '贷款金额（万元）', '放款日期', '')
      row(1, 'HT-001', '9165 0200 ma7te5ta1x', 100, '2024.3.1')
      row(2, 'ＨＴ－００２', '{B}', '50万元', '2024年3月')
      sheet['F3'] = '?'
      """,
    expected: ""),
  MessyTable(
    name: "no header at all",
    script: """
      row('天山智能', 100)
      row('独山子材料', 200)
      """,
    expected: ""),
]
