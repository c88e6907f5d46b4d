public import Diagnostics
import Spreadsheet

/// A CSV file of the rows that were refused: where each stands, why it was refused, how to mend it, and the row as it was given.
public final class RefusedSheet: @unchecked Sendable {
  private var file: WholeFile?
  private let language: Language

  /// - Throws: `store.file.unwritable`.
  public init(path: String, language: Language) throws(Diagnostic) {
    self.language = language
    file = try WholeFile(path: path)
    let columns = ["record", "file", "line", "column", "code", "problem", "remedy", "row"]
    try write([0xEF, 0xBB, 0xBF])
    try write(columns.map { Catalogue.shared.text("store.refused.\($0)", in: language) })
  }

  /// Only by the thread that imports.
  public func add(_ row: RefusedRow) throws(Diagnostic) {
    for problem in row.problems {
      try write([
        row.record, problem.place.file, String(problem.place.line), String(problem.place.column), problem.code,
        spreadsheetSafe(problem.problem(in: language)), problem.remedy(in: language) ?? "",
        spreadsheetSafe(row.text),
      ])
    }
  }

  /// Gives the file its name.
  public func close() throws(Diagnostic) {
    try file?.close()
    file = nil
  }

  private func write(_ row: [String]) throws(Diagnostic) {
    var line: [UInt8] = []
    CSVWriter.append(row, to: &line)
    try write(line)
  }

  private func write(_ bytes: [UInt8]) throws(Diagnostic) {
    let result = bytes.withUnsafeBytes { bytes in Result { () throws(Diagnostic) in try file?.write(bytes) } }
    _ = try result.get()
  }
}
