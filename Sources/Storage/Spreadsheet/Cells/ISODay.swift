/// Days and times as text, as some programs write them: `2024-02-29`, `2024-02-29T09:05:00`, `09:05:00.250`.
enum ISODay {
  /// Nil when it is neither.
  static func value(_ text: UnsafeBufferPointer<UInt8>) -> SheetCell.Value? {
    let bytes = text.last == UInt8(ascii: "Z") ? text[..<(text.count - 1)] : text[...]
    let parts = bytes.split(separator: UInt8(ascii: "T"), omittingEmptySubsequences: false)
    if parts.count == 1, let time = time(parts[0]) { return .time(time) }
    guard parts.count <= 2, var date = parts.first.flatMap(date) else { return nil }
    guard parts.count == 2 else { return .date(date) }
    guard let time = time(parts[1]) else { return nil }
    date.time = time.milliseconds == 0 ? nil : time
    return .date(date)
  }

  private static func date(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> SheetDate? {
    guard let numbers = numbers(text, separator: "-", digits: [4, 2, 2]) else { return nil }
    let date = SheetDate(year: numbers[0], month: numbers[1], day: numbers[2])
    return (1...12).contains(date.month) && date.exists ? date : nil
  }

  private static func time(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> SheetTime? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let numbers = numbers(parts[0], separator: ":", digits: [2, 2, 2]) else {
      return nil
    }
    guard numbers[0] < 24, numbers[1] < 60, numbers[2] < 60 else { return nil }
    let thousandths = parts.count == 2 ? String(decoding: parts[1].prefix(3), as: UTF8.self) : "0"
    guard let millisecond = Int(thousandths + String(repeating: "0", count: 3 - thousandths.count)) else { return nil }
    return SheetTime(hour: numbers[0], minute: numbers[1], second: numbers[2], millisecond: millisecond)
  }

  private static func numbers(
    _ text: Slice<UnsafeBufferPointer<UInt8>>, separator: Unicode.Scalar, digits: [Int]
  ) -> [Int]? {
    let parts = text.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false)
    guard parts.map(\.count) == digits, parts.allSatisfy({ $0.allSatisfy(\.isDigit) }) else { return nil }
    return parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
  }
}
