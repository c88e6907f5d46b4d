/// What a number in a cell stands for, told by the format it is shown in.
enum NumberFormat {
  case number, percent, elapsed
  case date, timeOfDay

  /// Formats that every spreadsheet knows by number, with those of Chinese ones.
  init(builtIn number: Int) {
    switch number {
    case 9, 10: self = .percent
    case 18...21, 32...35, 45, 47, 55, 56: self = .timeOfDay
    case 14...17, 22, 27...31, 36, 50...54, 57, 58: self = .date
    case 46: self = .elapsed
    default: self = .number
    }
  }

  /// Reads the first part of a format (`yyyy"\u{5E74}"m"\u{6708}"`, `0.00%;[Red]-0.00%`): the one for positive
  /// numbers.
  init(code: UnsafeBufferPointer<UInt8>) {
    let letters = FormatLetters(code)
    if letters.isElapsed {
      self = .elapsed
    } else if letters.hasDay {
      self = .date
    } else if letters.hasTime {
      self = .timeOfDay
    } else {
      self = letters.hasPercent ? .percent : .number
    }
  }
}

/// The letters of a format that stand for something, without texts, colours, conditions and languages.
private struct FormatLetters {
  private(set) var isElapsed = false
  private(set) var hasPercent = false
  /// In small letters.
  private var letters: [UInt8] = []

  /// Spreadsheets stop at 255 characters.
  private static let mostBytes = 1024

  init(_ code: UnsafeBufferPointer<UInt8>) {
    var rest = code.prefix(FormatLetters.mostBytes)
    while let byte = rest.popFirst(), byte != UInt8(ascii: ";") {
      switch byte {
      case UInt8(ascii: "\""): skip(&rest, to: UInt8(ascii: "\""))
      case UInt8(ascii: "["): bracket(&rest)
      // The next character is shown, left as much room for as it takes, or repeated.
      case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): _ = rest.popFirst()
      case UInt8(ascii: "%"): hasPercent = true
      default: letters.append(byte | 0x20)
      }
    }
    dropWords()
  }

  private func skip(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>, to end: UInt8) {
    while let byte = rest.popFirst(), byte != end {}
  }

  /// `[h]` counts hours beyond a day; `[Red]`, `[>100]`, `[$-804]` and `[DBNum1]` say nothing of what a number is.
  private mutating func bracket(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) {
    let inside = rest.prefix { $0 != UInt8(ascii: "]") }.map { $0 | 0x20 }
    skip(&rest, to: UInt8(ascii: "]"))
    guard let first = inside.first, [UInt8(ascii: "h"), UInt8(ascii: "m"), UInt8(ascii: "s")].contains(first) else {
      return
    }
    if inside.allSatisfy({ $0 == first }) { isElapsed = true }
  }

  /// Words and exponents hold letters that stand for nothing.
  private mutating func dropWords() {
    for word in ["general", "am/pm", "a/p", "e+", "e-"] {
      while let start = letters.offset(of: Array(word.utf8.map { $0 | 0x20 })) {
        letters.removeSubrange(start..<start + word.utf8.count)
      }
    }
  }

  private func has(_ letter: Unicode.Scalar) -> Bool { letters.contains(UInt8(ascii: letter)) }

  var hasTime: Bool { has("h") || has("s") }

  /// `m` is a minute beside hours and seconds, and else a month; `e` is a year, `aaa` a day of the week.
  var hasDay: Bool {
    has("y") || has("d") || has("e") || has("m") && !hasTime || letters.contains(Array("aaa".utf8))
  }
}
