import Diagnostics
import FEEL
import Hummingbird
import JSON
import Policy

/// Decisions with their tables, parameters, and schemes (benefits and titles).
extension API {
  var decisionOperations: [Operation] {
    collection("decisions", "Decision") { construct in
      if case .decision(let decision) = construct { (decision.name, decision.json) } else { nil }
    }
      + collection("parameters", "Parameter") { construct in
        if case .parameter(let parameter) = construct { (parameter.id, parameter.json) } else { nil }
      }
      + collection("schemes", "Scheme") { construct in
        if case .scheme(let scheme) = construct { (scheme.name, scheme.json) } else { nil }
      }
  }

  /// A list of what `read` finds in a pack, and one of them with all its versions.
  private func collection(
    _ name: String, _ schema: String, read: @escaping @Sendable (Construct) -> (name: String, json: JSONValue)?
  ) -> [Operation] {
    let one = schema.lowercased()
    return [
      Operation(
        path: "/packs/{pack}/\(name)", id: "list\(schema)s", answers: Schema.list(name, of: schema)
      ) { _, context in
        let found = try pack(context).pack.constructs.compactMap(read).map(\.json)
        return JSONValue.object([.init(name, .array(found))]).response()
      },
      Operation(
        path: "/packs/{pack}/\(name)/{\(one)}", id: "read\(schema)", answers: Schema.list("versions", of: schema)
      ) { _, context in
        let wanted = context.parameter(one)
        let all = try pack(context).pack.constructs.compactMap(read)
        let versions = all.filter { $0.name == wanted }.map(\.json)
        guard !versions.isEmpty else { throw Problem.unknown(one, wanted, among: all.map(\.name)) }
        return JSONValue.object([.init("versions", .array(versions))]).response()
      },
    ]
  }
}

extension PolicyDecision {
  var json: JSONValue {
    var table: JSONValue = .null
    var feel: JSONValue = .null
    switch source {
    case .feel(let text): feel = .string(text)
    case .table(let raw): table = raw.json
    }
    return [
      "name": .string(name), "id": .optional(id), "about": .optional(about), "type": type.json,
      "parameters": formals.map { .array($0.map { ["name": .string($0.name), "type": $0.type.json] }) } ?? .null,
      "inForce": inForce.json, "datedBy": .optional(datedBy?.source), "feel": feel, "table": table,
      "refs": .strings(refs), "note": .optional(note), "cliff": .optional(cliff), "citation": citation.json,
      "place": .place(place),
    ]
  }
}

extension RawTable {
  /// As typed: hit policy in the first header cell, then the marker row, then a row per rule.
  var json: JSONValue {
    [
      "header": .strings(header.map(\.text)), "rows": .array(rows.map { .strings($0.map(\.text)) }),
      "place": .place(place),
    ]
  }
}

extension Parameter {
  var json: JSONValue {
    var name = "fixed"
    var open: String?
    if state == .suggested { name = "suggested" }
    if case .undetermined(let why) = state {
      name = "undetermined"
      open = why
    }
    return [
      "id": .string(id), "name": .string(self.name), "type": type.json, "state": .string(name),
      "value": .optional(valueSource), "choices": .strings(choices), "bounds": .optional(boundsSource),
      "reason": .optional(open ?? reason), "inForce": inForce.json, "refs": .strings(refs), "note": .optional(note),
      "citation": citation.json, "place": .place(place),
    ]
  }
}

extension Scheme {
  var json: JSONValue {
    let conditions = conditions.map { condition -> JSONValue in
      [
        "name": .string(condition.name), "test": .string(condition.test.source),
        "otherwise": .optional(condition.otherwise), "place": .place(condition.place),
      ]
    }
    let details = details.map { JSONValue.Member($0.field, .strings($0.values)) }
    return [
      "name": .string(name), "kind": .string(kind.rawValue), "about": .string(about),
      "applies": .optional(applies?.source), "conditions": .array(conditions), "review": .optional(review?.source),
      "amount": .optional(amount?.source), "datedBy": .optional(datedBy?.source), "inForce": inForce.json,
      "details": .object(details), "refs": .strings(refs), "note": .optional(note), "citation": citation.json,
      "place": .place(place),
    ]
  }
}

extension ValueType {
  var json: JSONValue {
    ["kind": .string(kind.rawValue), "unit": .optional(unit?.symbol), "record": .optional(record)]
  }
}
