import MessyTables

/// Text files as programs export them, and what is read.
struct MessyText: Sendable, CustomStringConvertible {
  var name: String
  var text: String
  var encoded: @Sendable (String) -> [UInt8] = { Array($0.utf8) }
  var expected: String

  var description: String { name }
}

let messyTexts: [MessyText] = [
  MessyText(
    name: "GB18030 with a title, merged headings torn apart, totals",
    text: """
      克拉玛依市企业名录（2025年度）,,,,\r
      单位：亿元,,,,\r
      信用代码,企业名称,营业收入,,从业人数\r
      ,,2023年,2024年,\r
      {A},天山智能,"1,200.50",1300,10\r
      {B},独山子材料,-,1.2万元,20\r
      合计,,1,2,30\r
      填表人：张三,,审核人：李四,,\r

      """,
    encoded: { gb18030($0) },
    expected: """
      match: A=uscc/remembered B=name/remembered C=revenue/exact D=revenue/exact E=staff/exact
      统一社会信用代码 | 名称 | 营业收入@2023（亿元） | 营业收入@2024（亿元） | 从业人数（人）
      5: {A} | 天山智能 | 1200.50 | 1300 | 10
      6: {B} | 独山子材料 | · | 1.2万元 | 20
      left signature: 8
      left total: 7
      """),
  MessyText(
    name: "UTF-16 with tabs",
    text: "统一社会信用代码\t名称\t成立日期\n{A}\t天山智能\t2024/3/1\n{B}\t\"独山子\t材料\"\t45352\n",
    encoded: { utf16($0) },
    expected: """
      match: A=uscc/exact B=name/exact C=founded/exact
      统一社会信用代码 | 名称 | 成立日期
      2: {A} | 天山智能 | 2024-03-01
      3: {B} | 独山子 材料 | 2024-03-01
      """),
  MessyText(
    name: "semicolons, and commas in numbers",
    text: """
      统一社会信用代码;名称;从业人数;营业收入@2023（万元）
      {A};天山智能;1,234;1,234.50
      {B};独山子材料;(1,234);12,34
      """,
    expected: """
      match: A=uscc/exact B=name/exact C=staff/exact D=revenue/exact
      统一社会信用代码 | 名称 | 从业人数（人） | 营业收入@2023（万元）
      2: {A} | 天山智能 | 1234 | 1234.50
      3: {B} | 独山子材料 | -1234 | 12,34 ! tabulation.number.separators D3
      """),
  MessyText(
    name: "quotes with line ends, a mark of UTF-8",
    text: "\u{FEFF}统一社会信用代码,\"企业\n名称\",所在区县\n{A},\"天山\n智能\",\"白\"\"碱\"\"滩区\"\n\n{B},独山子材料,\n",
    expected: """
      match: A=uscc/exact B=name/remembered C=district/exact
      统一社会信用代码 | 名称 | 所在区县
      2: {A} | 天山智能 | 白"碱"滩区
      4: {B} | 独山子材料 | ·
      left blank: 3
      """),
  MessyText(
    name: "guards against formulas, formulas and errors",
    text: """
      统一社会信用代码,名称,从业人数
      ="{A}",'=1+1,=SUM(A1:A3)
      '{B},'-独山子,#N/A
      {C},@油城,'12
      """,
    expected: """
      match: A=uscc/exact B=name/exact C=staff/exact
      统一社会信用代码 | 名称 | 从业人数（人）
      2: {A} | =1+1 | =SUM(A1:A3) ! tabulation.cell.formula C2
      3: {B} | -独山子 | #N/A ! tabulation.cell.error C3
      4: {C} | @油城 | 12
      """),
  MessyText(
    name: "a quote never closed", text: "统一社会信用代码,名称\n{A},\"天山\n{B},独山子\n",
    expected: """
      ! store.csv.quote B2
      """),
  MessyText(
    name: "something behind a quote", text: "统一社会信用代码,名称\n{A},\"天山\"智能\n",
    expected: """
      ! store.csv.after-quote B2
      """),
  MessyText(
    name: "nothing", text: "",
    expected: """
      ! tabulation.header.missing A1
      """),
  MessyText(
    name: "two encodings in one file",
    text: "统一社会信用代码,名称\n{A},天山智能\n",
    encoded: { Array($0.utf8) + gb18030("{B},独山子材料\n") },
    expected: """
      ! text.mixed E3
      """),
]
