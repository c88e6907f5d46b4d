import Diagnostics
import FEEL
import Testing

struct TemporalBuiltinTests {
  @Test(
    "dates, times and durations",
    arguments: [
      (#"date("2017-12-31")"#, "2017-12-31"), ("date(2017, 12, 31)", "2017-12-31"),
      ("date(year: 2017, month: 8, day: 30)", "2017-08-30"),
      ("date(2017, 13, 1)", "null"), ("date(2017.5, 1, 1)", "null"), ("date(2017, null, 1)", "null"),
      ("date(1)", "null"),
      (#"date(date and time("2017-09-03T09:45:30@Europe/Paris"))"#, "2017-09-03"),
      (#"date(from: "2012-12-25")"#, "2012-12-25"),
      (#"time("13:20:00+02:00")"#, "13:20:00+02:00"), ("time(12, 0, 0)", "12:00:00"),
      ("time(12, 0, 0, null)", "12:00:00"),
      (#"time(12, 59, 1.3, @"-PT1H")"#, "12:59:01.3-01:00"), (#"time(11, 59, 45, @"PT2H45M55S")"#, "11:59:45+02:45:55"),
      (#"time(11, 59, 45, @"PT15H")"#, "null"), ("time(23, 59, 60)", "null"), ("time(-1, 0, 0)", "null"),
      ("time(1, 0, -1)", "null"),
      (#"time(date("2017-08-10"))"#, "00:00:00Z"), (#"time(@"2017-08-10T10:20:00@Asia/Dhaka")"#, "10:20:00@Asia/Dhaka"),
      (#"date and time("2012-12-24")"#, "2012-12-24T00:00:00"),
      (#"date and time(@"2017-01-01", @"23:59:01Z")"#, "2017-01-01T23:59:01Z"),
      (#"date and time(date: @"2017-01-01T01:00:00Z", time: @"23:59:01")"#, "2017-01-01T23:59:01"),
      ("date and time(2017)", "null"),
      (#"date and time(@"2017-01-01", null)"#, "null"), (#"duration("P26M")"#, "P2Y2M"), (#"duration("PT24H")"#, "P1D"),
      (#"duration("P")"#, "null"), (#"years and months duration(@"2011-12-22", @"2013-08-24")"#, "P1Y8M"),
      (#"years and months duration(from: @"2013-08-24", to: @"2011-12-22T00:00:00")"#, "-P1Y8M"),
      (#"day of year(@"2020-12-31")"#, "366"), (#"day of week(@"2019-09-17T10:10:10")"#, #""Tuesday""#),
      (#"month of year(date: @"2019-09-17")"#, #""September""#), (#"week of year(@"2003-12-29")"#, "1"),
      (#"day of year("foo")"#, "null"),
    ])
  func conversions(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "arithmetic with dates",
    arguments: [
      (#"@"2021-01-01" + @"PT36H""#, "2021-01-02"), (#"@"2021-01-02" - @"PT1S""#, "2021-01-01"),
      (#"@"2021-01-31" + @"P1M""#, "2021-02-28"),
      (#"@"10:15:00" - @"PT11H""#, "23:15:00"), (#"@"2021-01-02" - @"2021-01-01T10:10:10+11:00""#, "P1DT49M50S"),
      (#"@"2021-01-02" - @"2021-01-01T10:10:10""#, "null"),
      (#"@"2021-01-02T10:10:10@Europe/Paris" - @"2021-01-01T10:10:10@Asia/Dhaka""#, "P1DT5H"),
      (#"@"10:10:10" - @"10:10:10Z""#, "null"), (#"@"10:10:10+11:00" - @"11:10:10+10:00""#, "-PT2H"),
      (#"@"P10Y11M" / 2.5"#, "P4Y4M"),
      (#"@"P1Y11M" * -2.5"#, "-P4Y9M"), (#"1.5 * @"P4DT1H""#, "P6DT1H30M"), (#"@"P10D" / @"P4D""#, "2.5"),
      (#"@"P10D" / @"P0D""#, "null"),
      (#"-@"P1Y""#, "-P1Y"), (#"@"P1D" + @"P1Y""#, "null"), (#"@"999999999-12-31" + @"P1D""#, "null"),
      (#"@"P99999999999999999Y" * 1000000000"#, "null"), (#"@"2021-01-01" + 1"#, "null"),
    ])
  func arithmetic(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "properties",
    arguments: [
      (#"@"2018-12-10".weekday"#, "1"), (#"@"2018-12-10T10:30:01+05:00".time offset"#, "PT5H"),
      (#"@"10:30:00".time offset"#, "null"),
      (#"@"2024-07-01T10:30:00@Europe/Paris".time offset"#, "PT2H"), (#"@"10:30:00@Etc/UTC".timezone"#, #""Etc/UTC""#),
      (#"@"P1Y2M".months"#, "2"), (#"@"P1Y".days"#, "null"), (#"@"-P1DT2H".hours"#, "-2"),
      (#"@"PT2.5S".seconds"#, "2.5"),
      ("[1..5).end included", "false"), ("(>10).start", "10"), ("(>10).end", "null"),
    ])
  func properties(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test func thePresentComesFromTheCaller() throws {
    let now = try #require(DateTime("2026-03-01T08:00:00+08:00"))
    let evaluation = try Expression(parsing: "[now(), today()]").evaluate(in: Bindings(), options: .init(now: now))
    #expect(evaluation.value.feelDescription == "[2026-03-01T08:00:00+08:00, 2026-03-01]")
  }
}
