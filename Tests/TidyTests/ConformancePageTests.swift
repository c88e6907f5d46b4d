import FEEL
import Foundation
import TestKit
import Testing

@Suite("docs/conformance.md and the DocC pages keep up with the code")
struct ConformancePageTests {
  private let page: String

  init() throws { page = try Checkout.text("docs/conformance.md") }

  @Test("every file that the page names exists")
  func files() {
    let names = Self.files(in: page)
    #expect(Set(names).count > 80)
    for name in names {
      let exists = ["Sources/Rules/", "Tests/", ""].contains {
        FileManager.default.fileExists(atPath: Checkout.path($0 + name))
      }
      #expect(exists, "there is no \(name)")
    }
  }

  @Test("every built-in function has its row, in each of its forms, and no row names another")
  func forms() {
    let forms = Set(Builtins.all.flatMap { $0.forms.components(separatedBy: " | ") })
    #expect(Set(rows.flatMap(\.forms)) == forms)
  }

  @Test("every built-in function has rows in the test files that its row names, and by its parameters' names")
  func tests() throws {
    #expect(rows.count == Builtins.names.count)
    for row in rows {
      let name = try #require(row.forms.first?.split(separator: "(").first.map(String.init))
      let call = try Regex("[\"\\[( ]\(name)\\(")
      #expect(!row.tests.isEmpty, "\(name) has no tests")
      for file in row.tests {
        let calls = try Checkout.text("Tests/" + file).contains(call)
        #expect(calls, "\(file) does not call \(name)")
      }
      let isNamed = try Checkout.text("Tests/FEELTests/BuiltinNamedTests.swift").contains("\"\(name)\": (")
      #expect(isNamed, "\(name) is not called by name")
    }
  }

  @Test("the code of the DocC pages stands in tests that compile and run it", arguments: ["FEEL", "DMN"])
  func snippets(target: String) throws {
    let tests = Self.lines(of: try Checkout.text("Tests/\(target)Tests/DocumentationTests.swift")).joined(
      separator: "\n")
    let pages = Checkout.files(in: "Sources/Rules/\(target)", endingIn: [".md"])
    #expect(pages.count >= 4)
    var seen = 0
    for file in pages {
      for block in try Checkout.text(file).components(separatedBy: "```swift\n").dropFirst() {
        let code = Self.lines(of: block.components(separatedBy: "```").first ?? "").joined(separator: "\n")
        #expect(tests.contains(code), "\(file): no test holds\n\(code)")
        seen += 1
      }
    }
    #expect(seen >= 4)
  }

  @Test("the pages of a DocC catalogue that are linked are there", arguments: ["FEEL", "DMN"])
  func articles(target: String) throws {
    let folder = "Sources/Rules/\(target)/\(target).docc"
    let links = try Checkout.text("\(folder)/\(target).md").matches(of: /<doc:([A-Za-z]+)>/).map { String($0.output.1) }
    let pages = Checkout.files(in: folder, endingIn: [".md"]).map { $0.dropFirst(folder.count + 1).dropLast(3) }
    #expect(Set(links + [target]) == Set(pages.map(String.init)))
  }

  // MARK: - Reading the page

  private struct Row {
    var forms: [String]
    var tests: [String]
  }

  /// The rows of the table of built-in functions.
  private var rows: [Row] {
    page.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 6, cells[1].hasPrefix(" `"), cells[1].contains("(") else { return nil }
      return Row(forms: Self.spans(in: cells[1]), tests: Self.files(in: cells[3]))
    }
  }

  private static func spans(in text: String) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { !$0.offset.isMultiple(of: 2) }
      .map { String($0.element) }
  }

  private static func files(in text: String) -> [String] {
    spans(in: text).filter { $0.contains("/") && ($0.hasSuffix(".swift") || $0.hasSuffix(".md")) }
  }

  private static func lines(of text: String) -> [String] {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }
}
