import Testing

@testable import Spreadsheet

@Suite("Numbers keep their decimal text")
struct DecimalTextTests {
  @Test(
    "a number is shown with fifteen significant digits and no exponent",
    arguments: [
      ("0", "0"), ("-0", "0"), ("0.0", "0"), ("12", "12"), ("-12.5", "-12.5"), ("+7", "7"), ("007", "7"),
      ("1.50", "1.5"), (".5", "0.5"), ("5.", "5"), ("0.1", "0.1"), ("0.30000000000000004", "0.3"),
      ("1234567.89", "1234567.89"), ("1234567.8899999999", "1234567.89"), ("4.35", "4.35"),
      ("4.3499999999999996", "4.35"), ("1.1000000000000001", "1.1"), ("2.6749999999999998", "2.675"),
      ("9.9999999999999995", "10"), ("999999999999999.9", "1000000000000000"),
      ("1.2345678901234568E+17", "123456789012346000"), ("1E3", "1000"), ("1e-3", "0.001"),
      ("1.25E-3", "0.00125"), ("-4.9406564584124654E-324", nil), ("1E400", nil),
      ("1E308", "1" + String(repeating: "0", count: 308)),
      ("123456789012345", "123456789012345"), ("1234567890123456", "1234567890123460"),
      ("0.000123456789012345678", "0.000123456789012346"), ("100", "100"),
      ("1000000000000000000", "1000000000000000000"),
      ("", nil), (".", nil), ("-", nil), ("1.2.3", nil), ("1e", nil), ("1e+", nil), ("1e1e1", nil), ("0x10", nil),
      ("NaN", nil), ("INF", nil), ("1,5", nil), ("1E9999999999", nil), ("1e--5", nil), ("1e5 ", nil),
    ] as [(String, String?)])
  func shown(text: String, expected: String?) {
    let result = Array(text.utf8).withUnsafeBufferPointer(DecimalText.shown)
    #expect(result == expected)
  }

  @Test(
    "what a spreadsheet cannot hold to the last digit is known",
    arguments: [
      ("1", true), ("-0.5", true), ("123456789012345", true), ("1234567890123456", false),
      ("123456789012345000", true), ("0.1234567890123456", false), ("110101199003071234", false), ("abc", false),
      ("", false), ("00000000000000000001", true),
    ])
  func exact(text: String, expected: Bool) { #expect(DecimalText.isExact(text) == expected) }

  @Test("every number of at most fifteen digits is what its nearest double shows")
  func doubles() {
    var random = SeededGenerator(seed: 15)
    for _ in 0..<20_000 {
      let digits = Int.random(in: 1...999_999_999_999_999, using: &random)
      let text = "\(digits)e\(Int.random(in: -20...10, using: &random))"
      guard let double = Double(text) else { continue }
      let expected = DecimalText(text.utf8)?.text
      // Seventeen digits are what spreadsheets write.
      let written = Array("\(double)".utf8)
      #expect(written.withUnsafeBufferPointer(DecimalText.shown) == expected)
    }
  }

  @Test func lostDigitsAreSuspected() {
    #expect(SheetNumber("110101199003071000").mayLackDigits)
    #expect(!SheetNumber("123456789012345").mayLackDigits)
    #expect(!SheetNumber("-12345678901234.5").mayLackDigits)
  }
}

/// SplitMix64: the same numbers on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
