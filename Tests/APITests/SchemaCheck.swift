import JSON

/// Just enough JSON Schema to hold the API to its own description: types, members, items, enumerations, references.
struct SchemaCheck {
  let document: JSONValue

  func problems(_ value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
    if let reference = schema["$ref"]?.text {
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      guard let target = document["components"]?["schemas"]?[name] else { return ["\(place): no schema \(name)"] }
      return problems(value, target, at: place)
    }
    if let options = schema["anyOf"]?.elements {
      let results = options.map { problems(value, $0, at: place) }
      return results.contains([]) ? [] : results.first ?? []
    }
    var found = typeProblems(value, schema, at: place)
    if let words = schema["enum"]?.elements, !words.contains(value) { found.append("\(place): \(value) is not listed") }
    if let items = schema["items"], let elements = value.elements {
      for (index, element) in elements.enumerated() { found += problems(element, items, at: "\(place)[\(index)]") }
    }
    if case .object(let members) = value { found += memberProblems(members, schema, at: place) }
    return found
  }

  private func memberProblems(_ members: [JSONValue.Member], _ schema: JSONValue, at place: String) -> [String] {
    let required = (schema["required"]?.elements ?? []).compactMap(\.text)
    var found = required.filter { name in !members.contains { $0.name == name } }.map { "\(place): no \($0)" }
    for member in members {
      let here = "\(place).\(member.name)"
      if let own = schema["properties"]?[member.name] {
        found += problems(member.value, own, at: here)
      } else if case .boolean(false)? = schema["additionalProperties"] {
        found.append("\(here) is not described")
      } else if let other = schema["additionalProperties"], case .object = other {
        found += problems(member.value, other, at: here)
      }
    }
    return found
  }

  private func typeProblems(_ value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
    let allowed = schema["type"].map { $0.elements ?? [$0] } ?? []
    let types = allowed.compactMap(\.text)
    guard !types.isEmpty, !types.contains(value.typeName) else { return [] }
    if value.typeName == "integer", types.contains("number") { return [] }
    return ["\(place): \(value.typeName) where \(types) is described"]
  }
}

extension JSONValue {
  init(_ node: JSONNode) {
    switch node.content {
    case .null: self = .null
    case .boolean(let value): self = .boolean(value)
    case .number(let text): self = .number(text)
    case .string(let text): self = .string(text)
    case .array(let elements): self = .array(elements.map { JSONValue($0) })
    case .object(let members): self = .object(members.map { .init($0.name, JSONValue($0.value)) })
    }
  }

  var members: [Member] { if case .object(let members) = self { members } else { [] } }

  /// The schema of an operation's answer.
  func answerSchema(_ status: String) -> JSONValue? {
    self["responses"]?[status]?["content"]?["application/json"]?["schema"]
  }

  /// Every text under that name, wherever it stands.
  func texts(named name: String) -> [String] {
    var found = members.filter { $0.name == name }.compactMap(\.value.text)
    found += members.flatMap { $0.value.texts(named: name) }
    found += (elements ?? []).flatMap { $0.texts(named: name) }
    return found
  }

  fileprivate var typeName: String {
    switch self {
    case .null: "null"
    case .boolean: "boolean"
    case .number(let text): text.contains(".") ? "number" : "integer"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
