public import Diagnostics
import FEEL
import JSON
public import Policy
public import Registry
import Spreadsheet

extension RegistryStore {
  /// Writes the records that stand at a moment as one workbook: a sheet for each record type, and a last one that says what was
  /// asked for and what came of it. The digest is that of the same export as CSV.
  /// - Parameters:
  ///   - types: those wanted; types of which nothing was ever said have no sheet.
  ///   - path: of a file that appears when it is whole, in the place of one that is there.
  /// - Returns: how many records of each type were written.
  /// - Throws: `spreadsheet.write.…` for what no sheet has room for, `store.file.unwritable`.
  @discardableResult
  public func exportWorkbook(
    _ types: [RecordType], at moment: Moment, pack: String?, to path: String, language: Language
  ) throws(Diagnostic) -> [(record: String, rows: Int)] {
    var book = try WorkbookWriter(path: path, language: language)
    let digest = ExportDigest()
    let counts = try forEachType(types, at: moment, digest) { type, lines in
      let columns = zip(lines.header, lines.fields).map { SheetPlan.Column($0, $1.sheetKind) }
      try book.beginSheet(SheetPlan(name: type.name, columns: columns))
      var isHeader = true
      return try lines.forEachWithHeader { line in
        digest.add(line)
        if !isHeader { try book.write(lines.sheetRow(line)) }
        isHeader = false
      }
    }
    let provenance = try provenance(of: pack, at: moment, digest)
    try ExportNote(provenance, counts, language).write(to: &book)
    try book.close()
    return counts
  }
}

extension StandingLines {
  /// A line of CSV as the cells of a sheet.
  fileprivate func sheetRow(_ line: [UInt8]) -> [SheetCell.Value] {
    var reader = CSVReader(line, file: "")
    let cells = (try? reader.nextRow()) ?? []
    return zip(cells, fields).map { $1.sheetValue(of: $0.text) }
  }
}

extension Field {
  fileprivate var sheetKind: SheetPlan.Kind {
    switch type.kind {
    case .number: type.unit?.isMoney == true ? .money : .general
    case .date: .date
    default: .text
    }
  }

  /// What a cell shows for a text of facts; a known none stays its word.
  fileprivate func sheetValue(of text: String) -> SheetCell.Value {
    if text.isEmpty { return .empty }
    switch type.kind {
    case .number where Decimal128(text) != nil: return .number(SheetNumber(text))
    case .date:
      guard let day = CalendarDate(text) else { return .text(text) }
      return .date(SheetDate(year: day.year, month: day.month, day: day.day))
    default: return .text(text)
    }
  }
}

/// The sheet that says what an export is.
private struct ExportNote {
  private let provenance: Provenance
  private let counts: [(record: String, rows: Int)]
  private let language: Language

  init(_ provenance: Provenance, _ counts: [(record: String, rows: Int)], _ language: Language) {
    (self.provenance, self.counts, self.language) = (provenance, counts, language)
  }

  func write(to book: inout WorkbookWriter) throws(Diagnostic) {
    let columns = ["item", "content"].map { SheetPlan.Column(text($0), .text) }
    try book.beginSheet(SheetPlan(name: text("sheet"), columns: columns))
    for (item, value) in rows { try book.write([.text(item), value]) }
  }

  private var rows: [(String, SheetCell.Value)] {
    let origin = provenance.store
    let about: [(String, String?)] = [
      ("pack", provenance.pack), ("types", counts.map(\.record).joined(separator: "、")),
      ("as-of", provenance.asOf?.description), ("known", origin.map { String($0.known) }),
      ("store", origin?.address), ("synthetic", provenance.isSynthetic ? text("is-synthetic") : nil),
      ("example", provenance.example),
    ]
    let words = about.compactMap { key, value in value.map { (text(key), SheetCell.Value.text($0)) } }
    let figures = counts.map { (text("rows", ["record": $0.record]), Self.number($0.rows)) }
    let total = (text("total"), Self.number(counts.reduce(0) { $0 + $1.rows }))
    let digest = (text("digest"), SheetCell.Value.text(origin?.digest ?? ""))
    // For programs: what lies beside the files of other exports.
    return words + figures + [total, digest, (Provenance.fileName, .text(provenance.json.text(.compact)))]
  }

  private static func number(_ count: Int) -> SheetCell.Value { .number(SheetNumber(String(count))) }

  private func text(_ word: String, _ arguments: [String: String] = [:]) -> String {
    Catalogue.shared.text("store.export.\(word)", in: language, arguments)
  }
}
