import Diagnostics

/// What a file is, by its bytes and not by its name.
enum FileNature {
  case empty, zip, unknown
  /// A page of the web or another XML text: what many systems export under the name of a spreadsheet.
  case markup
  /// The container of old documents (`.xls`, `.et`).
  case oldWorkbook
  /// The same container around a workbook with a password.
  case encryptedWorkbook

  /// Of a zip with entries, and of one without.
  private static let zipMarks = [Array("PK\u{3}\u{4}".utf8), Array("PK\u{5}\u{6}".utf8)]

  init(of file: borrowing PlainFile) throws(Diagnostic) {
    let start = try file.bytes(at: 0, count: 256)
    if start.isEmpty {
      self = .empty
    } else if FileNature.zipMarks.contains(where: { start.starts(with: $0) }) {
      self = .zip
    } else if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      self = try FileNature.holdsEncryptedPackage(file) ? .encryptedWorkbook : .oldWorkbook
    } else {
      self = FileNature.isMarkup(start) ? .markup : .unknown
    }
  }

  /// The code of what is wrong with the file; nil for a zip.
  var problem: String? {
    switch self {
    case .zip: nil
    case .empty: "spreadsheet.empty"
    case .unknown: "spreadsheet.kind"
    case .markup: "spreadsheet.markup"
    case .oldWorkbook: "spreadsheet.old"
    case .encryptedWorkbook: "spreadsheet.encrypted"
    }
  }

  private static func isMarkup(_ start: [UInt8]) -> Bool {
    let ignored: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0, 0x20, 0x09, 0x0A, 0x0D]
    return start.first { !ignored.contains($0) } == UInt8(ascii: "<")
  }

  /// Looks for the name of the stream, which stands somewhere in the container in UTF-16.
  private static func holdsEncryptedPackage(_ file: borrowing PlainFile) throws(Diagnostic) -> Bool {
    let name = Array("EncryptedPackage".utf8.map { [$0, 0] as [UInt8] }.joined())
    let step = 1 << 20
    for offset in stride(from: 0, to: file.size, by: step) {
      if try file.bytes(at: offset, count: step + name.count).contains(name) { return true }
    }
    return false
  }
}

extension [UInt8] {
  /// Whether `part` stands somewhere in these bytes.
  func contains(_ part: [UInt8]) -> Bool { offset(of: part) != nil }

  /// Where `part` first stands.
  func offset(of part: [UInt8]) -> Int? {
    guard let first = part.first, count >= part.count else { return nil }
    return (0...count - part.count).first { self[$0] == first && self[$0...].starts(with: part) }
  }
}
