import Foundation

/// The form of a population in one file: columns as they lie in memory, so that opening it is mapping it
/// (docs/decisions/2026-11-28-column-files.md).
///
///     prelude (64 bytes) | header (JSON) | part | part | …
///
/// The prelude: magic (8 bytes), byte order mark (4), version (2), zero (2), size of the file (8), of the header (8), checksum of
/// prelude and header (8), zeros. Parts begin at multiples of 64; the header has the checksum of each (``ByteHash``).
public enum ColumnFile {
  public static let version = 1
  /// What names of column files end in.
  public static let pathExtension = "columns"

  static let magic: [UInt8] = [0x89, 0x53, 0x4C, 0x43, 0x0D, 0x0A, 0x1A, 0x0A]
  static let byteOrderMark: UInt32 = 0x0102_0304
  static let preludeSize = 64
  static let alignment = 64
  static let maximumHeaderSize = 64 << 20

  static func aligned(_ size: Int) -> Int { (size + alignment - 1) / alignment * alignment }

  /// Where the fields of the prelude lie.
  enum Offset {
    static let byteOrder = 8
    static let version = 12
    static let fileSize = 16
    static let headerSize = 24
    static let checksum = 32
  }

  /// Whether a file begins as column files do, in whatever version.
  static func isColumnFile(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.starts(with: magic) }

  /// The same of a file that may not be readable.
  static func isColumnFile(at path: String) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? handle.close() }
    return ((try? handle.read(upToCount: magic.count)) ?? nil).map(Array.init) == magic
  }

  /// `firms.columns` with a digest: `firms.0123456789abcdef.columns`.
  static func path(_ path: String, withDigest digest: String) -> String {
    var path = path
    for suffix in [".\(pathExtension)", ".\(self.digest(inName: path) ?? "")"] where path.hasSuffix(suffix) {
      path.removeLast(suffix.count)
    }
    return "\(path).\(digest).\(pathExtension)"
  }

  /// The digest in a file's name; nil when it has none.
  static func digest(inName path: String) -> String? {
    let parts = (path.split(separator: "/").last ?? "").split(separator: ".")
    guard parts.count >= 3, parts[parts.count - 1] == pathExtension else { return nil }
    let digest = String(parts[parts.count - 2])
    return UInt64(sixteenDigits: digest) == nil ? nil : digest
  }
}
