import Population

/// Bytes of a text in memory that outlives it: a mapped file, or an ``Arena``.
struct TextSlice: @unchecked Sendable {
  var base: UnsafePointer<UInt8>
  var count: Int

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  @inline(__always)
  func isEqual(to other: TextSlice) -> Bool {
    guard count == other.count else { return false }
    var index = 0
    while index &+ 8 <= count {
      if word(index) != other.word(index) { return false }
      index &+= 8
    }
    while index < count {
      if base[index] != other.base[index] { return false }
      index &+= 1
    }
    return true
  }

  /// Spreads texts over tables; stands in no file.
  @inline(__always)
  var hash: UInt64 {
    var hash = UInt64(truncatingIfNeeded: count) &* Self.primes.0
    var index = 0
    while index &+ 8 <= count {
      hash = Self.folded(hash ^ word(index), Self.primes.1)
      index &+= 8
    }
    var rest: UInt64 = 0
    while index < count {
      rest = rest << 8 | UInt64(base[index])
      index &+= 1
    }
    return Self.folded(hash ^ rest, Self.primes.2)
  }

  private static let primes: (UInt64, UInt64, UInt64) = (
    0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9
  )

  /// Both halves of the product.
  @inline(__always)
  private static func folded(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    return high ^ low
  }

  @inline(__always)
  private func word(_ index: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(base).loadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  func isEqual(to text: StaticString) -> Bool {
    isEqual(to: TextSlice(base: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}

extension TextSlice {
  /// What a cell says in whose quotes doubled quotes stand.
  var withoutDoubledQuotes: [UInt8] {
    var bytes: [UInt8] = []
    var index = 0
    while index < count {
      bytes.append(base[index])
      index += base[index] == UInt8(ascii: "\"") ? 2 : 1
    }
    return bytes
  }

  enum Nature {
    /// Signs that stand for themselves and for nothing else.
    case plain
    /// Signs that may be white space, or be written in more than one way, or are no UTF-8.
    case odd
  }

  /// ASCII and the blocks of Chinese writing are plain.
  var nature: Nature {
    var index = 0
    while index < count {
      let byte = base[index]
      if byte < 0x80 {
        if byte < 0x20 { return .odd }
        index += 1
        continue
      }
      guard index + 2 < count, base[index + 1] & 0xC0 == 0x80, base[index + 2] & 0xC0 == 0x80 else { return .odd }
      let second = base[index + 1]
      switch byte {
      case 0xE4...0xE9: break  // U+4000…U+9FFF
      case 0xE3:
        // U+3001…U+3029, U+3400…U+3FFF
        let isSign = second == 0x80 && (0x81...0xA9).contains(base[index + 2])
        if !isSign && second < 0x90 { return .odd }
      case 0xEF: if second != 0xBC { return .odd }  // U+FF00…U+FF3F
      case 0xE2:
        // Dashes, quotation marks, ellipses: U+2010…U+2027.
        if second != 0x80 || !(0x90...0xA7).contains(base[index + 2]) { return .odd }
      default: return .odd
      }
      index += 3
    }
    return .plain
  }
}

/// Memory for texts that stand nowhere in a file as they are; it does not move.
final class Arena: @unchecked Sendable {
  private var blocks: [UnsafeMutablePointer<UInt8>] = []

  func copy(_ bytes: some Collection<UInt8>) -> TextSlice {
    let block = UnsafeMutablePointer<UInt8>.allocate(capacity: max(bytes.count, 1))
    blocks.append(block)
    for (index, byte) in bytes.enumerated() { block[index] = byte }
    return TextSlice(base: block, count: bytes.count)
  }

  deinit { for block in blocks { block.deallocate() } }
}

/// Distinct texts, numbered in the order of their first coming.
struct TextNumbers: Sendable {
  private(set) var texts: [TextSlice] = []
  private(set) var hashes: [UInt64] = []
  /// One more than the number of a text; zero where there is none. At most half full.
  private var slots = [Int32](repeating: 0, count: 64)

  var count: Int { texts.count }

  mutating func number(of text: TextSlice) -> (number: Int, isNew: Bool) { number(of: text, hash: text.hash) }

  mutating func number(of text: TextSlice, hash: UInt64) -> (number: Int, isNew: Bool) {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot] - 1)
      if hashes[number] == hash, texts[number].isEqual(to: text) { return (number, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    texts.append(text)
    hashes.append(hash)
    slots[slot] = Int32(texts.count)
    if texts.count * 2 > slots.count { grow() }
    return (texts.count - 1, true)
  }

  func known(_ text: TextSlice, hash: UInt64) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot] - 1)
      if hashes[number] == hash, texts[number].isEqual(to: text) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private mutating func grow() {
    var larger = [Int32](repeating: 0, count: slots.count * 4)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (larger.count - 1)
      while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
      larger[slot] = Int32(number + 1)
    }
    slots = larger
  }

  /// The texts side by side, in memory of their own.
  var list: TextList {
    let size = texts.reduce(0) { $0 + $1.count }
    let bytes = Cells(width: .one, count: size) { memory in
      var target = memory
      for text in texts {
        target.copyMemory(from: text.base, byteCount: text.count)
        target += text.count
      }
    }
    var end: Int64 = 0
    var offsets: [Int64] = [0]
    offsets.reserveCapacity(texts.count + 1)
    for text in texts {
      end += Int64(text.count)
      offsets.append(end)
    }
    return TextList(bytes: bytes, offsets: Cells(offsets, width: CellWidth(holding: 0...end)))
  }
}
