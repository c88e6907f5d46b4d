import Population
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// The pieces of all columns, each taken once, so that they go as the columns come.
final class PieceShelf: Sendable {
  private struct Stock {
    /// By table and column.
    var pieces: [[[ColumnPiece]]]
    /// Bytes taken since memory was given back.
    var taken = 0
  }

  private let stock: Mutex<Stock>
  /// Bytes to be taken before memory is given back to the system.
  private static let mostTaken = 64 << 20

  /// - Parameter pieces: by table and column.
  init(_ pieces: [[[ColumnPiece]]]) { stock = Mutex(Stock(pieces: pieces)) }

  func pieces(_ table: Int, _ column: Int) -> [ColumnPiece] { stock.withLock { $0.pieces[table][column] } }

  func take(_ table: Int, _ column: Int) -> [ColumnPiece] {
    let (pieces, isMuch) = stock.withLock { stock in
      let pieces = stock.pieces[table][column]
      stock.pieces[table][column] = []
      stock.taken += pieces.reduce(0) { $0 + $1.size }
      let isMuch = stock.taken > Self.mostTaken
      if isMuch { stock.taken = 0 }
      return (pieces, isMuch)
    }
    if isMuch { Self.giveBack() }
    return pieces
  }

  /// Pieces are small and lie among others that stay: without this the system would not see their memory again.
  private static func giveBack() {
    #if canImport(Glibc)
      // Its header is in no module.
      typealias Trim = @convention(c) (Int) -> CInt
      guard let symbol = dlsym(nil, "malloc_trim") else { return }
      _ = unsafeBitCast(symbol, to: Trim.self)(0)
    #endif
  }
}

extension ColumnPiece {
  /// Bytes, about.
  fileprivate var size: Int {
    let cells = cells.bytes.count + (states?.count ?? 0)
    return cells + texts.count * 64
  }
}
