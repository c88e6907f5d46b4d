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
  }

  private let source: TableSource
  private let types: [RecordType]
  private var candidates: [Candidate] = []

  private static let mostSheets = 50

  init(_ source: TableSource, sheet: String?, types: [RecordType], synonyms: TableSynonyms) throws(Diagnostic) {
    self.source = source
    self.types = types
    let names = try SheetChoice.sheets(of: source, named: sheet)
    var grids: [(String, HeaderGrid)] = []
    for name in names { grids.append((name, try HeaderGrid(source, sheet: name))) }
    let indices = types.map { FieldIndex($0, synonyms: synonyms) }
    add(grids, indices) { $0.best() }
    if candidates.isEmpty { add(grids, indices) { $0.nearest() } }
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
    _ grids: [(String, HeaderGrid)], _ indices: [FieldIndex], _ search: (HeaderSearch) -> HeaderSearch.Found?
  ) {
    for (sheet, grid) in grids {
      for index in indices {
        guard let found = search(HeaderSearch(grid: grid, index: index)) else { continue }
        candidates.append(Candidate(sheet: sheet, grid: grid, index: index, found: found))
      }
    }
  }

  func best() throws(Diagnostic) -> Candidate {
    let top = candidates.map(\.found.score).max()
    guard let best = candidates.first(where: { $0.found.score == top }) else { throw nothing }
    let rivals = candidates.filter { $0.found.score == best.found.score && $0.sheet == best.sheet }
    guard rivals.count == 1 else {
      let names = rivals.map(\.index.type.name).joined(separator: "、")
      throw Diagnostic("tabulation.record.unclear", at: SourcePlace(file: source.name), ["records": names])
    }
    return best
  }

  private var nothing: Diagnostic {
    let place = SourcePlace(file: source.name)
    guard types.count == 1 else { return Diagnostic("tabulation.record.unknown", at: place) }
    let fields = types[0].fields.prefix(5).map(\.name).joined(separator: "、")
    return Diagnostic("tabulation.header.missing", at: place, ["rows": String(HeaderGrid.mostRows), "fields": fields])
  }

  /// Other sheets with a header almost as good.
  func others(than best: Candidate) -> [String] {
    candidates.filter {
      $0.sheet != best.sheet && $0.index.type.id == best.index.type.id && 2 * $0.found.score > best.found.score
    }.map(\.sheet)
  }
}
