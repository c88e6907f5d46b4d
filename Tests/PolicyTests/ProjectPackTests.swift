import Diagnostics
import FEEL
import Foundation
import Policy
import TestKit
import Testing

@Suite("The packs of this project")
struct ProjectPackTests {
  @Test(
    "read without a complaint, account for every clause, and hold every example", arguments: ProjectPacks.names)
  func areClean(name: String) throws {
    let used = name == "national" ? [] : [try ProjectPacks.source("national")]
    let (rulebook, diagnostics) = Rulebook.read(try ProjectPacks.source(name), using: used)
    #expect(diagnostics == [])
    #expect(rulebook.coverage.total > 0)
    #expect(rulebook.coverage.accounted == rulebook.coverage.total)
    let report = rulebook.checkExamples()
    #expect(report.failures == [])
    #expect(report.count > 0 && report.passed == report.count)
    #expect(report.unhit == [])
  }

  @Test("a shifted figure breaks an example, which names its line and the row that fired")
  func everyFigureIsPinned() throws {
    let main = try ProjectPacks.source("karamay"), used = try ProjectPacks.source("national")
    let (rulebook, _) = Rulebook.read(main, using: [used])
    let figures = rulebook.figures.filter { $0.place.file.hasPrefix("packs/karamay") }
    #expect(figures.count >= 10)
    for figure in figures {
      let changed = try [main, used].map { try $0.shifting(figure) }
      let (mutant, diagnostics) = Rulebook.read(changed[0], using: [changed[1]])
      let failures = mutant.checkExamples().failures + diagnostics.filter { $0.code == "policy.parameter.bounds" }
      #expect(!failures.isEmpty, "\(figure.text) at \(figure.place) may change unnoticed")
      if let table = figure.table {
        let names = failures.contains { ($0.arguments["rules"] ?? "").contains(table) }
        #expect(names, "no failure names a row of \(table), \(figure.place)")
      }
    }
  }

  @Test("the same facts on a date before the document are refused")
  func datesBeforeTheDocument() throws {
    let (rulebook, _) = Rulebook.read(
      try ProjectPacks.source("karamay"), using: [try ProjectPacks.source("national")])
    let example = try #require(rulebook.examples.first { $0.citation.pack == "karamay" && $0.basedOn == nil })
    let (facts, _) = rulebook.facts(of: example)
    let subject = try #require(rulebook.subjectType)
    let key = try #require(facts[subject.name]?.rows.first?.key)
    let day = try #require(CalendarDate(year: 2022, month: 8, day: 14))
    let problem = #expect(throws: Diagnostic.self) { try rulebook.checkUp(of: key, facts: facts, asOf: day) }
    #expect(problem?.code == "policy.as-of.before")
  }
}

/// A number that decides something: a cell of a decision table, or a parameter.
struct Figure {
  var text: String
  var place: SourcePlace
  /// The decision whose table it stands in.
  var table: String?
}

extension Rulebook {
  /// Every number in the cells of decision tables and in parameters.
  var figures: [Figure] {
    parameters.filter { $0.choices.isEmpty && $0.type.kind == .number && $0.value != nil }.map {
      Figure(text: $0.valueSource ?? "", place: $0.valuePlace)
    } + allDecisions.flatMap(\.figures)
  }
}

extension PolicyDecision {
  fileprivate var figures: [Figure] {
    guard case .table(let table) = source, let marker = table.rows.first else { return [] }
    let deciding = marker.indices.filter { marker[$0].text.hasPrefix("i") || marker[$0].text.hasPrefix("o") }
    return table.rows.dropFirst().flatMap { row in
      deciding.map { row[$0] }.filter { !$0.text.contains("\"") && $0.text.contains { $0.isASCII && $0.isNumber } }.map
      {
        Figure(text: $0.text, place: $0.place, table: name)
      }
    }
  }
}

extension PackSource {
  /// The same pack with the first number of a figure one unit of its last digit larger.
  func shifting(_ figure: Figure) throws -> PackSource {
    var changed = self
    guard let index = files.firstIndex(where: { $0.path == figure.place.file }) else { return self }
    var lines = files[index].text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let line = Array(lines[figure.place.line - 1].unicodeScalars)
    let head = line[..<(figure.place.column - 1)], rest = line[(figure.place.column - 1)...]
    let start = try #require(rest.firstIndex { (48...57).contains($0.value) })
    var end = start
    while end < rest.endIndex, (48...57).contains(rest[end].value) || rest[end] == "." { end += 1 }
    let number = String(String.UnicodeScalarView(rest[start..<end]))
    let shifted = try #require(Self.shifted(number))
    lines[figure.place.line - 1] =
      String(String.UnicodeScalarView(head + rest[..<start])) + shifted
      + String(String.UnicodeScalarView(rest[end...]))
    changed.files[index].text = lines.joined(separator: "\n")
    return changed
  }

  private static func shifted(_ number: String) -> String? {
    let decimals = number.split(separator: ".").dropFirst().first?.count ?? 0
    guard let value = Decimal128(number), let unit = Decimal128(1, exponent: -decimals) else { return nil }
    return (value + unit)?.description
  }
}

@Suite("docs/pack-format.md")
struct FormatPageTests {
  @Test("its complete small pack is read without a complaint and holds its examples")
  func smallPack() throws {
    let page = try String(contentsOf: Checkout.root.appendingPathComponent("docs/pack-format.md"), encoding: .utf8)
    let section = try #require(page.components(separatedBy: "## 12. ").last)
    let files = try ["pack.yaml", "dictionary.md", "measure.md"].map { name in
      let text = try #require(section.components(separatedBy: "`\(name)`\n\n").last)
      let fence = String(text.prefix { $0 == "`" })
      let body = text.components(separatedBy: "\n\(fence)\n")[0]
      return PackSource.File(path: name, text: body.drop { $0 != "\n" }.dropFirst().description)
    }
    let (rulebook, diagnostics) = Rulebook.read(PackSource(files: files))
    #expect(diagnostics == [])
    let report = rulebook.checkExamples()
    #expect(report.count == 2 && report.failures == [] && report.unhit == [])
  }
}
