public import Diagnostics
public import Policy
import Spreadsheet

/// The records of a sheet, row by row under a canonical header, in memory that does not grow.
public final class TableRows {
  /// Names of fields with fiscal year and unit, as `FactReader` takes them.
  public let header: [RawTable.Cell]
  /// Complete once there are no more rows.
  public private(set) var report: TableReport
  private let file: String
  private let plans: [ColumnPlan]
  private let rows: SourceRows
  private let firstDataRow: Int
  private var sieve: RowSieve
  private var merges: RowMerges
  private var lastNumber: Int

  /// Columns that are not read, in which a section's heading may begin.
  private static let mostOtherColumns = 64

  /// - Throws: `tabulation.shape.…` when the shape is not of this table; `tabulation.column.near` and
  ///   `tabulation.year.assumed` when something waits for a confirmation; `policy.facts.…`; what is wrong with the file.
  public init(
    _ source: TableSource, _ shape: TableShape, of type: RecordType, in dictionary: DataDictionary
  ) throws(Diagnostic) {
    var shape = shape
    let grid = try ShapeCheck(source, type).check(&shape)
    file = source.file(of: shape.sheet)
    plans = shape.plans(of: type, in: dictionary, source)
    let key = plans.first { $0.reader.field.name == type.key }?.number ?? 1
    let place = SourcePlace(file: file, line: shape.lastHeaderRow)
    header = plans.map { RawTable.Cell($0.heading, at: place.atColumn($0.number)) }
    let numbers = Set(plans.map(\.number) + shape.columns.prefix(Self.mostOtherColumns).map(\.number))
    merges = RowMerges(try source.merged(in: shape.sheet), from: shape.firstDataRow, columns: numbers)
    sieve = RowSieve(grid, shape, key: key)
    rows = try source.rows(of: shape.sheet, separator: shape.separator)
    firstDataRow = shape.firstDataRow
    lastNumber = shape.firstDataRow - 1
    report = TableReport(file: file, columns: shape.columns.filter { $0.field == nil })
  }

  /// The next row that may be a record; nil at the end.
  /// - Throws: what is wrong with the file; there is no reading on behind it.
  public func next() throws(Diagnostic) -> TableRow? {
    while let row = try rows.next() {
      guard row.number >= firstDataRow else { continue }
      merges.enter(row)
      let reason = sieve.reason(toLeaveOut: row, merges)
      if reason != .blank { closeGap(before: row.number) }
      if let reason {
        if reason != .blank { report.leaveOut(row.number..<row.number + 1, reason) }
        continue
      }
      let read = self.row(row)
      report.take(read)
      return read
    }
    return nil
  }

  /// Blank rows between others; those behind the last are not worth telling.
  private func closeGap(before number: Int) {
    report.leaveOut(lastNumber + 1..<number, .blank)
    lastNumber = number
  }

  private func row(_ row: SheetRow) -> TableRow {
    var read = TableRow(row, cells: [])
    read.cells.reserveCapacity(plans.count)
    for plan in plans { add(plan, of: row, to: &read) }
    return read
  }

  private func add(_ plan: ColumnPlan, of row: SheetRow, to read: inout TableRow) {
    let place = SourcePlace(file: file, line: row.number, column: plan.number)
    var cell = row[plan.number]
    if let (range, merged) = merges.merge(at: row.number, plan.number) {
      cell = merged
      if let problem = problem(of: range, plan), !cell.isBlank {
        read.cells.append(RawTable.Cell(cell.shownText, at: place))
        read.problems.append(Diagnostic(problem.code, at: place, problem.arguments))
        return
      }
    }
    switch plan.reader.read(cell) {
    case .text(let text): read.cells.append(RawTable.Cell(text, at: place))
    case .refused(let code, let arguments):
      let shown = cell.shownText
      read.cells.append(RawTable.Cell(shown, at: place))
      let value = ["value": String(shown.prefix(60))]
      read.problems.append(Diagnostic(code, at: place, value.merging(arguments) { $1 }))
    }
  }

  /// A text of several rows is meant for each of them; a number is not, nor is anything over several fields.
  private func problem(of range: CellRange, _ plan: ColumnPlan) -> (code: String, arguments: [String: String])? {
    let fields = plans.filter { range.first.column...range.last.column ~= $0.number }
    if fields.count > 1 {
      return ("tabulation.cell.across", ["columns": fields.map(\.heading).joined(separator: "、")])
    }
    guard plan.reader.kind == .number, range.last.row > range.first.row else { return nil }
    return ("tabulation.cell.joint-number", ["range": range.description])
  }
}

extension SourcePlace {
  fileprivate func atColumn(_ column: Int) -> SourcePlace { SourcePlace(file: file, line: line, column: column) }
}

extension TableShape {
  fileprivate func plans(of type: RecordType, in dictionary: DataDictionary, _ source: TableSource) -> [ColumnPlan] {
    columns.compactMap { column in
      guard let field = column.field.flatMap({ type.field(named: $0) }) else { return nil }
      let reader = CellReader(field, in: dictionary, isFromText: source.text != nil) { source.date(ofSerial: $0) }
      return ColumnPlan(column, field, reader)
    }
  }
}
