import Diagnostics
import Policy
import Spreadsheet

/// Chooses the sheet and the record type that fit best.
struct SheetChoice {
  struct Candidate {
    var sheet: String
    var grid: HeaderGrid
    var index: FieldIndex
    var found: HeaderSearch.Found

    /// Whether the header names every field of the type.
    var isWhole: Bool {
      let paths = grid.columns(in: found.rows).map { HeaderPath(grid.path(to: $0, in: found.rows)) }
      return Set(paths.compactMap { $0.reading(by: index).finding?.field.id }).count == index.type.fields.count
    }
  }

  private let source: TableSource
  private let types: [RecordType]
  private var candidates: [Candidate] = []
  /// Whether no sheet holds anything.
  private var isEmpty = true

  private static let mostSheets = 20

  init(
    _ source: TableSource, sheet: String?, types: [RecordType], in dictionary: DataDictionary, synonyms: TableSynonyms
  ) throws(Diagnostic) {
    self.source = source
    self.types = types
    let names = try SheetChoice.sheets(of: source, named: sheet)
    let indices = types.map { FieldIndex($0, in: dictionary, synonyms: synonyms) }
    var searches: [(sheet: String, search: HeaderSearch)] = []
    for name in names {
      let grid = try HeaderGrid(source, sheet: name)
      if !grid.rows.isEmpty { isEmpty = false }
      let layouts = HeaderLayout.all(of: grid)
      searches += indices.map { (name, HeaderSearch(grid: grid, layouts: layouts, index: $0)) }
    }
    add(searches) { $0.best() }
    if candidates.isEmpty { add(searches) { $0.nearest() } }
  }

  private static func sheets(of source: TableSource, named name: String?) throws(Diagnostic) -> [String] {
    if let name { return [name] }
    let visible = source.sheets.filter { !$0.isHidden }.map(\.name)
    if visible.isEmpty {
      let hidden = source.sheets.prefix(20).map(\.name).joined(separator: ", ")
      throw Diagnostic("tabulation.sheets.hidden", at: SourcePlace(file: source.name), ["sheets": hidden])
    }
    return Array(visible.prefix(mostSheets))
  }

  private mutating func add(
    _ searches: [(sheet: String, search: HeaderSearch)], _ find: (HeaderSearch) -> HeaderSearch.Found?
  ) {
    candidates = searches.compactMap { sheet, search in
      find(search).map { Candidate(sheet: sheet, grid: search.grid, index: search.index, found: $0) }
    }
  }

  func best() throws(Diagnostic) -> Candidate {
    let top = candidates.map(\.found.score).max()
    guard let best = candidates.first(where: { $0.found.score == top }) else { throw nothing }
    let rivals = candidates.filter { $0.found.score == top && $0.sheet == best.sheet }
    guard rivals.count > 1 else { return best }
    let whole = rivals.filter(\.isWhole)
    guard whole.count == 1 else {
      let names = rivals.map(\.index.type.name).joined(separator: "、")
      throw Diagnostic("tabulation.record.unclear", at: SourcePlace(file: source.name), ["records": names])
    }
    return whole[0]
  }

  private var nothing: Diagnostic {
    let place = SourcePlace(file: source.name)
    guard types.count == 1 || isEmpty else { return Diagnostic("tabulation.record.unknown", at: place) }
    let fields = (types.first?.fields ?? []).prefix(5).map(\.name).joined(separator: "、")
    return Diagnostic("tabulation.header.missing", at: place, ["rows": String(HeaderGrid.mostRows), "fields": fields])
  }

  /// Other sheets with a header almost as good.
  func others(than best: Candidate) -> [String] {
    candidates.filter {
      $0.sheet != best.sheet && $0.index.type.id == best.index.type.id && 2 * $0.found.score > best.found.score
    }.map(\.sheet)
  }
}
