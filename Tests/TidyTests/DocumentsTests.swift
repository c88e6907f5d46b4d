import Diagnostics
import Foundation
import TestKit
import Testing

@Suite("Documents and catalogue keep up with the code")
struct DocumentsTests {
  @Test("every diagnostic code a pack author can meet has its row in docs/pack-format.md")
  func diagnosticCodes() throws {
    let page = try Checkout.text("docs/pack-format.md")
    for key in Catalogue.shared.keys where Self.isDocumented(key) {
      #expect(page.contains("`\(key)`"), "\(key) is not documented")
    }
  }

  private static func isDocumented(_ key: String) -> Bool {
    (key.hasPrefix("policy.") && !key.hasPrefix("policy.outcome.")) || key.hasPrefix("feel.type.")
  }

  /// Beginnings of codes, which the code compares with.
  private let prefixes: Set<String> = ["policy.as-of"]

  @Test("every code raised in Sources has its words in both languages")
  func codesHaveWords() throws {
    let code = try Regex(#""((policy|feel|dmn|store|json|region|spreadsheet|text|tabulation)\.[a-zA-Z.-]+)""#)
    for file in Checkout.files(in: "Sources", endingIn: [".swift"]) {
      for match in try Checkout.text(file).matches(of: code) {
        let key = String(match.output[1].substring ?? "")
        guard !key.hasSuffix("."), !key.hasSuffix(".yaml"), !prefixes.contains(key) else { continue }
        for language in Language.allCases {
          let has = Catalogue.shared.has(key, in: language)
          #expect(has, "\(key) of \(file) has no \(language) text")
        }
      }
    }
  }

  @Test("every key of the catalogue speaks both languages, with no argument of its own")
  func languages() {
    for key in Catalogue.shared.keys {
      let texts = Language.allCases.map { Catalogue.shared.text(key, in: $0) }
      for language in Language.allCases {
        let has = Catalogue.shared.has(key, in: language)
        #expect(has, "\(key): no \(language)")
      }
      let (chinese, english) = (arguments(texts[0]), arguments(texts[1]))
      #expect(english.isSubset(of: chinese) || chinese.isSubset(of: english), "\(key): \(texts)")
    }
  }

  @Test("no key stands twice in the catalogue")
  func keysAreUnique() {
    let keys = Catalogue.shared.keys
    #expect(keys.count == Set(keys).count, "\(Dictionary(grouping: keys) { $0 }.filter { $1.count > 1 }.keys)")
  }

  private func arguments(_ text: String) -> Set<String> {
    Set(
      text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap {
        $0.split(separator: "}").first.map(String.init)
      })
  }
}
