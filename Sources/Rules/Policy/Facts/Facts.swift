/// Records as given: what is known, what is known to be none, and by omission what is unknown (DESIGN §6.3).
public struct Facts: Sendable {
  public private(set) var tables: [String: FactTable] = [:]

  public init() {}

  /// nil: nothing is known about records of that type. An empty table: there are none.
  public subscript(type: String) -> FactTable? {
    get { tables[type] }
    set { tables[type] = newValue }
  }

  public func record(_ type: String, key: String) -> FactRow? { tables[type]?[key] }
}

/// All rows of one record type.
public struct FactTable: Sendable {
  public private(set) var rows = FactRows()
  private var byKey: [String: Int] = [:]
  private var byReference: [String: [String: [Int]]] = [:]

  public init() {}

  /// The records of a source, to which others may be merged.
  public init(_ source: any RecordSource) { rows = FactRows(source) }

  public subscript(key: String) -> FactRow? { position(of: key).map { rows[$0] } }

  /// The rows whose reference field holds that key, in the order given.
  public func rows(where field: String, refersTo key: String) -> [FactRow] {
    let own = (byReference[field]?[key] ?? []).map { rows[$0] }
    guard let source = rows.source else { return own }
    let kept = source.positions(where: field, refersTo: key).filter { !rows.isMerged($0) }
    return kept.map { FactRow(source, $0) } + own
  }

  /// The rows that were merged; all of them where there is no source.
  var merged: [FactRow] { rows.merged }

  /// Adds a row; a row of the same key gets the cells that are given and keeps the others.
  public mutating func merge(_ row: FactRow) {
    if let position = position(of: row.key) {
      unindex(position)
      rows.change(position) {
        $0.cells.merge(row.cells) { $1 }
        $0.place = row.place
      }
      index(position)
    } else {
      byKey[row.key] = rows.count
      rows.append(row)
      index(rows.count - 1)
    }
  }

  private func position(of key: String) -> Int? { byKey[key] ?? rows.source?.position(of: key) }

  private mutating func index(_ position: Int) {
    for (field, cell) in rows[position].cells {
      if case .reference(let key) = cell { byReference[field, default: [:]][key, default: []].append(position) }
    }
  }

  private mutating func unindex(_ position: Int) {
    for (field, cell) in rows[position].cells {
      if case .reference(let key) = cell { byReference[field]?[key]?.removeAll { $0 == position } }
    }
  }
}
