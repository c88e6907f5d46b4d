/// Arguments as libpq takes them: the text of each, a null for null. Bytes go as they are.
struct PostgreSQLArguments {
  /// Texts that end with zero bytes, one behind the other.
  private var bytes: [CChar] = []
  /// Where each begins.
  private var starts: [Int?] = []
  private var lengths: [Int32] = []
  /// 1 for bytes, 0 for texts.
  private var formats: [Int32] = []

  var count: Int { starts.count }

  init(_ values: [SQLValue] = []) throws(SQLError) {
    for value in values { try add(value) }
  }

  private mutating func add(_ value: SQLValue) throws(SQLError) {
    switch value {
    case .null: add(at: nil, length: 0, format: 0)
    case .integer(let number): try add(String(number).utf8, format: 0)
    case .text(let text):
      if text.utf8.contains(0) { throw SQLError(.constraint, "a text holds a zero byte") }
      try add(text.utf8, format: 0)
    case .bytes(let bytes): try add(bytes, format: 1)
    }
  }

  /// - Throws: kind `full` for more than PostgreSQL can take in one value.
  private mutating func add(_ content: some Collection<UInt8>, format: Int32) throws(SQLError) {
    if content.count >= 1 << 30 { throw SQLError(.full, "a value has more than a gibibyte") }
    add(at: bytes.count, length: Int32(content.count), format: format)
    bytes.append(contentsOf: content.lazy.map { CChar(bitPattern: $0) })
    bytes.append(0)
  }

  private mutating func add(at start: Int?, length: Int32, format: Int32) {
    starts.append(start)
    lengths.append(length)
    formats.append(format)
  }

  /// The pointers are good until `body` returns.
  func withPointers<R>(
    _ body: (
      _ count: Int32, _ texts: UnsafePointer<UnsafePointer<CChar>?>?, _ lengths: UnsafePointer<Int32>?,
      _ formats: UnsafePointer<Int32>?
    ) -> R
  ) -> R {
    bytes.withUnsafeBufferPointer { bytes in
      let texts = starts.map { start in start.flatMap { bytes.baseAddress?.advanced(by: $0) } }
      return body(Int32(count), texts, lengths, formats)
    }
  }
}
