import Conformance
import DMN
import Diagnostics
import Foundation
import Testing

@Suite("The public kit", .serialized)
struct KitTests {
  @Test("says loudly when it is not there")
  func notice() { _ = Kit.isThere }

  @Test("every case passes", .enabled(if: Kit.isThere))
  func everyCase() throws {
    var seen = 0
    let report = try ConformanceKit(folder: Kit.folder).run { _ in seen += 1 }
    for failure in report.failures {
      Issue.record("\(failure.folder)/\(failure.file) \(failure.id): \(failure.problem?.problem(in: .english) ?? "")")
    }
    #expect(seen == report.results.count)
    #expect(report.levels.map(\.name) == ["compliance-level-2", "compliance-level-3"])
    #expect(report.levels.map(\.total) == [106, 2673])
    #expect(report.levels.map(\.totalWithValue) == [95, 1374])
    #expect(report.total.passed == 2779)
    #expect(report.total.passedWithValue == report.total.totalWithValue)
    #expect(report.csv.split(separator: "\n").count == 2779)
  }

  @Test("every case passes on the models written and read back", .enabled(if: Kit.isThere))
  func everyCaseWrittenBack() throws {
    let copy = FileManager.default.temporaryDirectory.appendingPathComponent("kit-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: copy) }
    for level in ["compliance-level-2", "compliance-level-3"] {
      for folder in try FileManager.default.contentsOfDirectory(atPath: "\(Kit.folder)/\(level)") {
        try writeBack("\(level)/\(folder)", to: copy)
      }
    }
    let report = try ConformanceKit(folder: copy.path).run()
    #expect(
      report.failures.map { "\($0.folder)/\($0.file) \($0.id): \($0.problem?.problem(in: .english) ?? "")" } == [])
    #expect(report.total.passed == 2779)
  }

  private func writeBack(_ path: String, to copy: URL) throws {
    let source = URL(fileURLWithPath: Kit.folder).appendingPathComponent(path)
    let target = copy.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
    let names = try FileManager.default.contentsOfDirectory(atPath: source.path)
    let models = try names.filter { $0.hasSuffix(".dmn") }.map { name in
      ModelFile(name: name, bytes: [UInt8](try Data(contentsOf: source.appendingPathComponent(name))))
    }
    for model in ModelFiles(reading: models).models {
      try model.xml.write(to: target.appendingPathComponent(model.place.file), atomically: true, encoding: .utf8)
    }
    for name in names where name.hasSuffix(".xml") {
      try FileManager.default.copyItem(at: source.appendingPathComponent(name), to: target.appendingPathComponent(name))
    }
  }
}
