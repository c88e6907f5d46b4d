import Foundation

/// A record that only the whole folder's `FactReader` understands, or refuses.
struct BrokenRecord: Error {
  /// From the first byte of the chunk.
  var offset: Int
}

/// Where the cells of a block of records lie, found eight bytes at a time by the rules of `CSVReader`.
///
/// Positions count from the first byte of the chunk. A block is as large as its index: it stays near the processor while its
/// columns are read one after the other.
struct CellIndex: ~Copyable {
  /// The bytes between two commas, or between the quotes of a cell.
  struct Bounds {
    var start: UInt32
    /// With ``isQuoted`` and ``isDoubled`` in its highest bits.
    var markedEnd: UInt32

    static let isQuoted: UInt32 = 1 << 31
    /// Whether doubled quotes stand within the quotes.
    static let isDoubled: UInt32 = 1 << 30
    static let marks = isQuoted | isDoubled

    @inline(__always)
    init(_ start: Int, _ end: Int, _ marks: UInt32 = 0) {
      self.start = UInt32(truncatingIfNeeded: start)
      markedEnd = UInt32(truncatingIfNeeded: end) | marks
    }
  }

  /// The most bytes of a chunk: what positions without marks count.
  static let longestChunk = 1 << 30
  /// How many cells a block has, at least one record.
  static let cellsOfBlock = 1 << 15

  let width: Int
  private(set) var rows = 0
  private let base: UnsafePointer<UInt8>
  private let end: Int
  private let bounds: UnsafeMutablePointer<Bounds>
  private let starts: UnsafeMutablePointer<UInt32>
  private let mostRows: Int
  private var position = 0

  /// - Parameters:
  ///   - chunk: outlives this.
  ///   - count: bytes of the chunk, not more than ``longestChunk``.
  ///   - width: cells of a record, at least one.
  init(_ chunk: UnsafePointer<UInt8>, count: Int, width: Int, cellsOfBlock: Int = cellsOfBlock) {
    precondition(width > 0 && count <= Self.longestChunk, "a chunk that positions can count")
    (base, end) = (chunk, count)
    self.width = width
    mostRows = max(cellsOfBlock / width, 1)
    bounds = .allocate(capacity: mostRows * width)
    starts = .allocate(capacity: mostRows)
  }

  deinit {
    bounds.deallocate()
    starts.deallocate()
  }

  /// Where a record of the block begins.
  func start(ofRow row: Int) -> Int { Int(starts[row]) }

  /// The cells of one column in this block, as long as no other block is looked for.
  func cells(ofColumn column: Int) -> CellColumn {
    CellColumn(base: base, bounds: bounds + column, stride: width, count: rows)
  }

  /// Looks for the records of the next block.
  /// - Returns: whether there are any.
  /// - Throws: for a record of another width, a quote that is never closed, and signs behind a closing quote.
  mutating func next() throws(BrokenRecord) -> Bool {
    rows = 0
    while rows < mostRows {
      while position < end, isLineEnd(base[position]) { position += 1 }
      if position == end { break }
      let start = position
      starts[rows] = UInt32(start)
      guard let lineEnd = record(bounds + rows * width) else { throw BrokenRecord(offset: start) }
      position = lineEnd
      rows += 1
    }
    return rows > 0
  }

  @inline(__always)
  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// - Returns: where the record that begins here ends; nil when it is broken.
  private func record(_ bounds: UnsafeMutablePointer<Bounds>) -> Int? {
    var start = position, word = position, cell = 0
    while word < end {
      var signs = CSVSigns.find(base + word, most: end - word)
      while signs != 0 {
        let found = word + signs.trailingZeroBitCount / 8
        signs &= signs &- 1
        if cell == width { return nil }
        let byte = base[found]
        if byte == UInt8(ascii: "\"") {
          guard isBlank(start..<found) else { continue }
          guard let (text, behind) = quoted(found) else { return nil }
          bounds[cell] = text
          cell += 1
          if behind == end || isLineEnd(base[behind]) { return cell == width ? behind : nil }
          (start, word, signs) = (behind + 1, behind + 1 - 8, 0)
          break
        }
        bounds[cell] = Bounds(start, found)
        cell += 1
        if byte != UInt8(ascii: ",") { return cell == width ? found : nil }
        start = found + 1
      }
      word += 8
    }
    guard cell == width - 1 else { return nil }
    bounds[cell] = Bounds(start, end)
    return end
  }

  @inline(__always)
  private func isBlank(_ range: Range<Int>) -> Bool {
    for position in range where base[position] != 0x20 && base[position] != 0x09 { return false }
    return true
  }

  /// A cell whose quote stands at a position.
  /// - Returns: with the position of the comma or line end behind it; nil when the quote is never closed, or something else follows.
  private func quoted(_ quote: Int) -> (Bounds, behind: Int)? {
    var position = quote + 1
    var marks = Bounds.isQuoted
    while true {
      guard position < end, let found = memchr(base + position, 0x22, end - position) else { return nil }
      position = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
      guard position + 1 < end, base[position + 1] == UInt8(ascii: "\"") else { break }
      marks |= Bounds.isDoubled
      position += 2
    }
    let bounds = Bounds(quote + 1, position, marks)
    position += 1
    while position < end, base[position] == 0x20 || base[position] == 0x09 { position += 1 }
    guard position == end || isLineEnd(base[position]) || base[position] == UInt8(ascii: ",") else { return nil }
    return (bounds, position)
  }
}

/// The cells of one column in a block of records.
struct CellColumn {
  fileprivate let base: UnsafePointer<UInt8>
  fileprivate let bounds: UnsafeMutablePointer<CellIndex.Bounds>
  fileprivate let stride: Int
  let count: Int

  /// The text of a cell without the spaces around it. Doubled quotes stand in it as they are written.
  @inline(__always)
  func text(_ row: Int) -> TextSlice {
    let bounds = bounds[row &* stride]
    let start = base + Int(bounds.start)
    if bounds.markedEnd & CellIndex.Bounds.isQuoted != 0 {
      return TextSlice(base: start, count: Int(bounds.markedEnd & ~CellIndex.Bounds.marks) &- Int(bounds.start))
    }
    return trimmed(start, base + Int(bounds.markedEnd))
  }

  @inline(__always)
  private func trimmed(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> TextSlice {
    var start = start, end = end
    while start < end, start.pointee == 0x20 || start.pointee == 0x09 { start += 1 }
    while start < end, end[-1] == 0x20 || end[-1] == 0x09 { end -= 1 }
    return TextSlice(base: start, count: end - start)
  }

  @inline(__always)
  func isQuoted(_ row: Int) -> Bool { bounds[row &* stride].markedEnd & CellIndex.Bounds.isQuoted != 0 }

  @inline(__always)
  func isDoubled(_ row: Int) -> Bool { bounds[row &* stride].markedEnd & CellIndex.Bounds.isDoubled != 0 }
}

/// The signs that part cells, eight bytes at a time.
enum CSVSigns {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F

  /// - Parameter most: bytes that may be looked at, at least one.
  /// - Returns: the highest bit of each of eight bytes that is a comma, a quote or a line end.
  @inline(__always)
  static func find(_ bytes: UnsafePointer<UInt8>, most: Int) -> UInt64 {
    var word: UInt64 = 0
    if most >= 8 {
      word = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
    } else {
      for index in 0..<most { word |= UInt64(bytes[index]) << UInt64(8 * index) }
    }
    let others =
      differing(word, from: 0x2C) & differing(word, from: 0x22) & differing(word, from: 0x0A)
      & differing(word, from: 0x0D)
    return ~others & ~low
  }

  /// The highest bit of each byte that is another one.
  @inline(__always)
  private static func differing(_ word: UInt64, from byte: UInt64) -> UInt64 {
    let difference = word ^ (ones &* byte)
    return ((difference & low) &+ low) | difference
  }
}
