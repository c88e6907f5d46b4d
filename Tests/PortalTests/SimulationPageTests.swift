import API
import FEEL
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Policy
import Testing

@Suite("Simulation pages")
struct SimulationPageTests {
  private static let scheme = PercentCoding.encode("科技信贷贴息")
  private static let page = "/simulate/karamay?scheme=\(scheme)"

  @Test(
    "shows the present figures, a slider for each number and a choice for each word, and says that the data are synthetic"
  )
  func base() async throws {
    try await browse(TestRegion.karamay) { client in
      let (text, page, _) = try await client.page(Self.page)
      #expect(page.accessibilityProblems == [])
      #expect(text.contains("合成") && text.contains("\(TestRegion.karamay.facts["企业"]?.rows.count ?? 0) 家企业"))
      let sliders = page.all("input").filter { $0.attributes["type"] == "range" }
      let threshold = try #require(sliders.first { $0.attributes["data-slides"] == "slide.discount.threshold" })
      #expect(threshold.attributes["min"] == "0" && threshold.attributes["max"] == "2000")
      #expect(threshold.attributes["value"] == "1000" && threshold.attributes["step"] == "10")
      let choice = try #require(page.all("select").first { $0.attributes["id"] == "slide.discount.mode" })
      #expect(choice.text.contains("整户") && choice.text.contains("分段"))
      #expect(page.all("svg").count > 3 && page.all("polyline").count == 2)
    }
  }

  @Test(
    "without a script the form gives the same figures: variant beside base, winners by group, the curve",
    arguments: ["zh", "en"])
  func variant(language: String) async throws {
    try await browse(TestRegion.karamay) { client in
      let mode = PercentCoding.encode("分段"), by = PercentCoding.encode("行政区划")
      let query = "\(Self.page)&by=\(by)&slide.discount.mode=\(mode)&slide.discount.threshold=800&lang=\(language)"
      let (text, page, _) = try await client.page(query)
      #expect(page.accessibilityProblems == [])
      #expect(!text.contains("portal."))
      #expect(page.all("rect").contains { $0.attributes["class"] == "gained" && $0.attributes["width"] != "0" })
      let json = try #require(page.all("a").compactMap { $0.attributes["href"] }.first { $0.contains("/simulation?") })
      #expect(json.contains("set.discount.threshold=800%20%E4%B8%87%E5%85%83") && json.contains("set.discount.mode="))
      let (figures, _, headers) = try await client.fragment(
        query.replacing("/simulate/karamay?", with: "/simulate/karamay/figures?at=discount.threshold&"))
      #expect(text.contains(figures.trimmingPrefix { $0.isWhitespace }.prefix(200)))
      #expect(HTTPField.Name("Server-Timing").flatMap { headers[$0] }?.hasPrefix("simulation;dur=") == true)
      let (curve, _, _) = try await client.fragment(
        query.replacing("/simulate/karamay?", with: "/simulate/karamay/curve?at=discount.threshold&"))
      #expect(curve.contains("<polyline") && curve.contains("2000 万元"))
    }
  }

  @Test("a value that is none, or out of bounds, is told at its field and counts for nothing")
  func problems() async throws {
    try await browse(TestRegion.small) { client in
      for value in ["abc", "60", PercentCoding.encode("<b>")] {
        let path = "/simulate/small?slide.rate=\(value)"
        let (text, page, _) = try await client.page(path, .unprocessableContent)
        #expect(page.accessibilityProblems == [])
        #expect(text.contains("#slide.rate") && !text.contains("<b>"))
        let (words, _, headers) = try await client.fragment(
          path.replacing("small?", with: "small/figures?"), .unprocessableContent)
        #expect(words.contains("比例") && headers[.contentType]?.hasPrefix("text/plain") == true)
      }
      let (text, _, _) = try await client.page("/simulate/small?as-of=x", .unprocessableContent)
      #expect(text.contains("#as-of"))
    }
  }

  @Test("without firms the page says so, and several packs are a choice")
  func empty() async throws {
    let bare = Region(rulebook: TestRegion.karamay.rulebook)
    try await browse(bare) { client in
      let (text, page, _) = try await client.page("/simulate/karamay")
      #expect(page.accessibilityProblems == [] && text.contains("没有载入企业数据"))
      let (choice, list, _) = try await client.page("/simulate")
      #expect(list.accessibilityProblems == [] && choice.contains("没有载入企业数据"))
      _ = try await client.fragment("/simulate/karamay/figures", .notFound)
      _ = try await client.page("/simulate/none", .notFound)
    }
  }
}

extension TestClientProtocol {
  /// A part of a page; no page by itself.
  fileprivate func fragment(
    _ path: String, _ status: HTTPResponse.Status = .ok
  ) async throws -> (text: String, path: String, headers: HTTPFields) {
    let response = try await executeRequest(uri: path, method: .get, headers: [:], body: nil)
    #expect(response.status == status, "\(path)")
    return (String(buffer: response.body), path, response.headers)
  }
}
