public import Diagnostics

/// The rows of a sheet, one after another; the sheet is never held whole.
public final class SheetRows {
  private let parser: PartParser
  private let listener: SheetListener
  private var position = 0

  init(_ part: ZipPart, for listener: SheetListener) {
    self.listener = listener
    parser = PartParser(part, for: listener)
  }

  /// The next row that holds a cell; nil at the end.
  /// - Throws: `spreadsheet.…`; there is no reading on behind it.
  public func next() throws(Diagnostic) -> SheetRow? {
    while position == listener.sheet.rows.count {
      listener.sheet.rows.removeAll(keepingCapacity: true)
      position = 0
      if try !parser.advance(), listener.sheet.rows.isEmpty { return nil }
    }
    position += 1
    return listener.sheet.rows[position - 1]
  }

  /// Ranges shown as one cell. A sheet tells them behind its rows, so they are known at the end only.
  public var merged: [CellRange] { listener.sheet.merged }

  /// Known from the first row on.
  public var hiddenColumns: [ClosedRange<Int>] { listener.sheet.hiddenColumns }
}
