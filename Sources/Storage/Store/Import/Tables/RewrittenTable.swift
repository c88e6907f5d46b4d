import Diagnostics
import Policy
import Population
import Tabulation

/// A table as people make it, rewritten row by row as a canonical CSV file, with where its rows stood.
///
/// Every record takes one line of that file, so that a line tells the row it was.
final class RewrittenTable {
  let type: RecordType
  /// Of the CSV file.
  let path: String
  private let rows: TableRows
  private let given: GivenRows
  private var numbers = LineRows()

  /// What became of the table's rows and columns.
  var report: TableReport { rows.report }

  /// - Parameters:
  ///   - folder: where the CSV file is written.
  ///   - refused: told of the rows with cells that cannot be read.
  init(
    _ table: ImportTable, by dictionary: DataDictionary, in folder: String, _ progress: WorkProgress?,
    _ refused: (RefusedRow) throws -> Void
  ) throws {
    let source = try TableSource(path: table.path)
    guard let type = dictionary.type(withID: table.shape.record) else {
      throw Diagnostic("tabulation.record.unknown", at: SourcePlace(file: source.name))
    }
    self.type = type
    path = folder.child(type.id + ".csv")
    rows = try TableRows(source, table.shape, of: type, in: dictionary)
    given = GivenRows(source, table.shape)
    let reader = FactReader(
      dictionary: dictionary, allowsShortCodes: try Provenance.read(beside: table.path)?.example != nil)
    try rewrite(reader, progress, refused)
  }

  private func rewrite(
    _ reader: FactReader, _ progress: WorkProgress?, _ refused: (RefusedRow) throws -> Void
  ) throws {
    var csv = try CSVWriter(path: path)
    try csv.write(rows.header.map(\.text))
    var line = 1
    while let row = try rows.next() {
      if progress?.isCancelled == true { throw CancellationError() }
      guard row.problems.isEmpty else {
        try refused(self.refused(row, reader))
        continue
      }
      line += 1
      numbers.add(row.number, asLine: line)
      try csv.write(line: row.cells.map(\.text))
    }
    try csv.close()
  }

  /// A row with cells that cannot be read, and with what is wrong with its other cells.
  private func refused(_ row: TableRow, _ reader: FactReader) -> RefusedRow {
    let unread = Set(row.problems.map(\.place))
    let cells = row.cells.map { unread.contains($0.place) ? RawTable.Cell("", at: $0.place) : $0 }
    let place = row.cells.first?.place ?? SourcePlace(file: report.file, line: row.number)
    var reader = reader
    reader.add(RawTable(header: rows.header, rows: [cells], place: place), of: type.name)
    let others = reader.diagnostics.filter { !unread.contains($0.place) }
    return RefusedRow(
      record: type.name, place: place, text: Self.text(row.given), problems: (row.problems + others).sorted())
  }

  private static func text(_ cells: [String]) -> String {
    String(decoding: CSVWriter.line(cells).utf8.prefix(1 << 16), as: UTF8.self)
  }

  // MARK: rows that turn out to be wrong later

  /// A refused row of the CSV file as it stood in the table.
  /// - Throws: what is wrong with the table's file, which is opened again.
  func original(_ row: RefusedRow) throws -> RefusedRow {
    let number = numbers.row(ofLine: row.place.line)
    var csv = CSVReader(Array(row.text.utf8), at: SourcePlace(file: path, line: row.place.line))
    let cells = (try? csv.nextRow()) ?? []
    return RefusedRow(
      record: row.record, place: SourcePlace(file: report.file, line: number, column: column(0)),
      text: Self.text(try given.row(number)),
      problems: row.problems.map { problem in
        var problem = problem
        let index = index(of: problem) ?? cells.firstIndex { $0.place == problem.place } ?? 0
        problem.place = SourcePlace(file: report.file, line: number, column: column(index))
        return problem
      })
  }

  /// Problems that are told of the row although one column is to blame.
  private func index(of problem: Diagnostic) -> Int? {
    switch problem.code {
    case "policy.facts.key-twice": rows.header.firstIndex { $0.text == type.key }
    case "policy.facts.reference": rows.header.firstIndex { $0.text == problem.arguments["field"] }
    default: nil
    }
  }

  private func column(_ index: Int) -> Int {
    rows.header.indices.contains(index) ? rows.header[index].place.column : 1
  }
}

extension CSVWriter {
  /// A row in one line: line ends within cells are blanks, and a row of one empty cell is still a row.
  fileprivate mutating func write(line cells: [String]) throws(Diagnostic) {
    if cells == [""] { return try write(Array("\"\"\n".utf8)) }
    try write(cells.lazy.map { $0.withoutLineEnds })
  }
}

extension String {
  fileprivate var withoutLineEnds: String {
    guard utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : $0 }))
  }
}
