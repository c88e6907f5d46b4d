import Foundation

/// Cuts the records of a CSV file into chunks that end where records end, so that they can be read side by side.
///
/// Quotes are looked at as `CSVReader` does: only one that begins a cell opens it. Where quotes are in disorder the chunk says so
/// when it is read.
struct RecordCutter {
  let bytes: UnsafePointer<UInt8>
  let end: Int

  /// - Parameter size: bytes of a chunk, about.
  func chunks(from start: Int, size: Int) -> [Range<Int>] {
    var chunks: [Range<Int>] = []
    var first = start, position = start
    while position < end {
      let quote = find(UInt8(ascii: "\""), from: position, to: end) ?? end
      while let lineEnd = find(UInt8(ascii: "\n"), from: max(first + size, position), to: quote) {
        chunks.append(first..<lineEnd + 1)
        first = lineEnd + 1
        position = first
      }
      guard quote < end else { break }
      position = isOpening(quote, from: start) ? closing(quote) + 1 : quote + 1
    }
    if first < end { chunks.append(first..<end) }
    return chunks
  }

  private func find(_ byte: UInt8, from first: Int, to last: Int) -> Int? {
    guard first < last, let found = memchr(bytes + first, Int32(byte), last - first) else { return nil }
    return UnsafeRawPointer(bytes).distance(to: UnsafeRawPointer(found))
  }

  /// Whether nothing but spaces stands between it and the beginning of its cell.
  private func isOpening(_ quote: Int, from start: Int) -> Bool {
    var before = quote - 1
    while before >= start, bytes[before] == 0x20 || bytes[before] == 0x09 { before -= 1 }
    return before < start || [UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(bytes[before])
  }

  /// The quote that closes the cell; the end when there is none.
  private func closing(_ quote: Int) -> Int {
    var position = quote + 1
    while let next = find(UInt8(ascii: "\""), from: position, to: end) {
      guard next + 1 < end, bytes[next + 1] == UInt8(ascii: "\"") else { return next }
      position = next + 2
    }
    return end
  }
}
