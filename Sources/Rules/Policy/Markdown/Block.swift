public import Diagnostics

/// A block of a Markdown document, with the text as it was typed.
enum Block {
  case heading(level: Int, Line)
  case list([ListItem])
  case table(RawTable)
  case code(info: String, text: String, place: SourcePlace)
  case paragraph(Line)
}

/// A run of text and where it begins.
struct Line: Hashable, Sendable {
  var text: String
  var place: SourcePlace
}

struct ListItem {
  var line: Line
  var children: [ListItem]
}

/// A table as typed: every cell with its place. Also the form in which CSV rows and JSON records reach Policy.
public struct RawTable: Sendable {
  public struct Cell: Hashable, Sendable {
    public var text: String
    public var place: SourcePlace

    public init(_ text: String, at place: SourcePlace) {
      self.text = text
      self.place = place
    }
  }

  public var header: [Cell]
  public var rows: [[Cell]]
  public var place: SourcePlace

  public init(header: [Cell], rows: [[Cell]], place: SourcePlace) {
    self.header = header
    self.rows = rows
    self.place = place
  }
}
