import Foundation
import Store
import Testing

@Suite("The files of packs as they change")
struct PackFilesTests {
  private static let manifest = "id: a\ntitle: 甲\njurisdiction: \"650200\"\nversion: 1.0.0\n"

  @Test("what is added, changed and taken away is named; what is no part of a pack is not")
  func changes() throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("silian-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: root) }
    func write(_ path: String, _ text: String) throws {
      let url = URL(fileURLWithPath: "\(root)/\(path)")
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    try write("a/pack.yaml", Self.manifest + "uses:\n  - pack: b\n")
    try write("a/one.md", "一")
    try write("a/deep/two.md", "二")
    try write("b/pack.yaml", Self.manifest)
    try write("b/three.md", "三")
    let before = PackFiles(of: ["\(root)/a"])
    #expect(PackFiles(of: ["\(root)/a/"]).changes(since: before) == [])
    try write("a/one.md", "一二")
    try write("a/new.md", "新")
    try write("a/facts.csv", "x")
    try write("b/three.md", "三四")
    try FileManager.default.removeItem(atPath: "\(root)/a/deep/two.md")
    let names = PackFiles(of: ["\(root)/a"]).changes(since: before).map { $0.dropFirst(root.count + 1) }
    #expect(names == ["a/deep/two.md", "a/new.md", "a/one.md", "b/three.md"])
  }

  @Test("a folder that is not there has no files")
  func missing() {
    let nothing = PackFiles(of: ["/nothing/here"])
    #expect(nothing.changes(since: PackFiles(of: [])) == [])
  }
}
