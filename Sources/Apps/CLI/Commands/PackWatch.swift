import Diagnostics
import Store

/// Checks packs again whenever a file of theirs changes, until the task is cancelled or the program interrupted.
struct PackWatch {
  let paths: [String]
  let console: Console

  /// How often files are looked at.
  private static let pause = Duration.milliseconds(300)

  /// - Returns: what the last check came to.
  func run(_ check: () async -> CommandStatus) async -> CommandStatus {
    var seen = PackFiles(of: paths)
    var status = await check()
    console.print(console.text("cli.watch.waiting"))
    while !Task.isCancelled {
      do { try await Task.sleep(for: Self.pause) } catch { break }
      let present = PackFiles(of: paths)
      let changes = present.changes(since: seen)
      if changes.isEmpty { continue }
      seen = present
      console.print()
      console.print(console.text("cli.watch.changed", ["files": changes.joined(separator: ", ")]))
      status = await check()
      console.print(console.text("cli.watch.waiting"))
    }
    return status
  }
}
