import Diagnostics
import Foundation
import Spreadsheet

/// A cell as tests write it: `12`, `"text"`, `12%`, `1.5d`, `2024-02-29`, `true`, `!#N/A`; `=` before what a formula
/// gave.
func shown(_ cell: SheetCell) -> String { (cell.isCalculated ? "=" : "") + shown(cell.value) }

func shown(_ value: SheetCell.Value) -> String {
  switch value {
  case .empty: "-"
  case .text(let text): "\"\(text)\""
  case .number(let number):
    number.text + (number.format == .percent ? "%" : number.format == .elapsed ? "d" : "")
  case .date(let date): date.description
  case .time(let time): time.description
  case .truth(let truth): String(truth)
  case .error(let text): "!" + text
  }
}

/// A row as `3: A=1 C="x"`, with `hidden` before the cells of a hidden one.
func shown(_ row: SheetRow) -> String {
  let cells = row.entries.map { "\(CellReference.letters(ofColumn: $0.column))=\(shown($0.cell))" }
  return (["\(row.number):"] + (row.isHidden ? ["hidden"] : []) + cells).joined(separator: " ")
}

/// The rows of a workbook's first sheet, or the code of what is wrong with it.
func shownRows(_ path: String, _ limits: SpreadsheetLimits = SpreadsheetLimits()) -> [String] {
  do throws(Diagnostic) {
    return try Workbook.read(path: path, limits: limits)[0].rows.map(shown)
  } catch {
    return [error.code]
  }
}
