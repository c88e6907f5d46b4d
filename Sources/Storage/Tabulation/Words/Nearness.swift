import Diagnostics

/// How near two words are, from 0 to 100: 100 for the same, 0 for words without a character in common.
enum Nearness {
  /// From here on a field is proposed for a heading.
  static let proposed = 60
  /// From here on a field is mentioned.
  static let mentioned = 34
  /// Longer texts are near to nothing.
  private static let longest = 60

  static func percent(_ a: String, _ b: String) -> Int {
    let (shorter, longer) = a.count < b.count ? (a, b) : (b, a)
    guard !shorter.isEmpty, longer.count <= longest else { return 0 }
    let apart = 100 - 100 * editDistance(a, b) / longer.count
    // A word within the other weighs more than its share of characters.
    let within = shorter.count > 1 && longer.contains(shorter)
    return within ? max(apart, 50 + 50 * shorter.count / longer.count) : apart
  }
}
