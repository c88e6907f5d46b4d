/// How a sheet holds a table of records: where its header is, and what stands in each column. Kept as JSON, it reads
/// the next table from the same hand.
public struct TableShape: Codable, Hashable, Sendable {
  /// Id of the record type.
  public var record: String
  /// Empty for a text file.
  public var sheet: String
  /// Nil for a workbook.
  public var separator: Separator?
  /// Of the file that the shape was found in; the next may be in another.
  public var encoding: String?
  public var firstHeaderRow: Int
  public var lastHeaderRow: Int
  public var firstDataRow: Int
  /// By rising number; those that hold nothing are left out.
  public var columns: [Column]
  /// What the lines above the header say of the whole table.
  public var title: Title?

  /// The years and units that hold for a whole table. Where they change, the same header means something else.
  public struct Title: Codable, Hashable, Sendable {
    /// By rising number.
    public var years: [Int]
    /// In the order of their names; those that no dictionary knows among them.
    public var units: [String]
  }

  public struct Column: Codable, Hashable, Sendable {
    /// Counted from 1.
    public var number: Int
    /// What the header says, a line for each of its rows.
    public var label: String
    /// Id of the field; nil when the column is not read.
    public var field: String?
    public var year: Int?
    /// Nil for what has no unit.
    public var unit: String?
    public var match: Match?
    /// From 0 to 100 for a near match.
    public var nearness: Int?
    /// Whether the year is only a guess by the title.
    public var isYearAssumed: Bool?
    /// Why it is not read.
    public var ignored: Ignored?
  }

  /// Why a column is not read. The words are `tabulation.left.…`.
  public enum Ignored: String, Codable, Sendable { case serial, unknown, nameless, declined }

  /// Whether nothing waits for a confirmation.
  public var isConfirmed: Bool { columns.allSatisfy { $0.match != .near && $0.isYearAssumed != true } }
}

// MARK: - What a person decides

extension TableShape {
  /// Accepts what is proposed for a column.
  public mutating func confirm(column number: Int) {
    change(number) { column in
      if column.match == .near { column.match = .confirmed }
      column.nearness = nil
      column.isYearAssumed = nil
    }
  }

  /// Reads a column as a field, whatever its heading.
  public mutating func assign(_ field: String, year: Int? = nil, unit: String? = nil, toColumn number: Int) {
    change(number) { column in
      column = Column(number: number, label: column.label, field: field, year: year, unit: unit, match: .confirmed)
    }
  }

  /// Leaves a column out.
  public mutating func decline(column number: Int) {
    change(number) { $0 = Column(number: number, label: $0.label, ignored: .declined) }
  }

  private mutating func change(_ number: Int, _ body: (inout Column) -> Void) {
    guard let index = columns.firstIndex(where: { $0.number == number }) else { return }
    body(&columns[index])
  }

  /// What was confirmed, to be remembered for other tables.
  public func addSynonyms(to synonyms: inout TableSynonyms) {
    for column in columns where column.match == .confirmed {
      if let field = column.field { synonyms.remember(column.label, as: field, of: record) }
    }
  }
}
