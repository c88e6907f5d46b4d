import Diagnostics

/// Hears nothing of a sheet but its merged ranges.
final class MergedListener: PartListener {
  private(set) var ranges: [CellRange] = []
  private let place: SourcePlace
  private let sheet: String
  private let limits: SpreadsheetLimits

  init(path: String, sheet: String, limits: SpreadsheetLimits) {
    place = SourcePlace(file: path)
    self.sheet = sheet
    self.limits = limits
  }

  func begin(_ element: PartElement) throws(Diagnostic) -> Bool {
    guard element.isNamed("mergeCell") else { return element.isNamed("worksheet") || element.isNamed("mergeCells") }
    guard let text = element.value("ref") else { return false }
    guard let range = CellRange(text) else {
      let reference = String(decoding: text, as: UTF8.self)
      throw Diagnostic("spreadsheet.reference", at: place, ["sheet": sheet, "reference": reference])
    }
    guard ranges.count < limits.mergedRanges else {
      throw Diagnostic("spreadsheet.merged", at: place, ["sheet": sheet, "limit": String(limits.mergedRanges)])
    }
    ranges.append(range)
    return false
  }

  func end() throws(Diagnostic) {}
}
