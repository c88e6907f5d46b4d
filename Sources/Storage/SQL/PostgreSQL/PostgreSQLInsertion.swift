/// Rows on their way into a table by COPY, in its text format: cells parted by tabs, rows by newlines.
final class PostgreSQLInsertion: SQLInsertion {
  private static let chunk = 128 << 10

  private let link: PostgreSQLLink
  private let sql: String
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 1)
  private var filled = 0
  private var isRowBegun = false
  private(set) var isOpen = true

  /// - Parameter link: a copy is begun on it.
  init(over link: PostgreSQLLink, sql: String) {
    self.link = link
    self.sql = sql
  }

  deinit {
    abandon()
    buffer.deallocate()
  }

  func addNull() throws {
    try beginCell()
    try makeRoom(2)
    putEscaped(UInt8(ascii: "N"))
  }

  func add(_ number: Int64) throws {
    try beginCell()
    try makeRoom(20)
    for digit in String(number).utf8 { put(digit) }
  }

  func add(utf8 text: UnsafeRawBufferPointer) throws {
    try beginCell()
    var rest = text[...]
    while !rest.isEmpty {
      try addEscaped(UnsafeRawBufferPointer(rebasing: rest.prefix(Self.chunk / 2)))
      rest = rest.dropFirst(Self.chunk / 2)
    }
  }

  func endRow() throws {
    try makeRoom(1)
    put(UInt8(ascii: "\n"))
    isRowBegun = false
  }

  func finish() throws -> Int {
    try makeRoom(Self.chunk)
    isOpen = false
    do {
      return try link.endCopy().changed
    } catch {
      throw SQLError(error.kind, error.message, sql: sql)
    }
  }

  /// Ends it with an error, after which the server refuses the transaction.
  func abandon() {
    if !isOpen { return }
    isOpen = false
    _ = try? link.endCopy(failure: "the insertion was not finished")
  }

  // MARK: bytes

  private static let escape = UInt8(ascii: "\\")

  private func beginCell() throws {
    try makeRoom(1)
    if isRowBegun { put(UInt8(ascii: "\t")) }
    isRowBegun = true
  }

  private func addEscaped(_ text: UnsafeRawBufferPointer) throws {
    try makeRoom(2 * text.count)
    for byte in text {
      if byte > 13 && byte != Self.escape { put(byte) } else { try putSpecial(byte) }
    }
  }

  private func putSpecial(_ byte: UInt8) throws {
    switch byte {
    case 0: throw zeroByte()
    case Self.escape: putEscaped(byte)
    case UInt8(ascii: "\t"): putEscaped(UInt8(ascii: "t"))
    case UInt8(ascii: "\n"): putEscaped(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): putEscaped(UInt8(ascii: "r"))
    default: put(byte)
    }
  }

  private func zeroByte() -> SQLError {
    abandon()
    return SQLError(.constraint, "a text holds a zero byte", sql: sql)
  }

  private func putEscaped(_ letter: UInt8) {
    put(Self.escape)
    put(letter)
  }

  private func put(_ byte: UInt8) {
    buffer[filled] = byte
    filled += 1
  }

  /// Sends what is in the buffer when that leaves too little room.
  private func makeRoom(_ count: Int) throws {
    guard isOpen else { throw SQLError(.statement, "the insertion has ended", sql: sql) }
    if buffer.count - filled >= count { return }
    defer { filled = 0 }
    try link.copy(UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
  }
}
