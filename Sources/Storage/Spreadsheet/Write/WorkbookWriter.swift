import CXLSXWriter
public import Diagnostics

/// Writes an `.xlsx` file sheet by sheet and row by row, in memory that does not grow. The file appears when it is
/// closed, or not at all. No cell is ever written as a formula.
public struct WorkbookWriter: ~Copyable {
  private let draft: DraftFile
  private var workbook: UnsafeMutablePointer<lxw_workbook>?
  private let formats: CellFormats
  private var names = SheetNames()
  private var choices: ChoiceSheet
  private var sheet: SheetWriter?
  private var counts: [SheetCount] = []

  /// - Parameter language: of what the spreadsheet says when a cell is filled with something that is not in its list.
  /// - Throws: `store.file.unwritable`.
  public init(path: String, language: Language = .chinese) throws(Diagnostic) {
    let draft = try DraftFile(path: path)
    guard let created = WorkbookWriter.create(draft.name, draftsIn: draft.folder) else { throw draft.unwritable }
    self.draft = draft
    workbook = created
    formats = CellFormats(created)
    let name = names.legal(Catalogue.shared.text("spreadsheet.word.choices", in: language))
    choices = ChoiceSheet(name: name, language: language)
  }

  private static func create(_ path: String, draftsIn folder: String) -> UnsafeMutablePointer<lxw_workbook>? {
    folder.withCString { folder in
      var options = lxw_workbook_options(
        constant_memory: 1, tmpdir: UnsafeMutablePointer(mutating: folder), use_zip64: 0)
      return workbook_new_opt(path, &options)
    }
  }

  deinit {
    if let workbook { lxw_workbook_free(workbook) }
  }

  /// Begins a sheet with its headings. The sheet before it is done.
  public mutating func beginSheet(_ plan: SheetPlan) throws(Diagnostic) {
    try finishSheet()
    let name = names.legal(plan.name)
    let (writer, sheet) = try addSheet(plan, name: name)
    self.sheet = writer
    try self.sheet?.writeHeadings()
    for (column, choices) in plan.columns.map(\.choices).enumerated() where !choices.isEmpty {
      self.choices.attach(choices, to: column, of: sheet)
    }
  }

  private func addSheet(
    _ plan: SheetPlan, name: String
  ) throws(Diagnostic) -> (SheetWriter, UnsafeMutablePointer<lxw_worksheet>) {
    guard let sheet = workbook_add_worksheet(workbook, name) else { throw draft.unwritable }
    return (SheetWriter(plan, sheet: sheet, formats: formats, path: draft.path), sheet)
  }

  /// Writes a row below the last one. Cells beyond those given stay blank.
  /// - Throws: `spreadsheet.write.size` at the end of the sheet, `spreadsheet.write.text` for a text that no cell can
  ///   hold, `store.file.unwritable`.
  public mutating func write(_ row: [SheetCell.Value]) throws(Diagnostic) {
    precondition(sheet != nil, "a sheet is begun before its rows are written")
    try sheet?.write(row)
  }

  /// Makes the file whole and gives it its name. Call once at the end.
  public mutating func close() throws(Diagnostic) {
    try finishSheet()
    precondition(!counts.isEmpty, "a workbook has a sheet")
    try writeChoices()
    guard let workbook else { return }
    // The library lets go of the workbook, whatever comes of it.
    self.workbook = nil
    guard workbook_close(workbook) == LXW_NO_ERROR, WrittenCheck.isWhole(draft.name, counts) else {
      throw draft.unwritable
    }
    try draft.publish()
  }

  private mutating func finishSheet() throws(Diagnostic) {
    try sheet?.finish()
    if let sheet { counts.append(sheet.count) }
    sheet = nil
  }

  private mutating func writeChoices() throws(Diagnostic) {
    let rows = choices.rows
    guard !rows.isEmpty else { return }
    var (writer, sheet) = try addSheet(SheetPlan(name: choices.name, columns: []), name: choices.name)
    for row in rows { try writer.write(row) }
    try writer.finish()
    counts.append(writer.count)
    worksheet_hide(sheet)
  }
}
