import Hummingbird
import JSON
import Policy

/// The record types that facts are written in.
extension API {
  var dictionaryOperations: [Operation] {
    let base = "/packs/{pack}/record-types"
    return [
      Operation(path: base, id: "listRecordTypes", answers: Schema.list("recordTypes", of: "RecordType")) {
        _, context in
        let types = try pack(context).region.rulebook.dictionary.types.map(\.json)
        return JSONValue.object([.init("recordTypes", .array(types))]).response()
      },
      Operation(
        path: base + "/{recordType}", id: "readRecordType", answers: Schema.reference("RecordType")
      ) { _, context in
        let types = try pack(context).region.rulebook.dictionary.types
        let wanted = context.parameter("recordType")
        guard let type = types.first(where: { $0.id == wanted || $0.name == wanted }) else {
          throw Problem.unknown("recordType", wanted, among: types.flatMap { [$0.id, $0.name] })
        }
        return type.json.response()
      },
    ]
  }
}

extension RecordType {
  var json: JSONValue {
    [
      "id": .string(id), "name": .string(name), "key": .string(key), "display": .optional(display),
      "owner": .optional(owner), "role": .optional(role?.rawValue), "note": .optional(note),
      "fields": .array(fields.map(\.json)),
    ]
  }
}

extension Field {
  var json: JSONValue {
    [
      "id": .string(id), "name": .string(name), "type": type.json, "years": years.map(JSONValue.integer) ?? .null,
      "authority": .string(authority.rawValue), "sensitivity": .string(sensitivity.rawValue),
      "values": .strings(values), "reverse": .optional(reverse), "note": .optional(note),
    ]
  }
}
