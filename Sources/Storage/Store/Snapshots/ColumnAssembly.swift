import Diagnostics
import Policy
import Population

/// Puts a population together from a header and the file it is about, and keeps what has to be verified of each part.
struct ColumnAssembly {
  private let file: MappedFile
  private let header: ColumnFileHeader
  private let start: Int
  private var checks: [PartCheck] = []
  private var texts: [ColumnFileHeader.Texts: TextList] = [:]
  private let rows: [String: Int]

  init(_ file: MappedFile, _ header: ColumnFileHeader) {
    self.file = file
    self.header = header
    start = file.bytes.count - header.dataSize
    rows = Dictionary(header.tables.map { ($0.type, $0.rows) }, uniquingKeysWith: { first, _ in first })
  }

  /// - Throws: `store.columns.header`, `store.columns.dictionary`.
  mutating func population(by dictionary: DataDictionary) throws(Diagnostic) -> Population {
    var tables: [String: ColumnTable] = [:]
    var unsuitable: [String: Set<String>] = [:]
    guard rows.count == header.tables.count else { throw damage("tables") }
    for table in header.tables {
      guard let type = dictionary[table.type] else { throw mismatch }
      guard table.rows <= Int(Int32.max), table.keys.count == table.rows else { throw damage(table.type) }
      tables[table.type] = try self.table(table, of: type)
      if !table.unsuitable.isEmpty { unsuitable[table.type] = Set(table.unsuitable) }
    }
    return Population(tables: tables, unsuitable: unsuitable)
  }

  private mutating func table(
    _ table: ColumnFileHeader.Table, of type: RecordType
  ) throws(Diagnostic) -> ColumnTable {
    var columns: [ColumnTable.Key: Column] = [:]
    var references: [String: Int] = [:]
    for described in table.columns {
      guard let field = type.field(named: described.key.field), field.name == described.key.field,
        (field.years != nil) == (described.key.year != nil), described.kind.suits(field.type)
      else { throw mismatch }
      let label = "\(type.name).\(described.key.field)"
      let column = try self.column(described, rows: table.rows, label)
      guard columns.updateValue(column, forKey: described.key) == nil else { throw damage(label) }
      if case .reference(let target) = described.kind { references[field.name] = rows[target] ?? 0 }
    }
    var children: [String: Segments] = [:]
    for described in table.children {
      let label = "\(type.name).\(described.field)"
      guard let parents = references[described.field], described.count <= table.rows else { throw damage(label) }
      let offsets = try cells(described.offsets, .four, parents + 1, .offsets(end: described.count), label)
      let rows = try cells(
        described.rows, .four, described.count, .numbers(0...Int64(max(table.rows - 1, 0))), label)
      children[described.field] = Segments(offsets: RowNumbers(offsets), rows: RowNumbers(rows))
    }
    guard children.count == references.count else { throw damage(table.type) }
    return ColumnTable(type: type.name, keys: try list(table.keys, type.name), columns: columns, children: children)
  }

  private mutating func column(
    _ described: ColumnFileHeader.Column, rows count: Int, _ label: String
  ) throws(Diagnostic) -> Column {
    let kind: Column.Kind
    var possible = Int64.min...Int64.max
    switch described.kind {
    case .number(let scale): kind = .number(scale: scale)
    case .truth: (kind, possible) = (.truth, 0...1)
    case .date: kind = .date
    case .text(let texts):
      kind = .text(TextPool(try list(texts, label)))
      possible = 0...Int64(max(texts.count - 1, 0))
    case .reference(let table):
      kind = .reference(table: table)
      possible = 0...Int64(max((rows[table] ?? 0) - 1, 0))
    }
    let bounds = described.bounds ?? 0...0
    guard possible.contains(bounds.lowerBound), possible.contains(bounds.upperBound),
      CellWidth(holding: bounds) == described.width, (described.states == nil) == described.occurring.isEmpty
    else { throw damage(label) }
    let cells = try cells(described.cells, described.width, count, .numbers(bounds), label)
    let states: Cells? =
      if let part = described.states {
        try self.cells(part, .one, count, .states(described.occurring), label)
      } else { nil }
    return Column(
      kind, cells: cells, stateCells: states, bounds: described.bounds, occurring: described.occurring)
  }

  private mutating func list(_ described: ColumnFileHeader.Texts, _ label: String) throws(Diagnostic) -> TextList {
    if let known = texts[described] { return known }
    guard header.parts.indices.contains(described.bytes), described.count < Int(Int32.max) else { throw damage(label) }
    let size = header.parts[described.bytes].size
    let bytes = try cells(described.bytes, .one, size, .bytes, label)
    let offsets = try cells(described.offsets, described.width, described.count + 1, .offsets(end: size), label)
    let list = TextList(bytes: bytes, offsets: offsets)
    texts[described] = list
    return list
  }

  /// A part as cells, when the header's word about it can be true.
  private mutating func cells(
    _ number: Int, _ width: CellWidth, _ count: Int, _ content: PartCheck.Content, _ label: String
  ) throws(Diagnostic) -> Cells {
    guard header.parts.indices.contains(number) else { throw damage(label) }
    let part = header.parts[number]
    let (size, overflow) = count.multipliedReportingOverflow(by: width.bytes)
    // An empty part has no memory to point to; one byte of the file stands for it.
    guard !overflow, size == part.size, let base = file.bytes.baseAddress else { throw damage(label) }
    let cells = Cells(base + (size == 0 ? 0 : start + part.offset), width: width, count: count, owner: file)
    checks.append(PartCheck(cells: cells, checksum: part.checksum, content: content, label: label))
    return cells
  }

  /// Reads all parts.
  /// - Returns: what the first damaged part belongs to; nil when all is sound.
  func damage(threads: Int) -> String? {
    let checks = checks.sorted { $0.cells.bytes.count > $1.cells.bytes.count }
    return zip(checks, Threads.map(checks, threads: threads) { $0.isSound }).first { !$1 }?.0.label
  }

  private func damage(_ what: String) -> Diagnostic {
    Diagnostic("store.columns.header", at: SourcePlace(file: file.path), ["what": what])
  }

  private var mismatch: Diagnostic { Diagnostic("store.columns.dictionary", at: SourcePlace(file: file.path)) }
}

extension ColumnFileHeader.Kind {
  /// Whether a field of that type has such columns.
  fileprivate func suits(_ type: ValueType) -> Bool {
    switch (self, type.kind) {
    case (.number, .number), (.truth, .boolean), (.date, .date), (.text, .text), (.text, .uscc): true
    case (.reference(let table), .reference): type.record == table
    default: false
    }
  }
}
