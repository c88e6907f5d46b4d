import API
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Pages")
struct PageTests {
  @Test("from the home page, every link leads to a sound page, and every anchor to its place", arguments: ["zh", "en"])
  func everyPage(language: String) async throws {
    try await browse(TestRegion.karamay) { client in
      var waiting = ["/?lang=\(language)"]
      var seen: Set<String> = []
      var anchors: [(from: String, path: String, id: String)] = []
      var ids: [String: Set<String>] = [:]
      while let path = waiting.popLast(), seen.count < 80 {
        guard seen.insert(path).inserted else { continue }
        let (text, page, _) = try await client.page(path, headers: [.cookie: "lang=\(language)"])
        if path.hasPrefix("/api") || path.hasPrefix("/assets") { continue }
        #expect(page.accessibilityProblems == [], "\(path)")
        #expect(!text.contains("portal."), "\(path) shows a key of the catalogue")
        ids[path] = Set(page.elements.compactMap { $0.attributes["id"] })
        for href in page.all("a").compactMap({ $0.attributes["href"] }) where !href.contains("lang=") {
          let parts = href.replacing("&amp;", with: "&").split(separator: "#", omittingEmptySubsequences: false)
          let target = parts[0].isEmpty ? path : String(parts[0])
          if parts.count == 2 { anchors.append((path, target, PercentCoding.decode(parts[1]))) }
          waiting.append(target)
        }
      }
      #expect(seen.count > 30)
      #expect(seen.contains { $0.hasPrefix("/check-up/karamay/firms/") } && seen.contains("/dictionary/karamay"))
      for anchor in anchors {
        guard let known = ids[anchor.path] else { continue }
        #expect(known.contains(anchor.id), "\(anchor.from) links to \(anchor.path)#\(anchor.id)")
      }
    }
  }

  @Test("an unknown address is a page with 404, below the API it is JSON")
  func unknown() async throws {
    try await browse(TestRegion.karamay) { client in
      for path in ["/nowhere", "/policies/karamay/none", "/check-up/karamay/firms/none", "/check-up/none/form"] {
        let (text, page, _) = try await client.page(path, .notFound)
        #expect(page.accessibilityProblems == [], "\(path)")
        #expect(text.contains("没有这个页面"))
      }
      let (text, _, headers) = try await client.page("/api/v1/none", .notFound)
      #expect(headers[.contentType]?.hasPrefix("application/json") == true)
      #expect(text.contains("api.address.unknown"))
    }
  }

  @Test("the language is chosen by the address, kept in a cookie, and said in lang")
  func language() async throws {
    try await browse(TestRegion.karamay) { client in
      let (_, chinese, _) = try await client.page("/")
      #expect(chinese.all("html")[0].attributes["lang"] == "zh-CN")
      let (_, english, headers) = try await client.page("/?lang=en")
      #expect(english.all("html")[0].attributes["lang"] == "en")
      #expect(headers[.setCookie]?.hasPrefix("lang=en; ") == true)
      let (_, kept, _) = try await client.page("/policies", headers: [.cookie: "lang=en"])
      #expect(kept.all("h1")[0].text == "Policies")
      #expect(kept.all("h3").allSatisfy { $0.attributes["lang"] == "zh" }, "pack text stays Chinese")
      let (_, unknown, _) = try await client.page("/?lang=xx")
      #expect(unknown.all("html")[0].attributes["lang"] == "zh-CN")
    }
  }

  @Test("every answer forbids frames, inline scripts and guessing of types")
  func securityHeaders() async throws {
    try await browse(TestRegion.karamay) { client in
      for (path, status) in [("/", HTTPResponse.Status.ok), ("/nowhere", .notFound), ("/api/v1/packs", .ok)] {
        let (_, _, headers) = try await client.page(path, status)
        let policy = try #require(HTTPField.Name("Content-Security-Policy").flatMap { headers[$0] })
        #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
        #expect(HTTPField.Name("X-Content-Type-Options").flatMap { headers[$0] } == "nosniff")
        #expect(HTTPField.Name("X-Frame-Options").flatMap { headers[$0] } == "DENY")
      }
    }
  }

  @Test("names of packs and firms, and what visitors type, never become markup or templates")
  func escaping() async throws {
    let quote = "\"\u{301} onfocus=alert(1) autofocus x=\"\u{301}"
    try await browse(TestRegion.small) { client in
      let paths = [
        "/", "/policies", "/policies/small/doc", "/check-up", "/check-up/small/firms/%E7%94%B2%20%E4%B8%80?open=1",
        "/check-up?q=\(PercentCoding.encode(TestRegion.hostile))", "/policies?q=\(PercentCoding.encode(quote))",
        "/check-up?q=\(PercentCoding.encode(quote))", "/firms?q=\(PercentCoding.encode(quote))",
        "/firms/small/%E7%94%B2%20%E4%B8%80",
      ]
      for path in paths {
        let (text, page, _) = try await client.page(path)
        #expect(page.accessibilityProblems == [], "\(path)")
        #expect(!text.contains("<script>") && !text.contains("<b>") && !text.contains("<i>"), "\(path)")
        #expect(!page.elements.contains { $0.attributes["onfocus"] != nil }, "\(path)")
      }
      let form = [
        ("f.enterprise.self.name", TestRegion.hostile), ("f.enterprise.self.staff", quote), ("step", "result"),
      ]
      let (text, page, _) = try await client.page("/check-up/small/form", post: form, .unprocessableContent)
      #expect(page.accessibilityProblems == [])
      #expect(!text.contains("<script>"))
      #expect(text.contains("{{words.skip}}"))
    }
  }

  @Test("search finds a clause by its words")
  func search() async throws {
    try await browse(TestRegion.karamay) { client in
      let (text, _, _) = try await client.page("/policies?q=%E8%B4%B4%E6%81%AF")
      #expect(text.contains("#clause-"))
      let (none, _, _) = try await client.page("/policies?q=zzz")
      #expect(none.contains("没有找到“zzz”"))
    }
  }
}
