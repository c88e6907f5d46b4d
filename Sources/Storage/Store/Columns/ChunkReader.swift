import Policy
import Population

/// Reads the records of a chunk of CSV straight into columns, by the rules of `CSVReader`, without a value per cell.
struct ChunkReader {
  private let layout: TableLayout
  private var columns: [ColumnBuilder]
  private var reader: FactReader

  /// - Parameters:
  ///   - arena: lives as long as the pieces.
  ///   - reader: for cells that are not plain.
  init(_ layout: TableLayout, _ arena: Arena, _ reader: FactReader) {
    self.layout = layout
    self.reader = reader
    columns = layout.entries.enumerated().map { index, entry in
      ColumnBuilder(entry, isKey: index == layout.key, arena: arena)
    }
  }

  /// Block after block: the cells of a few hundred records are found, then taken column by column.
  /// - Returns: how many rows, and a piece for each column.
  mutating func read(
    _ chunk: UnsafePointer<UInt8>, count: Int
  ) throws(BrokenRecord) -> (rows: Int, pieces: [ColumnPiece]) {
    guard count <= CellIndex.longestChunk else { throw BrokenRecord(offset: 0) }
    var index = CellIndex(chunk, count: count, width: columns.count)
    var rows = 0
    while try index.next() {
      for column in columns.indices {
        do throws(CellTrouble) {
          try columns[column].take(index.cells(ofColumn: column), &reader)
        } catch {
          throw BrokenRecord(offset: index.start(ofRow: error.row))
        }
      }
      rows += index.rows
    }
    return (rows, columns.map { $0.piece() })
  }
}
