import Diagnostics
import Foundation
import Policy
import Store
import TestKit
import Testing

private func manifest(_ id: String, uses: String...) -> String {
  let list = uses.map { "  - pack: \($0)\n" }.joined()
  return "id: \(id)\ntitle: 包\njurisdiction: \"650200\"\nversion: 1.0.0\n" + (uses.isEmpty ? "" : "uses:\n" + list)
}

private func codes(_ path: String) -> [String] {
  let (folder, diagnostics) = PackFolder.read(path)
  #expect((folder == nil) == !diagnostics.isEmpty)
  return diagnostics.map(\.code)
}

@Test func aPackBringsItsDocumentsAndThePacksItUses() throws {
  try withFolder([
    "a/pack.yaml": manifest("a", uses: "b", "c"), "a/z.md": "一\r\n二\r\n", "a/sub/y.md": "", "a/.hidden/x.md": "",
    "a/_draft/x.md": "", "a/data.csv": "", "b/pack.yaml": manifest("b", uses: "c"), "c/pack.yaml": manifest("c"),
    "d/pack.yaml": manifest("d"),
  ]) { root in
    let folder = try #require(PackFolder.read(root + "/a/").0)
    let names = folder.main.files.map { $0.path.replacingOccurrences(of: root + "/", with: "") }
    #expect(names == ["a/pack.yaml", "a/sub/y.md", "a/z.md"])
    #expect(folder.main.files.last?.text == "一\n二\n")
    let used = folder.used.map { $0.files[0].path.replacingOccurrences(of: root + "/", with: "") }
    #expect(used == ["c/pack.yaml", "b/pack.yaml"])
    #expect(PackFolder.folders(in: root).count == 4)
  }
}

@Test(
  "a folder that is no sound pack is refused",
  arguments: [
    ("nothing", "store.pack.missing"), ("file", "store.pack.not-folder"), ("empty", "store.pack.manifest"),
    ("circle", "store.pack.cycle"), ("self", "store.pack.cycle"), ("lonely", "store.pack.used-missing"),
    ("outside", "store.pack.id"), ("latin", "store.file.utf8"), ("big", "store.file.size"),
  ])
func refused(name: String, code: String) throws {
  var files = [
    "file": Array("x".utf8), "empty/a.md": [], "latin/a.md": [0x61, 0xFF],
    "big/a.md": Array(repeating: 0x61, count: PackSource.maximumFileSize + 1),
  ]
  for (id, uses) in [("circle", "circle2"), ("circle2", "circle"), ("self", "self"), ("lonely", "gone")] {
    files["\(id)/pack.yaml"] = Array(manifest(id, uses: uses).utf8)
  }
  files["outside/pack.yaml"] = Array(manifest("outside", uses: "../../etc").utf8)
  for id in ["latin", "big"] { files["\(id)/pack.yaml"] = Array(manifest(id).utf8) }
  try withFolder(files) { root in #expect(codes(root + "/" + name) == [code]) }
}

@Test func linksInAPackAreRefused() throws {
  try withFolder(["a/pack.yaml": manifest("a"), "secret.md": "x"]) { root in
    try FileManager.default.createSymbolicLink(atPath: root + "/a/b.md", withDestinationPath: root + "/secret.md")
    try FileManager.default.createSymbolicLink(atPath: root + "/a/loop", withDestinationPath: root + "/a")
    #expect(codes(root + "/a") == ["store.pack.link"])
  }
}

@Test func aFileThatIsNoFileIsNotWaitedFor() {
  #expect(throws: Diagnostic("store.file.kind", at: SourcePlace(file: "/dev/zero"))) {
    try TextFile(path: "/dev/zero", maximumSize: 10)
  }
}
