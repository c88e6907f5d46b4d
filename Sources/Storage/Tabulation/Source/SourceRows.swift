import Diagnostics
import Spreadsheet

/// The rows of a sheet or a text, one after another.
final class SourceRows {
  private let read: () throws(Diagnostic) -> SheetRow?
  private let sheet: SheetRows?

  init(_ rows: SheetRows, naming name: @escaping (Diagnostic) -> Diagnostic) {
    sheet = rows
    read = { () throws(Diagnostic) in
      do throws(Diagnostic) { return try rows.next() } catch { throw name(error) }
    }
  }

  init(_ text: SeparatedText) {
    sheet = nil
    read = { () throws(Diagnostic) in try text.next() }
  }

  private init() {
    sheet = nil
    read = { () throws(Diagnostic) in nil }
  }

  static var none: SourceRows { SourceRows() }

  /// Known from the first row on.
  var hiddenColumns: [ClosedRange<Int>] { sheet?.hiddenColumns ?? [] }

  /// The next row that holds a cell; nil at the end.
  func next() throws(Diagnostic) -> SheetRow? { try read() }
}
