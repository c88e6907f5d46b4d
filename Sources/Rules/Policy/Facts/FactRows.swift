/// Rows in order: those of a source first, each made when it is looked at, then those that were added.
public struct FactRows: RandomAccessCollection, Sendable {
  let source: (any RecordSource)?
  private let sourceCount: Int
  private var added: [FactRow] = []
  /// Rows of the source that more is known of.
  private var changed: [Int: FactRow] = [:]

  public init() {
    source = nil
    sourceCount = 0
  }

  init(_ source: any RecordSource) {
    self.source = source
    sourceCount = source.count
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { sourceCount + added.count }

  public subscript(position: Int) -> FactRow {
    guard let source, position < sourceCount else { return added[position - sourceCount] }
    return changed[position] ?? FactRow(source, position)
  }

  /// What is known of one field, without the rest of the row.
  public func cell(_ field: String, at position: Int) -> FactRow.Cell? {
    guard let source, position < sourceCount else { return added[position - sourceCount][field] }
    if let row = changed[position] { return row[field] }
    return source.cell(field, at: position)
  }

  /// Whether a row of the source was changed.
  func isMerged(_ position: Int) -> Bool { changed[position] != nil }

  var merged: [FactRow] { changed.sorted { $0.key < $1.key }.map(\.value) + added }

  mutating func append(_ row: FactRow) { added.append(row) }

  mutating func change(_ position: Int, _ edit: (inout FactRow) -> Void) {
    guard position < sourceCount else { return edit(&added[position - sourceCount]) }
    var row = self[position]
    edit(&row)
    changed[position] = row
  }
}
