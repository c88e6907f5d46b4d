import Diagnostics
import FEEL
import Foundation
import Policy
import TestKit
import Testing

/// Policy is data: nothing a region decides is written in Swift.
@Suite("No title, body, place or figure of the packs is in Sources")
struct PolicyIsDataTests {
  private static let swift = Checkout.files(in: "Sources", endingIn: [".swift", ".mustache", ".txt", ".js", ".css"])

  @Test(
    "no name of a scheme, decision, parameter, declaration, issuer, clause heading or place",
    arguments: ["national", "chongqing", "karamay"])
  func names(pack: String) throws {
    let rulebook = try rulebook(pack)
    let words = rulebook.policyWords.filter { $0.count >= 3 && $0.contains { !$0.isASCII } }
    #expect(words.count > 10)
    for file in Self.swift {
      let text = try Checkout.text(file)
      for word in words where text.contains(word) {
        Issue.record("\(file) holds “\(word)” of packs/\(pack)")
      }
    }
  }

  @Test("no Chinese text stands in a Swift string literal")
  func literals() throws {
    let literal = try Regex(#""[^"]*[\u{4e00}-\u{9fff}][^"]*""#)
    for file in Self.swift where file.hasSuffix(".swift") {
      for (number, line) in try Checkout.text(file).split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      where !line.drop(while: { $0 == " " }).hasPrefix("//") && line.contains(literal) {
        Issue.record("\(file):\(number + 1) holds Chinese text; words belong in Messages, Resources or packs")
      }
    }
  }

  @Test("no figure of three or more significant digits is a literal in Swift")
  func figures() throws {
    let figures = Set(try ["national", "chongqing", "karamay"].flatMap { try rulebook($0).figures })
    #expect(figures.count > 20)
    for file in Self.swift where file.hasSuffix(".swift") {
      let code = try Checkout.text(file).split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
      let own = Self.coincidences[file] ?? []
      for figure in figures.subtracting(own).intersection(
        Self.numbers(in: code.joined(separator: "\n").filter { $0 != "_" }))
      {
        Issue.record("\(file) holds \(figure), a figure of the packs")
      }
    }
  }

  /// The days of a year stand in the calendar, and in a pack that counts interest by them; the milliseconds of a day in spreadsheets.
  private static let coincidences: [String: Set<Decimal128>] = [
    "Sources/Rules/FEEL/Value/CalendarDate.swift": [365], "Sources/Rules/Population/Engine/Calendar.swift": [365],
    "Sources/Storage/Spreadsheet/Cells/SheetDate.swift": [365, 399],
    "Sources/Storage/Spreadsheet/Cells/SerialDay.swift": [86_400_000],
    "Sources/Storage/Spreadsheet/Write/SheetWriter.swift": [86_400_000],
  ]

  /// The decimal numbers of a text with three or more significant digits; not code points, addresses and dates.
  fileprivate static func numbers(in text: String) -> Set<Decimal128> {
    let codePoints = /u\{[0-9A-F]+\}|[0-9A-F]{2,6}-[0-9A-F]{2,6}|0x[0-9A-F]+/
    let addresses = /https?:[^"]*|\d{4}-\d{2}-\d{2}/
    let text = text.replacing(codePoints, with: " ").replacing(addresses, with: " ")
    let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".")) }
    let numbers = words.compactMap { Decimal128(String($0)) }.filter { significantDigits($0) >= 3 }
    return Set(numbers)
  }

  private static func significantDigits(_ number: Decimal128) -> Int {
    let digits = number.description.filter(\.isNumber).drop { $0 == "0" }
    return digits.reversed().drop { $0 == "0" }.count
  }

  private func rulebook(_ name: String) throws -> Rulebook {
    let used = name == "national" ? [] : [try source("national")]
    return Rulebook.read(try source(name), using: used).0
  }

  private func source(_ name: String) throws -> PackSource {
    let paths = Checkout.files(in: "packs/\(name)", endingIn: [".md", ".yaml"]).filter {
      !$0.contains("/demo/") && !$0.contains("/population/")
    }
    return PackSource(files: try paths.map { .init(path: $0, text: try Checkout.text($0)) })
  }
}

extension Rulebook {
  /// Every name that is policy: schemes, decisions, parameters, bodies, issuers, titles of documents.
  fileprivate var policyWords: Set<String> {
    var words = Set(schemes.map(\.name) + declarations.map(\.name) + parameters.map(\.name) + allDecisions.map(\.name))
    words.formUnion(main.documents.flatMap { [$0.title, $0.issuer] })
    words.formUnion(main.documents.flatMap { $0.sections.flatMap { $0.lead + $0.responsible } })
    words.formUnion(dictionary.types.flatMap { $0.fields.flatMap(\.values) })
    words.remove("未给出")  // the format's own word for what a text does not say
    return words
  }

  /// Numbers of parameters, tables, expressions, targets and examples.
  fileprivate var figures: Set<Decimal128> {
    var texts = parameters.compactMap(\.valueSource)
    texts += declarations.flatMap { $0.details.flatMap(\.values) }
    texts += allDecisions.map { decision in
      switch decision.source {
      case .feel(let text): text
      case .table(let table): table.rows.joined().map(\.text).joined(separator: " ")
      }
    }
    texts += examples.flatMap { $0.tables.flatMap { $0.rows.joined().map(\.text) } }
    let amounts = examples.flatMap { $0.expectations.compactMap(\.amount?.description) }
    return PolicyIsDataTests.numbers(in: (texts + amounts).joined(separator: " "))
  }
}
