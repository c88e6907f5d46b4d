public import Diagnostics
public import FEEL

/// The result of a decision table, with what each rule did.
public struct TableEvaluation: Sendable {
  public var value: Value
  /// The missing inputs the value depends on.
  public var absences: Set<Absence>
  public var warnings: [Diagnostic]
  public var trace: TableTrace

  public init(
    value: Value, absences: Set<Absence> = [], warnings: [Diagnostic] = [], trace: TableTrace
  ) {
    self.value = value
    self.absences = absences
    self.warnings = warnings
    self.trace = trace
  }

  public var evaluation: Evaluation { Evaluation(value, absences: absences, warnings: warnings) }
}

/// How a decision table came to its result.
public struct TableTrace: Sendable {
  /// The values of the input expressions, in the order of the inputs.
  public var inputs: [Binding]
  /// One for each rule, in their order; empty when an input had a value that is not allowed.
  public var rules: [RuleTrace]
  /// The rules whose outputs make the result, in the order of the result.
  public var chosen: [Int]
  /// True when no rule matched and the default outputs stand.
  public var usesDefault: Bool

  public init(inputs: [Binding], rules: [RuleTrace] = [], chosen: [Int] = [], usesDefault: Bool = false) {
    self.inputs = inputs
    self.rules = rules
    self.chosen = chosen
    self.usesDefault = usesDefault
  }
}

/// What became of one rule.
public struct RuleTrace: Sendable {
  public enum Outcome: Hashable, Sendable {
    case matched
    /// Decidedly no match; the first input whose value fails its test.
    case failed(input: Int)
    /// Whether it matches depends on missing facts: the inputs whose tests could not be decided.
    case undecided(inputs: [Int])
    /// A rule before it matched, and the hit policy asks for no more.
    case notReached
  }

  public var outcome: Outcome
  /// Whether the rule matches by the standard, where nulls are values like others.
  public var isMatch: Bool
  /// The missing inputs that leave it undecided.
  public var absences: Set<Absence>

  public init(_ outcome: Outcome, isMatch: Bool, absences: Set<Absence> = []) {
    self.outcome = outcome
    self.isMatch = isMatch
    self.absences = absences
  }
}
