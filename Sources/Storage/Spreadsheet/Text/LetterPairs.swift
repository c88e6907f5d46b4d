/// Tells a short text of GB 2312 from the letters that its bytes would be in UTF-8.
///
/// Some pairs of Chinese characters in GB 2312 are two letters of two bytes each in UTF-8: Greek, Cyrillic, Arabic. A
/// file that holds nothing else beside ASCII, and only such letters as are Chinese characters too, two or more
/// together, is Chinese.
struct LetterPairs {
  private var lead: UInt8 = 0
  private var run = 0
  private var longestRun = 0
  private var hasOther = false

  /// A byte of ASCII went by.
  mutating func pass() {
    if lead != 0 { hasOther = true }
    (lead, run) = (0, 0)
  }

  mutating func take(_ byte: UInt8) {
    if byte < 0x80 { return pass() }
    if lead == 0 {
      if 0xC2...0xDF ~= byte { lead = byte } else { hasOther = true }
      return
    }
    if 0xA1...0xBF ~= byte { run += 1 } else { hasOther = true }
    longestRun = max(longestRun, run)
    lead = 0
  }

  var areChinese: Bool { !hasOther && longestRun >= 2 }
}
