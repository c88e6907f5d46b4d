import API
import Diagnostics
import FEEL
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSON
import Policy
import Store
import TestKit
import Testing

private let region: Region = {
  let (folder, problems) = PackFolder.read(Checkout.path("packs/karamay"))
  guard let folder else { preconditionFailure("\(problems)") }
  let (rulebook, _) = Rulebook.read(folder.main, using: folder.used)
  let (facts, _) = FactSource.read(path: Checkout.path("packs/karamay/demo/fixed")).facts(by: rulebook.dictionary)
  return Region(rulebook: rulebook, facts: facts, asOf: CalendarDate("2026-10-15"))
}()

private func router() throws -> Router<WebContext> {
  let today = try #require(CalendarDate("2026-11-22"))
  let router = Router(context: WebContext.self)
  router.add(middleware: LanguageChoice())
  API(regions: [region], today: { today }).addRoutes(to: router)
  return router
}

private func call(_ body: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
  try await Application(router: router()).test(.router) { try await body($0) }
}

extension TestClientProtocol {
  fileprivate func json(
    _ path: String, post body: String? = nil, _ status: HTTPResponse.Status = .ok
  ) async throws -> JSONValue {
    let response = try await executeRequest(
      uri: "/api/v1\(path)", method: body == nil ? .get : .post, headers: [:],
      body: body.map { ByteBuffer(string: $0) })
    #expect(response.status == status, "\(path)")
    #expect(response.headers[.contentType]?.hasPrefix("application/json") == true, "\(path)")
    return JSONValue(try JSONNode.read(String(buffer: response.body), file: path))
  }
}

@Suite("API")
struct APITests {
  @Test("the OpenAPI document names exactly the routes there are")
  func pathsAreRoutes() async throws {
    let routes = try Set(router().routes.map { "\($0.method.rawValue.lowercased()) \($0.path)" })
    try await call { client in
      let document = try await client.json("/openapi.json")
      #expect(document["openapi"]?.text == "3.1.0")
      var described: Set<String> = []
      for path in document["paths"]?.members ?? [] {
        let route = path.name.replacing("{", with: "${").replacing("}", with: "}").replacing("${", with: "{")
        for method in path.value.members { described.insert("\(method.name) \(route)") }
      }
      let normal = Set(routes.map { $0.split(separator: "/").map(Self.normal).joined(separator: "/") })
      #expect(described == normal)
      let words = document.texts(named: "summary") + document.texts(named: "description")
      #expect(!words.contains { $0.hasPrefix("api.") }, "every operation and parameter is described in words")
    }
  }

  /// `:pack` and `{pack}` as `{pack}`.
  private static func normal(_ component: Substring) -> String {
    if component.hasPrefix(":") { return "{\(component.dropFirst())}" }
    if component.hasPrefix("${") { return String(component.dropFirst()) }
    return String(component)
  }

  @Test(
    "every answer is what its schema says",
    arguments: [
      ("/packs", "/packs"), ("/packs/{pack}", "/packs/karamay"),
      ("/systems", "/systems"), ("/systems", "/systems?prefix=S"),
      ("/packs/{pack}/subjects", "/packs/karamay/subjects?q=W07"),
      ("/packs/{pack}/subjects/{subject}/portrait", "/packs/karamay/subjects/91650203YYY000097H/portrait"),
      ("/packs/{pack}/chains", "/packs/karamay/chains"),
      ("/packs/{pack}/documents", "/packs/karamay/documents"),
      ("/packs/{pack}/documents/{document}", "/packs/karamay/documents/tech-finance"),
      ("/packs/{pack}/documents/{document}/clauses", "/packs/karamay/documents/tech-finance/clauses"),
      (
        "/packs/{pack}/documents/{document}/clauses/{clause}",
        "/packs/karamay/documents/tech-finance/clauses/\(PercentCoding.encode("三（二）8"))"
      ),
      ("/packs/{pack}/decisions", "/packs/karamay/decisions"),
      ("/packs/{pack}/decisions/{decision}", "/packs/karamay/decisions/\(PercentCoding.encode("贴息金额"))"),
      ("/packs/{pack}/parameters", "/packs/karamay/parameters"),
      ("/packs/{pack}/parameters/{parameter}", "/packs/karamay/parameters/discount.mode"),
      ("/packs/{pack}/schemes", "/packs/karamay/schemes"),
      ("/packs/{pack}/schemes/{scheme}", "/packs/national/schemes/\(PercentCoding.encode("高新技术企业"))"),
      ("/packs/{pack}/record-types", "/packs/karamay/record-types"),
      ("/packs/{pack}/record-types/{recordType}", "/packs/karamay/record-types/enterprise"),
      ("/packs/{pack}/check-ups/{subject}", "/packs/karamay/check-ups/91650203YYY000097H"),
      (
        "/packs/{pack}/simulation",
        "/packs/karamay/simulation?set.discount.rate.upper=12%20%25&by=\(PercentCoding.encode("行政区划"))"
      ),
    ])
  func schemas(template: String, path: String) async throws {
    try await call { client in
      let document = try await client.json("/openapi.json")
      let schema = try #require(document["paths"]?["/api/v1\(template)"]?["get"]?.answerSchema("200"))
      let answer = try await client.json(path)
      #expect(SchemaCheck(document: document).problems(answer, schema, at: "$") == [])
    }
  }

  @Test("facts that are sent give the check-up of the command line, with amount, clause and trace")
  func sentFacts() async throws {
    try await call { client in
      let body = """
        {"as-of": "2023-10-08", "parameters": {"discount.mode": "分段"},
         "facts": {"enterprise": [{"uscc": "91650203YYY000097H", "name": "丙"}]}}
        """
      let answer = try await client.json("/packs/karamay/check-ups", post: body)
      #expect(answer["subject"]?["key"]?.text == "91650203YYY000097H")
      #expect(answer["schemes"]?.elements?.count == region.rulebook.schemes.count)
      let known = try await client.json("/packs/karamay/check-ups/91650203YYY000097H")
      #expect(known["total"]?.text == "52200.00")
      let other = try await client.json(
        "/packs/karamay/check-ups/91650203YYY000097H?set.discount.mode=\(PercentCoding.encode("分段"))")
      #expect(other["total"]?.text == "95700.00")
    }
  }

  @Test(
    "bad input gets a code, the problem, the remedy and the place",
    arguments: [
      (400, "{\"facts\": ", "json."), (422, "[]", "api.body.form"), (422, "{\"fact\": {}}", "api.body.member"),
      (422, "{}", "api.body.facts"), (422, "{\"facts\": {}}", "api.body.subject"),
      (422, "{\"facts\": {}, \"as-of\": \"soon\"}", "api.as-of"), (422, "{\"facts\": 1}", "store.facts.json.types"),
      (422, "{\"facts\": {\"enterprise\": [{\"uscc\": \"91650203YYY000097X\"}]}}", "policy.facts.uscc.check"),
      (422, "{\"facts\": {\"enterprise\": [{\"uscc\": \"91650203YYY000097H\", \"staf\": 1}]}}", "policy.facts.column"),
      (
        422, "{\"facts\": {\"enterprise\": [{\"uscc\": \"91650203YYY000097H\"}]}, \"parameters\": {\"none\": \"1\"}}",
        "policy.parameter.unknown"
      ),
      (
        422, "{\"facts\": {\"enterprise\": [{\"uscc\": \"91650203YYY000097H\"}]}, \"as-of\": \"2020-01-01\"}",
        "policy.as-of.before"
      ),
    ])
  func badInput(status: Int, body: String, code: String) async throws {
    try await call { client in
      let answer = try await client.json("/packs/karamay/check-ups", post: body, .init(code: status))
      #expect(answer["code"]?.text?.hasPrefix(code) == true, "\(answer.text())")
      #expect(answer["problem"]?.text?.isEmpty == false && answer["remedy"]?.text?.isEmpty == false)
      #expect(answer["place"]?["line"] != nil)
      let document = try await client.json("/openapi.json")
      let schema: JSONValue = ["$ref": "#/components/schemas/Problem"]
      #expect(SchemaCheck(document: document).problems(answer, schema, at: "$") == [])
    }
  }

  @Test(
    "what is not there is 404 with the nearest name",
    arguments: [
      ("/packs/karamai", "karamay"), ("/packs/karamay/documents/tech-finanse", "tech-finance"),
      ("/packs/karamay/parameters/discount.mod", "discount.mode"),
      ("/packs/karamay/record-types/enterprize", "enterprise"),
      ("/packs/karamay/check-ups/91650203YYY000097X", "91650203YYY000097H"),
    ])
  func unknown(path: String, near: String) async throws {
    try await call { client in
      let answer = try await client.json(path + "?lang=en", .notFound)
      #expect(answer["remedy"]?.text?.contains(near) == true, "\(answer.text())")
    }
  }

  @Test("a simulation gives totals, winners and losers by group, and the curve of a parameter")
  func simulation() async throws {
    try await call { client in
      let mode = PercentCoding.encode("分段"), by = PercentCoding.encode("行政区划")
      let answer = try await client.json("/packs/karamay/simulation?set.discount.mode=\(mode)&by=\(by)")
      let firms = region.facts["企业"]?.rows.count ?? 0
      #expect(answer["subjects"] == .integer(firms) && answer["dimension"]?.text == "行政区划")
      let scheme = answer["schemes"]?.elements?.first { $0["scheme"]?.text == "科技信贷贴息" }
      let total = try #require(answer["total"])
      #expect(total["cost"]?.text == scheme?["cost"]?.text && total["cost"]?.text?.hasPrefix("-") == false)
      #expect(total["winners"] == scheme?["winners"] && total["winners"] != 0 && total["losers"] == 0)
      let groups = try #require(total["groups"]?.elements)
      let inGroups = groups.compactMap { $0["gained"]?.text.flatMap { Decimal128($0) } }.reduce(.zero) {
        ($0 + $1) ?? $0
      }
      #expect(inGroups == total["gained"]?.text.flatMap { Decimal128($0) } && groups.count > 1)
      #expect(answer["recomputed"]?["schemes"]?.elements?.contains(.string("科技信贷贴息")) == true)
    }
  }

  @Test(
    "a simulation that cannot be made says why",
    arguments: [
      ("by=%E5%8C%BA%E5%8E%BF", "simulation.dimension.unknown"), ("sweep=rate", "simulation.sweep.form"),
      ("set.none=1", "policy.parameter.unknown"), ("as-of=2020-01-01", "policy.as-of.before"), ("as-of=x", "api.as-of"),
      ("sweep=none=0..1/1", "policy.parameter.unknown"),
    ])
  func refusedSimulations(query: String, code: String) async throws {
    try await call { client in
      let answer = try await client.json("/packs/karamay/simulation?\(query)", .unprocessableContent)
      #expect(answer["code"]?.text == code)
      #expect(answer["remedy"]?.text?.isEmpty == false)
    }
  }

  @Test("a body beyond the bound is refused")
  func tooLarge() async throws {
    try await call { client in
      let body = "{\"facts\": \"\(String(repeating: "x", count: WebContext.maximumBody))\"}"
      let answer = try await client.json("/packs/karamay/check-ups", post: body, .contentTooLarge)
      #expect(answer["code"]?.text == "api.body.large")
    }
  }
}
