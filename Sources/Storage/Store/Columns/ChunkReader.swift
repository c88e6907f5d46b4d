import Foundation
import Policy
import Population

/// Reads the records of a chunk of CSV straight into columns, by the rules of `CSVReader`, without a value per cell.
struct ChunkReader {
  private let layout: TableLayout
  private let base: UnsafePointer<UInt8>
  private let columns: [ColumnBuilder]
  private let arena: Arena
  private var reader: FactReader

  /// - Parameters:
  ///   - arena: lives as long as the pieces.
  ///   - reader: for cells that are not plain.
  init(_ layout: TableLayout, _ base: UnsafePointer<UInt8>, _ arena: Arena, _ reader: FactReader) {
    (self.layout, self.base, self.arena, self.reader) = (layout, base, arena, reader)
    columns = layout.entries.map { ColumnBuilder($0, arena: arena) }
  }

  /// - Returns: how many rows, and a piece for each column.
  mutating func read(_ range: Range<Int>) throws(Trouble) -> (rows: Int, pieces: [ColumnPiece]) {
    var most = 1
    for position in range where base[position] == 0x0A || base[position] == 0x0D { most += 1 }
    for column in columns { column.begin(rows: most) }
    var rows = 0, position = range.lowerBound
    while true {
      while position < range.upperBound, isLineEnd(base[position]) { position += 1 }
      if position == range.upperBound { break }
      try readRow(&position, range.upperBound)
      rows += 1
    }
    return (rows, columns.map { $0.piece() })
  }

  @inline(__always)
  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private mutating func readRow(_ position: inout Int, _ end: Int) throws(Trouble) {
    let count = columns.count, key = layout.key
    for index in 0..<count {
      while position < end, base[position] == 0x20 || base[position] == 0x09 { position += 1 }
      let isQuoted = position < end && base[position] == UInt8(ascii: "\"")
      let text = isQuoted ? try quoted(&position, end) : unquoted(&position, end)
      if index == count - 1 {
        guard position == end || isLineEnd(base[position]) else { throw Trouble() }
      } else {
        guard position < end, base[position] == UInt8(ascii: ",") else { throw Trouble() }
        position += 1
      }
      if index == key, text.count == 0 { throw Trouble() }
      try columns[index].take(text, isQuoted: isQuoted, &reader)
    }
  }

  @inline(__always)
  private func unquoted(_ position: inout Int, _ end: Int) -> TextSlice {
    let start = position
    while position < end {
      let byte = base[position]
      if byte == UInt8(ascii: ",") || isLineEnd(byte) { break }
      position += 1
    }
    var last = position
    while last > start, base[last - 1] == 0x20 || base[last - 1] == 0x09 { last -= 1 }
    return TextSlice(base: base + start, count: last - start)
  }

  /// - Throws: when the quote is never closed.
  private func quoted(_ position: inout Int, _ end: Int) throws(Trouble) -> TextSlice {
    let start = position + 1
    var isDoubled = false
    position = start
    while true {
      guard position < end, let found = memchr(base + position, 0x22, end - position) else { throw Trouble() }
      position = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
      guard position + 1 < end, base[position + 1] == UInt8(ascii: "\"") else { break }
      isDoubled = true
      position += 2
    }
    let text = TextSlice(base: base + start, count: position - start)
    position += 1
    while position < end, base[position] == 0x20 || base[position] == 0x09 { position += 1 }
    return isDoubled ? arena.copy(withoutDoubledQuotes(text)) : text
  }

  private func withoutDoubledQuotes(_ text: TextSlice) -> [UInt8] {
    var bytes: [UInt8] = []
    var index = 0
    while index < text.count {
      bytes.append(text.base[index])
      index += text.base[index] == UInt8(ascii: "\"") ? 2 : 1
    }
    return bytes
  }
}
