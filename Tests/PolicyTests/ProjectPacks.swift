import Foundation
import Policy
import TestKit

/// The packs of this project, read from the checkout the tests run in.
enum ProjectPacks {
  static let names = ["national", "chongqing", "karamay"]

  /// A pack with those it uses; reading it must find nothing wrong.
  static func rulebook(_ name: String) throws -> Rulebook {
    Rulebook.read(try source(name), using: name == "national" ? [] : [try source("national")]).0
  }

  static func source(_ name: String) throws -> PackSource {
    let folder = Checkout.root.appendingPathComponent("packs/\(name)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let files = try names.filter { $0.hasSuffix(".md") || $0.hasSuffix(".yaml") }.map { file in
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      return PackSource.File(path: "packs/\(name)/\(file)", text: text)
    }
    return PackSource(files: files)
  }
}
