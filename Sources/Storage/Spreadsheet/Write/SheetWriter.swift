import CXLSXWriter
import Diagnostics

/// Writes the rows of one sheet. Cells of a row that is done are in the library's file, not in memory.
struct SheetWriter {
  let plan: SheetPlan
  private let path: String
  private let sheet: UnsafeMutablePointer<lxw_worksheet>
  private let formats: CellFormats
  private var nextRow = 0
  private var widths: [Int]
  /// What the file must hold in the end.
  private(set) var count = SheetCount()
  /// Why a row could not be written: then the sheet is not whole.
  private var problem: Diagnostic?

  private static let longestText = 32_767
  private static let widthRange = 8...TextWidth.limit

  init(
    _ plan: SheetPlan, sheet: UnsafeMutablePointer<lxw_worksheet>, formats: CellFormats, path: String
  ) {
    self.plan = plan
    self.sheet = sheet
    self.formats = formats
    self.path = path
    widths = plan.columns.map { $0.kind == .date ? 10 : 0 }
  }

  mutating func writeHeadings() throws(Diagnostic) {
    try write(plan.columns.map { .text($0.heading) }, format: formats.heading)
    setColumns()
    worksheet_freeze_panes(sheet, 1, 0)
    // Codes of digits are meant to be text; no green corner is to mark each of them.
    worksheet_ignore_errors(sheet, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), "A1:XFD1048576")
    for (column, note) in plan.columns.map(\.note).enumerated() {
      if let note { write(note, at: column) }
    }
  }

  mutating func write(
    _ values: [SheetCell.Value], format: CellFormats.Format? = nil
  ) throws(Diagnostic) {
    do {
      try writeCells(values, format)
    } catch {
      problem = error
      throw error
    }
  }

  private mutating func writeCells(_ values: [SheetCell.Value], _ format: CellFormats.Format?) throws(Diagnostic) {
    guard nextRow < CellReference.lastRow, values.count <= CellReference.lastColumn else {
      throw refusal("spreadsheet.write.size", column: values.count)
    }
    var cells = 0
    for (column, value) in values.enumerated() where value != .empty && value != .text("") {
      let own = format ?? (plan.columns.indices.contains(column) ? formats[plan.columns[column].kind] : nil)
      try write(value, at: column, own)
      cells += 1
    }
    nextRow += 1
    count.cells += cells
    if cells > 0 { count.rows += 1 }
    if nextRow.isMultiple(of: 1024) { try checkDisk() }
  }

  /// Gives the columns their widths, now that all texts are known.
  mutating func finish() throws(Diagnostic) {
    if let problem { throw problem }
    setColumns()
    try checkDisk()
  }

  /// The library does not notice when its file of rows cannot grow.
  private func checkDisk() throws(Diagnostic) {
    guard let file = sheet.pointee.optimize_tmpfile else { return }
    guard fflush(file) == 0, ferror(file) == 0 else {
      throw Diagnostic("store.file.unwritable", at: SourcePlace(file: path))
    }
  }

  private func setColumns() {
    for (column, plan) in plan.columns.enumerated() {
      let fitting = max(widths[column], TextWidth.of(plan.heading)) + 2
      let width = plan.width ?? min(max(fitting, Self.widthRange.lowerBound), Self.widthRange.upperBound)
      worksheet_set_column(sheet, UInt16(column), UInt16(column), Double(width), formats[plan.kind])
    }
  }

  private func refusal(_ code: String, column: Int) -> Diagnostic {
    let place = SourcePlace(file: path, line: nextRow + 1, column: column + 1)
    let cell = CellReference(row: nextRow + 1, column: column + 1).description
    return Diagnostic(code, at: place, ["sheet": plan.name, "cell": cell])
  }
}

// MARK: - Cells

extension SheetWriter {
  private mutating func write(
    _ value: SheetCell.Value, at column: Int, _ format: CellFormats.Format?
  ) throws(Diagnostic) {
    let row = UInt32(nextRow), place = UInt16(column)
    switch value {
    case .empty: break
    case .text(let text), .error(let text): try write(text, at: column, format)
    case .truth(let truth): worksheet_write_boolean(sheet, row, place, truth ? 1 : 0, format)
    case .number(let number): try write(number, at: column, format)
    case .date(let date): try write(date, at: column, format)
    case .time(let time): worksheet_write_number(sheet, row, place, Self.share(time), formats.time)
    }
  }

  /// Always as a text: “=1+1” is no formula.
  private mutating func write(_ text: String, at column: Int, _ format: CellFormats.Format?) throws(Diagnostic) {
    let written = EscapedText.encoded(text)
    guard text.utf16.count <= Self.longestText,
      worksheet_write_string(sheet, UInt32(nextRow), UInt16(column), written, format) == LXW_NO_ERROR
    else { throw refusal("spreadsheet.write.text", column: column) }
    if widths.indices.contains(column) { widths[column] = max(widths[column], TextWidth.of(text)) }
  }

  /// A number that a spreadsheet cannot hold to the last digit is written as text.
  private mutating func write(
    _ number: SheetNumber, at column: Int, _ format: CellFormats.Format?
  ) throws(Diagnostic) {
    guard DecimalText.isExact(number.text), let value = Double(number.text) else {
      return try write(number.text, at: column, formats.text)
    }
    let own = formats[number.format] ?? format
    worksheet_write_number(sheet, UInt32(nextRow), UInt16(column), value, own)
    if widths.indices.contains(column) { widths[column] = max(widths[column], number.text.utf8.count) }
  }

  /// Spreadsheets know no days before 1900; those are written as text.
  private mutating func write(
    _ date: SheetDate, at column: Int, _ format: CellFormats.Format?
  ) throws(Diagnostic) {
    guard let day = SerialDay.number(of: date) else { return try write(date.description, at: column, formats.text) }
    let value = Double(day) + (date.time.map(Self.share) ?? 0)
    let own = date.time == nil ? formats.date : formats.dateAndTime
    worksheet_write_number(sheet, UInt32(nextRow), UInt16(column), value, own)
    if widths.indices.contains(column) { widths[column] = max(widths[column], date.time == nil ? 10 : 19) }
  }

  private static func share(_ time: SheetTime) -> Double { Double(time.milliseconds) / 86_400_000 }

  private func write(_ note: String, at column: Int) {
    let text = EscapedText.encoded(String(note.prefix(Self.longestText / 2)))
    let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
    let height = lines.reduce(0) { $0 + 1 + $1.unicodeScalars.count / 20 }
    var options = lxw_comment_options()
    options.width = 260
    options.height = UInt16(min(600, 24 + 18 * height))
    worksheet_write_comment_opt(sheet, 0, UInt16(column), text, &options)
  }
}
