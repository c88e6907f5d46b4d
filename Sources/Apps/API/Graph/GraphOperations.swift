import Hummingbird
import JSON
import Policy

/// Industrial chains: their links, who is on them, and which have nobody.
extension API {
  var graphOperations: [Operation] {
    [
      Operation(path: "/packs/{pack}/chains", id: "listChains", answers: Schema.list("chains", of: "Subject")) {
        _, context in
        JSONValue.object([.init("chains", .array(try region(context).chains.map(\.json)))]).response()
      },
      Operation(
        path: "/packs/{pack}/chains/{chain}", id: "readChain",
        query: [.init(name: "within", place: .query, text: "api.parameter.within")],
        answers: Schema.reference("Chain")
      ) { request, context in
        let region = try region(context), key = context.parameter("chain")
        let within = FormFields(request.uri.query ?? "")["within"]
        guard let chain = region.graph.chain(key, within: within) else {
          throw Problem.unknown("chain", key, among: region.chains.map(\.key))
        }
        return chain.json(limit: Self.mostMembers).response()
      },
    ]
  }

  private static let mostMembers = 1000
}

extension Schema {
  static let graphs: [(String, JSONValue)] = [
    named(
      "Chain",
      [
        ("chain", reference("Subject")), ("links", array(of: reference("ChainLink"))),
        ("gaps", array(of: reference("Subject"))),
      ]),
    named(
      "ChainLink",
      [
        ("link", reference("Subject")), ("order", optionalText), ("supplies", array(of: reference("Subject"))),
        ("count", number), ("members", array(of: reference("Subject"))),
      ]),
    named(
      "Relation",
      [
        ("name", text), ("relation", optional(reference("Subject"))), ("from", reference("Subject")),
        ("to", reference("Subject")),
      ]),
    named(
      "Succession",
      [
        ("record", reference("Subject")), ("predecessor", reference("Subject")), ("successor", reference("Subject")),
        ("step", number), ("particulars", map(of: text)),
      ]),
  ]
}
