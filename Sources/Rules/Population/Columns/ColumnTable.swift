/// All records of one type.
public struct ColumnTable: Sendable {
  /// A field, and for one kept per fiscal year the year.
  public struct Key: Hashable, Sendable {
    public var field: String
    public var year: Int?

    public init(_ field: String, year: Int? = nil) {
      self.field = field
      self.year = year
    }
  }

  public let type: String
  public let keys: TextList
  public let columns: [Key: Column]
  /// For each reference field, the rows of this table by the row they lead to.
  package let children: [String: Segments]

  public var count: Int { keys.count }

  /// - Parameter parents: how many rows the tables have that references lead to, by type.
  public init(type: String, keys: [String], columns: [Key: Column], parents: [String: Int]) {
    self.init(type: type, keys: TextList(keys), columns: columns, parents: parents)
  }

  public init(type: String, keys: TextList, columns: [Key: Column], parents: [String: Int]) {
    var children: [String: Segments] = [:]
    for (key, column) in columns {
      guard case .reference(let table) = column.kind else { continue }
      children[key.field] = Segments(of: column, into: parents[table] ?? 0)
    }
    self.init(type: type, keys: keys, columns: columns, children: children)
  }

  package init(type: String, keys: TextList, columns: [Key: Column], children: [String: Segments]) {
    self.type = type
    self.keys = keys
    self.columns = columns
    self.children = children
  }
}

/// Everything that is known of a population, by record type. A type without a table: nothing is known of such records.
public struct Population: Sendable {
  public let tables: [String: ColumnTable]
  /// By record type, the fields whose values no column can hold exactly: decisions that read them are interpreted.
  public let unsuitable: [String: Set<String>]

  public init(tables: [String: ColumnTable], unsuitable: [String: Set<String>] = [:]) {
    self.tables = tables
    self.unsuitable = unsuitable
  }
}
