import JSON
import Policy

extension Schema {
  /// The schemas of check-ups, their trace included, and of problems.
  static let checkUps: [(String, JSONValue)] = [
    (
      "CheckUpRequest",
      [
        "type": "object", "required": ["facts"], "additionalProperties": false,
        "properties": [
          "facts": map(of: ["type": ["array", "object", "null"]]), "subject": text, "as-of": date,
          "parameters": map(of: ["type": ["string", "number"]]),
        ],
      ]
    ),
    named(
      "CheckUp",
      [
        ("formatVersion", number), ("subject", reference("Subject")), ("asOf", date), ("currency", text),
        ("total", text), ("schemes", array(of: reference("SchemeOutcome"))),
      ]),
    named(
      "SchemeOutcome",
      [
        ("kind", word(["benefit", "title"])), ("name", text), ("reference", text), ("citation", reference("Citation")),
        ("verdict", verdict), ("verdictText", text), ("amount", optionalText), ("reasons", texts),
        ("missing", array(of: reference("MissingItem"))), ("outcomes", array(of: reference("Outcome"))),
      ]),
    named(
      "Outcome",
      [
        ("record", reference("Subject")), ("verdict", verdict), ("verdictText", text), ("amount", optionalText),
        ("reason", optionalText), ("decidedBy", optionalText), ("governedBy", date),
        ("conditions", array(of: reference("Condition"))), ("missing", array(of: reference("MissingItem"))),
        ("adjustments", texts), ("suggested", array(of: reference("ParameterUse"))),
        ("warnings", array(of: reference("Diagnostic"))),
        ("trace", array(of: reference("TraceNode"))),
      ]),
    named(
      "Condition",
      [
        ("name", text), ("state", word(["holds", "fails", "open"])), ("test", text), ("otherwise", optionalText),
        ("place", reference("Place")), ("trace", array(of: reference("TraceNode"))),
      ]),
    named(
      "MissingItem",
      [
        ("kind", word(["fact", "records", "parameter"])), ("name", text), ("record", optional(reference("Subject"))),
        ("unit", optionalText), ("type", optionalText), ("meaning", optionalText), ("authority", optionalText),
        ("reason", optionalText),
      ]),
    named("ParameterUse", [("name", text), ("id", text), ("value", text), ("note", optionalText)]),
    named(
      "TraceNode",
      [
        ("kind", word(["decision", "function", "fact", "parameter"])), ("name", text),
        ("subject", optional(reference("Subject"))), ("value", text), ("isOpen", ["type": "boolean"]),
        ("unit", optionalText), ("citation", optional(reference("Citation"))), ("place", optional(reference("Place"))),
        ("origin", optionalText), ("rules", array(of: reference("RuleTrace"))),
        ("children", array(of: reference("TraceNode"))),
      ]),
    named(
      "RuleTrace",
      [
        ("label", text), ("state", word(["fired", "failed", "open"])),
        (
          "failed",
          optional(object([("input", text), ("test", optionalText), ("value", optionalText)]))
        ),
        ("annotations", texts), ("place", reference("Place")),
      ]),
    ("Diagnostic", object(diagnostic)),
    ("Problem", object(diagnostic + [("problems", array(of: reference("Diagnostic")))])),
  ]

  private static let verdict = word(Verdict.allCases.map(\.rawValue))

  private static let diagnostic: [(String, JSONValue)] = [
    ("code", text), ("problem", text), ("remedy", optionalText), ("place", reference("Place")),
  ]
}
