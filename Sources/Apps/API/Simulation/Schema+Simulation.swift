import JSON

extension Schema {
  /// The schemas of simulations.
  static let simulations: [(String, JSONValue)] = [
    named(
      "Simulation",
      [
        ("formatVersion", number), ("pack", text), ("version", text), ("asOf", date), ("currency", text),
        ("subjects", number),
        (
          "settings",
          array(of: object([("name", text), ("id", text), ("value", text), ("base", optionalText)]))
        ),
        ("recomputed", object([("schemes", texts), ("subjects", number)])),
        ("interpreted", object([("base", number), ("variant", number)])),
        ("beyond", object([("base", number), ("variant", number)])),
        ("unplanned", array(of: object([("scheme", text), ("reason", text)]))), ("leftOut", texts),
        ("dimension", optionalText), ("total", reference("SimulationPart")),
        ("schemes", array(of: reference("SimulationPart"))),
        (
          "sweep",
          optional(
            object([
              ("name", text), ("id", text), ("unit", optionalText), ("points", array(of: reference("SimulationPoint"))),
            ]))
        ),
      ]),
    named(
      "SimulationPart",
      [("scheme", optionalText)] + line + [("groups", array(of: object([("group", text)] + line)))]),
    named(
      "SimulationFigures",
      [
        ("met", number), ("review", number), ("undetermined", number), ("unmet", number), ("notApplicable", number),
        ("amount", text),
      ]),
    named(
      "SimulationPoint",
      [
        ("value", text), ("beneficiaries", number), ("amount", text), ("cost", text),
        ("schemes", array(of: object([("scheme", text), ("beneficiaries", number), ("amount", text)]))),
      ]),
  ]

  /// Base and variant, and who wins and loses how much.
  private static let line: [(String, JSONValue)] = [
    ("base", reference("SimulationFigures")), ("variant", reference("SimulationFigures")), ("winners", number),
    ("losers", number), ("gained", text), ("lost", text), ("cost", text),
  ]
}
