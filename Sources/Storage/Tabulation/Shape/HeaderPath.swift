import Policy

/// What stands over a column, from above.
struct HeaderPath {
  let labels: [HeaderLabel]
  /// Labels with a name, without those that only hold others together.
  private let names: [HeaderLabel]
  /// The names together, for comparing.
  let word: String
  let years: Set<Int>

  init(_ labels: [HeaderLabel]) {
    self.labels = labels
    let named = labels.filter { !$0.isPure }
    let own = named.filter { !TableWords.shared.has($0.name, in: .group) }
    names = own.isEmpty ? named.suffix(1) : own
    word = names.map(\.name).joined()
    years = labels.reduce(into: []) { $0.formUnion($1.years) }
  }

  /// What is left of a column when its header is read by the names of a record type.
  struct Reading {
    var finding: FieldIndex.Finding?
    /// Whether something that is no year and no unit stands below the name: then these rows are not all header.
    var hasLeftoverBelow = false
  }

  /// One line for each row.
  var text: String { labels.map(\.text.inOneLine).joined(separator: "\n") }
  /// For messages.
  var shown: String { labels.map(\.text.inOneLine).joined(separator: "/") }
  var yearsAgo: Int? { labels.lazy.compactMap(\.yearsAgo).first }
  /// The unit of a dimension, from the label itself or from one above.
  func unit(of dimension: String) -> Unit? { labels.last { $0.unit?.dimension == dimension }?.unit }
  /// What the lowest label says of the unit.
  var ownUnit: Unit? { labels.last?.unit }
  var unknownUnit: UnknownUnit? { labels.last { $0.unknownUnit != nil }?.unknownUnit }

  /// The years beside a field's name: digits in the name itself are no year.
  func years(beside field: Field) -> Set<Int> {
    labels.reduce(into: []) { years, label in
      if !label.isExactly(field) { return years.formUnion(label.years) }
      if let year = label.exactYear { years.insert(year) }
    }
  }

  func yearsAgo(beside field: Field) -> Int? {
    labels.lazy.filter { !$0.isExactly(field) }.compactMap(\.yearsAgo).first
  }

  /// A name under or over another that says more is only near.
  private static let partOfSeveral = 80

  func reading(by index: FieldIndex) -> Reading {
    let names = names
    if names.count > 1, let whole = index.sure(word) { return Reading(finding: whole) }
    for (depth, label) in names.enumerated().reversed() {
      guard var finding = Self.finding(label, index) else { continue }
      if names.count > 1 { (finding.match, finding.nearness) = (.near, Self.partOfSeveral) }
      return Reading(finding: finding, hasLeftoverBelow: depth < names.count - 1)
    }
    return Reading()
  }

  private static func finding(_ label: HeaderLabel, _ index: FieldIndex) -> FieldIndex.Finding? {
    if let exact = index.exact(label.text) ?? index.exact(label.exactName) { return exact }
    if let sure = index.sure(label.comparable) ?? index.sure(label.name) { return sure }
    return label.nameWithoutYearWord.flatMap { index.sure($0) }
  }

  /// Whether the column only numbers the rows.
  var isSerial: Bool { names.count == 1 && TableWords.shared.has(names[0].comparable, in: .serial) }
}
