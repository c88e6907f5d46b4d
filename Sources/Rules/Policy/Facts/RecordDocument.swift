public import Diagnostics

/// A Markdown file of record tables, in the form of an example: a table per record type, and `无` for types without rows.
public struct RecordDocument: Sendable {
  public private(set) var tables: [(type: String, table: RawTable)] = []
  public private(set) var none: [(type: String, place: SourcePlace)] = []
  public private(set) var diagnostics: [Diagnostic] = []

  /// Reads every record table of the text; expectation tables are passed over, so that an example can be copied out.
  public init(markdown: String, file: String) {
    var reader = DocumentReader(file: file)
    let document = reader.read(markdown)
    diagnostics = reader.diagnostics
    for section in document.sections {
      take(section.fields)
      for construct in section.constructs {
        take(construct.fields)
        construct.tables.forEach { take($0) }
      }
      section.tables.forEach { take($0) }
    }
  }

  private mutating func take(_ fields: Fields) {
    for value in fields["none"]?.values ?? [] {
      none += value.text.split(separator: "、").map { ($0.trimmed, value.place) }
    }
  }

  private mutating func take(_ table: RawTable) {
    guard let corner = table.header.first, Keywords.shared.id(of: corner.text, as: .column) != "expect" else { return }
    tables.append((corner.text, table))
  }
}
