import Foundation

@testable import silian

/// The repository these tests stand in.
let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().path

/// What a command line came to: status, standard output, standard error.
struct Run {
  var status: CommandStatus
  var output: String
  var errors: String
}

func run(_ arguments: [String]) async -> Run {
  let output = Written(), errors = Written()
  let status = await Tool.run(arguments, on: Console(output: output, errors: errors))
  return Run(status: status, output: output.text, errors: errors.text)
}

private final class Written: TextOutputStream {
  var text = ""
  func write(_ string: String) { text += string }
}

/// Runs `body` with a folder of these files; it is gone afterwards.
func withFolder(_ files: [String: String], _ body: (String) async throws -> Void) async throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("silian-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  for (name, text) in files {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }
  try await body(folder.path)
}
