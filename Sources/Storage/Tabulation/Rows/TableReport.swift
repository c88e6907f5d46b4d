public import Diagnostics

/// What became of the rows and columns of a table.
public struct TableReport: Sendable {
  /// Rows that were given out without problems, and with.
  public internal(set) var sound = 0
  public internal(set) var refused = 0
  public internal(set) var leftOut: [Reason: Rows] = [:]
  public internal(set) var hidden = Rows()
  /// Columns that are not read.
  public let columns: [TableShape.Column]
  public internal(set) var problems = ProblemList()
  /// `名录.xlsx[Sheet1]`, or the name of a text file.
  public let file: String

  init(file: String, columns: [TableShape.Column]) {
    self.file = file
    self.columns = columns
  }

  /// Why a row is left out. The words are `tabulation.left.…`.
  public enum Reason: String, CaseIterable, Sendable {
    case blank, total, footer, signature, header, title, numbering, section
  }

  /// Some rows, of which all are counted and the first are kept.
  public struct Rows: Hashable, Sendable {
    public private(set) var count = 0
    /// The first stretches of rows that follow on each other.
    public private(set) var ranges: [ClosedRange<Int>] = []
    private static let mostKept = 100

    /// The numbers of the first.
    public var first: [Int] { Array(ranges.lazy.joined().prefix(Rows.mostKept)) }
    /// Whether the ranges hold all of them.
    public var areAllKept: Bool { ranges.reduce(0) { $0 + $1.count } == count }

    mutating func add(_ rows: Range<Int>) {
      count += rows.count
      if let last = ranges.last, last.upperBound + 1 == rows.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound...rows.upperBound - 1
      } else if ranges.count < Rows.mostKept {
        ranges.append(rows.lowerBound...rows.upperBound - 1)
      }
    }
  }

  mutating func leaveOut(_ rows: Range<Int>, _ reason: Reason) {
    guard !rows.isEmpty else { return }
    leftOut[reason, default: Rows()].add(rows)
  }

  mutating func take(_ row: TableRow) {
    if row.isHidden { hidden.add(row.number..<row.number + 1) }
    if row.problems.isEmpty { sound += 1 } else { refused += 1 }
    for problem in row.problems { problems.add(problem) }
  }

  /// Problems of rows, and what is worth knowing.
  public var diagnostics: [Diagnostic] {
    guard let row = hidden.first.first else { return problems.diagnostics }
    let arguments = ["count": String(hidden.count), "row": String(row)]
    let place = SourcePlace(file: file, line: row)
    return problems.diagnostics + [Diagnostic("tabulation.rows.hidden", .warning, at: place, arguments)]
  }
}
