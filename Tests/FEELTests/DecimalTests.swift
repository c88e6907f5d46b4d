import TestKit
import Testing

@testable import FEEL

struct DecimalTests {
  private func decimal(_ text: String) throws -> Decimal128 { try #require(Decimal128(text)) }

  @Test(
    "text becomes a number, and the number is written plainly",
    arguments: [
      ("0", "0"), ("-0", "0"), ("1.0", "1"), ("1.50", "1.5"), (".5", "0.5"), ("1E+3", "1000"), ("1e-7", "0.0000001"),
      ("-12.340", "-12.34"), ("00012", "12"),
      ("9999999999999999999999999999999999", "9999999999999999999999999999999999"),
      ("0.1234567890123456789012345678901234", "0.1234567890123456789012345678901234"),
      ("12345678901234567890123456789012345", "12345678901234567890123456789012340"),
      ("1E-6176", "0." + String(repeating: "0", count: 6175) + "1"),
    ])
  func reading(text: String, written: String) throws { #expect(try decimal(text).description == written) }

  @Test(
    "other text is no number",
    arguments: [
      "", "-", ".", "1.", "+1", "1,000", " 1", "1 ", "1e", "1e+", "--1", "Infinity", "NaN", "0x10", "1_000", "１",
      "1E7000",
      "1E999999999999",
    ])
  func refusing(text: String) { #expect(Decimal128(text) == nil) }

  @Test("equal numbers are equal however they are written, and hash alike")
  func equality() throws {
    let same = try ["1", "1.0", "1.00", "100E-2", "0.01E2"].map(decimal)
    #expect(Set(same).count == 1)
    #expect(try decimal("0") == decimal("-0.00"))
    #expect(try Set([decimal("0"), decimal("-0.00"), decimal("0E5")]).count == 1)
    #expect(try decimal("1") != decimal("1.000000000000000000000000000000001"))
  }

  @Test(
    "order",
    arguments: [
      ("1", "2"), ("-2", "-1"), ("-1", "1"), ("0.1", "0.11"), ("-0.11", "-0.1"), ("9.99", "10"), ("1E-30", "1"),
      ("18446744073709551615", "18446744073709551616"), ("-1", "0"),
    ])
  func order(lesser: String, greater: String) throws {
    let (a, b) = try (decimal(lesser), decimal(greater))
    #expect(a < b && !(b < a) && a != b)
    #expect(a.compare(b) == .before && b.compare(a) == .after && a.compare(a) == .same)
  }

  @Test(
    "sums, differences and products are exact within 34 digits",
    arguments: [
      ("0.1", "0.2", "0.3", "-0.1", "0.02"),
      ("1", "-1", "0", "2", "-1"),
      ("-5", "-7", "-12", "2", "35"),
      ("18446744073709551615", "1", "18446744073709551616", "18446744073709551614", "18446744073709551615"),
      ("4294967296", "4294967296", "8589934592", "0", "18446744073709551616"),
      ("1.005", "100", "101.005", "-98.995", "100.5"),
      ("0", "-3", "-3", "3", "0"),
    ])
  func arithmetic(a: String, b: String, sum: String, difference: String, product: String) throws {
    let (x, y) = try (decimal(a), decimal(b))
    #expect((x + y)?.description == sum)
    #expect((y + x)?.description == sum)
    #expect((x - y)?.description == difference)
    #expect((x * y)?.description == product)
  }

  @Test("the short way and the library give the same answers")
  func fastPaths() throws {
    var generator = SeededRandom(seed: 7)
    for _ in 0..<2_000 {
      let (a, b) = (generator.amount(), generator.amount())
      let expected = a.value + b.value
      #expect((a.decimal + b.decimal)?.scaled(by: 4) == expected)
      #expect((a.decimal - b.decimal)?.scaled(by: 4) == a.value - b.value)
      #expect((a.decimal * b.decimal)?.scaled(by: 8) == a.value * b.value)
      #expect((a.decimal < b.decimal) == (a.value < b.value))
      #expect((a.decimal == b.decimal) == (a.value == b.value))
    }
  }

  @Test("division rounds half-even to 34 digits; by zero there is none")
  func division() throws {
    #expect(Decimal128(1).divided(by: 3)?.description == "0.3333333333333333333333333333333333")
    #expect(Decimal128(2).divided(by: 3)?.description == "0.6666666666666666666666666666666667")
    #expect(Decimal128(1).divided(by: 0) == nil)
    #expect(Decimal128(0).divided(by: 0) == nil)
    #expect(try decimal("9E6144") * decimal("10") == nil)
  }

  @Test(
    "rounding has a direction",
    arguments: [
      ("2.5", 0, ["3", "2", "3", "2", "2", "3", "2"]),
      ("-2.5", 0, ["-3", "-2", "-3", "-2", "-2", "-2", "-3"]),
      ("3.5", 0, ["4", "3", "4", "3", "4", "4", "3"]),
      ("1.121", 2, ["1.13", "1.12", "1.12", "1.12", "1.12", "1.13", "1.12"]),
      ("-1.126", 2, ["-1.13", "-1.12", "-1.13", "-1.13", "-1.13", "-1.12", "-1.13"]),
      ("1250", -2, ["1300", "1200", "1300", "1200", "1200", "1300", "1200"]),
      ("7", 3, ["7", "7", "7", "7", "7", "7", "7"]),
      ("0.4", 0, ["1", "0", "0", "0", "0", "1", "0"]),
    ])
  func rounding(number: String, scale: Int, expected: [String]) throws {
    let modes: [Rounding] = [.up, .down, .halfUp, .halfDown, .halfEven, .ceiling, .floor]
    let rounded = try modes.map { try decimal(number).rounded(toScale: scale, $0)?.description }
    #expect(rounded == expected)
  }

  @Test("a scale beyond decimal128 has no answer")
  func scales() {
    #expect(Decimal128(1).rounded(toScale: 6_177, .floor) == nil)
    #expect(Decimal128(1).rounded(toScale: -6_112, .floor) == nil)
    #expect(Decimal128(1).rounded(toScale: 6_176, .floor) == 1)
    #expect(Decimal128(15).rounded(toScale: -6_111, .halfUp) == 0)
  }

  @Test(
    "powers, roots and logarithms",
    arguments: [
      ("2", "10", "1024"), ("5", "-2", "0.04"), ("-2", "3", "-8"), ("4", "0.5", "2"), ("1.05", "3", "1.157625"),
      ("0", "0", "1"), ("10", "-34", "0." + String(repeating: "0", count: 33) + "1"),
    ])
  func powers(base: String, exponent: String, expected: String) throws {
    #expect(try decimal(base).power(decimal(exponent))?.description == expected)
  }

  @Test func whatIsNotRealHasNoAnswer() throws {
    #expect(try decimal("-8").power(decimal("0.5")) == nil)
    #expect(Decimal128(0).power(-1) == nil)
    #expect(Decimal128(-1).squareRoot == nil)
    #expect(Decimal128(0).naturalLogarithm == nil)
    #expect(Decimal128(100_000).exponential == nil)
    #expect(Decimal128(10).power(1_000_000) == nil)
    #expect(Decimal128(1).exponential?.description.hasPrefix("2.718281828459045235360287471352662") == true)
  }

  @Test(
    "modulo takes the sign of the divisor",
    arguments: [
      ("12", "5", "2"), ("-12", "5", "3"), ("12", "-5", "-3"), ("-12", "-5", "-2"), ("10.1", "4.5", "1.1"),
      ("-10.1", "4.5", "3.4"), ("1E30", "7", "1"),
    ])
  func modulo(dividend: String, divisor: String, expected: String) throws {
    #expect(try decimal(dividend).modulo(decimal(divisor))?.description == expected)
  }

  @Test func wholeNumbers() throws {
    #expect(try decimal("12.00").integer == 12)
    #expect(try decimal("12.01").integer == nil)
    #expect(try decimal("-9223372036854775808").integer == Int.min)
    #expect(try decimal("9223372036854775808").integer == nil)
    #expect(try decimal("1E40").integer == nil)
    #expect(try decimal("1E40").isInteger)
    #expect(Decimal128(Int.min).description == "-9223372036854775808")
    #expect(try decimal("12.34").scaled(by: 2) == 1234)
    #expect(try decimal("12.345").scaled(by: 2) == nil)
    #expect(try decimal("1E30").scaled(by: 9) == nil)
  }
}

extension SeededRandom {
  /// An amount with four places.
  fileprivate mutating func amount() -> (decimal: Decimal128, value: Int128) {
    let size = next() % 5
    let magnitude = Int128(next() >> (8 + size * 10))
    let scaled = next() & 1 == 0 ? magnitude : -magnitude
    let places = Int128(next() % 5)
    let coarse = scaled / [1, 10, 100, 1_000, 10_000][Int(places)]
    let value = coarse * [1, 10, 100, 1_000, 10_000][Int(places)]
    return (Decimal128(coarse, exponent: Int(places) - 4) ?? .zero, value)
  }
}
