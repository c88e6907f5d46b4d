public import Diagnostics
import Foundation

/// Where files are written.
public enum OutputFolder {
  /// Writes a file whole, over one that is there.
  public static func write(_ text: String, to path: String) throws(Diagnostic) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    } catch {
      throw Diagnostic("store.file.unwritable", at: SourcePlace(file: path))
    }
  }

  public static func create(_ path: String) throws(Diagnostic) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Diagnostic("store.file.unwritable", at: SourcePlace(file: path))
    }
  }

  public static func path(_ name: String, in folder: String) -> String { folder.child(name) }
}
