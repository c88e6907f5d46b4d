import Diagnostics
import Hummingbird
public import JSON
public import Policy

/// The systems that documents name, and which construct of which pack stands for each.
extension API {
  var systemOperations: [Operation] {
    [
      Operation(
        path: "/systems", id: "listSystems",
        query: [.init(name: "prefix", place: .query, text: "api.parameter.prefix")],
        answers: Schema.list("systems", of: "SystemReference"), refusals: []
      ) { request, _ in
        let wanted = FormFields(request.uri.query ?? "")["prefix"] ?? ""
        let found = regions.packs.flatMap(\.pack.systemReferences)
          .filter { wanted.isEmpty || $0.prefix == wanted }.map(\.json)
        return JSONValue.object([.init("systems", .array(found))]).response()
      }
    ]
  }
}

extension SystemReference {
  /// The same in the API and on the command line.
  public var json: JSONValue {
    [
      "id": .string(id), "pack": .string(citation.pack), "document": .string(citation.document),
      "clause": .optional(citation.clause), "kind": .string(kind), "name": .string(name),
      "primitive": .optional(primitive?.rawValue), "state": .string(state.rawValue), "place": .place(place),
    ]
  }
}
