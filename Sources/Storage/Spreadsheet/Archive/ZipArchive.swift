import CZip
import Diagnostics

/// The files packed into a workbook.
final class ZipArchive {
  let path: String
  let limits: SpreadsheetLimits
  private let handle: OpaquePointer
  private let size: Int
  private var indexes: [String: UInt64] = [:]
  private static let harmlessBytes = 16 << 20
  /// For parts that list other parts, and are kept whole.
  static let listBytes = 16 << 20
  /// What was unpacked so far.
  private(set) var unpackedBytes = 0

  /// - Throws: `store.file.…`, and `spreadsheet.…` when the file is no zip that can be read.
  init(path: String, limits: SpreadsheetLimits) throws(Diagnostic) {
    size = try ZipArchive.checkedSize(path, limits)
    var code: Int32 = 0
    guard let handle = zip_open(path, ZIP_RDONLY, &code) else {
      throw Diagnostic("spreadsheet.damaged", at: SourcePlace(file: path), ["part": "zip", "detail": Self.words(code)])
    }
    self.path = path
    self.limits = limits
    self.handle = handle
    try index()
  }

  deinit { zip_discard(handle) }

  private static func checkedSize(_ path: String, _ limits: SpreadsheetLimits) throws(Diagnostic) -> Int {
    let place = SourcePlace(file: path)
    let file = try PlainFile(path: path)
    guard file.size <= limits.fileBytes else {
      throw Diagnostic("store.file.size", at: place, ["limit": "\(limits.fileBytes >> 20) MiB"])
    }
    if let problem = try FileNature(of: file).problem { throw Diagnostic(problem, at: place) }
    guard let entries = try ZipTail(of: file).entries else { throw Diagnostic("spreadsheet.truncated", at: place) }
    guard entries <= limits.entries else {
      throw Diagnostic("spreadsheet.entries", at: place, ["limit": String(limits.entries)])
    }
    return file.size
  }

  /// Two entries of one name are refused: which of them is meant depends on the program.
  private func index() throws(Diagnostic) {
    for index in 0..<UInt64(max(0, zip_get_num_entries(handle, 0))) {
      guard let name = zip_get_name(handle, index, 0).map({ String(cString: $0) }) else { continue }
      guard indexes.updateValue(index, forKey: PartPath.key(name)) == nil else {
        throw Diagnostic("spreadsheet.twice", at: SourcePlace(file: path), ["part": name])
      }
    }
  }

  var names: [String] { indexes.keys.sorted() }

  func has(_ name: String) -> Bool { entry(name) != nil }

  private func entry(_ name: String) -> UInt64? {
    indexes[PartPath.key(name)] ?? indexes[PartPath.key(PartPath.decoded(name))]
  }

  /// - Parameter mostBytes: what the part may take when it is unpacked.
  /// - Throws: `spreadsheet.part.missing`, `spreadsheet.encrypted`, `spreadsheet.damaged`.
  func part(_ name: String, mostBytes: Int = .max) throws(Diagnostic) -> ZipPart {
    guard let index = entry(name) else {
      throw Diagnostic("spreadsheet.part.missing", at: SourcePlace(file: path), ["part": name])
    }
    var status = zip_stat_t()
    guard zip_stat_index(handle, index, 0, &status) == 0 else { throw damage(name, zip_get_error(handle)) }
    guard status.encryption_method == UInt16(ZIP_EM_NONE) else {
      throw Diagnostic("spreadsheet.encrypted", at: SourcePlace(file: path))
    }
    guard let file = zip_fopen_index(handle, index, 0) else { throw damage(name, zip_get_error(handle)) }
    // A part may be of any ratio while it is small.
    let (packed, overflows) = min(Int(clamping: status.comp_size), size).multipliedReportingOverflow(
      by: limits.unpackedRatio)
    let most = overflows ? .max : max(ZipArchive.harmlessBytes, packed)
    return ZipPart(name: name, file: file, archive: self, mostBytes: min(most, mostBytes))
  }

  func damage(_ part: String, _ error: UnsafeMutablePointer<zip_error_t>?) -> Diagnostic {
    let detail = error.flatMap { zip_error_strerror($0) }.map { String(cString: $0) } ?? ""
    return Diagnostic("spreadsheet.damaged", at: SourcePlace(file: path), ["part": part, "detail": detail])
  }

  private static func words(_ code: Int32) -> String {
    var error = zip_error_t()
    zip_error_init_with_code(&error, code)
    defer { zip_error_fini(&error) }
    return zip_error_strerror(&error).map { String(cString: $0) } ?? ""
  }

  func count(_ bytes: Int) { unpackedBytes += bytes }
}
