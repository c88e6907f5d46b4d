import Diagnostics

/// What the lines of a file say of its encoding.
///
/// Lines that are no UTF-8 are GB18030. The other way round it takes care: now and then a line of GB18030 happens to
/// be UTF-8 as well, so such lines count only when they are most of all, or too long for that among so many lines.
struct TextSurvey {
  private let path: String
  private var line = SurveyedLine()
  private var lineNumber = 1
  private var offset = 0

  /// Lines that hold more than ASCII.
  private var lines = 0
  /// Lines of UTF-8 with a character of three bytes, as Chinese ones are.
  private var threeByteLines = 0
  /// The first place that is no UTF-8, and whether its line can be GB18030.
  private var firstOther: (place: SourcePlace, offset: Int, canBeGB18030: Bool)?
  /// The first lines of UTF-8 with at least so many characters of three bytes.
  private var firstUTF8: [Int?] = [nil, nil, nil, nil]
  private var firstZero: (place: SourcePlace, offset: Int)?
  private var letters = LetterPairs()

  private static let threeByteCharacters = [1, 2, 4, 6]

  init(of file: borrowing PlainFile, from start: Int) throws(Diagnostic) {
    path = file.path
    offset = start
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try file.read(at: offset, into: buffer)
      if count == 0 { break }
      read(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      if firstZero != nil { break }
    }
    endLine()
  }

  private mutating func read(_ bytes: UnsafeRawBufferPointer) {
    var index = 0
    while index < bytes.count {
      if line.isBetween, index + 8 <= bytes.count {
        let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        if TextSurvey.isPlain(word) {
          line.skip(8)
          letters.pass()
          index += 8
          offset += 8
          continue
        }
      }
      take(bytes[index])
      index += 1
    }
  }

  /// Whether eight bytes are ASCII, and no line feed or zero is among them.
  private static func isPlain(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101, tops: UInt64 = 0x8080_8080_8080_8080
    func hasZero(_ word: UInt64) -> Bool { (word &- ones) & ~word & tops != 0 }
    return word & tops == 0 && !hasZero(word) && !hasZero(word ^ (ones &* 0x0A))
  }

  private mutating func take(_ byte: UInt8) {
    if byte == UInt8(ascii: "\n") {
      endLine()
      lineNumber += 1
      offset += 1
      line = SurveyedLine()
      return
    }
    if byte == 0, firstZero == nil { firstZero = (place(line.column), offset) }
    line.take(byte, at: offset)
    letters.take(byte)
    offset += 1
  }

  private mutating func endLine() {
    letters.pass()
    line.end(at: offset)
    guard !line.isASCII else { return }
    lines += 1
    if let invalid = line.invalid {
      if firstOther == nil { firstOther = (place(invalid.column), invalid.offset, line.canBeGB18030) }
    } else {
      threeByteLines += line.threeByteCharacters > 0 ? 1 : 0
      for (index, count) in Self.threeByteCharacters.enumerated()
      where firstUTF8[index] == nil && line.threeByteCharacters >= count {
        firstUTF8[index] = lineNumber
      }
    }
  }

  private func place(_ column: Int) -> SourcePlace { SourcePlace(file: path, line: lineNumber, column: column) }
}

// MARK: - The verdict

extension TextSurvey {
  /// - Throws: `text.binary`, `text.utf8`, `text.mixed`.
  func encoding(isMarkedUTF8: Bool) throws(Diagnostic) -> TextEncoding {
    if let firstZero { throw Diagnostic("text.binary", at: firstZero.place, ["offset": String(firstZero.offset)]) }
    guard let firstOther else { return letters.areChinese && !isMarkedUTF8 ? .gb18030 : .utf8 }
    guard let utf8Line = isMarkedUTF8 ? 1 : firstCertainUTF8 else { return .gb18030 }
    if utf8Line > firstOther.place.line {
      throw mixed(.gb18030, .utf8, SourcePlace(file: path, line: utf8Line), ["offset": "—"])
    }
    let offset = ["offset": String(firstOther.offset)]
    guard firstOther.canBeGB18030 else { throw Diagnostic("text.utf8", at: firstOther.place, offset) }
    throw mixed(.utf8, .gb18030, firstOther.place, offset)
  }

  private func mixed(
    _ first: TextEncoding, _ second: TextEncoding, _ place: SourcePlace, _ arguments: [String: String]
  ) -> Diagnostic {
    let names = ["first": first.rawValue, "second": second.rawValue, "line": String(place.line)]
    return Diagnostic("text.mixed", at: place, names.merging(arguments) { own, _ in own })
  }

  /// A line of two, four and six characters is UTF-8 by chance once in about 5000, 30 million and 10^11 times.
  private var firstCertainUTF8: Int? {
    if threeByteLines * 2 > lines { return firstUTF8[0] }
    return firstUTF8[lines < 50 ? 1 : lines < 300_000 ? 2 : 3]
  }
}
