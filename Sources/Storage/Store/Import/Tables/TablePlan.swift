public import Diagnostics
public import Policy
public import Tabulation

/// How the tables of a file are going to be read, before anything is recorded.
public struct TablePlan: Sendable {
  public struct Table: Sendable {
    public let path: String
    /// `名录.xlsx[Sheet1]`, or the name of a text file.
    public let file: String
    public var proposal: Proposal
  }

  public var tables: [Table]
  /// Whether a table of the source with the same header was read before, so that nobody is asked again.
  public let isRemembered: Bool

  /// What must be confirmed or mended before anything can be recorded.
  public var open: [Diagnostic] { tables.flatMap(\.proposal.open) }
  /// What is worth knowing; of what was decided, or read before, it was told then.
  public var warnings: [Diagnostic] {
    tables.flatMap { table in
      let open = isRemembered ? [] : table.proposal.shape.columns.filter { $0.ignored != .declined }.map(\.number)
      return table.proposal.diagnostics.filter { problem in
        guard problem.severity == .warning else { return false }
        return !problem.code.hasPrefix("tabulation.column.") || open.contains(problem.place.column)
      }
    }
  }
  /// For ``FactImport/tables``.
  public var importTables: [ImportTable] {
    tables.map { ImportTable(path: $0.path, shape: $0.proposal.shape) }
  }
}

extension RegistryStore {
  /// Finds how a file is to be read that is no canonical CSV; nil for one that is, and for a folder of such.
  /// - Parameters:
  ///   - sheet: the one to read. Without it and without a type, all sheets of a workbook are read whose headers are canonical;
  ///     otherwise the one that fits best.
  ///   - source: whose earlier tables tell how this one is read.
  /// - Throws: `tabulation.…`, `spreadsheet.…`, `text.…`, `store.…`
  public func tablePlan(
    for path: String, sheet: String? = nil, type: RecordType? = nil, of source: String,
    by dictionary: DataDictionary
  ) throws(Diagnostic) -> TablePlan? {
    let isGuarded = try Provenance.read(beside: path)?.isGuarded == true
    if FileKind(path: path) == .folder {
      return isGuarded ? try TableFinder(dictionary, []).guardedFolder(path) : nil
    }
    if sheet == nil, !isGuarded, CanonicalFile.isOne(at: path, type, dictionary) { return nil }
    return try TableFinder(dictionary, try shapes(of: source)).plan(path, sheet, type)
  }
}

/// Tells files that need no shape.
private enum CanonicalFile {
  /// Whether a file is a CSV in UTF-8 under a canonical header; so is one that is not there, which is told where it is read.
  static func isOne(at path: String, _ wanted: RecordType?, _ dictionary: DataDictionary) -> Bool {
    guard FileKind(path: path) == .regular else { return true }
    guard path.lowercased().hasSuffix(".csv"), let file = try? MappedFile(path: path),
      let header = CSVHeader(file)
    else { return false }
    var reader = FactReader(dictionary: dictionary)
    guard let layout = TableLayout(header: header.cells, of: FactFolder.recordType(of: path), &reader),
      wanted.map({ $0.id == layout.type.id }) ?? true
    else { return false }
    // A header of ASCII letters alone says nothing of the encoding of what follows.
    guard header.cells.allSatisfy({ $0.text.utf8.allSatisfy { $0 < 0x80 } }) else { return true }
    return TableSource.isUTF8(path)
  }
}

/// Finds how the tables of a file are read.
private struct TableFinder {
  let dictionary: DataDictionary
  /// The earliest first.
  let known: [RememberedShape]
  private var synonyms = TableSynonyms()

  private static let mostSheets = 64

  init(_ dictionary: DataDictionary, _ known: [RememberedShape]) {
    self.dictionary = dictionary
    self.known = known
    for shape in known.map(\.shape) { shape.addSynonyms(to: &synonyms) }
  }

  func plan(_ path: String, _ sheet: String?, _ type: RecordType?) throws(Diagnostic) -> TablePlan {
    let source = try TableSource(path: path)
    if let sheet, source.text != nil {
      throw Diagnostic("tabulation.sheet.text", at: SourcePlace(file: source.name), ["sheet": sheet])
    }
    let found = Result { () throws(Diagnostic) in try propose(source, sheet, type) }
    if case .success(let proposal) = found, proposal.isReady, proposal.shape.isCanonical {
      let others = sheet == nil && type == nil ? canonicalSheets(of: source, beside: proposal) : []
      return plan(source, [proposal] + others)
    }
    if let proposal = remembered(source, sheet, type) { return plan(source, [proposal], isRemembered: true) }
    return plan(source, [try found.get()])
  }

  private func propose(
    _ source: TableSource, _ sheet: String?, _ type: RecordType?
  ) throws(Diagnostic) -> Proposal {
    try TableShape.propose(for: source, sheet: sheet, type: type, in: dictionary, synonyms: synonyms)
  }

  private func plan(_ source: TableSource, _ proposals: [Proposal], isRemembered: Bool = false) -> TablePlan {
    let tables = proposals.map {
      TablePlan.Table(path: source.path, file: source.file(of: $0.shape.sheet), proposal: $0)
    }
    return TablePlan(tables: tables, isRemembered: isRemembered)
  }

  /// The newest shape of the source that this file has the header of.
  private func remembered(_ source: TableSource, _ sheet: String?, _ type: RecordType?) -> Proposal? {
    var proposals: [String: Proposal?] = [:]
    for known in known.reversed() where type.map({ $0.id == known.shape.record }) ?? true {
      guard let type = dictionary.type(withID: known.shape.record) else { continue }
      let isThere = source.sheets.contains { $0.name == known.shape.sheet }
      let sheet = sheet ?? (isThere && source.text == nil ? known.shape.sheet : nil)
      let name = "\(type.id) \(sheet ?? "")"
      if proposals[name] == nil { proposals[name] = .some(try? propose(source, sheet, type)) }
      if var proposal = proposals[name] ?? nil, proposal.adopt(known.shape), proposal.isReady { return proposal }
    }
    return nil
  }

  /// Sheets of other records that are canonical too, as an export has them.
  private func canonicalSheets(of source: TableSource, beside first: Proposal) -> [Proposal] {
    var types: Set<String> = [first.shape.record]
    let sheets = source.sheets.filter { !$0.isHidden && $0.name != first.shape.sheet }.prefix(Self.mostSheets)
    return sheets.compactMap { sheet in
      guard let proposal = try? propose(source, sheet.name, nil), proposal.isReady, proposal.shape.isCanonical,
        types.insert(proposal.shape.record).inserted
      else { return nil }
      return proposal
    }
  }

  /// A folder of canonical CSV files whose texts are guarded against formulas.
  func guardedFolder(_ path: String) throws(Diagnostic) -> TablePlan? {
    var tables: [TablePlan.Table] = []
    for file in FactFolder.files(in: path) ?? [] {
      let name = FactFolder.recordType(of: file)
      let source = try TableSource(path: file)
      let proposal = try propose(source, nil, dictionary[name] ?? dictionary.type(withID: name))
      tables.append(TablePlan.Table(path: file, file: source.name, proposal: proposal))
    }
    return tables.isEmpty ? nil : TablePlan(tables: tables, isRemembered: false)
  }
}
