/// The candidate nearest to a mistyped word, for "did you mean …?".
/// - Returns: nil when nothing is within a third of the word's length (at least one edit).
public func nearWord(to word: String, among candidates: some Sequence<String>) -> String? {
  let length = word.count
  let limit = max(1, length / 3)
  let best = candidates.lazy.filter { abs($0.count - length) <= limit }.map { ($0, editDistance(word, $0)) }.min {
    ($0.1, $0.0) < ($1.1, $1.0)
  }
  guard let best, best.1 <= limit, best.1 > 0 else { return nil }
  return best.0
}

/// Levenshtein distance, counted in characters.
package func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a.prefix(200)), b = Array(b.prefix(200))
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
