import MessyTables
import Policy
import Spreadsheet
import Testing

@testable import Tabulation

@Suite("Cells are read as facts are written")
struct CellTests {
  /// What a cell of a field is read as, or the last word of why not.
  private func read(_ value: SheetCell.Value, _ field: String, isFromText: Bool = false) throws -> String {
    let field = try #require(tableDictionary["企业"]?.field(named: field))
    switch CellReader(field, in: tableDictionary, isFromText: isFromText).read(SheetCell(value)) {
    case .text(let text): return text
    case .refused(let code, _): return "! " + (code.split(separator: ".").last ?? "")
    }
  }

  @Test(
    "numbers",
    arguments: [
      ("1234.5", "1234.5"), ("1,234,567.89", "1234567.89"), ("12 345 678", "12345678"), ("1，234", "1234"),
      ("1,2345", "! separators"), ("1,234,56", "! separators"), ("1.234,5", "! separators"), ("(5)", "-5"),
      ("（1,234.00）", "-1234.00"), ("－12", "-12"), ("- 12", "-12"), ("+3", "3"), ("¥1,000元", "1000元"),
      ("1.2亿元", "1.2亿元"), ("350 万", "350万元"), ("12人", "12人"), ("1200-1500", "1200-1500"), ("1.2.3", "1.2.3"),
      ("'12", "12"), ("0", "0"), ("0.00", "0.00"), ("1.5E-3", "! shortened"), ("约 100", "! about"),
      ("近200", "! about"), ("100左右", "! about"), (">50", "! about"), ("无", "无"), ("—", ""), ("　", ""), ("N/A", ""),
    ])
  func numbers(text: String, expected: String) throws { #expect(try read(.text(text), "营业收入") == expected) }

  @Test(
    "percents",
    arguments: [
      ("0.125", "12.5%"), ("0", "0%"), ("1", "100%"), ("-0.005", "-0.5%"), ("0.0001", "0.01%"), ("12.5", "1250%"),
    ])
  func percents(text: String, expected: String) throws {
    #expect(try read(.number(SheetNumber(text, .percent)), "研发人员占比") == expected)
  }

  @Test(
    "days",
    arguments: [
      ("2024-02-29", "2024-02-29"), ("2024-02-30", "2024-02-30"), ("2024.02.29", "2024-02-29"),
      ("2024年2月29号", "2024-02-29"), ("2024 年 2 月 29 日", "2024-02-29"), ("2024、2、29", "2024-02-29"),
      ("2024/2/29 9:05", "2024-02-29"), ("2024-02-29T00:00:00Z", "2024-02-29"), ("45351", "2024-02-29"),
      ("45351.5", "2024-02-29"), ("99999", "99999"), ("2024", "! month"), ("2024年2月", "! month"), ("2/2024", "! month"),
      ("202402", "! month"), ("24年2月29日", "! short-year"), ("29.2.2024", "! order"), ("二〇二四年", "二〇二四年"),
      ("至今", "至今"), ("20240229", "2024-02-29"),
    ])
  func days(text: String, expected: String) throws { #expect(try read(.text(text), "成立日期") == expected) }

  @Test(
    "truths",
    arguments: [
      ("是", "是"), ("Ｙ", "是"), ("√", "是"), ("☑", "是"), ("有", "是"), ("１", "是"), ("否", "否"), ("X", "否"), ("无", "否"),
      ("没有", "否"), ("false", "否"), ("不详", ""), ("大概", "大概"),
    ])
  func truths(text: String, expected: String) throws { #expect(try read(.text(text), "高新技术企业") == expected) }

  @Test(
    "names keep their brackets and lose what takes no room",
    arguments: [
      ("天山（集团）　公司", "天山（集团） 公司"), ("ＡＢＣ１２３－４", "ABC123-4"), (" 天\u{200B}山 ", "天山"), ("天山\n智能", "天山智能"),
      ("Tian\nShan", "Tian Shan"), ("'-天山", "-天山"), ("'天山", "'天山"), ("'0012", "0012"), ("=1+1", "=1+1"),
    ])
  func names(text: String, expected: String) throws { #expect(try read(.text(text), "名称") == expected) }

  @Test(
    "formulas in a text file have no value",
    arguments: [
      ("=1+1", "! formula"), ("=\"0012\"", "0012"), ("'=1+1", "=1+1"), ("=", "! formula"), ("=\"", "! formula"),
      ("#REF!", "! error"),
    ])
  func formulas(text: String, expected: String) throws {
    #expect(try read(.text(text), "名称", isFromText: true) == expected)
  }

  @Test(
    "numbers of which a spreadsheet lost the end are refused, whatever the field",
    arguments: [
      "统一社会信用代码", "名称", "营业收入",
    ])
  func cut(field: String) throws {
    #expect(try read(.number(SheetNumber("1234567890123450")), field) == "! cut")
  }
}
