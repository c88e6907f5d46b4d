import Policy
import Testing

@testable import Tabulation

@Suite("A heading says a name, a year and a unit")
struct HeaderLabelTests {
  @Test(arguments: [
    ("营业收入（万元）", "营业收入 万元"), ("营业收入/万元", "营业收入 万元"), ("营业收入(单位：亿元)", "营业收入 亿元"),
    ("2023年度营业收入", "营业收入 2023"), ("营业收入2023", "营业收入 2023"), ("营业收入@2023（万元）", "营业收入 2023 万元"),
    ("营业收入（2023年，万元）", "营业收入 2023 万元"), ("ＦＹ２０２３ 营业收入", "营业收入 2023"), ("２０２３年", " 2023"), ("万元", " 万元"),
    ("单位：万元", " 万元"), ("*名　称：", "名称"), ("名称（必填）", "名称"), ("营业收入（审计数）", "营业收入(审计数)"),
    ("营业收入（千元）", "营业收入(千元) ?千元"), ("上年营业收入", "上年营业收入 -1"), ("500强企业", "500强企业"),
    ("编号20230101", "编号20230101"), ("2022-2023年增速", "增速 2022 2023"), ("（万元", "(万元"), ("）（", ")("), ("*", ""),
  ])
  func label(text: String, expected: String) {
    let label = HeaderLabel(text)
    var words = [label.name] + label.years.sorted().map(String.init)
    words += [label.unit?.symbol, label.unknownUnit.map { "?\($0.symbol)" }, label.yearsAgo.map { "-\($0)" }]
      .compactMap { $0 }
    #expect(words.joined(separator: " ") == expected)
  }
}
