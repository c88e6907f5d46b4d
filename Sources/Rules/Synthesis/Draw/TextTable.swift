import FEEL

/// Every text a region holds, once, with what it reads as.
struct TextTable: Sendable {
  struct Entry: BitwiseCopyable {
    var start: Int
    var length: Int32
    var isNumber: Bool
    var scale: UInt8
    var isDate: Bool
    var digits: Int64
    var day: Int64
    /// The text as six digits; negative when it is none.
    var region: Int32
  }

  let entries: Memory<Entry>
  let bytes: Memory<UInt8>
  /// Whether some text must be put between quotes in a CSV file.
  let needsQuotes: Bool

  init(_ texts: [String]) {
    var all: [UInt8] = []
    var list: [Entry] = []
    for text in texts {
      let number = Decimal128(text).flatMap { Scaled($0) }
      let day = CalendarDate(text)?.dayNumber
      let isRegion = text.utf8.count == 6 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
      list.append(
        Entry(
          start: all.count, length: Int32(clamping: text.utf8.count), isNumber: number != nil,
          scale: UInt8(number?.scale ?? 0), isDate: day != nil, digits: number?.digits ?? 0, day: Int64(day ?? 0),
          region: isRegion ? Int32(text) ?? -1 : -1))
      all.append(contentsOf: text.utf8)
    }
    entries = Memory(list)
    bytes = Memory(all)
    needsQuotes = texts.contains { TextTable.needsQuotes($0) }
  }

  static func needsQuotes(_ text: String) -> Bool {
    text.utf8.contains { quoted.contains($0) } || text.first?.isWhitespace == true || text.last?.isWhitespace == true
  }

  private static let quoted: Set<UInt8> = [UInt8(ascii: ","), UInt8(ascii: "\""), 0x0A, 0x0D]
}
