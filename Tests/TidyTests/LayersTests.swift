import Foundation
import TestKit
import Testing

/// What each target may import of this package. Dependencies point one way: Apps → Storage → Rules → Core.
private let layers: [(target: String, folder: String, allowed: Set<String>)] = [
  ("TestKit", "TestKit", ["Diagnostics", "FEEL", "DMN", "CLibXML2", "SQL"]),
  ("Diagnostics", "Core/Diagnostics", []),
  ("JSON", "Core/JSON", ["Diagnostics"]),
  ("FEEL", "Rules/FEEL", ["Diagnostics", "CDecimal"]),
  ("DMN", "Rules/DMN", ["Diagnostics", "FEEL", "CLibXML2"]),
  ("Conformance", "Rules/Conformance", ["Diagnostics", "FEEL", "DMN"]),
  ("Policy", "Rules/Policy", ["Diagnostics", "FEEL", "DMN", "CMarkGFM"]),
  ("Instructions", "Rules/Instructions", []),
  ("Kernels", "Rules/Kernels", ["Instructions"]),
  ("KernelsAVX512", "Rules/KernelsAVX512", ["Instructions"]),
  (
    "Population", "Rules/Population",
    ["Diagnostics", "FEEL", "DMN", "Policy", "CProcessor", "Instructions", "Kernels", "KernelsAVX512"]
  ),
  ("Synthesis", "Rules/Synthesis", ["Diagnostics", "FEEL", "Policy"]),
  ("Registry", "Programme/Registry", ["Diagnostics", "FEEL", "Policy"]),
  ("SQL", "Storage/SQL", ["CPostgres"]),
  ("Spreadsheet", "Storage/Spreadsheet", ["Diagnostics", "CLibXML2", "CZip", "CXLSXWriter"]),
  ("Tabulation", "Storage/Tabulation", ["Diagnostics", "FEEL", "Policy", "Spreadsheet"]),
  (
    "Store", "Storage/Store",
    [
      "Diagnostics", "JSON", "FEEL", "Policy", "Population", "Registry", "SQL", "Spreadsheet", "Tabulation", "CCrypto",
    ]
  ),
  ("API", "Apps/API", ["Diagnostics", "JSON", "FEEL", "Policy", "Population", "Registry", "Store"]),
  ("Portal", "Apps/Portal", ["Diagnostics", "JSON", "FEEL", "Policy", "Population", "Registry", "Store", "API"]),
  (
    "silian", "Apps/CLI",
    [
      "Diagnostics", "JSON", "FEEL", "DMN", "Conformance", "Policy", "Population", "Synthesis", "Registry",
      "Tabulation", "Store", "API", "Portal",
    ]
  ),
]

/// Targets whose code must not touch files, sockets or databases (DESIGN §6.19).
private let pure: Set<String> = ["Diagnostics", "JSON", "FEEL", "DMN", "Policy", "Population", "Synthesis", "Registry"]

@Suite("Dependencies point one way")
struct LayersTests {
  @Test("each target imports only what the layer table allows", arguments: layers.map(\.target))
  func importsFollowTheLayers(target: String) throws {
    let layer = try #require(layers.first { $0.target == target })
    let own = Set(layers.map(\.target)).union([
      "CDecimal", "CMarkGFM", "CLibXML2", "CPostgres", "CCrypto", "CZip", "CXLSXWriter",
    ])
    let used = try imports(of: layer.folder).intersection(own)
    #expect(used.subtracting(layer.allowed) == [])
  }

  @Test("every folder of Sources is in the layer table")
  func tableIsComplete() {
    let swift = Set(
      Checkout.files(in: "Sources", endingIn: [".swift"]).map {
        $0.split(separator: "/").dropFirst().prefix($0.hasPrefix("Sources/TestKit/") ? 1 : 2).joined(separator: "/")
      })
    #expect(swift.subtracting(layers.map(\.folder)) == [])
  }

  @Test("the manifest says the same", arguments: layers.map(\.target))
  func manifest(target: String) throws {
    let layer = try #require(layers.first { $0.target == target })
    guard !Checkout.files(in: "Sources/\(layer.folder)", endingIn: [".swift"]).isEmpty else { return }
    let manifest = try Checkout.text("Package.swift")
    for name in try imports(of: layer.folder).intersection(layers.map(\.target)) {
      #expect(manifest.contains("\"\(name)\""), "\(target) imports \(name), which the manifest does not name")
    }
  }

  @Test("pure targets open no file and no connection", arguments: pure.sorted())
  func purity(target: String) throws {
    let layer = try #require(layers.first { $0.target == target })
    for file in Checkout.files(in: "Sources/\(layer.folder)", endingIn: [".swift"]) {
      let text = try Checkout.text(file)
      for word in ["FileManager", "FileHandle", "contentsOfFile", "contentsOf: url", "URLSession", "fopen("] {
        #expect(!text.contains(word), "\(file) uses \(word)")
      }
    }
  }

  private func imports(of folder: String) throws -> Set<String> {
    var found: Set<String> = []
    for file in Checkout.files(in: "Sources/\(folder)", endingIn: [".swift"]) {
      for line in try Checkout.text(file).split(separator: "\n") {
        let words = line.split(separator: " ")
        if let at = words.firstIndex(of: "import"), at <= 1, at + 1 < words.count {
          found.insert(String(words[at + 1]))
        }
      }
    }
    return found
  }
}
