import FEEL
import Policy
import Registry
import SQL

/// The records of one type as they stand at a moment, as lines of CSV in the order of their first recording.
///
/// A record of which only one batch speaks goes from the table to its line without a value per cell; of others, and of those that are
/// known by several keys, the history is read.
struct StandingLines {
  let header: [String]
  /// What stands under each heading.
  let fields: [Field]
  private let table: RecordTable
  private let years: [Int]
  private let moment: Moment
  private let connection: any SQLConnection
  private let texts: [TextColumn]
  private let none = Array(TextColumn.none.utf8)
  private let truths = [false, true].map { Array(TextColumn.text(of: $0).utf8) }
  /// Keys of which several batches speak, and those of records that have several.
  private let told: Set<String>
  private let identities: Identities
  private let referred: ReferredIdentities
  private let history: (String) throws -> RecordHistory
  private let stands: (_ record: String, _ key: String) throws -> Bool

  /// - Parameters:
  ///   - identities: which keys are one record.
  ///   - referred: the same of the records that fields lead to.
  ///   - history: what was said of a record.
  ///   - stands: whether a record that a reference leads to is there; where it is not, nothing is known of the reference.
  init(
    _ table: RecordTable, at moment: Moment, _ connection: any SQLConnection, identities: Identities,
    referred: ReferredIdentities, history: @escaping (String) throws -> RecordHistory,
    stands: @escaping (_ record: String, _ key: String) throws -> Bool
  ) throws {
    let type = table.type
    self.table = table
    self.stands = stands
    (self.identities, self.referred) = (identities, referred)
    self.moment = moment
    self.connection = connection
    self.history = history
    let dialect = connection.dialect
    let known =
      try table.annual.isEmpty
      ? []
      : connection.rows(
        """
        SELECT DISTINCT a._year FROM \(dialect.quoted(table.annualName)) a
        JOIN \(dialect.quoted(table.name)) s ON s._statement = a._statement
        WHERE s._batch <= ? AND \(RegistryStore.counts("s._batch")) ORDER BY a._year DESC
        """, [.integer(moment.known), .integer(moment.known)]
      ) { Int($0.integer(0) ?? 0) }
    years = known
    texts =
      [TextColumn(field: type.keyField, year: nil, isKey: true)]
      + table.single.map { TextColumn(field: $0.field, year: nil, isKey: false) }
      + known.flatMap { year in table.annual.map { TextColumn(field: $0.field, year: year, isKey: false) } }
    header = texts.map(\.header)
    fields = [type.keyField] + table.single.map(\.field) + known.flatMap { _ in table.annual.map(\.field) }
    told = Set(
      try connection.rows(
        """
        SELECT s._key FROM \(dialect.quoted(table.name)) s WHERE s._batch <= ? AND \(RegistryStore.counts("s._batch"))
        GROUP BY s._key HAVING count(*) > 1
        """, [.integer(moment.known), .integer(moment.known)]
      ) { $0.text(0) ?? "" }
    ).union(identities.joined)
  }

  /// - Parameter body: gets a line with its end.
  /// - Returns: how many records there are.
  func forEach(_ body: ([UInt8]) throws -> Void) throws -> Int {
    var portion: [Line] = [], seen: Set<String> = [], count = 0
    func flush() throws {
      try addYears(to: portion)
      for line in portion {
        guard let bytes = try line.isTold ? told(line.key) : line.bytes() else { continue }
        try body(bytes)
        count += 1
      }
      portion.removeAll(keepingCapacity: true)
    }
    let columns = (RecordTable.own + table.single.map(\.name)).map { "s.\(connection.dialect.quoted($0))" }
    try connection.forEachRow(
      """
      SELECT \(columns.joined(separator: ", ")) FROM \(connection.dialect.quoted(table.name)) s
      WHERE s._batch <= ? AND \(RegistryStore.counts("s._batch")) ORDER BY s._statement
      """, [.integer(moment.known), .integer(moment.known)]
    ) { row in
      if let line = try line(of: row, &seen) { portion.append(line) }
      if portion.count == Self.portion { try flush() }
      return true
    }
    try flush()
    return count
  }

  /// The same with the header as the first line.
  func forEachWithHeader(_ body: ([UInt8]) throws -> Void) throws -> Int {
    var head: [UInt8] = []
    CSVWriter.append(header, to: &head)
    try body(head)
    return try forEach(body)
  }

  private static let portion = 500

  // MARK: records of which one batch speaks

  /// A line on its way: the cells of the record table, then those of each fiscal year.
  private final class Line {
    let statement: Int
    let key: String
    let isTold: Bool
    var cells: [UInt8] = []
    var years: [[UInt8]]

    init(_ statement: Int, _ key: String, isTold: Bool, _ years: [[UInt8]]) {
      (self.statement, self.key, self.isTold, self.years) = (statement, key, isTold, years)
    }

    func bytes() -> [UInt8] {
      var bytes = cells
      for year in years { bytes += year }
      bytes.append(UInt8(ascii: "\n"))
      return bytes
    }
  }

  /// nil for a record that does not stand then, and for one that was told already.
  private func line(of row: any SQLRow, _ seen: inout Set<String>) throws -> Line? {
    let statement = Int(row.integer(0) ?? 0), key = identities.main(of: row.text(1) ?? "")
    let empty = years.map { _ in [UInt8](repeating: UInt8(ascii: ","), count: table.annual.count) }
    if told.contains(key) {
      return seen.insert(key).inserted ? Line(statement, key, isTold: true, empty) : nil
    }
    let validity = Validity(from: row.date(3), to: row.date(4))
    guard validity.contains(moment.asOf), row.integer(5) != 1 else { return nil }
    let line = Line(statement, key, isTold: false, empty)
    CSVWriter.append(key, to: &line.cells)
    try append(row, table.single, from: RecordTable.own.count, none: row.text(6), to: &line.cells)
    return line
  }

  private func append(
    _ row: any SQLRow, _ columns: [RecordTable.Column], from first: Int, none: String?, to cells: inout [UInt8]
  ) throws {
    let nones = Set((none ?? "").split(separator: " ").map(String.init))
    for (index, column) in columns.enumerated() {
      cells.append(UInt8(ascii: ","))
      if !nones.isEmpty, nones.contains(column.name) {
        cells += self.none
      } else {
        try append(row, first + index, column, to: &cells)
      }
    }
  }

  private func append(
    _ row: any SQLRow, _ index: Int, _ column: RecordTable.Column, to cells: inout [UInt8]
  ) throws {
    switch column.type {
    case .integer:
      guard let number = row.integer(index) else { return }
      cells.append(number, scale: column.scale ?? 0)
    case .truth:
      guard let truth = row.integer(index) else { return }
      cells += truths[truth == 0 ? 0 : 1]
    case .decimal, .date: _ = row.withUTF8(index) { cells += $0 }
    case .text, .bytes:
      guard let text = row.text(index) else { return }
      guard let record = column.field.type.record else { return CSVWriter.append(text, to: &cells) }
      let key = referred.main(of: text, column.field)
      if try stands(record, key) { CSVWriter.append(key, to: &cells) }
    }
  }

  private func addYears(to lines: [Line]) throws {
    let own = Dictionary(lines.filter { !$0.isTold }.map { ($0.statement, $0) }) { first, _ in first }
    guard !table.annual.isEmpty, let first = own.keys.min(), let last = own.keys.max() else { return }
    let dialect = connection.dialect
    let columns = (RecordTable.annualOwn + table.annual.map(\.name)).map(dialect.quoted)
    try connection.forEachRow(
      """
      SELECT \(columns.joined(separator: ", ")) FROM \(dialect.quoted(table.annualName))
      WHERE _statement BETWEEN ? AND ?
      """, [.integer(first), .integer(last)]
    ) { row in
      guard let line = own[Int(row.integer(0) ?? 0)], let year = row.integer(1),
        let place = years.firstIndex(of: Int(year))
      else { return true }
      line.years[place] = []
      try append(row, table.annual, from: RecordTable.annualOwn.count, none: row.text(2), to: &line.years[place])
      return true
    }
  }

  // MARK: records of which several speak

  private func told(_ key: String) throws -> [UInt8]? {
    guard let record = try history(key).standing(on: moment.asOf) else { return nil }
    let cells = try record.cells.filter { field, cell in
      guard case .reference(let key) = cell, let record = table.type.field(named: field)?.type.record else {
        return true
      }
      return try stands(record, key)
    }
    let row = FactRow(key: key, cells: cells, place: table.type.place)
    var line: [UInt8] = []
    CSVWriter.append(texts.map { $0.text(in: row) }, to: &line)
    return line
  }
}

extension RecordType {
  /// The field that records are known by.
  var keyField: Field { field(named: key) ?? fields[0] }
}

extension [UInt8] {
  /// A whole number of 10^-scale as a plain decimal.
  fileprivate mutating func append(_ number: Int64, scale: Int) {
    let digits = Array(String(number.magnitude).utf8)
    if number < 0 { append(UInt8(ascii: "-")) }
    let whole = digits.count - scale
    if whole > 0 { append(contentsOf: digits[..<whole]) } else { append(UInt8(ascii: "0")) }
    guard scale > 0 else { return }
    append(UInt8(ascii: "."))
    for _ in 0..<Swift.max(-whole, 0) { append(UInt8(ascii: "0")) }
    append(contentsOf: digits[Swift.max(whole, 0)...])
  }
}
