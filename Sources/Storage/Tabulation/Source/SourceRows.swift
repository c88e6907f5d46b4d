import Diagnostics
import Spreadsheet

/// The rows of a sheet or a text, one after another.
final class SourceRows {
  private let read: () throws(Diagnostic) -> SheetRow?

  init(_ rows: SheetRows, naming name: @escaping (Diagnostic) -> Diagnostic) {
    read = { () throws(Diagnostic) in
      do throws(Diagnostic) { return try rows.next() } catch { throw name(error) }
    }
  }

  init(_ text: SeparatedText) {
    read = { () throws(Diagnostic) in try text.next() }
  }

  private init() {
    read = { () throws(Diagnostic) in nil }
  }

  static var none: SourceRows { SourceRows() }

  /// The next row that holds a cell; nil at the end.
  func next() throws(Diagnostic) -> SheetRow? { try read() }
}
