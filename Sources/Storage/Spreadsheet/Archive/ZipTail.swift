import Diagnostics

/// The end of a zip file, where its directory is announced.
///
/// The library reads the whole directory at once, so how many entries it has is looked at before.
struct ZipTail {
  /// The most entries that any record at the end of the file announces; nil when there is none, as in a file cut
  /// short.
  let entries: Int?

  private static let end = Array("PK\u{5}\u{6}".utf8)
  private static let largeEnd = Array("PK\u{6}\u{6}".utf8)
  private static let largeEndPointer = Array("PK\u{6}\u{7}".utf8)
  /// The record, the longest comment after it, and the pointer before it.
  private static let longest = 22 + 65_535 + 20

  init(of file: borrowing PlainFile) throws(Diagnostic) {
    let tail = try file.bytes(at: max(0, file.size - ZipTail.longest), count: ZipTail.longest)
    var most: Int?
    for offset in tail.indices.dropLast(21) where tail[offset...].starts(with: ZipTail.end) {
      var entries = Int(tail.number(at: offset + 10, bytes: 2))
      if offset >= 20, let large = try ZipTail.entries(pointedToAt: offset - 20, in: tail, of: file) {
        entries = max(entries, large)
      }
      most = max(most ?? 0, entries)
    }
    entries = most
  }

  private static func entries(
    pointedToAt offset: Int, in tail: [UInt8], of file: borrowing PlainFile
  ) throws(Diagnostic) -> Int? {
    guard tail[offset...].starts(with: largeEndPointer) else { return nil }
    let target = Int(clamping: tail.number(at: offset + 8, bytes: 8))
    guard target < file.size else { return nil }
    let record = try file.bytes(at: target, count: 56)
    guard record.count == 56, record.starts(with: largeEnd) else { return nil }
    return Int(clamping: record.number(at: 32, bytes: 8))
  }
}

extension [UInt8] {
  /// A number whose least byte comes first.
  fileprivate func number(at offset: Int, bytes: Int) -> UInt64 {
    self[offset..<offset + bytes].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
