public import Diagnostics
import Foundation

/// A file read whole: bounded, and checked to be UTF-8.
public struct TextFile: Sendable {
  /// As shown in messages.
  public let path: String
  /// Without a byte order mark; line ends are `\n`.
  public let text: String

  /// - Throws: `store.file.…`, with the place of the first byte that is no UTF-8.
  public init(path: String, maximumSize: Int) throws(Diagnostic) {
    let bytes = try TextFile.bytes(path: path, maximumSize: maximumSize)
    guard let text = String(validating: bytes.withoutByteOrderMark, as: UTF8.self) else {
      throw Diagnostic("store.file.utf8", at: TextFile.firstInvalidPlace(in: bytes, from: SourcePlace(file: path)))
    }
    self.path = path
    self.text = text.contains("\r") ? text.replacingOccurrences(of: "\r\n", with: "\n") : text
  }

  /// The bytes of a regular file.
  /// - Throws: `store.file.missing`, `store.file.kind`, `store.file.size`, `store.file.unreadable`.
  public static func bytes(path: String, maximumSize: Int) throws(Diagnostic) -> [UInt8] {
    let place = SourcePlace(file: path)
    switch FileKind(path: path) {
    case .regular: break
    case .missing: throw Diagnostic("store.file.missing", at: place)
    default: throw Diagnostic("store.file.kind", at: place)
    }
    guard let handle = FileHandle(forReadingAtPath: path) else { throw Diagnostic("store.file.unreadable", at: place) }
    defer { try? handle.close() }
    guard let data = try? handle.read(upToCount: maximumSize + 1) else { return [] }
    guard data.count <= maximumSize else {
      throw Diagnostic("store.file.size", at: place, ["limit": "\(maximumSize >> 20) MiB"])
    }
    return Array(data)
  }

  /// Where the first byte stands that begins no UTF-8 sequence.
  /// - Parameter place: of the first byte.
  static func firstInvalidPlace(in bytes: [UInt8], from place: SourcePlace) -> SourcePlace {
    var place = place
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar) where Unicode.UTF8.decode(scalar) == "\n":
        place.line += 1
        place.column = 1
      case .valid: place.column += 1
      case .error, .emptyInput: return place
      }
    }
  }
}

extension [UInt8] {
  var withoutByteOrderMark: ArraySlice<UInt8> { starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self[...] }
}
