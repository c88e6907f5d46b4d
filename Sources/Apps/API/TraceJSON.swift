import Diagnostics
public import JSON
public import Policy

extension TraceNode {
  /// The tree below this node; the form is that of ``CheckUp/formatVersion``.
  public var json: JSONValue {
    [
      "kind": .string(kind.rawValue), "name": .string(name), "subject": subject?.json ?? .null, "value": .string(value),
      "isOpen": .boolean(isOpen), "unit": .optional(unit), "citation": citation?.json ?? .null,
      "place": place.map(JSONValue.place) ?? .null, "origin": .optional(origin), "rules": .array(rules.map(\.json)),
      "children": .array(children.map(\.json)),
    ]
  }
}

extension RuleTrace {
  /// For a rule that did not fire, `failed` says which input failed first.
  var json: JSONValue {
    var failed = JSONValue.null
    if let failedInput {
      failed = ["input": .string(failedInput), "test": .optional(failedTest), "value": .optional(failedValue)]
    }
    return [
      "label": .string(label), "state": .string(state.rawValue), "failed": failed, "annotations": .strings(annotations),
      "place": .place(place),
    ]
  }
}
