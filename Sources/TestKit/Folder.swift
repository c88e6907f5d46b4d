import Foundation

/// Runs `body` with a folder of these files; it is gone afterwards.
public func withFolder<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws -> Result {
  try withFolder(files.mapValues { Array($0.utf8) }, body)
}

public func withFolder<Result>(_ files: [String: [UInt8]], _ body: (String) throws -> Result) throws -> Result {
  let folder = try makeFolder(files)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

public func withFolder<Result>(
  _ files: [String: String], _ body: (String) async throws -> Result
) async throws -> Result {
  let folder = try makeFolder(files.mapValues { Array($0.utf8) })
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder.path)
}

private func makeFolder(_ files: [String: [UInt8]]) throws -> URL {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("silian-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  for (name, bytes) in files {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }
  return folder
}
