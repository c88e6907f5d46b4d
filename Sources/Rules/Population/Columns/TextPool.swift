private import Synchronization

/// Texts side by side as bytes; a String is made when it is asked for.
public struct TextList: RandomAccessCollection, Sendable {
  package let bytes: Cells
  /// Where each text begins, and behind them where the last ends: never falling, within the bytes.
  package let offsets: Cells

  package init(bytes: Cells, offsets: Cells) {
    precondition(offsets.count > 0, "an end")
    self.bytes = bytes
    self.offsets = offsets
  }

  public init(_ texts: some Collection<String>) {
    var bytes: [UInt8] = []
    var offsets: [Int64] = [0]
    offsets.reserveCapacity(texts.count + 1)
    for text in texts {
      bytes.append(contentsOf: text.utf8)
      offsets.append(Int64(bytes.count))
    }
    self.init(
      bytes: Cells(bytes: bytes), offsets: Cells(offsets, width: CellWidth(holding: 0...Int64(bytes.count))))
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { offsets.count - 1 }

  public subscript(index: Int) -> String { String(decoding: utf8(index), as: UTF8.self) }

  /// The bytes of a text, as long as the list lives.
  package func utf8(_ index: Int) -> UnsafeRawBufferPointer {
    let start = Int(offsets[index]), end = Int(offsets[index + 1])
    guard 0 <= start, start <= end, end <= bytes.count else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(rebasing: bytes.bytes[start..<end])
  }
}

/// The distinct texts of a column, numbered.
public final class TextPool: Sendable {
  public let texts: TextList
  /// The numbers of the texts by their hash, made when first asked for.
  private let index = Mutex<TextIndex?>(nil)

  /// - Parameter texts: distinct by code points.
  public init(_ texts: [String]) { self.texts = TextList(texts) }

  public init(_ texts: TextList) { self.texts = texts }

  /// The number of the text of the same code points.
  public func code(of text: String) -> Int? {
    var text = text
    return text.withUTF8 { bytes in
      index.withLock { index in
        let known = index ?? TextIndex(texts)
        index = known
        return known.position(of: UnsafeRawBufferPointer(bytes))
      }
    }
  }
}

/// Finds texts of a list by their bytes: open addressing, at most half full.
package struct TextIndex: Sendable {
  private let texts: TextList
  /// One more than the position of a text; zero where there is none.
  private var slots: [Int32]

  /// - Parameter texts: fewer than 2^31; of equal ones the first is found.
  package init(_ texts: TextList) {
    self.texts = texts
    var size = 16
    while size < texts.count * 2 { size *= 2 }
    slots = [Int32](repeating: 0, count: size)
    for position in texts.indices {
      let (slot, known) = find(texts.utf8(position))
      if known == nil { slots[slot] = Int32(position + 1) }
    }
  }

  package func position(of bytes: UnsafeRawBufferPointer) -> Int? { find(bytes).position }

  private func find(_ bytes: UnsafeRawBufferPointer) -> (slot: Int, position: Int?) {
    var slot = Int(truncatingIfNeeded: ByteHash.of(bytes)) & (slots.count - 1)
    while slots[slot] != 0 {
      let position = Int(slots[slot] - 1)
      if texts.utf8(position).elementsEqual(bytes) { return (slot, position) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return (slot, nil)
  }
}
