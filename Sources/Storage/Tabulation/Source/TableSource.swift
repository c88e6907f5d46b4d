public import Diagnostics
public import Spreadsheet

/// A file with tables: a workbook or a text with separators.
///
/// One source belongs to one task at a time.
public final class TableSource {
  public let path: String
  /// What places call the file.
  public let name: String
  /// Hidden ones among them.
  public let sheets: [TableSheet]
  /// Nil for a workbook.
  public let text: TextForm?
  private let workbook: WorkbookReader?
  private var merged: [String: [CellRange]] = [:]

  private static let textEndings = [".csv", ".txt", ".tsv"]

  /// - Parameter name: what places call the file; the last part of the path when nil.
  /// - Throws: `store.file.…`, `spreadsheet.…`, `text.…`.
  public init(
    path: String, name: String? = nil, limits: SpreadsheetLimits = SpreadsheetLimits()
  ) throws(Diagnostic) {
    self.path = path
    let known = name ?? String(path.split(separator: "/").last ?? "")
    self.name = known
    let isText = Self.textEndings.contains { known.lowercased().hasSuffix($0) }
    do {
      workbook = isText ? nil : try WorkbookReader(path: path, limits: limits)
      text = isText ? try Self.textForm(path) : nil
    } catch {
      throw error.naming(known, insteadOf: path)
    }
    sheets =
      workbook?.sheets.map { TableSheet(name: $0.name, isHidden: $0.visibility != .visible) } ?? [
        TableSheet(name: "", isHidden: false)
      ]
  }

  /// Whether a file is text in UTF-8, or in no encoding that can be told.
  public static func isUTF8(_ path: String) -> Bool { ((try? TextEncoding(ofFile: path)) ?? .utf8) == .utf8 }

  private static func textForm(_ path: String) throws(Diagnostic) -> TextForm {
    let text = try DecodedText(path: path)
    return TextForm(encoding: text.encoding, separator: Separator(ofTextBeginningWith: try text.next() ?? []))
  }

  /// The rows of a sheet from the first on; each call begins anew.
  /// - Parameter separator: of a text, when it is known to be another than the one that was found.
  func rows(of sheet: String, separator: Separator? = nil) throws(Diagnostic) -> SourceRows {
    do {
      if let text {
        return SourceRows(try SeparatedText(path: path, separator: separator ?? text.separator, name: name))
      }
      guard let workbook else { return SourceRows.none }
      let rows = try workbook.rows(of: try workbook.sheet(named: sheet))
      return SourceRows(rows) { self.named($0, sheet) }
    } catch {
      throw named(error, sheet)
    }
  }

  /// Ranges shown as one cell; a text has none.
  func merged(in sheet: String) throws(Diagnostic) -> [CellRange] {
    guard let workbook else { return [] }
    if let known = merged[sheet] { return known }
    do {
      let ranges = try workbook.merged(in: try workbook.sheet(named: sheet))
      merged[sheet] = ranges
      return ranges
    } catch {
      throw named(error, sheet)
    }
  }

  /// What a day is that is written as a number.
  func date(ofSerial number: Int) -> SheetDate? {
    SheetDate(serial: number, startsIn1904: workbook?.startsIn1904 ?? false)
  }

  /// `名录.xlsx[Sheet1]`, or the name of a text file.
  public func file(of sheet: String) -> String { text == nil ? "\(name)[\(sheet)]" : name }

  private func named(_ problem: Diagnostic, _ sheet: String) -> Diagnostic {
    problem.naming(file(of: sheet), insteadOf: path)
  }
}

extension Diagnostic {
  /// The same, of a file that is called otherwise.
  func naming(_ name: String, insteadOf path: String) -> Diagnostic {
    guard place.file == path else { return self }
    var copy = self
    copy.place.file = name
    return copy
  }
}
