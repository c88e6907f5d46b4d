public import Diagnostics
public import FEEL

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
  public private(set) var rows: [FactRow] = []
  private var byKey: [String: Int] = [:]
  private var byReference: [String: [String: [Int]]] = [:]

  public init() {}

  public subscript(key: String) -> FactRow? { byKey[key].map { rows[$0] } }

  /// The rows whose reference field holds that key, in the order given.
  public func rows(where field: String, refersTo key: String) -> [FactRow] {
    (byReference[field]?[key] ?? []).map { rows[$0] }
  }

  /// Adds a row; a row of the same key gets the cells that are given and keeps the others.
  public mutating func merge(_ row: FactRow) {
    if let position = byKey[row.key] {
      unindex(position)
      rows[position].cells.merge(row.cells) { $1 }
      rows[position].place = row.place
      index(position)
    } else {
      byKey[row.key] = rows.count
      rows.append(row)
      index(rows.count - 1)
    }
  }

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

/// One record. Fields without a cell are unknown.
public struct FactRow: Sendable {
  public enum Cell: Sendable {
    /// Known to be none (`无`).
    case none
    case value(Value)
    /// The key of the record it leads to.
    case reference(String)
    /// Values by fiscal year; nil is a known none.
    case annual([Int: Value?])
  }

  public var key: String
  public var cells: [String: Cell]
  public var place: SourcePlace

  public init(key: String, cells: [String: Cell], place: SourcePlace) {
    self.key = key
    self.cells = cells
    self.place = place
  }
}
