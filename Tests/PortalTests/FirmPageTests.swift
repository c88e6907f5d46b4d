import API
import FEEL
import HTTPTypes
import TestKit
import Testing

@Suite("Pages of firms")
struct FirmPageTests {
  private static let firm = "/firms/karamay/91650203YYY000097H"

  @Test(
    "a search takes names, codes, districts and titles, and every word must fit",
    arguments: [
      ("W01C", 1, true), ("w01c", 1, true), ("000097H", 1, true), ("W01 乌尔禾", 2, false), ("W01C 乌尔禾", 0, false),
      ("W01 高新技术", 3, true),
    ])
  func search(words: String, least: Int, findsC: Bool) async throws {
    try await browse(TestRegion.karamay) { client in
      let (text, page, headers) = try await client.page("/firms?q=\(PercentCoding.encode(words))")
      let found = page.all("a").filter { $0.attributes["href"]?.hasPrefix("/firms/karamay/") == true }
      #expect(least == 0 ? found.isEmpty : found.count >= least, "\(found.count)")
      #expect(text.contains("91650203YYY000097H") == findsC)
      let timing = try #require(HTTPField.Name("Server-Timing"))
      #expect(headers[timing]?.hasPrefix("search;dur=") == true)
      #expect(page.accessibilityProblems == [])
    }
  }

  @Test("a portrait shows who it is, its rungs, its place among its like, its claims, its facts and its records")
  func portrait() async throws {
    try await browse(TestRegion.karamay) { client in
      let (text, page, _) = try await client.page(Self.firm)
      for part in ["演示W01C企业有限公司", "克拉玛依区", "优质中小企业梯度", "C35", "52,200.00", "付息", "名录成员", "营业收入（2025 年）"] {
        #expect(text.contains(part), "\(part)")
      }
      #expect(text.contains("高于 ") && page.all("svg").contains { $0.attributes["viewBox"] == "0 0 208 20" })
      #expect(page.accessibilityProblems == [])
      let (english, _, _) = try await client.page(Self.firm + "?lang=en")
      #expect(english.contains("Among its peers") && !english.contains("portal."))
    }
  }

  @Test("what is not there is told: a firm, a day, a day before all rules")
  func refusals() async throws {
    try await browse(TestRegion.karamay) { client in
      _ = try await client.page("/firms/karamay/NOBODY", .notFound)
      let (text, _, _) = try await client.page(Self.firm + "?as-of=soon", .unprocessableContent)
      #expect(text.contains("soon"))
      _ = try await client.page(Self.firm + "?as-of=1999-01-01", .unprocessableContent)
      _ = try await client.page("/firms?as-of=2026-02-30", .unprocessableContent)
    }
  }
}
