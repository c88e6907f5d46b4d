import Foundation
import Policy

/// The packs of this project, read from the checkout the tests run in.
enum ProjectPacks {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func source(_ name: String) throws -> PackSource {
    let folder = root.appendingPathComponent("packs/\(name)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let files = try names.filter { $0.hasSuffix(".md") || $0.hasSuffix(".yaml") }.map { file in
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      return PackSource.File(path: "packs/\(name)/\(file)", text: text)
    }
    return PackSource(files: files)
  }
}
