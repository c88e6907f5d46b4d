public import Diagnostics
public import Policy
import Spreadsheet

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
  private let source: SheetRow

  init(_ source: SheetRow, cells: [RawTable.Cell]) {
    (number, isHidden) = (source.number, source.isHidden)
    self.source = source
    self.cells = cells
  }

  /// All cells of the row as the table shows them, whether they are read or not.
  public var given: [String] { source.shownTexts }
}

extension SheetRow {
  var shownTexts: [String] { cells(width: width).map(\.shownText) }
}
