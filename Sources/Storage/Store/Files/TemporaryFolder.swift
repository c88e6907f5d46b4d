import Diagnostics
import Foundation

/// A folder for files on their way, that nobody else may look into; it is gone when the work is done.
enum TemporaryFolder {
  /// - Throws: `store.file.unwritable`, and what `body` throws.
  static func with<R>(_ body: (String) throws -> R) throws -> R {
    let path = NSTemporaryDirectory().child("silian-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Diagnostic("store.file.unwritable", at: SourcePlace(file: path))
    }
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }
}
