/// Digits with a separator before every three of them: `1,234,567.89`, `1 234`.
enum GroupedNumber {
  /// Without separators; nil when they stand elsewhere.
  static func plain(_ text: String) -> String? {
    let text = text.withoutOuterBlanks
    guard text.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") }) else { return text }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let groups = parts[0].split(omittingEmptySubsequences: false) { $0 == "," || $0 == " " }
    guard let first = groups.first, (1...3).contains(first.count), groups.dropFirst().allSatisfy({ $0.count == 3 }),
      parts.count == 1 || parts[1].isDigits, groups.allSatisfy(\.isDigits)
    else { return nil }
    return groups.joined() + (parts.count > 1 ? "." + parts[1] : "")
  }
}
