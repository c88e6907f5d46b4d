import Diagnostics
import HTTPTypes
import Hummingbird
import JSON

/// One method of one path: how it is answered, and how the OpenAPI document describes it.
struct Operation: Sendable {
  struct Parameter: Sendable {
    enum Place: String, Sendable { case path, query }

    var name: String
    var place: Place
    /// The catalogue key of its description.
    var text: String
  }

  var method: HTTPRequest.Method = .get
  /// Below the prefix, as in OpenAPI: `/packs/{pack}`.
  var path: String
  var id: String
  /// Parameters of the query; those of the path are read off the path.
  var query: [Parameter] = []
  /// The name of the schema of the body, when there is one.
  var body: String?
  /// The schema of the answer.
  var answers: JSONValue
  /// Statuses beside 200, each with a problem as body.
  var refusals: [HTTPResponse.Status] = [.notFound]
  var answer: @Sendable (Request, WebContext) async throws -> Response

  /// `/packs/:pack`
  var routerPath: String { path.replacing("{", with: ":").replacing("}", with: "") }

  var parameters: [Parameter] {
    let names = path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    return names.map { Parameter(name: $0, place: .path, text: "api.parameter.\($0)") } + query
  }

  /// The catalogue key of its summary.
  var summary: String { "api.operation.\(id)" }
}

extension JSONValue {
  /// An answer; UTF-8, not kept by caches.
  func response(_ status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-cache"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text(.pretty) + "\n")))
  }

  /// An object without the members that are nil.
  static func members(_ members: (String, JSONValue?)...) -> JSONValue {
    .object(members.compactMap { name, value in value.map { Member(name, $0) } })
  }

  static func place(_ place: SourcePlace) -> JSONValue {
    ["file": .string(place.file), "line": .integer(place.line), "column": .integer(place.column)]
  }
}
