import JSON

extension Schema {
  /// The schemas of portraits and of searches.
  static let portraits: [(String, JSONValue)] = [
    named("SubjectList", [("count", number), ("subjects", array(of: reference("Subject")))]),
    named(
      "Portrait",
      [
        ("formatVersion", number), ("subject", reference("Subject")), ("asOf", date),
        ("headline", array(of: reference("Reading"))), ("risks", array(of: reference("Reading"))),
        ("ladders", array(of: reference("Ladder"))), ("peers", optional(reference("Peers"))),
        ("scores", array(of: reference("Score"))), ("total", text), ("verdicts", map(of: number)),
        ("facts", array(of: reference("Fact"))), ("lists", array(of: reference("RecordList"))),
        ("history", array(of: reference("HistoryEntry"))), ("otherNames", array(of: sourced)),
        ("relations", array(of: reference("Relation"))), ("successions", array(of: reference("Succession"))),
      ]),
    named("Reading", reading),
    named("Score", reading + [("trace", optional(reference("TraceNode")))]),
    named(
      "Ladder",
      [
        ("name", text), ("citation", reference("Citation")),
        ("rungs", array(of: object([("name", text), ("verdict", optionalText), ("verdictText", optionalText)]))),
      ]),
    named(
      "Peers",
      [
        ("common", array(of: object([("name", text), ("value", text)]))),
        (
          "measures",
          array(
            of: object([
              ("name", text), ("value", text), ("unit", optionalText), ("peers", optional(number)),
              ("below", optional(number)), ("percentile", optional(number)), ("quartiles", texts),
            ]))
        ),
      ]),
    named(
      "Fact",
      [
        ("field", text), ("year", optional(number)), ("value", text), ("unit", optionalText),
        ("source", optional(reference("Source"))),
        ("others", array(of: sourced)),
      ]),
    named(
      "Source",
      [
        ("id", text), ("title", text), ("batch", number), ("authority", text), ("confidence", text),
        ("recorded", text), ("from", optionalDate), ("to", optionalDate),
      ]),
    named(
      "RecordList",
      [
        ("name", text), ("type", text), ("count", number),
        (
          "records",
          array(of: object([("record", reference("Subject")), ("entries", array(of: reference("RecordEntry")))]))
        ),
      ]),
    named(
      "RecordEntry",
      [
        ("field", text), ("year", optional(number)), ("value", text), ("unit", optionalText),
        ("target", optional(reference("Subject"))),
      ]),
    named(
      "HistoryEntry",
      [
        ("statement", number), ("source", reference("Source")), ("isRetraction", ["type": "boolean"]),
        ("fields", texts),
      ]),
  ]

  private static let sourced = object([("value", text), ("source", reference("Source"))])

  private static let reading: [(String, JSONValue)] = [
    ("name", text), ("value", optionalText), ("unit", optionalText), ("missing", array(of: reference("MissingItem"))),
  ]
}
