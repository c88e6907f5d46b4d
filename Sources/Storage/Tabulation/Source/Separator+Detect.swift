extension Separator {
  private static let mostLines = 60

  /// The separator that cuts most of the first lines into equally many cells; a comma when none does.
  init(ofTextBeginningWith bytes: [UInt8]) {
    let weighed = Separator.allCases.map { ($0, Separator.weight(of: $0.byte, in: bytes)) }
    self = weighed.reduce((Separator.comma, (lines: 0, width: 0))) { $1.1 > $0.1 ? $1 : $0 }.0
  }

  /// How many lines agree on a width of more than one, and on which.
  private static func weight(of separator: UInt8, in bytes: [UInt8]) -> (lines: Int, width: Int) {
    let widths = widths(separator, bytes).filter { $0 > 1 }
    let counts = Dictionary(widths.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.map { (lines: $0.value, width: $0.key) }.max { $0 < $1 } ?? (0, 0)
  }

  /// How many cells each line has.
  private static func widths(_ separator: UInt8, _ bytes: [UInt8]) -> [Int] {
    var widths = [1]
    var isQuoted = false
    for byte in bytes where widths.count <= mostLines {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == separator { widths[widths.count - 1] += 1 }
      if byte == UInt8(ascii: "\n") { widths.append(1) }
    }
    return widths
  }
}
