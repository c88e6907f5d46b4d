import Diagnostics
import Policy
import TestKit
import Testing

@testable import Tabulation

@Suite("Templates of the project's own dictionaries come back")
struct ProjectTemplateTests {
  private static let dictionary = Rulebook.read(source("chongqing"), using: [source("national")]).0.dictionary

  private static func source(_ name: String) -> PackSource {
    let paths = Checkout.files(in: "packs/\(name)", endingIn: [".md", ".yaml"]).filter {
      !$0.contains("/demo/") && !$0.contains("/population/")
    }
    return PackSource(files: paths.map { .init(path: $0, text: (try? Checkout.text($0)) ?? "") })
  }

  @Test("letter by letter, and as the record they were made for", arguments: dictionary.types.map(\.name))
  func template(record: String) throws {
    try withFolder([:] as [String: String]) { folder in
      let type = try #require(Self.dictionary[record])
      let path = folder + "/模板.xlsx"
      try BlankTemplate(for: type, years: [2023, 2024, 2025]).write(to: path)
      let source = try TableSource(path: path)
      let proposal = try TableShape.propose(for: source, type: type, in: Self.dictionary)
      #expect(proposal.diagnostics == [])
      #expect(proposal.shape.columns.allSatisfy { $0.match == .exact })
      #expect(try TableShape.propose(for: source, in: Self.dictionary).type.id == type.id)
    }
  }
}
