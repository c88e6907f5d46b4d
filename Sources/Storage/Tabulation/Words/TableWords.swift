/// The words of tables as people make them. One table: Resources/words.txt.
struct TableWords: Sendable {
  enum Group: String, CaseIterable {
    case creditCode = "credit-code", display, serial, group
    case unit, day, remark, signature, total
    case yearSuffix = "year-suffix", thisYear = "this-year", lastYear = "last-year"
    case yearBeforeLast = "year-before-last"
    case yes, no, unknown
    case aboutBefore = "about-before", aboutBehind = "about-behind", currency, filler
    case dateSeparator = "date-separator", dateEnd = "date-end", error, letter
  }

  static let shared = TableWords(PackageResources.words_txt)

  private var sets: [Group: Set<String>] = [:]
  private var lists: [Group: [String]] = [:]
  private var firsts: [Group: String] = [:]

  private init(_ resource: [UInt8]) {
    for line in String(decoding: resource, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("# ") {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let group = Group(rawValue: String(parts[0])) else { continue }
      let words = parts[1].split(separator: "|").map { String($0).compact }
      sets[group] = Set(words)
      firsts[group] = words.first
      // The longest first, so that none hides a longer one.
      lists[group] = words.sorted { ($1.count, $0) < ($0.count, $1) }
    }
  }

  /// Whether a compact text is one of the words.
  func has(_ text: String, in group: Group) -> Bool { sets[group]?.contains(text) == true }

  /// The words of a group, the longest first.
  subscript(group: Group) -> [String] { lists[group] ?? [] }

  /// The word that stands for all of a group.
  func first(in group: Group) -> String { firsts[group] ?? "" }

  /// The longest word that a compact text begins with.
  func prefix(of text: some StringProtocol, in group: Group) -> String? { self[group].first { text.hasPrefix($0) } }

  /// The longest word that a compact text ends with.
  func suffix(of text: some StringProtocol, in group: Group) -> String? { self[group].first { text.hasSuffix($0) } }

}
