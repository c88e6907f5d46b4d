import FEEL

/// The plain spellings of cells; whatever is written otherwise is `FactReader`'s to understand.
enum PlainCell {
  /// `-12.50`: at most eighteen digits.
  @inline(__always)
  static func decimal(_ text: TextSlice) -> (digits: Int64, fraction: Int)? {
    let base = text.base, count = text.count
    var index = 0
    let isNegative = count > 0 && base[0] == UInt8(ascii: "-")
    if isNegative { index = 1 }
    guard count - index <= 19 else { return nil }
    let first = index
    var value: Int64 = 0
    while index < count, base[index] &- 48 < 10 {
      value = value &* 10 &+ Int64(base[index] &- 48)
      index += 1
    }
    var digits = index - first, fraction = 0
    guard digits > 0 else { return nil }
    if index < count {
      guard base[index] == UInt8(ascii: ".") else { return nil }
      index += 1
      let point = index
      while index < count, base[index] &- 48 < 10 {
        value = value &* 10 &+ Int64(base[index] &- 48)
        index += 1
      }
      fraction = index - point
      digits += fraction
      guard fraction > 0, index == count else { return nil }
    }
    guard digits <= 18 else { return nil }
    return (isNegative ? -value : value, fraction)
  }

  /// Yes and no in Chinese, and `true` and `false`.
  @inline(__always)
  static func truth(_ text: TextSlice) -> Bool? {
    switch sign(text) {
    case 0xE6_98AF: true
    case 0xE5_90A6: false
    default: text.isEqual(to: "true") ? true : text.isEqual(to: "false") ? false : nil
    }
  }

  /// The Chinese word for what is known to be none.
  @inline(__always)
  static func isNone(_ text: TextSlice) -> Bool { sign(text) == 0xE6_97A0 }

  /// The bytes of a text of three; zero for another.
  @inline(__always)
  private static func sign(_ text: TextSlice) -> UInt32 {
    guard text.count == 3 else { return 0 }
    return UInt32(text.base[0]) << 16 | UInt32(text.base[1]) << 8 | UInt32(text.base[2])
  }

  /// `2024-02-29`, years 1000 to 9999: days since 1970-01-01.
  static func date(_ text: TextSlice) -> Int64? {
    let base = text.base
    guard text.count == 10, base[4] == UInt8(ascii: "-"), base[7] == UInt8(ascii: "-") else { return nil }
    func number(_ first: Int, _ count: Int) -> Int? {
      var value = 0
      for index in first..<first + count {
        guard base[index] &- 48 < 10 else { return nil }
        value = value * 10 + Int(base[index] &- 48)
      }
      return value
    }
    guard let year = number(0, 4), year >= 1000, let month = number(5, 2), let day = number(8, 2) else { return nil }
    return CalendarDate(year: year, month: month, day: day).map { Int64($0.dayNumber) }
  }

  /// A 统一社会信用代码 with its check character (`UnifiedSocialCreditCode`).
  static func isCreditCode(_ text: TextSlice) -> Bool {
    guard text.count == 18 else { return false }
    var sum = 0, weight = 1
    for index in 0..<17 {
      let digit = creditDigits[Int(text.base[index])]
      guard digit < 31 else { return false }
      sum += Int(digit) * weight
      weight = weight * 3 % 31
    }
    let check = creditDigits[Int(text.base[17])]
    return check < 31 && Int(check) == (31 - sum % 31) % 31
  }

  private static let creditDigits: [UInt8] = {
    var digits = [UInt8](repeating: 255, count: 256)
    for (digit, sign) in "0123456789ABCDEFGHJKLMNPQRTUWXY".utf8.enumerated() { digits[Int(sign)] = UInt8(digit) }
    return digits
  }()
}
