public import Diagnostics

/// The encodings that text files come in.
public enum TextEncoding: String, Sendable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  /// With GBK and GB 2312, which it holds.
  case gb18030 = "GB18030"

  /// Tells the encoding of a file from all of its bytes, read piece by piece.
  /// - Throws: `store.file.…`; `text.utf8` and `text.mixed` where a file that begins in one encoding goes on in
  ///   another; `text.binary` when it is no text.
  public init(ofFile path: String) throws(Diagnostic) {
    self = try TextEncoding.found(in: try PlainFile(path: path)).encoding
  }

  private static let marks: [(bytes: [UInt8], encoding: TextEncoding)] = [
    ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE], .utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian),
    ([0x84, 0x31, 0x95, 0x33], .gb18030),
  ]

  /// - Returns: the encoding, and how many bytes at the beginning are only a mark of it.
  static func found(in file: borrowing PlainFile) throws(Diagnostic) -> (encoding: TextEncoding, markLength: Int) {
    let start = try file.bytes(at: 0, count: 4)
    let mark = marks.first { start.starts(with: $0.bytes) }
    if let mark, mark.encoding != .utf8 { return (mark.encoding, mark.bytes.count) }
    let length = mark?.bytes.count ?? 0
    let survey = try TextSurvey(of: file, from: length)
    return (try survey.encoding(isMarkedUTF8: mark != nil), length)
  }
}
