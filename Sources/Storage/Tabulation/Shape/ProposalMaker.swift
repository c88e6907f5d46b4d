import Diagnostics
import Policy
import Spreadsheet

/// Makes a shape of the rows that were found to be a header, and says what is open about it.
struct ProposalMaker {
  let index: FieldIndex
  let grid: HeaderGrid
  let rows: ClosedRange<Int>
  let title: TableTitle
  let source: TableSource
  let sheet: String
  let others: [String]
  var paths: [Int: HeaderPath] = [:]
  var shape: TableShape
  private(set) var diagnostics: [Diagnostic] = []
  /// Problems of one kind that are kept.
  static let mostOfAKind = 100

  var type: RecordType { index.type }

  init(_ source: TableSource, _ candidate: SheetChoice.Candidate, others: [String]) {
    self.source = source
    self.others = others
    (sheet, index, grid) = (candidate.sheet, candidate.index, candidate.grid)
    rows = grid.withGroups(candidate.found.rows)
    title = TableTitle(grid, above: rows.lowerBound)
    shape = TableShape(
      record: index.type.id, sheet: sheet, separator: source.text?.separator,
      encoding: source.text?.encoding.rawValue, firstHeaderRow: rows.lowerBound, lastHeaderRow: rows.upperBound,
      firstDataRow: rows.upperBound + 1, columns: [], title: title.summary)
  }

  mutating func proposal() -> Proposal {
    for number in grid.columns(in: rows) { paths[number] = HeaderPath(grid.path(to: number, in: rows)) }
    shape.columns = paths.keys.sorted().map { sureColumn($0) }
    findNear()
    dropDoubtedTwins()
    shape.columns = shape.columns.map { completed($0) }
    checkTwins()
    checkKey()
    reportNameless()
    reportHidden()
    reportOthers()
    let kept = ProblemList.bounded(diagnostics, mostOfAKind: Self.mostOfAKind)
    return Proposal(shape: shape, type: type, diagnostics: kept)
  }

  mutating func report(
    _ code: String, _ severity: Diagnostic.Severity = .error, column: Int, _ arguments: [String: String] = [:]
  ) {
    let place = SourcePlace(file: source.file(of: sheet), line: rows.upperBound, column: column)
    diagnostics.append(Diagnostic(code, severity, at: place, arguments))
  }

  func path(_ column: TableShape.Column) -> HeaderPath { paths[column.number] ?? HeaderPath([]) }
}
