import JSON
import Policy

extension Schema {
  /// The schemas of packs and what they hold.
  static let packs: [(String, JSONValue)] = [
    named("Place", [("file", text), ("line", number), ("column", number)]),
    named("Period", [("from", optionalDate), ("until", optionalDate)]),
    named(
      "Citation",
      [("pack", text), ("document", text), ("documentTitle", text), ("clause", optionalText), ("heading", text)]),
    named(
      "ValueType",
      [("kind", text), ("unit", optionalText), ("record", optionalText)]),
    named(
      "Pack",
      [
        ("id", text), ("title", text), ("jurisdiction", text), ("version", text), ("uses", texts),
        ("documents", texts),
      ]),
    named("Subject", [("type", text), ("key", text), ("display", text)]),
    named(
      "Document",
      [
        ("id", text), ("title", text), ("issuer", text), ("number", optionalText), ("issued", optionalText),
        ("inForce", reference("Period")), ("basis", optionalText), ("repeals", optionalText), ("note", optionalText),
        ("outline", texts), ("clauses", texts),
        ("coverage", object(Coverage.State.allCases.map { ($0.rawValue, number) })), ("place", reference("Place")),
      ]),
    named(
      "Clause",
      [
        ("clause", optionalText), ("heading", text), ("lead", texts), ("responsible", texts), ("refs", texts),
        ("text", texts), ("state", word(Coverage.State.allCases.map(\.rawValue))), ("notComputable", optionalText),
        ("note", optionalText), ("constructs", array(of: object([("kind", text), ("name", text)]))),
        ("place", reference("Place")),
      ]),
    named(
      "SystemReference",
      [
        ("id", text), ("pack", text), ("document", text), ("clause", optionalText), ("kind", text), ("name", text),
        ("primitive", optional(word(Primitive.allCases.map(\.rawValue)))),
        ("state", word(SystemReference.State.allCases.map(\.rawValue))), ("place", reference("Place")),
      ]),
    named("Table", [("header", texts), ("rows", array(of: texts)), ("place", reference("Place"))]),
    named(
      "Decision",
      [
        ("name", text), ("id", optionalText), ("about", optionalText), ("type", reference("ValueType")),
        (
          "parameters",
          optional(array(of: object([("name", text), ("type", reference("ValueType"))])))
        ),
        ("inForce", reference("Period")), ("datedBy", optionalText), ("feel", optionalText),
        ("table", optional(reference("Table"))), ("refs", texts), ("note", optionalText), ("cliff", optionalText),
        ("citation", reference("Citation")), ("place", reference("Place")),
      ]),
    named(
      "Parameter",
      [
        ("id", text), ("name", text), ("type", reference("ValueType")),
        ("state", word(["fixed", "suggested", "undetermined"])), ("value", optionalText), ("choices", texts),
        ("bounds", optionalText), ("reason", optionalText), ("inForce", reference("Period")), ("refs", texts),
        ("note", optionalText), ("citation", reference("Citation")), ("place", reference("Place")),
      ]),
    named(
      "Scheme",
      [
        ("name", text), ("kind", word(["benefit", "title"])), ("about", text), ("applies", optionalText),
        (
          "conditions",
          array(
            of: object([
              ("name", text), ("test", text), ("otherwise", optionalText), ("place", reference("Place")),
            ]))
        ),
        ("review", optionalText), ("amount", optionalText), ("datedBy", optionalText), ("inForce", reference("Period")),
        ("details", map(of: texts)), ("refs", texts), ("note", optionalText), ("citation", reference("Citation")),
        ("place", reference("Place")),
      ]),
    named(
      "RecordType",
      [
        ("id", text), ("name", text), ("key", text), ("display", optionalText), ("owner", optionalText),
        ("role", optionalText), ("note", optionalText), ("fields", array(of: reference("Field"))),
      ]),
    named(
      "Field",
      [
        ("id", text), ("name", text), ("type", reference("ValueType")), ("years", ["type": ["integer", "null"]]),
        ("authority", word(["enterprise", "office", "expert", "institution"])),
        ("sensitivity", word(["public", "internal", "personal"])), ("values", texts), ("reverse", optionalText),
        ("note", optionalText),
      ]),
  ]
}
