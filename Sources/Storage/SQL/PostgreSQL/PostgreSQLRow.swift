internal import CPostgres

/// A row of an answer, as text; good while the answer is.
struct PostgreSQLRow: SQLRow {
  let result: OpaquePointer
  let row: Int32
  let count: Int

  func isNull(_ column: Int) -> Bool { PQgetisnull(result, row, Int32(column)) == 1 }

  func integer(_ column: Int) -> Int64? { text(column).flatMap { Int64($0) } }

  func text(_ column: Int) -> String? { withUTF8(column) { String(decoding: $0, as: UTF8.self) } }

  func bytes(_ column: Int) -> [UInt8]? {
    let isText = PQftype(result, Int32(column)) != Self.bytesType
    return value(column).map { isText ? Array($0) : Self.bytes(ofHex: $0.dropFirst(2)) }
  }

  func withUTF8<R>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R? {
    guard let value = value(column) else { return nil }
    guard PQftype(result, Int32(column)) == Self.truthType else { return try body(value) }
    let digit: StaticString = value.first == UInt8(ascii: "t") ? "1" : "0"
    return try body(UnsafeRawBufferPointer(start: digit.utf8Start, count: 1))
  }

  // MARK: what the server sent

  /// Numbers of types, fixed in PostgreSQL's catalogue.
  private static let truthType: Oid = 16
  private static let bytesType: Oid = 17

  private func value(_ column: Int) -> UnsafeRawBufferPointer? {
    if isNull(column) { return nil }
    let length = PQgetlength(result, row, Int32(column))
    return UnsafeRawBufferPointer(start: PQgetvalue(result, row, Int32(column)), count: Int(length))
  }

  private static func bytes(ofHex hex: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
    let digits = UnsafeRawBufferPointer(rebasing: hex)
    return (0..<digits.count / 2).map { digit(digits[2 * $0]) << 4 | digit(digits[2 * $0 + 1]) }
  }

  /// `0`…`9` end with their value, `a`…`f` with one to six.
  private static func digit(_ letter: UInt8) -> UInt8 { letter < 0x40 ? letter & 15 : letter & 15 + 9 }
}
