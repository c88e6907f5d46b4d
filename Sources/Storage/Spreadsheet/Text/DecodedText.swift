public import Diagnostics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A text file as UTF-8, piece by piece; it is never held whole. A byte order mark is left out, line ends stay.
public final class DecodedText {
  public let encoding: TextEncoding
  private let file: PlainFile
  /// Nil when the file is UTF-8 already.
  private let converter: iconv_t?
  private var offset: Int
  private var place: SourcePlace

  private static let pieceBytes = 1 << 18

  /// Looks through the file once to tell its encoding.
  /// - Throws: `store.file.…`, `text.…`.
  public init(path: String) throws(Diagnostic) {
    file = try PlainFile(path: path)
    (encoding, offset) = try TextEncoding.found(in: file)
    place = SourcePlace(file: path)
    converter = encoding == .utf8 ? nil : iconv_open(TextEncoding.utf8.rawValue, encoding.rawValue)
  }

  deinit {
    if let converter { iconv_close(converter) }
  }

  /// The next characters, all of them whole; nil at the end.
  /// - Throws: `text.character` with the place of bytes that are no character of the encoding.
  public func next() throws(Diagnostic) -> [UInt8]? {
    let bytes = try file.bytes(at: offset, count: DecodedText.pieceBytes)
    guard !bytes.isEmpty else { return nil }
    let isLast = offset + bytes.count >= file.size
    guard let converter else { return plain(bytes, isLast: isLast) }
    return try converted(bytes, isLast: isLast, by: converter)
  }

  /// Keeps back a character that is not whole yet.
  private func plain(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
    var text = bytes
    if !isLast, let begun = bytes.lastIndex(where: { $0 & 0xC0 != 0x80 }), bytes.count - begun < 4 {
      let length = bytes[begun] >= 0xF0 ? 4 : bytes[begun] >= 0xE0 ? 3 : bytes[begun] >= 0xC0 ? 2 : 1
      if begun + length > bytes.count { text.removeSubrange(begun...) }
    }
    offset += text.count
    return text
  }

  private func converted(
    _ bytes: [UInt8], isLast: Bool, by converter: iconv_t
  ) throws(Diagnostic) -> [UInt8] {
    let conversion = Conversion(of: bytes, by: converter)
    offset += conversion.bytesRead
    advance(over: conversion.text)
    switch conversion.error {
    case 0: break
    // The piece ends inside a character.
    case EINVAL where !isLast: break
    default: throw Diagnostic("text.character", at: place, ["offset": String(offset), "encoding": encoding.rawValue])
    }
    return conversion.text
  }

  private func advance(over text: [UInt8]) {
    if let end = text.lastIndex(of: UInt8(ascii: "\n")) {
      place.line += text[...end].count { $0 == UInt8(ascii: "\n") }
      place.column = 1 + text[(end + 1)...].count { $0 & 0xC0 != 0x80 }
    } else {
      place.column += text.count { $0 & 0xC0 != 0x80 }
    }
  }
}

/// One piece put through the converter, up to its end or to what is no character.
private struct Conversion {
  private(set) var text: [UInt8]
  private(set) var bytesRead = 0
  private(set) var error: Int32 = 0

  init(of bytes: [UInt8], by converter: iconv_t) {
    var input = bytes
    // No character takes more than three times its bytes.
    text = [UInt8](repeating: 0, count: bytes.count * 3)
    var inputLeft = input.count, textLeft = text.count
    error = input.withUnsafeMutableBytes { input in
      text.withUnsafeMutableBytes { text in
        var from = input.bindMemory(to: CChar.self).baseAddress
        var to = text.bindMemory(to: CChar.self).baseAddress
        return iconv(converter, &from, &inputLeft, &to, &textLeft) == -1 ? errno : 0
      }
    }
    text.removeLast(textLeft)
    bytesRead = bytes.count - inputLeft
  }
}
