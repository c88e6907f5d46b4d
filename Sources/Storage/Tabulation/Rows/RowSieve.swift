import Spreadsheet

/// Tells rows that are no records.
struct RowSieve {
  private let key: Int
  /// Those that are read.
  private let columns: Set<Int>
  /// What stands above the first record, by column.
  private var before: [Int: Set<String>] = [:]
  private var hasRecords = false

  init(_ grid: HeaderGrid, _ shape: TableShape, key: Int) {
    self.key = key
    columns = Set(shape.columns.lazy.filter { $0.field != nil }.map(\.number))
    for row in grid.rows where row.number < shape.firstDataRow {
      for entry in row.entries { before[entry.column, default: []].insert(entry.cell.shownText.compact) }
    }
  }

  /// Nil for a record.
  mutating func reason(toLeaveOut row: SheetRow, _ merges: RowMerges) -> TableReport.Reason? {
    if row[key].isCode { return record() }
    let entries = row.entries.filter { !$0.cell.isBlank }
    guard let first = entries.first else { return .blank }
    let keyText = row[key].shownText.compact
    let firstText = first.cell.shownText.compact
    if let reason = RowSieve.reason(keyText) ?? (keyText.isEmpty ? RowSieve.reason(firstText) : nil) { return reason }
    // Rows that are numbered beforehand.
    if entries.allSatisfy({ !columns.contains($0.column) }) { return .blank }
    if stoodBefore(entries) { return entries.count > 1 ? .header : .title }
    if !hasRecords, isNumbering(entries) { return .numbering }
    if keyText.isEmpty, entries.count == 1, merges.spansColumns(row.number, first.column) { return .section }
    return record()
  }

  private mutating func record() -> TableReport.Reason? {
    hasRecords = true
    return nil
  }

  private static func reason(_ text: String) -> TableReport.Reason? {
    if RowSieve.isTotal(text) { return .total }
    if TitleLine.begins(text, with: .signature) || TitleLine.begins(text, with: .day) { return .signature }
    if TitleLine.begins(text, with: .unit) { return .title }
    return TitleLine.begins(text, with: .remark) ? .footer : nil
  }

  /// `合计`, `合计(23家)`, `总计:`
  private static func isTotal(_ text: String) -> Bool {
    guard let word = TableWords.shared.prefix(of: text, in: .total) else { return false }
    guard let next = text.dropFirst(word.count).first else { return true }
    return next == "(" || next == ":" || next.isNumber
  }

  /// Whether each cell repeats what stands above the records in its column.
  private func stoodBefore(_ entries: [SheetRow.Entry]) -> Bool {
    entries.allSatisfy { before[$0.column]?.contains($0.cell.shownText.compact) == true }
  }

  /// `1 2 3 …` or `甲 乙 1 2 …` below a header.
  private func isNumbering(_ entries: [SheetRow.Entry]) -> Bool {
    let texts = entries.map { $0.cell.shownText.compact.filter { $0 != "(" && $0 != ")" } }
    let numbers = texts.drop { TableWords.shared.has($0, in: .letter) }
    guard texts.count > 2, !numbers.isEmpty, let first = Int(numbers.first ?? ""), 0...2 ~= first else {
      return !texts.isEmpty && texts.count > 2 && numbers.isEmpty
    }
    return zip(first..., numbers).allSatisfy { String($0) == $1 }
  }
}

extension SheetCell {
  var isBlank: Bool {
    switch value {
    case .empty: !isCalculated
    case .text(let text): text.unicodeScalars.allSatisfy { $0.isBlank || $0.isWeightless }
    default: false
    }
  }

  /// Whether it holds what looks like a credit code, as nearly all keys do.
  fileprivate var isCode: Bool {
    guard case .text(let text) = value, text.utf8.count == 18 else { return false }
    return text.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 }
  }
}
