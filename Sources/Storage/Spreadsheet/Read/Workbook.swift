public import Diagnostics

/// Workbooks of modest size, read whole.
public enum Workbook {
  /// All sheets, hidden ones among them.
  /// - Throws: `store.file.…`, `spreadsheet.…`; the place is a row and column of the sheet that the message names.
  public static func read(
    path: String, limits: SpreadsheetLimits = .modest
  ) throws(Diagnostic) -> [Sheet] {
    let reader = try WorkbookReader(path: path, limits: limits)
    var room = Room(path: path, limits: limits)
    var sheets: [Sheet] = []
    for heading in reader.sheets {
      let source = try reader.rows(of: heading)
      var rows: [SheetRow] = []
      while let row = try source.next() {
        try room.take(row)
        rows.append(row)
      }
      sheets.append(
        Sheet(
          name: heading.name, visibility: heading.visibility, rows: rows, merged: source.merged,
          hiddenColumns: source.hiddenColumns))
    }
    return sheets
  }

  /// What is left of the limits.
  private struct Room {
    let path: String
    let limits: SpreadsheetLimits
    private var cells = 0, textBytes = 0

    init(path: String, limits: SpreadsheetLimits) {
      self.path = path
      self.limits = limits
    }

    mutating func take(_ row: SheetRow) throws(Diagnostic) {
      cells += row.entries.count
      for case .text(let text) in row.entries.lazy.map(\.cell.value) { textBytes += text.utf8.count }
      guard cells <= limits.cells, textBytes <= limits.textBytes else {
        throw Diagnostic("spreadsheet.cells", at: SourcePlace(file: path), ["limit": String(limits.cells)])
      }
    }
  }
}
