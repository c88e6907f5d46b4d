/// How near two words are, from 0 to 100: 100 for the same, 0 for words without a character in common.
enum Nearness {
  /// From here on a field is proposed for a heading.
  static let proposed = 60
  /// From here on a field is mentioned.
  static let mentioned = 34
  private static let longest = 60

  static func percent(_ a: String, _ b: String) -> Int {
    let a = Array(a.prefix(longest)), b = Array(b.prefix(longest))
    let (shorter, longer) = a.count < b.count ? (a, b) : (b, a)
    guard !shorter.isEmpty else { return 0 }
    let apart = 100 - 100 * distance(a, b) / longer.count
    // A word within the other weighs more than its share of characters.
    let within = shorter.count > 1 && String(longer).contains(String(shorter))
    return within ? max(apart, 50 + 50 * shorter.count / longer.count) : apart
  }

  /// Levenshtein distance.
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let next = min(row[j + 1] + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = next
      }
    }
    return row[b.count]
  }
}
