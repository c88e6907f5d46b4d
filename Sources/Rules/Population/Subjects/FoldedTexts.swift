/// Texts made alike for a search: Latin letters small, full-width signs and letters as their narrow ones. All in one piece of memory.
struct FoldedTexts: Sendable {
  private let bytes: [UInt8]
  /// Where each text begins, and behind them where the last ends.
  private let offsets: [Int]

  /// How a word is in a text, the better first.
  enum Hold: UInt8, Comparable {
    case equal = 1
    case beginning
    case within

    static func < (a: Hold, b: Hold) -> Bool { a.rawValue < b.rawValue }
  }

  init(_ texts: TextList) {
    var bytes: [UInt8] = [], offsets = [0]
    bytes.reserveCapacity(texts.bytes.count)
    offsets.reserveCapacity(texts.count + 1)
    for index in texts.indices {
      Self.fold(texts.utf8(index), into: &bytes)
      offsets.append(bytes.count)
    }
    self.bytes = bytes
    self.offsets = offsets
  }

  var count: Int { offsets.count - 1 }

  static func folded(_ text: String) -> [UInt8] {
    var text = text
    var bytes: [UInt8] = []
    text.withUTF8 { fold(UnsafeRawBufferPointer($0), into: &bytes) }
    return bytes
  }

  /// U+FF01 to U+FF5E are U+0021 to U+007E made wide: EF BC 81 to EF BD 9E.
  private static func fold(_ text: UnsafeRawBufferPointer, into bytes: inout [UInt8]) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == 0xEF, index + 2 < text.count, text[index + 1] == 0xBC || text[index + 1] == 0xBD {
        let scalar = 0xF000 | (Int(text[index + 1] & 0x3F) << 6) | Int(text[index + 2] & 0x3F)
        if 0xFF01...0xFF5E ~= scalar {
          bytes.append(UInt8(scalar - 0xFEE0).smallLetter)
          index += 3
          continue
        }
      }
      bytes.append(byte.smallLetter)
      index += 1
    }
  }

  /// Tells of every text that holds a word.
  /// - Parameters:
  ///   - word: folded, of at least one byte.
  ///   - texts: those that are looked at.
  func forEach(holding word: [UInt8], among texts: Range<Int>, _ body: (Int, Hold) -> Void) {
    let finder = WordFinder(word)
    bytes.withUnsafeBufferPointer { bytes in
      let end = offsets[texts.upperBound]
      var place = offsets[texts.lowerBound], text = texts.lowerBound
      while let found = finder.find(in: bytes, from: place, to: end) {
        text = self.text(at: found, from: text, to: texts.upperBound)
        let start = offsets[text], next = offsets[text + 1]
        if found + word.count <= next {
          body(text, found > start ? .within : next - start == word.count ? .equal : .beginning)
          place = next
        } else {
          // It reaches over into the next text.
          place = found + 1
        }
      }
    }
  }

  /// The text that a byte belongs to.
  private func text(at place: Int, from first: Int, to end: Int) -> Int {
    var low = first, high = end
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if offsets[middle] <= place { low = middle } else { high = middle }
    }
    return low
  }
}

extension UInt8 {
  fileprivate var smallLetter: UInt8 { self &- 65 < 26 ? self + 32 : self }
}

/// Finds a word among bytes by looking at its end first (Horspool): where that does not fit, as many bytes are passed over as the
/// word allows.
private struct WordFinder {
  private let word: [UInt8]
  /// By byte, how far on the word can next fit when the byte stands under its end.
  private var steps: [Int]

  init(_ word: [UInt8]) {
    self.word = word
    steps = [Int](repeating: max(word.count, 1), count: 256)
    for (index, byte) in word.enumerated().dropLast() { steps[Int(byte)] = word.count - 1 - index }
  }

  func find(in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int? {
    let last = word.count - 1
    guard last >= 0 else { return nil }
    var place = start
    return word.withUnsafeBufferPointer { word in
      steps.withUnsafeBufferPointer { steps in
        while place + last < end {
          let byte = bytes[place + last]
          if byte == word[last] {
            var index = 0
            while index < last, bytes[place + index] == word[index] { index += 1 }
            if index == last { return place }
          }
          place += steps[Int(byte)]
        }
        return nil
      }
    }
  }
}
