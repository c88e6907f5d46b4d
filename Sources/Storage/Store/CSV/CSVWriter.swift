public import Diagnostics
import Foundation

/// Writes rows to a file (RFC 4180: quoted where needed, lines end with `\n`), with a byte order mark so that
/// spreadsheets read Chinese right.
public struct CSVWriter: ~Copyable {
  private let handle: FileHandle
  private let path: String
  /// Where rows are written until the file is whole; nil when they go to the file itself.
  private let draft: String?
  private var buffer: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Creates the file, or empties the one that is there.
  /// - Parameter isWhole: the file appears when it is closed, or not at all; pipes and devices are written to as rows come.
  public init(path: String, isWhole: Bool = false) throws(Diagnostic) {
    self.path = path
    let kind = FileKind(linkAt: path)
    draft = isWhole && (kind == .missing || kind == .regular) ? path + ".\(getpid()).part" : nil
    let target = draft ?? path
    guard draft == nil && kind == .other || FileManager.default.createFile(atPath: target, contents: nil),
      let handle = FileHandle(forWritingAtPath: target)
    else { throw Diagnostic("store.file.unwritable", at: SourcePlace(file: path)) }
    self.handle = handle
    buffer.reserveCapacity(1 << 17)
  }

  deinit {
    // Gone already when it has its name.
    if let draft { unlink(draft) }
  }

  public mutating func write(_ row: some Sequence<String>) throws(Diagnostic) {
    CSVWriter.append(row, to: &buffer)
    if buffer.count > 1 << 16 { try flush() }
  }

  /// Writes rows that are text already, each with its line feed.
  public mutating func write(_ rows: UnsafeRawBufferPointer) throws(Diagnostic) {
    buffer.append(contentsOf: rows)
    if buffer.count > 1 << 16 { try flush() }
  }

  /// Writes a row that is text already, with its line feed.
  mutating func write(_ line: [UInt8]) throws(Diagnostic) {
    buffer += line
    if buffer.count > 1 << 16 { try flush() }
  }

  /// Writes what is held back. Call once at the end.
  public mutating func close() throws(Diagnostic) {
    try flush()
    try? handle.close()
    guard let draft else { return }
    if rename(draft, path) != 0 { throw Diagnostic("store.file.unwritable", at: SourcePlace(file: path)) }
  }

  private mutating func flush() throws(Diagnostic) {
    do {
      try handle.write(contentsOf: Data(buffer))
    } catch {
      throw Diagnostic("store.file.unwritable", at: SourcePlace(file: path))
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// One row as text, without the end of its line.
  public static func line(_ row: some Sequence<String>) -> String {
    var buffer: [UInt8] = []
    append(row, to: &buffer)
    return String(decoding: buffer.dropLast(), as: UTF8.self)
  }

  static func append(_ row: some Sequence<String>, to buffer: inout [UInt8]) {
    var isFirst = true
    for cell in row {
      if !isFirst { buffer.append(UInt8(ascii: ",")) }
      isFirst = false
      append(cell, to: &buffer)
    }
    buffer.append(UInt8(ascii: "\n"))
  }

  static func append(_ cell: String, to buffer: inout [UInt8]) {
    guard needsQuotes(cell) else {
      buffer.append(contentsOf: cell.utf8)
      return
    }
    buffer.append(UInt8(ascii: "\""))
    for byte in cell.utf8 {
      if byte == UInt8(ascii: "\"") { buffer.append(byte) }
      buffer.append(byte)
    }
    buffer.append(UInt8(ascii: "\""))
  }

  private static func needsQuotes(_ cell: String) -> Bool {
    cell.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D }
      || cell.first?.isWhitespace == true || cell.last?.isWhitespace == true
  }
}
