import Diagnostics

/// The texts that cells refer to by number, one after another in one block of memory.
final class SharedStrings {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// Long texts are made once, however many cells show them: thousands of cells of a row may show the same.
  private var long: [Int: String] = [:]
  private static let longBytes = 1024

  fileprivate func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    ends.append(bytes.count)
  }

  var count: Int { ends.count }
  var size: Int { bytes.count }

  subscript(index: Int) -> String? {
    guard ends.indices.contains(index) else { return nil }
    let start = index == 0 ? 0 : ends[index - 1]
    guard ends[index] - start > SharedStrings.longBytes else { return text(start..<ends[index]) }
    if let text = long[index] { return text }
    let text = text(start..<ends[index])
    long[index] = text
    return text
  }

  private func text(_ range: Range<Int>) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self) }
  }

  /// Without a part there are no shared strings.
  static func read(_ part: ZipPart?) throws(Diagnostic) -> SharedStrings {
    let strings = SharedStrings()
    guard let part else { return strings }
    let listener = SharedStringListener(strings: strings, part: part)
    try PartParser(part, for: listener).finish()
    return strings
  }
}

private final class SharedStringListener: PartListener {
  let strings: SharedStrings
  let limits: SpreadsheetLimits
  let place: SourcePlace
  private var depth = 0
  private var collector = TextCollector()

  init(strings: SharedStrings, part: ZipPart) {
    self.strings = strings
    limits = part.archive.limits
    place = SourcePlace(file: part.archive.path)
  }

  func begin(_ element: PartElement) throws(Diagnostic) -> Bool {
    if depth == 2 { return collector.begin(element) }
    guard element.isNamed(depth == 0 ? "sst" : "si") else { return false }
    depth += 1
    return true
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    guard depth == 2 else { return }
    collector.add(bytes)
    guard collector.bytes.count <= limits.cellBytes else {
      throw Diagnostic("spreadsheet.strings.text", at: place, ["number": String(strings.count)])
    }
  }

  func end() throws(Diagnostic) {
    if depth == 2, collector.end() { return }
    depth -= 1
    guard depth == 1 else { return }
    strings.append(collector.bytes.withUnsafeBufferPointer(EscapedText.decoded))
    collector.clear()
    guard strings.count <= limits.sharedStrings, strings.size <= limits.sharedStringBytes else {
      throw Diagnostic("spreadsheet.strings", at: place, ["limit": "\(limits.sharedStringBytes >> 20) MiB"])
    }
  }
}
