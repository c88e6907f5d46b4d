/// The text of a cell or shared string, put together from its pieces: runs of one look each.
///
/// White space at the ends of a piece counts only where the file says so. How the text is pronounced is left out.
struct TextCollector {
  private enum Element { case run, text(preservesSpace: Bool) }

  private(set) var bytes: [UInt8] = []
  private var open: [Element] = []
  private var start = 0

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  mutating func begin(_ element: PartElement) -> Bool {
    if element.isNamed("t") {
      open.append(.text(preservesSpace: element.preservesSpace))
      start = bytes.count
      return true
    }
    guard open.isEmpty, element.isNamed("r") else { return false }
    open.append(.run)
    return true
  }

  mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    if case .text? = open.last { bytes.append(contentsOf: text) }
  }

  /// - Returns: false when the element that ended is the one around the pieces.
  mutating func end() -> Bool {
    guard let element = open.popLast() else { return false }
    if case .text(preservesSpace: false) = element { trim() }
    return true
  }

  private mutating func trim() {
    while bytes.count > start, bytes[bytes.count - 1].isXMLSpace { bytes.removeLast() }
    let spaces = bytes[start...].prefix(while: \.isXMLSpace).count
    if spaces > 0 { bytes.removeSubrange(start..<start + spaces) }
  }
}
