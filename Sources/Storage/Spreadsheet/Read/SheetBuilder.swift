import Diagnostics

/// Puts the rows of a sheet together from what stands in its part.
struct SheetBuilder {
  private enum Place { case sheet, columns, data, row, cell, value, inlineText, merges }

  /// Whole rows not yet taken.
  var rows: [SheetRow] = []
  private(set) var merged: [CellRange] = []
  private(set) var hiddenColumns: [ClosedRange<Int>] = []

  private let decoder: CellDecoder
  private let limits: SpreadsheetLimits
  private let source: (path: String, sheet: String)
  private var places: [Place] = []

  // The row and the cell that are being heard.
  private var row = SheetRow(number: 0, isHidden: false)
  private var column = 0
  private var kind = CellDecoder.Kind.number
  private var style: Int?
  private var hasFormula = false
  private var value: [UInt8] = []
  private var collector = TextCollector()

  init(_ heading: SheetHeading, in path: String, decoder: CellDecoder, limits: SpreadsheetLimits) {
    self.decoder = decoder
    self.limits = limits
    source = (path, heading.name)
  }

  mutating func begin(_ element: PartElement) throws(Diagnostic) -> Bool {
    guard let place = places.last else { return enter(.sheet, if: element.isNamed("worksheet")) }
    switch place {
    case .data:
      guard element.isNamed("row") else { return false }
      try beginRow(element)
      return enter(.row)
    case .row:
      guard element.isNamed("c") else { return false }
      try beginCell(element)
      return enter(.cell)
    case .cell: return beginContent(element)
    case .inlineText: return collector.begin(element)
    case .sheet: return beginSection(element)
    case .columns: addColumns(element)
    case .merges: try addMerged(element)
    case .value: break
    }
    return false
  }

  private mutating func enter(_ place: Place, if isNamed: Bool = true) -> Bool {
    if isNamed { places.append(place) }
    return isNamed
  }

  private mutating func beginSection(_ element: PartElement) -> Bool {
    if element.isNamed("sheetData") { return enter(.data) }
    if element.isNamed("cols") { return enter(.columns) }
    return enter(.merges, if: element.isNamed("mergeCells"))
  }

  private mutating func beginContent(_ element: PartElement) -> Bool {
    if element.isNamed("v") { return enter(.value) }
    if element.isNamed("f") { hasFormula = true }
    return enter(.inlineText, if: element.isNamed("is"))
  }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    switch places.last {
    case .value: value.append(contentsOf: bytes)
    case .inlineText: collector.add(bytes)
    default: return
    }
    guard max(value.count, collector.bytes.count) <= limits.cellBytes else {
      throw problem("spreadsheet.cell.text", ["limit": "\(limits.cellBytes >> 10) KiB"])
    }
  }

  mutating func end() throws(Diagnostic) {
    switch places.last {
    case .inlineText: if collector.end() { return }
    case .cell: try endCell()
    case .row: if !row.entries.isEmpty { rows.append(row) }
    default: break
    }
    places.removeLast()
  }

  private func problem(_ code: String, _ arguments: [String: String] = [:]) -> Diagnostic {
    let place = SourcePlace(file: source.path, line: max(1, row.number), column: max(1, column))
    let cell = CellReference(row: place.line, column: place.column)
    return Diagnostic(
      code, at: place, arguments.merging(["sheet": source.sheet, "cell": cell.description]) { own, _ in own })
  }
}

// MARK: - Rows and cells

extension SheetBuilder {
  /// A row without number follows the one before it.
  private mutating func beginRow(_ element: PartElement) throws(Diagnostic) {
    var number: Int? = row.number + 1
    if let text = element.value("r") { number = text.wholeNumber }
    column = 0
    guard let number, number <= CellReference.lastRow, number > row.number else {
      throw problem("spreadsheet.row", ["number": element.text("r") ?? String(row.number + 1)])
    }
    // Most rows are as long as the one before.
    let count = row.entries.count
    row = SheetRow(number: number, isHidden: element.flag("hidden"))
    row.entries.reserveCapacity(count)
  }

  /// A cell without place follows the one before it.
  private mutating func beginCell(_ element: PartElement) throws(Diagnostic) {
    var place: CellReference? = CellReference(row: row.number, column: column + 1)
    if let text = element.value("r") { place = CellReference(text) }
    guard let place, place.row == row.number, place.column > column, place.column <= CellReference.lastColumn else {
      let given = element.text("r") ?? CellReference(row: row.number, column: column + 1).description
      throw problem("spreadsheet.reference", ["reference": given])
    }
    column = place.column
    style = element.number("s")
    kind = try kind(element.value("t"))
    hasFormula = false
    value.removeAll(keepingCapacity: true)
    collector.clear()
  }

  private func kind(_ text: UnsafeBufferPointer<UInt8>?) throws(Diagnostic) -> CellDecoder.Kind {
    guard let text else { return .number }
    if text.isEqual(to: "s") { return .sharedString }
    if text.isEqual(to: "n") { return .number }
    if text.isEqual(to: "str") || text.isEqual(to: "inlineStr") { return .text }
    if text.isEqual(to: "b") { return .truth }
    if text.isEqual(to: "e") { return .error }
    if text.isEqual(to: "d") { return .day }
    throw problem("spreadsheet.cell.kind", ["kind": String(decoding: text, as: UTF8.self)])
  }

  /// A formula that was never calculated is a cell without value, and is kept.
  private mutating func endCell() throws(Diagnostic) {
    let bytes = value.isEmpty ? collector.bytes : value
    let content = bytes.isEmpty ? .empty : bytes.withUnsafeBufferPointer { decoder.value($0, kind, style: style) }
    guard let content else {
      let code = kind == .sharedString ? "spreadsheet.cell.string" : "spreadsheet.cell.value"
      throw problem(code, ["text": String(String(decoding: bytes, as: UTF8.self).prefix(40))])
    }
    guard content != .empty || hasFormula else { return }
    row.entries.append(SheetRow.Entry(column: column, cell: SheetCell(content, isCalculated: hasFormula)))
  }

  private mutating func addColumns(_ element: PartElement) {
    guard element.isNamed("col"), element.flag("hidden"), let first = element.number("min"),
      let last = element.number("max"), 1...CellReference.lastColumn ~= first, first <= last,
      hiddenColumns.count < CellReference.lastColumn
    else { return }
    hiddenColumns.append(first...min(last, CellReference.lastColumn))
  }

  private mutating func addMerged(_ element: PartElement) throws(Diagnostic) {
    guard element.isNamed("mergeCell"), let text = element.value("ref") else { return }
    guard let range = CellRange(text) else {
      throw problem("spreadsheet.reference", ["reference": String(decoding: text, as: UTF8.self)])
    }
    guard merged.count < limits.mergedRanges else {
      throw problem("spreadsheet.merged", ["limit": String(limits.mergedRanges)])
    }
    merged.append(range)
  }
}
