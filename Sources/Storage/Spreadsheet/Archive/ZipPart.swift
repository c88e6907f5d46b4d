import CZip
import Diagnostics

/// One file of the workbook, unpacked piece by piece.
final class ZipPart {
  let name: String
  let archive: ZipArchive
  private let file: OpaquePointer
  private let mostBytes: Int
  private var unpackedBytes = 0

  init(name: String, file: OpaquePointer, archive: ZipArchive, mostBytes: Int) {
    self.name = name
    self.file = file
    self.archive = archive
    self.mostBytes = mostBytes
  }

  deinit { zip_fclose(file) }

  /// - Returns: how many bytes were put into the buffer; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Diagnostic) -> Int {
    let count = Int(zip_fread(file, buffer.baseAddress, UInt64(buffer.count)))
    guard count >= 0 else { throw archive.damage(name, zip_file_get_error(file)) }
    unpackedBytes += count
    archive.count(count)
    guard archive.unpackedBytes <= archive.limits.unpackedBytes, unpackedBytes <= mostBytes else {
      throw Diagnostic("spreadsheet.bomb", at: SourcePlace(file: archive.path), ["part": name])
    }
    return count
  }
}
