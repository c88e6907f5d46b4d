public import Diagnostics
import Foundation

/// What memory the machine has left.
public enum AvailableMemory {
  /// Bytes that may be taken without swapping, as the system tells; nil when it does not.
  public static var bytes: Int? {
    guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8) else { return nil }
    return bytes(inMemoryInfo: text)
  }

  /// `MemAvailable:   24152000 kB`
  static func bytes(inMemoryInfo text: String) -> Int? {
    let line = text.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
    guard let words = line?.split(separator: " "), words.count >= 2, let kilobytes = Int(words[1]) else { return nil }
    return kilobytes.multipliedReportingOverflow(by: 1024).partialValue
  }

  /// - Throws: `store.memory` when work on a file would take more than there is.
  public static func require(_ needed: Int, for path: String, available: Int? = bytes) throws(Diagnostic) {
    guard let available, needed > available else { return }
    throw Diagnostic(
      "store.memory", at: SourcePlace(file: path),
      ["needed": "\(needed >> 20) MiB", "available": "\(available >> 20) MiB"])
  }
}
