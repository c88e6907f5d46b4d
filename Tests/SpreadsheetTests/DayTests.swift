import Testing

@testable import Spreadsheet

@Suite("Days and times are read as spreadsheets count them")
struct DayTests {
  @Test(
    "a number under a format of dates is a day",
    arguments: [
      ("1", false, "1900-01-01"), ("59", false, "1900-02-28"), ("60", false, "nil"), ("61", false, "1900-03-01"),
      ("45351", false, "2024-02-29"), ("2958465", false, "9999-12-31"), ("2958466", false, "nil"),
      ("-1", false, "nil"), ("0", false, "00:00:00"), ("0.5", false, "12:00:00"),
      ("45000.504861111112", false, "2023-03-15 12:07:00"), ("45000.9999999999", false, "2023-03-16"),
      ("0.999988425925926", false, "23:59:59"), ("45000.0000115741", false, "2023-03-15 00:00:01"),
      ("45000.25000289352", false, "2023-03-15 06:00:00.250"),
      ("0", true, "1904-01-01"), ("1462", true, "1908-01-02"), ("43889", true, "2024-02-29"),
      ("0.5", true, "1904-01-01 12:00:00"),
    ])
  func serial(number: String, startsIn1904: Bool, expected: String) {
    let text = Array(number.utf8).withUnsafeBufferPointer(DecimalText.shown) ?? ""
    let value = SerialDay(startsIn1904: startsIn1904).value(text, isTimeOnly: false)
    #expect(value.map(shown) ?? "nil" == expected)
  }

  @Test func everyDayComesBack() {
    for number in 1...120_000 where number != 60 {
      guard case .date(let date)? = SerialDay(startsIn1904: false).value(String(number), isTimeOnly: false) else {
        Issue.record("\(number) is no day")
        return
      }
      #expect(date.exists && SerialDay.number(of: date) == number)
    }
  }

  @Test(
    "days that spreadsheets do not know have no number",
    arguments: [(1899, 12, 31), (10_000, 1, 1), (2023, 2, 29), (1900, 2, 29), (2024, 13, 1), (2024, 0, 1)])
  func unknown(year: Int, month: Int, day: Int) {
    #expect(SerialDay.number(of: SheetDate(year: year, month: month, day: day)) == nil)
  }

  @Test(
    "a format says what its numbers are",
    arguments: [
      ("General", NumberFormat.number), ("0.00", .number), ("#,##0.00_);[Red](#,##0.00)", .number),
      ("0.00E+00", .number), ("##0.0E-0", .number), ("@", .number), ("\"day\" 0", .number), ("0\\d", .number),
      ("[Red]0", .number), ("[$\u{A5}-804]#,##0", .number), ("_(* #,##0_)", .number),
      ("G/\u{901A}\u{7528}\u{683C}\u{5F0F}", .number),
      ("[DBNum1][$-804]General", .number), ("0\"\u{5143}\"", .number), ("", .number), (";;;yyyy", .number),
      ("0%", .percent), ("0.00%;[Red]-0.00%", .percent), ("0\\%", .number), ("0\"%\"", .number),
      ("yyyy-mm-dd", .date), ("yyyy\"\u{5E74}\"m\"\u{6708}\"d\"\u{65E5}\"", .date),
      ("yyyy\u{5E74}m\u{6708}", .date), ("[$-F800]dddd, mmmm dd, yyyy", .date),
      ("[DBNum1][$-804]yyyy\"\u{5E74}\"m\"\u{6708}\"", .date),
      ("d/m", .date), ("mmm", .date), ("aaaa", .date), ("e\\.m\\.d", .date), ("m/d/yy h:mm", .date),
      ("YYYY-MM-DD", .date),
      ("h:mm", .timeOfDay), ("h:mm AM/PM", .timeOfDay),
      ("\u{4E0A}\u{5348}/\u{4E0B}\u{5348}h\"\u{65F6}\"mm\"\u{5206}\"", .timeOfDay), ("mm:ss.0", .timeOfDay),
      ("[h]:mm", .elapsed), ("[mm]:ss", .elapsed), ("[ss]", .elapsed), ("[hh]\"\u{5C0F}\u{65F6}\"", .elapsed),
      ("yyyy\"", .date), ("[", .number), ("\\", .number), ("yyyy\\", .date),
    ])
  func format(code: String, expected: NumberFormat) {
    #expect(Array(code.utf8).withUnsafeBufferPointer(NumberFormat.init(code:)) == expected)
  }

  @Test("formats known by number are those of Chinese spreadsheets")
  func builtIn() {
    let dates = Set((0...60).filter { NumberFormat(builtIn: $0) == .date || NumberFormat(builtIn: $0) == .timeOfDay })
    #expect(dates == Set(14...22).union(27...36).union([45, 47]).union(50...58))
    #expect(NumberFormat(builtIn: 46) == .elapsed)
    #expect(NumberFormat(builtIn: 10) == .percent)
  }

  @Test(
    "days written as text are read",
    arguments: [
      ("2024-02-29", "2024-02-29"), ("2024-02-29T00:00:00", "2024-02-29"),
      ("2024-02-29T09:05:00.25Z", "2024-02-29 09:05:00.250"), ("09:05:00", "09:05:00"), ("2023-02-29", "nil"),
      ("2024-2-29", "nil"), ("24:00:00", "nil"), ("", "nil"), ("T", "nil"), ("2024-02-29T", "nil"), ("Z", "nil"),
    ])
  func iso(text: String, expected: String) {
    #expect(Array(text.utf8).withUnsafeBufferPointer(ISODay.value).map(shown) ?? "nil" == expected)
  }
}
