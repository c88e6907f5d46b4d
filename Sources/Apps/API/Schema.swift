import JSON

/// JSON Schemas of the answers (JSON Schema 2020-12, as OpenAPI 3.1 takes them). Every member is always there; what may
/// be missing is null.
enum Schema {
  static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

  /// An object with one member, a list.
  static func list(_ member: String, of name: String) -> JSONValue {
    object([(member, array(of: reference(name)))])
  }

  static let text: JSONValue = ["type": "string"]
  static let number: JSONValue = ["type": "integer"]
  static let optionalText: JSONValue = ["type": ["string", "null"]]
  static let texts = array(of: text)
  static let date: JSONValue = ["type": "string", "format": "date"]
  static let optionalDate: JSONValue = ["type": ["string", "null"], "format": "date"]

  static func array(of items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

  static func optional(_ schema: JSONValue) -> JSONValue { ["anyOf": [schema, ["type": "null"]]] }

  static func word(_ words: [String]) -> JSONValue { ["type": "string", "enum": .strings(words)] }

  static func object(_ members: [(String, JSONValue)], open: Bool = false) -> JSONValue {
    [
      "type": "object", "required": .strings(members.map(\.0)),
      "properties": .object(members.map { JSONValue.Member($0, $1) }), "additionalProperties": .boolean(open),
    ]
  }

  /// An object of any names with values of one kind.
  static func map(of schema: JSONValue) -> JSONValue { ["type": "object", "additionalProperties": schema] }

  static func named(_ name: String, _ members: [(String, JSONValue)]) -> (String, JSONValue) { (name, object(members)) }
}
