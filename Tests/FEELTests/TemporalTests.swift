import Testing

@testable import FEEL

struct TemporalTests {
  @Test(
    "what reads as a date is written the same",
    arguments: [
      "1970-01-01", "2024-02-29", "-0044-03-15", "12024-12-31", "999999999-12-31", "-999999999-01-01", "0000-01-01",
    ])
  func dates(text: String) { #expect(CalendarDate(text)?.description == text) }

  @Test(
    "no dates",
    arguments: [
      "", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-32", "2024-1-1", "998-12-31", "01211-12-31",
      "+2012-12-02", "2012/12/25", "9999999999-12-25", "2012-12-25T", "2024-01-01Z", " 2024-01-01", "２０２４-01-01",
    ])
  func noDates(text: String) { #expect(CalendarDate(text) == nil) }

  @Test("days and dates are one to one, also at the ends of the calendar")
  func dayNumbers() throws {
    for number in [-719_529, -719_528, -1, 0, 59, 60, 11_016, 365_241_780_471, -365_243_219_162] {
      let date = try #require(CalendarDate(dayNumber: number))
      #expect(date.dayNumber == number)
    }
    #expect(CalendarDate("1970-01-01")?.dayNumber == 0)
    #expect(CalendarDate("2000-03-01")?.dayNumber == 11_017)
    #expect(CalendarDate("999999999-12-31")?.adding(days: 1) == nil)
    #expect(CalendarDate("-999999999-01-01")?.adding(days: -1) == nil)
    #expect(CalendarDate(dayNumber: Int.max) == nil && CalendarDate(dayNumber: Int.min) == nil)
    var previous = try #require(CalendarDate("1599-12-31"))
    for _ in 0..<150_000 {
      let next = try #require(previous.adding(days: 1))
      guard next > previous, next.dayNumber == previous.dayNumber + 1 else {
        Issue.record("\(previous) + 1 day = \(next)")
        return
      }
      previous = next
    }
    #expect(previous.description == "2010-09-07")
  }

  @Test(
    "months are added with the day kept or cut",
    arguments: [
      ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2024-02-29", 12, "2025-02-28"),
      ("2024-03-31", -1, "2024-02-29"), ("2024-11-15", 3, "2025-02-15"), ("0001-01-10", -13, "-0001-12-10"),
    ])
  func months(date: String, months: Int, expected: String) {
    #expect(CalendarDate(date)?.adding(months: months)?.description == expected)
  }

  @Test(
    "the calendar's columns",
    arguments: [
      ("2024-02-29", 4, 60, 9), ("2003-12-29", 1, 363, 1), ("2005-01-01", 6, 1, 53), ("2010-01-01", 5, 1, 53),
      ("2020-12-31", 4, 366, 53), ("1970-01-01", 4, 1, 1),
    ])
  func columns(text: String, weekday: Int, dayOfYear: Int, weekOfYear: Int) throws {
    let date = try #require(CalendarDate(text))
    #expect([date.weekday, date.dayOfYear, date.weekOfYear] == [weekday, dayOfYear, weekOfYear])
  }

  @Test(
    "times and moments are written in their normal form",
    arguments: [
      ("23:59:00", "23:59:00"), ("11:22:33.4440", "11:22:33.444"), ("00:00:00+00:00", "00:00:00Z"),
      ("12:00:00-02:45:55", "12:00:00-02:45:55"), ("24:00:00", "00:00:00"),
      ("10:00:00@Asia/Shanghai", "10:00:00@Asia/Shanghai"),
      ("11:22:33.1234567891", "11:22:33.123456789"),
    ])
  func times(text: String, expected: String) { #expect(TimeOfDay(text)?.description == expected) }

  @Test(
    "no times",
    arguments: [
      "", "7:00:00", "07:1:00", "24:00:01", "25:00:00", "00:60:00", "00:00:60", "13:20:00+15:00", "13:20:00+5:00",
      "13:20:00@xyz/abc", "13:20:00@GMT+8", "13:20:00+02:00@Europe/Paris", "11:30:00T", "07:20", "07:20:00.",
      "13:20:00@",
    ])
  func noTimes(text: String) { #expect(TimeOfDay(text) == nil) }

  @Test(
    "moments",
    arguments: [
      ("2016-12-24T23:59:00-08:00", "2016-12-24T23:59:00-08:00"), ("2012-12-24", "2012-12-24T00:00:00"),
      ("2021-01-01T24:00:00", "2021-01-02T00:00:00"),
      ("999999999-12-31T23:59:59.999999999@Europe/Paris", "999999999-12-31T23:59:59.999999999@Europe/Paris"),
    ])
  func moments(text: String, expected: String) { #expect(DateTime(text)?.description == expected) }

  @Test(
    "durations are written in their normal form",
    arguments: [
      ("PT1000M", "PT16H40M"), ("PT24H", "P1D"), ("-PT1H2M", "-PT1H2M"), ("PT0.S", "PT0S"), ("P0D", "PT0S"),
      ("P2DT274M", "P2DT4H34M"), ("PT0.999S", "PT0.999S"), ("P1DT2H3M4.123456789S", "P1DT2H3M4.123456789S"),
      ("-PT0.5S", "-PT0.5S"), ("-P1DT0.25S", "-P1DT0.25S"),
    ])
  func daysDurations(text: String, expected: String) { #expect(DaysDuration(text)?.description == expected) }

  @Test(
    "years and months",
    arguments: [
      ("P1Y2M", "P1Y2M"), ("P26M", "P2Y2M"), ("-P100M", "-P8Y4M"), ("P0Y", "P0M"), ("P999999999M", "P83333333Y3M"),
    ])
  func monthsDurations(text: String, expected: String) { #expect(MonthsDuration(text)?.description == expected) }

  @Test(
    "no durations",
    arguments: [
      "", "P", "PT", "P0", "1Y", "P1H", "P1S", "P1Y1D", "P1M2Y", "PT1M2H", "P1D2H", "P-1D", "P1.5D", "PT1.5H", "P1DT",
      "P9999999999999999999Y",
    ])
  func noDurations(text: String) { #expect(DaysDuration(text) == nil && MonthsDuration(text) == nil) }

  @Test(
    "months between dates are whole and go toward zero",
    arguments: [
      ("2015-12-24", "2016-12-24", 12), ("2015-12-24", "2016-12-23", 11), ("2016-12-23", "2015-12-24", -11),
      ("2024-01-31", "2024-02-29", 0), ("2024-02-29", "2024-01-31", 0), ("2024-05-05", "2024-05-05", 0),
    ])
  func monthsBetween(start: String, end: String, months: Int) throws {
    let (a, b) = try (#require(CalendarDate(start)), #require(CalendarDate(end)))
    #expect(MonthsDuration(from: a, to: b).months == months)
  }

  @Test(
    "regions follow their rules of summer time, in every year",
    arguments: [
      ("2024-01-15T12:00:00@Europe/Paris", 3_600), ("2024-07-15T12:00:00@Europe/Paris", 7_200),
      ("2024-07-15T12:00:00@Asia/Shanghai", 28_800), ("2900-07-15T12:00:00@Europe/Paris", 7_200),
      ("999999999-01-15T12:00:00@Europe/Paris", 3_600), ("2024-03-31T02:30:00@Europe/Paris", 3_600),
      ("2024-10-27T02:30:00@Europe/Paris", 7_200), ("2024-01-15T12:00:00@Australia/Melbourne", 39_600),
    ])
  func regions(text: String, offset: Int) { #expect(DateTime(text)?.offsetSeconds == offset) }

  @Test func elapsedTimeCrossesTheChangeOfTheClock() throws {
    let before = try #require(DateTime("2024-03-30T12:00:00@Europe/Paris"))
    let hours = try #require(DaysDuration("PT24H"))
    #expect(before.adding(hours)?.description == "2024-03-31T13:00:00@Europe/Paris")
  }

  @Test("equality looks at the moment, sameness also at the zone")
  func equality() throws {
    func moment(_ text: String) throws -> Value { .dateTime(try #require(DateTime(text))) }
    let (a, b) = try (moment("2002-04-02T12:00:00-01:00"), moment("2002-04-02T17:00:00+04:00"))
    #expect(a.isEqual(to: b) == true && !a.isSame(as: b))
    #expect(try a.compare(moment("2002-04-02T13:00:00")) == .before)
    #expect(try a.isEqual(to: moment("2002-04-02T12:00:00")) == false)
    #expect(try moment("2002-04-02T12:00:00Z").isSame(as: moment("2002-04-02T12:00:00+00:00")))
    #expect(Value.date(.epoch).isEqual(to: try moment("1970-01-01")) == nil)
  }
}
