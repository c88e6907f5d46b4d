import Diagnostics
import HTTPTypes
import Hummingbird
import JSON

/// The description of the API by itself (OpenAPI 3.1), made from the rows that answer it.
extension API {
  var documentOperations: [Operation] {
    [
      Operation(path: "/openapi.json", id: "readDescription", answers: ["type": "object"], refusals: []) { _, context in
        description(in: context.language).response()
      }
    ]
  }

  func description(in language: Language) -> JSONValue {
    var paths: [(String, [JSONValue.Member])] = []
    for operation in operations {
      let path = Self.prefix + operation.path
      let member = JSONValue.Member(operation.method.rawValue.lowercased(), operation.description(in: language))
      if let position = paths.firstIndex(where: { $0.0 == path }) {
        paths[position].1.append(member)
      } else {
        paths.append((path, [member]))
      }
    }
    let schemas = (Schema.packs + Schema.portraits + Schema.graphs + Schema.checkUps + Schema.simulations).map {
      JSONValue.Member($0, $1)
    }
    return [
      "openapi": "3.1.0",
      "info": [
        "title": .string(Catalogue.shared.text("api.title", in: language)), "version": "1",
        "description": .string(Catalogue.shared.text("api.description", in: language)),
        "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
      ],
      "paths": .object(paths.map { JSONValue.Member($0.0, .object($0.1)) }),
      "components": ["schemas": .object(schemas)],
    ]
  }
}

extension Operation {
  func description(in language: Language) -> JSONValue {
    let summary = Catalogue.shared.text(summary, in: language)
    var responses = [JSONValue.Member("200", Self.response(summary, answers))]
    for status in refusals {
      let words = Catalogue.shared.text("api.status.\(status.code)", in: language)
      responses.append(.init(String(status.code), Self.response(words, Schema.reference("Problem"))))
    }
    return .members(
      ("operationId", .string(id)), ("summary", .string(summary)),
      ("parameters", .array((parameters + Self.language).map { $0.description(in: language) })),
      ("requestBody", body.map(Self.requestBody)), ("responses", .object(responses)))
  }

  private static let language = [Parameter(name: "lang", place: .query, text: "api.parameter.lang")]

  private static func response(_ words: String, _ schema: JSONValue) -> JSONValue {
    ["description": .string(words), "content": ["application/json": ["schema": schema]]]
  }

  private static func requestBody(_ schema: String) -> JSONValue {
    ["required": true, "content": ["application/json": ["schema": Schema.reference(schema)]]]
  }
}

extension Operation.Parameter {
  func description(in language: Language) -> JSONValue {
    .members(
      ("name", .string(name)), ("in", .string(place.rawValue)), ("required", .boolean(place == .path)),
      ("description", .string(Catalogue.shared.text(text, in: language))), ("style", isMap ? "deepObject" : nil),
      ("schema", isMap ? Schema.map(of: Schema.text) : Schema.text))
  }

  /// `set` stands for a family of parameters.
  private var isMap: Bool { name == "set" }
}
