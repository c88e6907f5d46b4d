import Diagnostics
import FEEL
import Policy
import Testing

/// A mistake that is not in the text of a pack: in its folder, in facts that come from elsewhere, in a question.
struct Refused: Sendable, CustomTestStringConvertible {
  var code: String
  var place: SourcePlace
  var diagnostics: @Sendable () throws -> [Diagnostic]

  var testDescription: String { code }

  static let all = [
    Refused(code: "policy.manifest.missing", place: SourcePlace(file: "dictionary.md")) {
      let files = try SmallPack.source().files.filter { $0.path != "pack.yaml" }
      return Rulebook.read(PackSource(files: files)).1
    },
    Refused(code: "policy.file.size", place: SourcePlace(file: "long.md")) {
      var source = try SmallPack.source()
      source.files.append(.init(path: "long.md", text: String(repeating: "x", count: PackSource.maximumFileSize + 1)))
      return Rulebook.read(source).1
    },
    Refused(code: "policy.subject.unknown", place: SourcePlace(file: "doc.md")) {
      let (rulebook, _) = try SmallPack.read()
      let (facts, _) = rulebook.facts(of: try #require(rulebook.examples.first))
      let day = try #require(CalendarDate("2023-06-01"))
      do throws(Diagnostic) {
        _ = try rulebook.checkUp(of: "丁", facts: facts, asOf: day)
        return []
      } catch {
        return [error]
      }
    },
    facts("policy.facts.key-column", at: (1, 1), ["名称", "人数"], ["甲厂", "1"]),
    facts("policy.facts.width", at: (2, 1), ["编号", "人数"], ["甲"]),
    facts("policy.facts.uscc.length", at: (2, 1), ["编号"], ["91350100M000100Y4"]),
    facts("policy.facts.uscc.character", at: (2, 1), ["编号"], ["91350100M000100I43"]),
    facts("policy.facts.uscc.near", at: (2, 1), ["编号"], ["91350100m000100Y43"]),
    facts("policy.facts.uscc.check", at: (2, 1), ["编号"], ["91350100M000100Y44"]),
  ]

  /// A header and a row as a CSV file gives them, line 1 and 2.
  private static func facts(
    _ code: String, at place: (line: Int, column: Int), _ header: [String], _ row: [String]
  ) -> Refused {
    Refused(code: code, place: SourcePlace(file: "enterprise.csv", line: place.line, column: place.column)) {
      let (rulebook, _) = try SmallPack.read(
        replacing: "| 编号 | code | 文本 |", with: "| 编号 | code | 统一社会信用代码 |")
      var reader = FactReader(dictionary: rulebook.dictionary)
      let lines = [header, row].enumerated().map { line, cells in
        cells.map { RawTable.Cell($0, at: SourcePlace(file: "enterprise.csv", line: line + 1)) }
      }
      reader.add(
        RawTable(header: lines[0], rows: [lines[1]], place: SourcePlace(file: "enterprise.csv")), of: "企业")
      return reader.diagnostics
    }
  }
}
