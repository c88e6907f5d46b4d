public import Diagnostics

/// What evaluating an expression gives: the value of the standard, and beside it what a reader should know.
public struct Evaluation: Sendable {
  public var value: Value
  /// The missing inputs the value depends on (see ``Absence``); empty when the value is decided.
  public var absences: Set<Absence>
  /// Nulls that have a cause: an unknown name, a type mismatch, a division by zero, each with its place.
  public var warnings: [Diagnostic]

  public init(_ value: Value, absences: Set<Absence> = [], warnings: [Diagnostic] = []) {
    self.value = value
    self.absences = absences
    self.warnings = warnings
  }
}
