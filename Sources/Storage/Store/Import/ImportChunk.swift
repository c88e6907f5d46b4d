import Diagnostics
import FEEL
import Policy
import Population

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
    let fits = zip(pieces, file.layout.entries).allSatisfy { piece, entry in
      !piece.isUnsuitable && piece.scale <= (entry.storedScale ?? piece.scale)
    }
    return fits ? .pieces(pieces, count: count, arena) : nil
  }

  private func rows(_ range: Range<Int>) -> ImportChunk.Rows {
    let bytes = Array(file.file.bytes[range])
    var csv = CSVReader(bytes, at: file.file.place(ofByte: range.lowerBound))
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

  /// Money finer than a fen has no place in a ledger of fen.
  private func problems(of fact: FactRow, in row: [RawTable.Cell]) -> [Diagnostic] {
    zip(file.layout.entries, row).compactMap { entry, cell in
      guard let scale = entry.storedScale, let number = fact.number(entry), number.scaled(by: scale) == nil else {
        return nil
      }
      return Diagnostic(
        "store.import.finer", at: cell.place,
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
  fileprivate func number(_ entry: TableLayout.Entry) -> Decimal128? {
    switch self[entry.column.field.name] {
    case .value(.number(let number)): return number
    case .annual(let years):
      guard let year = entry.column.year, case .number(let number)? = years[year] ?? nil else { return nil }
      return number
    default: return nil
    }
  }
}

extension TableLayout.Entry {
  /// Digits behind the point that the store keeps; nil where it keeps all.
  var storedScale: Int? { RecordTable.Column(column.field).scale }
}
