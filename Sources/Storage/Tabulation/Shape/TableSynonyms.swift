/// Words that once were found to mean a field, by record type.
public struct TableSynonyms: Codable, Hashable, Sendable {
  /// By id of the record type, then by word; the value is the id of a field.
  public private(set) var records: [String: [String: String]] = [:]

  public init() {}

  /// - Parameter label: as it stands in a header, with a line for each row.
  public mutating func remember(_ label: String, as field: String, of record: String) {
    let labels = label.split(separator: "\n").map { HeaderLabel(String($0)) }
    let word = HeaderPath(labels).word
    if !word.isEmpty { records[record, default: [:]][word] = field }
  }

  /// The id of the field that a word means.
  func field(_ word: String, of record: String) -> String? { records[record]?[word] }
}
