import Diagnostics
import MessyTables
import Policy
import Spreadsheet
import Tabulation

/// What a table is read as, line by line, as tests write it.
struct Transcript {
  private(set) var lines: [String] = []

  /// - Parameter decide: what a person makes of the proposal.
  init(_ path: String, type: String? = nil, sheet: String? = nil, decide: (inout TableShape) -> Void = { _ in }) {
    do throws(Diagnostic) {
      let source = try TableSource(path: path)
      let dictionary = tableDictionary
      let known = type.flatMap { dictionary[$0] }
      let proposal = try TableShape.propose(for: source, sheet: sheet, type: known, in: dictionary)
      lines += proposal.diagnostics.map { "? \(Transcript.shown($0))" }
      var shape = proposal.shape
      decide(&shape)
      lines.append("match: " + shape.columns.map(Transcript.shown).joined(separator: " "))
      try read(TableRows(source, shape, of: proposal.type, in: dictionary), as: proposal.type.name)
    } catch {
      lines.append("! \(Transcript.shown(error))")
    }
  }

  private mutating func read(_ rows: TableRows, as type: String) throws(Diagnostic) {
    lines.append(rows.header.map(\.text).joined(separator: " | "))
    while let row = try rows.next() {
      let cells = row.cells.map { $0.text.isEmpty ? "·" : $0.text }.joined(separator: " | ")
      let problems = row.problems.map { " ! \(Transcript.shown($0))" }.joined()
      let refused = row.problems.isEmpty ? Transcript.refusals(of: row, under: rows.header, type) : ""
      lines.append("\(row.number): \(cells)\(problems)\(refused)")
    }
    for (reason, rows) in rows.report.leftOut.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      lines.append("left \(reason): \(rows.first.map(String.init).joined(separator: " "))")
    }
    if rows.report.hidden.count > 0 { lines.append("hidden: \(rows.report.hidden.first)") }
  }

  /// What facts refuse of a row that was read.
  private static func refusals(of row: TableRow, under header: [RawTable.Cell], _ type: String) -> String {
    var reader = FactReader(dictionary: tableDictionary)
    reader.add(RawTable(header: header, rows: [row.cells], place: header[0].place), of: type)
    return reader.diagnostics.map { " !! \(shown($0))" }.joined()
  }

  private static func shown(_ column: TableShape.Column) -> String {
    let name = CellReference.letters(ofColumn: column.number)
    if let ignored = column.ignored { return "\(name)=-\(ignored.rawValue)" }
    let nearness = column.nearness.map { "\($0)" } ?? ""
    return "\(name)=\(column.field ?? "")/\(column.match?.rawValue ?? "")\(nearness)"
  }

  private static func shown(_ problem: Diagnostic) -> String {
    "\(problem.code) \(CellReference(row: problem.place.line, column: problem.place.column))"
      + (problem.arguments["likely"].map { " \($0)" } ?? "")
  }
}
