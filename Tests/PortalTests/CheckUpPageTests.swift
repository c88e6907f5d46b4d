import API
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Policy
import Testing

@Suite("Check-up pages")
struct CheckUpPageTests {
  private static let firm = "/check-up/small/firms/%E7%94%B2%20%E4%B8%80"

  @Test("a walkthrough firm gets its amount, every scheme is listed, and another reading changes the amount")
  func walkthrough() async throws {
    let region = TestRegion.karamay
    let asOf = try #require(region.asOf)
    let firm = try #require(await region.subjects(matching: "W01C", most: 1, asOf: asOf).first.first)
    let path = "/check-up/karamay/firms/\(firm.key)"
    try await browse(region) { client in
      let (text, page, _) = try await client.page(path)
      #expect(text.contains("52,200.00"))
      #expect(page.all("details").filter { $0.attributes["class"] == "scheme" }.count == region.rulebook.schemes.count)
      let (other, _, _) = try await client.page("\(path)?set.discount.mode=%E5%88%86%E6%AE%B5")
      #expect(other.contains("95,700.00"))
    }
  }

  @Test("missing facts are asked for in place, once, and supplying them decides")
  func missingFacts() async throws {
    try await browse(TestRegion.small) { client in
      let (text, page, _) = try await client.page(Self.firm)
      #expect(text.contains("缺数据"))
      #expect(page.all("input").filter { $0.attributes["name"] == "f.loan.new-1.interest" }.count == 1)
      let facts = [("f.loan.new-1.interest", "1 万元"), ("f.enterprise.self.staff", "20")]
      let (met, _, _) = try await client.page(Self.firm, post: facts)
      #expect(met.contains("2,000.00") && met.contains("✓"))
      let (unmet, _, _) = try await client.page(
        Self.firm, post: [("f.loan.new-1.interest", "1"), ("f.enterprise.self.staff", "301")])
      #expect(unmet.contains("人数太多"))
      let (none, _, _) = try await client.page(Self.firm, post: [("n.loan", "1")])
      #expect(none.contains("不适用") && none.contains("没有"))
    }
  }

  @Test("what was supplied is carried along and not asked for again")
  func carried() async throws {
    try await browse(TestRegion.small) { client in
      let (_, page, _) = try await client.page(Self.firm, post: [("f.loan.new-1.interest", "10000")])
      let named = page.all("input").filter { $0.attributes["name"] == "f.loan.new-1.interest" }
      #expect(named.map { $0.attributes["type"] } == ["hidden"])
      #expect(
        page.all("input").contains {
          $0.attributes["name"] == "f.enterprise.self.staff" && $0.attributes["type"] == "text"
        })
    }
  }

  @Test(
    "bad input is named on top and at its field, in the same words",
    arguments: [
      ("f.enterprise.self.staff", "many", "“many”不是数"), ("f.enterprise.self.size", "中", "规模"),
      ("set.rate", "60 %", "比例"), ("as-of", "2024-13-01", "2024-13-01"), ("as-of", "2021-01-01", "2022-01-01"),
    ])
  func badInput(name: String, value: String, words: String) async throws {
    try await browse(TestRegion.small) { client in
      let fields = [("f.loan.new-1.interest", "10000"), (name, value)]
      let (_, page, _) = try await client.page(Self.firm, post: fields, .unprocessableContent)
      #expect(page.accessibilityProblems == [])
      let summary = try #require(page.all("div").first { $0.attributes["class"] == "error-summary" })
      #expect(summary.text.contains(words) && summary.text.contains("怎样改"))
      #expect(page.all("title")[0].text.hasPrefix("有错误："))
    }
  }

  @Test("the form keeps what was typed, adds a row, and marks the field in error")
  func form() async throws {
    try await browse(TestRegion.small) { client in
      let typed = [("f.enterprise.self.code", "91"), ("f.enterprise.self.staff", "x")]
      let (_, added, _) = try await client.page("/check-up/small/form", post: typed + [("add", "loan")])
      #expect(added.all("legend").map(\.text).contains("第 2 条贷款"))
      #expect(added.all("input").contains { $0.attributes["value"] == "91" })
      #expect(added.accessibilityProblems == [])
      let (_, wrong, _) = try await client.page(
        "/check-up/small/form", post: typed + [("step", "result")], .unprocessableContent)
      let field = try #require(wrong.all("input").first { $0.attributes["name"] == "f.enterprise.self.staff" })
      #expect(field.attributes["aria-invalid"] == "true" && field.attributes["value"] == "x")
      let summary = try #require(wrong.all("div").first { $0.attributes["class"] == "error-summary" })
      let error = try #require(wrong.all("p").first { $0.attributes["class"] == "error" })
      #expect(summary.text.contains(error.text.replacing("错误：", with: "")))
    }
  }

  @Test("a firm that describes itself is computed, in English too, and may change what it entered")
  func selfDescribed() async throws {
    try await browse(TestRegion.small) { client in
      let fields = [
        ("f.enterprise.self.name", "新企业"), ("f.enterprise.self.staff", "3"), ("f.enterprise.self.revenue@2023", "1"),
        ("f.loan.new-1.interest", "100.50"), ("step", "result"),
      ]
      let (text, page, _) = try await client.page("/check-up/small/form", post: fields)
      #expect(text.contains("20.10") && page.accessibilityProblems == [])
      let (english, _, headers) = try await client.page("/check-up/small/form", post: fields + [("lang", "en")])
      #expect(english.contains("Total of benefits met") && headers[.setCookie]?.hasPrefix("lang=en; ") == true)
      let (_, edit, _) = try await client.page("/check-up/small/form", post: fields + [("step", "edit")])
      #expect(edit.all("input").contains { $0.attributes["value"] == "100.50" })
    }
  }

  @Test("a form that is too large is refused")
  func tooLarge() async throws {
    try await browse(TestRegion.small) { client in
      let value = String(repeating: "x", count: WebContext.maximumBody)
      let (text, _, _) = try await client.page(
        "/check-up/small/form", post: [("f.enterprise.self.name", value)], .contentTooLarge)
      #expect(text.contains("1 MiB"))
    }
  }
}
