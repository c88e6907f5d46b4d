public import Diagnostics
public import Policy

/// A row of a table under the canonical header.
public struct TableRow: Sendable {
  /// As the spreadsheet counts.
  public let number: Int
  /// Whether it is hidden, or filtered out.
  public let isHidden: Bool
  /// As many as the header has. A cell that cannot be read is as it stands in the table.
  public internal(set) var cells: [RawTable.Cell]
  /// When there are any the row is no record.
  public internal(set) var problems: [Diagnostic] = []
}
