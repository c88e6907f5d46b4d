public import Diagnostics

/// An `.xlsx` file that is open for reading. Rows come one after another, in memory that does not grow with the
/// sheet.
///
/// One reader belongs to one task at a time.
public final class WorkbookReader {
  /// In the order of the file, hidden ones among them. Sheets that are charts are left out.
  public let sheets: [SheetHeading]
  /// Whether days written as numbers are counted from 1904.
  public var startsIn1904: Bool { days.startsIn1904 }
  private let archive: ZipArchive
  private let days: SerialDay
  private let styles: StyleTable
  private let stringPart: String?
  private var strings: SharedStrings?

  /// - Throws: `store.file.…`, and `spreadsheet.…` when the file is no workbook, is protected by a password, or is
  ///   damaged.
  public init(path: String, limits: SpreadsheetLimits = SpreadsheetLimits()) throws(Diagnostic) {
    archive = try ZipArchive(path: path, limits: limits)
    let name = try WorkbookReader.workbookPart(in: archive)
    let relations = try RelationList(of: name, in: archive)
    let workbook = try WorkbookPart(try archive.part(name, mostBytes: ZipArchive.listBytes))
    days = SerialDay(startsIn1904: workbook.startsIn1904)
    let stylePart = relations.part(kind: "styles")
    styles = try StyleTable(stylePart == nil ? nil : try archive.part(stylePart ?? ""))
    stringPart = relations.part(kind: "sharedStrings")
    sheets = try WorkbookReader.headings(workbook.sheets, relations, in: archive)
  }

  /// Workbooks of other kinds are zip files too.
  private static func workbookPart(in archive: ZipArchive) throws(Diagnostic) -> String {
    let place = SourcePlace(file: archive.path)
    if archive.has("mimetype"), archive.has("content.xml") { throw Diagnostic("spreadsheet.open-document", at: place) }
    guard archive.has(PartPath.relations(of: "")) else { throw Diagnostic("spreadsheet.kind", at: place) }
    guard let name = try RelationList(of: "", in: archive).part(kind: "officeDocument") else {
      throw Diagnostic("spreadsheet.kind", at: place)
    }
    if name.lowercased().hasSuffix(".bin") { throw Diagnostic("spreadsheet.binary", at: place) }
    return name
  }

  private static func headings(
    _ entries: [WorkbookPart.Entry], _ relations: RelationList, in archive: ZipArchive
  ) throws(Diagnostic) -> [SheetHeading] {
    let byID = Dictionary(relations.relations.map { ($0.id, $0) }) { first, _ in first }
    var headings: [SheetHeading] = []
    for entry in entries {
      let relation = byID[entry.relation]
      guard relation == nil || relation?.kind == "worksheet" else { continue }
      guard let part = relation?.part else {
        throw Diagnostic("spreadsheet.sheet.part", at: SourcePlace(file: archive.path), ["sheet": entry.name])
      }
      headings.append(SheetHeading(name: entry.name, visibility: entry.visibility, part: part))
    }
    if headings.isEmpty { throw Diagnostic("spreadsheet.sheets", at: SourcePlace(file: archive.path)) }
    return headings
  }

  /// - Throws: `spreadsheet.sheet.missing`, naming those there are.
  public func sheet(named name: String) throws(Diagnostic) -> SheetHeading {
    if let sheet = sheets.first(where: { $0.name == name }) { return sheet }
    let others = sheets.prefix(20).map(\.name).joined(separator: ", ")
    throw Diagnostic(
      "spreadsheet.sheet.missing", at: SourcePlace(file: archive.path), ["sheet": name, "sheets": others])
  }

  /// Begins to read a sheet. Each call begins anew.
  public func rows(of sheet: SheetHeading) throws(Diagnostic) -> SheetRows {
    let decoder = CellDecoder(strings: try sharedStrings(), styles: styles, days: days)
    let builder = SheetBuilder(sheet, in: archive.path, decoder: decoder, limits: archive.limits)
    return SheetRows(try archive.part(sheet.part), for: SheetListener(builder))
  }

  /// Ranges of a sheet that are shown as one cell. A sheet tells them behind its rows, which are passed over.
  public func merged(in sheet: SheetHeading) throws(Diagnostic) -> [CellRange] {
    let listener = MergedListener(path: archive.path, sheet: sheet.name, limits: archive.limits)
    try PartParser(try archive.part(sheet.part), for: listener).finish()
    return listener.ranges
  }

  private func sharedStrings() throws(Diagnostic) -> SharedStrings {
    if let strings { return strings }
    let read = try SharedStrings.read(stringPart == nil ? nil : try archive.part(stringPart ?? ""))
    strings = read
    return read
  }
}
