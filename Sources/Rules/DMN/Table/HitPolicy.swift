/// Which of the matching rules make the result of a decision table (DMN 1.5 §8.2.10).
public enum HitPolicy: String, Hashable, Sendable, CaseIterable {
  /// At most one rule may match.
  case unique = "U"
  /// Several may match, with equal outputs.
  case any = "A"
  /// The matching rule whose outputs stand first in the lists of allowed outputs.
  case priority = "P"
  case first = "F"
  /// All outputs, in the order of the rules.
  case ruleOrder = "R"
  /// All outputs, in the order of the lists of allowed outputs.
  case outputOrder = "O"
  /// All outputs in any order, or what an ``Aggregation`` makes of them.
  case collect = "C"

  /// True when the result is a list, unless aggregated.
  public var isMultiple: Bool { [.ruleOrder, .outputOrder, .collect].contains(self) }

  /// The name in DMN XML, as in `hitPolicy="RULE ORDER"`.
  public var name: String { Self.names[self] ?? rawValue }

  public init?(name: String) {
    guard let policy = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = policy
  }

  private static let names: [HitPolicy: String] = [
    .unique: "UNIQUE", .any: "ANY", .priority: "PRIORITY", .first: "FIRST", .ruleOrder: "RULE ORDER",
    .outputOrder: "OUTPUT ORDER", .collect: "COLLECT",
  ]
}

/// What a collecting table makes of the outputs of its matching rules.
public enum Aggregation: String, Hashable, Sendable, CaseIterable {
  case sum = "+"
  case min = "<"
  case max = ">"
  case count = "#"

  /// The name in DMN XML, as in `aggregation="SUM"`.
  public var name: String { function.uppercased() }

  public init?(name: String) {
    guard let aggregation = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = aggregation
  }

  /// The FEEL built-in that computes it.
  var function: String {
    switch self {
    case .sum: "sum"
    case .min: "min"
    case .max: "max"
    case .count: "count"
    }
  }
}
