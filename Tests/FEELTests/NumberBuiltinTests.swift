import Testing

struct NumberBuiltinTests {
  @Test(
    "numbers",
    arguments: [
      ("decimal(1/3, 2)", "0.33"), ("decimal(1/3, 2.5)", "0.33"), ("decimal(2.5, 0)", "2"),
      ("decimal(0.515, 2)", "0.52"),
      ("decimal(n: 15/7, scale: 3)", "2.143"), ("decimal(1)", "null"), ("decimal(1250, -2)", "1200"),
      ("floor(1.5)", "1"), ("floor(-1.56, 1)", "-1.6"), ("floor(1.56, null)", "null"), (#"floor("1.5")"#, "null"),
      ("ceiling(-1.5)", "-1"), ("ceiling(n: 1.56, scale: 1)", "1.6"), ("ceiling(n: 1.5, scal: 1)", "null"),
      ("round up(-5.5, 0)", "-6"), ("round down(-5.5, 0)", "-5"), ("round half up(-2.5, 0)", "-3"),
      ("round half down(2.5, 0)", "2"), ("round half down(2.51, 0)", "3"), ("round up(5.5, 6177)", "null"),
      ("abs(-5)", "5"), (#"abs(n: @"-P1D")"#, "P1D"), (#"abs(@"-P1Y2M")"#, "P1Y2M"), (#"abs("1")"#, "null"),
      ("modulo(-12, 5)", "3"), ("modulo(10, 0)", "null"), ("modulo(dividend: 10, divisor: 4)", "2"),
      ("sqrt(16)", "4"), ("sqrt(-1)", "null"), ("sqrt([4])", "2"), ("log(1)", "0"), ("log(0)", "null"), ("exp(0)", "1"),
      ("odd(5)", "true"), ("odd(-1)", "true"), ("odd(2)", "false"), ("even(0)", "true"), ("even(2.5)", "false"),
      ("odd(2.5)", "false"), ("sqrt()", "null"), ("sqrt(n: 4)", "null"),
    ])
  func numbers(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "conversions",
    arguments: [
      (#"number("1 000,0", " ", ",")"#, "1000"), (#"number("1,000.5", ",", ".")"#, "1000.5"),
      (#"number("1.000,5", ".", ",")"#, "1000.5"), (#"number("1.5")"#, "1.5"), (#"number("1.5", null, null)"#, "1.5"),
      (#"number("1,5", null, ",")"#, "1.5"), (#"number("1.5", ".", ".")"#, "null"),
      (#"number("1.5", "x", ".")"#, "null"),
      (#"number("abc")"#, "null"), (#"number("")"#, "null"), (#"number("-12.50")"#, "-12.5"),
      (#"number(from: "1,000.00", decimal separator: ".", grouping separator: ",")"#, "1000"), ("number(null)", "null"),
      ("string(1.10)", #""1.1""#), ("string(null)", "null"), (#"string("a")"#, #""a""#), ("string(true)", #""true""#),
      (#"string([1, "a", null, [true]])"#, #""[1, "a", null, [true]]""#),
      (#"string({a: 1, "b c": "x"})"#, #""{a: 1, b c: "x"}""#),
      (#"string({"{": 1})"#, #""{"{": 1}""#), ("string([1..5))", #""[1..5)""#), (#"string(@"P1Y2M")"#, #""P1Y2M""#),
      ("string(10 ** 3)", #""1000""#), ("string(0.000001)", #""0.000001""#), ("string(-0)", #""0""#),
      (#"string(@"2024-01-01T10:00:00@Asia/Shanghai")"#, #""2024-01-01T10:00:00@Asia/Shanghai""#),
      ("not(true)", "false"), ("not(null)", "null"), ("not(0)", "null"), ("is(1, 1.0)", "true"),
      (#"is(1, "1")"#, "false"),
      (#"is(@"23:00:50Z", @"23:00:50+00:00")"#, "true"), (#"is(@"20:00:50+00:00", @"21:00:50+01:00")"#, "false"),
      ("is(null, null)", "true"), ("is(value1: 1)", "false"), (#"is(@"P0Y", @"P0D")"#, "false"),
    ])
  func conversions(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "a call that does not fit says why",
    arguments: [
      ("sqrt()", "feel.builtin.arity"), ("sqrt(n: 4)", "feel.builtin.names"), (#"sqrt("4")"#, "feel.builtin.type"),
      ("sqrt(-1)", "feel.builtin.noAnswer"), (#"sum([1, "2"])"#, "feel.builtin.item"),
    ])
  func causes(feel: String, code: String) throws { #expect(try warnings(of: feel) == [code]) }

  @Test func aNullArgumentIsNoCauseOfItsOwn() throws { #expect(try warnings(of: "sqrt(null)").isEmpty) }
}
