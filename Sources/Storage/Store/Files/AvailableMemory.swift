public import Diagnostics
import Foundation

/// What memory this process may still take.
public enum AvailableMemory {
  /// Bytes; nil when the system does not tell.
  public static var bytes: Int? { bytes(underRoot: "/") }

  /// The least of what the machine has left, what the control groups of the process leave it, and what is left of its address space.
  /// - Parameter root: the folder that holds `proc` and `sys`.
  static func bytes(underRoot root: String) -> Int? {
    let known = [machine(root), ControlGroups(root: root).bytesLeft, addressSpace(root)].compactMap(\.self)
    return known.min()
  }

  /// - Throws: `store.memory` when work on a file would take more than there is.
  public static func require(_ needed: Int, for path: String, available: Int? = bytes) throws(Diagnostic) {
    guard let available, needed > available else { return }
    throw Diagnostic(
      "store.memory", at: SourcePlace(file: path),
      ["needed": "\(needed >> 20) MiB", "available": "\(max(available, 0) >> 20) MiB"])
  }

  // MARK: the machine

  private static func machine(_ root: String) -> Int? {
    guard let text = try? String(contentsOfFile: root.child("proc/meminfo"), encoding: .utf8) else { return nil }
    return bytes(inMemoryInfo: text)
  }

  /// `MemAvailable:   24152000 kB`
  static func bytes(inMemoryInfo text: String) -> Int? { kilobytes("MemAvailable:", in: text) }

  // MARK: the address space

  /// What `ulimit -v` leaves.
  private static func addressSpace(_ root: String) -> Int? {
    let limits = try? String(contentsOfFile: root.child("proc/self/limits"), encoding: .utf8)
    let status = try? String(contentsOfFile: root.child("proc/self/status"), encoding: .utf8)
    guard let limit = limits.flatMap(addressLimit), let taken = status.flatMap({ kilobytes("VmSize:", in: $0) }) else {
      return nil
    }
    return limit - taken
  }

  /// `Max address space         4294967296           unlimited            bytes`
  private static func addressLimit(in limits: String) -> Int? {
    let name = "Max address space"
    guard let line = limits.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else { return nil }
    return line.dropFirst(name.count).split(separator: " ").first.flatMap { Int($0) }
  }

  private static func kilobytes(_ name: String, in text: String) -> Int? {
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    guard let words = line?.split(separator: " "), words.count >= 2, let kilobytes = Int(words[1]) else { return nil }
    return kilobytes.multipliedReportingOverflow(by: 1024).partialValue
  }
}

/// The control groups that bound this process, and those above them, as far as they can be seen: version 1 and 2.
private struct ControlGroups {
  let root: String

  var bytesLeft: Int? {
    guard let text = try? String(contentsOfFile: root.child("proc/self/cgroup"), encoding: .utf8) else { return nil }
    return text.split(separator: "\n").compactMap { bytesLeft(inLine: $0) }.min()
  }

  /// `0::/user.slice`, or in version 1 `4:memory:/user.slice`.
  private func bytesLeft(inLine line: Substring) -> Int? {
    let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    if parts[0] == "0", parts[1].isEmpty {
      return bytesLeft(in: "sys/fs/cgroup", parts[2], ("memory.max", "memory.current", ""))
    }
    guard parts[1].split(separator: ",").contains("memory") else { return nil }
    return bytesLeft(
      in: "sys/fs/cgroup/memory", parts[2], ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_"))
  }

  /// The least that a group and those above it leave.
  private func bytesLeft(
    in mount: String, _ path: Substring, _ names: (limit: String, taken: String, prefix: String)
  ) -> Int? {
    let steps = path.split(separator: "/")
    return (0...steps.count).compactMap { count -> Int? in
      let folder = ([root.child(mount)] + steps.prefix(count).map(String.init)).joined(separator: "/")
      guard let limit = number(folder.child(names.limit)), let taken = number(folder.child(names.taken)) else {
        return nil
      }
      return limit - max(taken - pagesOfFiles(folder, names.prefix), 0)
    }.min()
  }

  private func number(_ path: String) -> Int? {
    let text = try? String(contentsOfFile: path, encoding: .utf8)
    return text.flatMap { Int($0.filter { !$0.isWhitespace }) }
  }

  /// What is counted as taken and given back when it is asked for.
  private func pagesOfFiles(_ folder: String, _ prefix: String) -> Int {
    let text = (try? String(contentsOfFile: folder.child("memory.stat"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").reduce(0) { sum, line in
      let words = line.split(separator: " ")
      guard words.count == 2, ["\(prefix)inactive_file", "\(prefix)active_file"].contains(words[0]) else { return sum }
      return sum + (Int(words[1]) ?? 0)
    }
  }
}
