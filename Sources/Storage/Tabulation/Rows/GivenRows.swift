public import Diagnostics
import Spreadsheet

/// Finds rows again as they were given. Those asked for by rising number are found in one walk over the file.
public final class GivenRows {
  private let path: String
  private let name: String
  private let shape: TableShape
  private var rows: SourceRows?
  private var last = 0

  /// - Parameter source: is left as it is; the file is opened anew when a row is asked for.
  public init(_ source: TableSource, _ shape: TableShape) {
    (path, name) = (source.path, source.name)
    self.shape = shape
  }

  /// All cells of a row as the table shows them; empty when there is no such row.
  /// - Throws: what is wrong with the file.
  public func row(_ number: Int) throws(Diagnostic) -> [String] {
    let rows = try walk(to: number)
    while last < number, let row = try rows.next() {
      last = row.number
      if last == number { return row.shownTexts }
    }
    return []
  }

  private func walk(to number: Int) throws(Diagnostic) -> SourceRows {
    if let rows, number > last { return rows }
    let source = try TableSource(path: path, name: name)
    let begun = try source.rows(of: shape.sheet, separator: shape.separator)
    (rows, last) = (begun, 0)
    return begun
  }
}
