import Diagnostics
import Foundation
import Policy
import TestKit
import Testing

@Suite("Mistakes in a pack are named with their place and a mend")
struct DiagnosticTests {
  @Test("the small pack itself is clean")
  func clean() throws {
    let (rulebook, diagnostics) = try SmallPack.read()
    #expect(diagnostics == [])
    #expect(rulebook.checkExamples().failures == [])
  }

  @Test("a mistake is told at its very place", arguments: Mistake.all)
  func mistake(_ mistake: Mistake) throws {
    let (found, place) = try mistake.diagnostics()
    let told = found.filter { $0.code == mistake.code }
    #expect(told.contains { $0.place == place }, "should be at \(place): \(found.map(\.description))")
    for diagnostic in found {
      for language in Language.allCases {
        #expect(Catalogue.shared.has(diagnostic.code, in: language), "\(diagnostic.code) has no text")
        #expect(!diagnostic.description(in: language).contains("{"), "\(diagnostic.description(in: language))")
      }
    }
  }

  @Test("a mistake of the folder, of facts or of a question is told at its very place", arguments: Refused.all)
  func refused(_ refused: Refused) throws {
    let told = try refused.diagnostics().filter { $0.code == refused.code }
    let places = told.map(\.place)
    #expect(places == [refused.place])
  }

  @Test("every code that docs/pack-format.md lists is tried here, and no other")
  func everyCodeIsTried() throws {
    let page = try String(contentsOf: Checkout.root.appendingPathComponent("docs/pack-format.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `policy.") }
    let documented = rows.compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
    let codes = documented.filter { $0.split(separator: ".").count > 1 }
    let tried = Mistake.all.map(\.code) + Refused.all.map(\.code) + ImportTests.codes
    #expect(Set(codes).symmetricDifference(tried) == [])
  }

  @Test("the message for an unknown name suggests the near one")
  func suggestion() throws {
    let (_, diagnostics) = try SmallPack.read(replacing: "利息 * 比例", with: "利息 * 比利")
    let problem = try #require(diagnostics.first { $0.code == "policy.name.unknown" })
    #expect(problem.arguments["near"] == "比例")
  }

  @Test(
    "text that is no pack at all is refused, not crashed on",
    arguments: [
      "", "---", "---\n---", "\u{0}", "# 决策：", "### 决策：\n\n| U |\n|---|\n| |", "| a |", "- ：",
      String(repeating: "> ", count: 5000), String(repeating: "- ", count: 5000),
    ])
  func hostile(text: String) {
    let (rulebook, diagnostics) = Rulebook.read(
      PackSource(files: [.init(path: "pack.yaml", text: text), .init(path: "a.md", text: text)]))
    #expect(!diagnostics.isEmpty)
    #expect(rulebook.checkExamples().failures.isEmpty)
  }
}
