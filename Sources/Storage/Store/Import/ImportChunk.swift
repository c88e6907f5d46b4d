import Diagnostics
import FEEL
import Policy
import Population
import Registry

/// The rows of a part of a file, read.
struct ImportChunk: Sendable {
  enum Rows: Sendable {
    /// All are sound: columns side by side. The arena keeps texts that they lead to.
    case pieces([ColumnPiece], count: Int, Arena)
    /// Read one by one, because some are not sound or not plain.
    case single([FactRow], refused: [RefusedRow])
  }

  var rows: Rows
  /// In the file.
  var range: Range<Int>
}

/// Reads parts of a file: as columns, and row by row where that does not go.
struct ImportChunkReader: Sendable {
  let file: ImportFiles.File
  let reader: FactReader

  func read(_ range: Range<Int>) -> ImportChunk {
    ImportChunk(rows: columns(range) ?? rows(range), range: range)
  }

  /// nil where a row is not sound, or a number has no room in a column.
  private func columns(_ range: Range<Int>) -> ImportChunk.Rows? {
    guard let base = file.file.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
    let arena = Arena()
    var reader = ChunkReader(file.layout, arena, reader)
    guard let (count, pieces) = try? reader.read(base + range.lowerBound, count: range.count) else { return nil }
    let fits = zip(pieces, file.layout.entries).allSatisfy { piece, entry in piece.fits(entry) }
    return fits ? .pieces(pieces, count: count, arena) : nil
  }

  private func rows(_ range: Range<Int>) -> ImportChunk.Rows {
    let bytes = Array(file.file.bytes[range])
    var csv = CSVReader(bytes, at: file.place(of: range))
    var rows: [FactRow] = [], refused: [RefusedRow] = []
    var isAtEnd = false
    while !isAtEnd {
      let start = csv.offset
      do throws(Diagnostic) {
        guard let row = try csv.nextRow() else { break }
        let (fact, problems) = fact(of: row, Array(bytes[start..<csv.offset]))
        if let fact, problems.isEmpty {
          rows.append(fact)
        } else {
          refused.append(self.refused(bytes[start..<csv.offset], row.first?.place, problems))
        }
      } catch {
        refused.append(self.refused(bytes[start..<max(csv.offset, start)], error.place, [error]))
        isAtEnd = csv.offset == start
      }
    }
    return .single(rows, refused: refused)
  }

  private func fact(of row: [RawTable.Cell], _ bytes: [UInt8]) -> (FactRow?, [Diagnostic]) {
    let place = row.first?.place ?? SourcePlace(file: file.file.path)
    if String(validating: bytes, as: UTF8.self) == nil {
      return (nil, [Diagnostic("store.file.utf8", at: TextFile.firstInvalidPlace(in: bytes, from: place))])
    }
    guard row.count == file.header.cells.count else {
      return (nil, [CSVTable.ragged(row, under: file.header.cells)])
    }
    var reader = reader
    reader.add(RawTable(header: file.header.cells, rows: [row], place: place), of: file.layout.type.name)
    let fact = reader.facts[file.layout.type.name]?.rows.first
    let finer = fact.map { self.problems(of: $0, in: row) } ?? []
    return (fact, reader.diagnostics + finer)
  }

  /// What a store has no room for.
  private func problems(of fact: FactRow, in row: [RawTable.Cell]) -> [Diagnostic] {
    zip(file.layout.entries, row).compactMap { entry, cell in
      guard let code = fact.problem(entry) ?? (cell.text.utf8.contains(0) ? "store.import.zero" : nil) else {
        return nil
      }
      return Diagnostic(
        code, at: cell.place,
        ["column": entry.column.header, "value": cell.text, "step": "\(entry.column.field.type.unit?.step ?? .one)"])
    }
  }

  private func refused(
    _ bytes: ArraySlice<UInt8>, _ place: SourcePlace?, _ problems: [Diagnostic]
  ) -> RefusedRow {
    RefusedRow(
      record: file.layout.type.name, place: place ?? SourcePlace(file: file.file.path),
      text: String(decoding: bytes.prefix(1 << 16), as: UTF8.self).trimmingWhitespace, problems: problems)
  }
}

extension FactRow {
  /// Why a store cannot keep the value of a column: money finer than a fen or too large, and days that databases do not know.
  fileprivate func problem(_ entry: TableLayout.Entry) -> String? {
    switch value(entry) {
    case .number(let number):
      guard let scale = entry.storedScale else { return nil }
      if let units = number.scaled(by: scale) { return Int64(exactly: units) == nil ? "store.import.large" : nil }
      return number.fractionDigits.map { $0 > scale } ?? false ? "store.import.finer" : "store.import.large"
    case .date(let day): return Validity.days.contains(day.year) ? nil : "store.import.day"
    default: return nil
    }
  }

  private func value(_ entry: TableLayout.Entry) -> Value? {
    switch self[entry.column.field.name] {
    case .value(let value): return value
    case .annual(let years): return entry.column.year.flatMap { years[$0] ?? nil }
    default: return nil
    }
  }
}

extension ColumnPiece {
  /// The days that every database knows.
  private static let days: ClosedRange<Int64> = {
    func day(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
      Int64(CalendarDate(year: year, month: month, day: day)?.dayNumber ?? 0)
    }
    return day(Validity.days.lowerBound, 1, 1)...day(Validity.days.upperBound, 12, 31)
  }()

  /// Whether a store has room for all its values as they are.
  fileprivate func fits(_ entry: TableLayout.Entry) -> Bool {
    guard !isUnsuitable, !texts.texts.contains(where: { $0.bytes.contains(0) }) else { return false }
    if case .date = entry.form, let bounds {
      return Self.days.contains(bounds.lowerBound) && Self.days.contains(bounds.upperBound)
    }
    guard let stored = entry.storedScale else { return true }
    let factor = (scale..<max(stored, scale)).reduce(Int64(1)) { value, _ in value * 10 }
    let bounds = bounds ?? 0...0
    return scale <= stored
      && ![bounds.lowerBound, bounds.upperBound].contains {
        $0.multipliedReportingOverflow(by: factor).overflow
      }
  }
}

extension TableLayout.Entry {
  /// Digits behind the point that the store keeps; nil where it keeps all.
  var storedScale: Int? { RecordTable.Column(column.field).scale }
}
