public import Diagnostics

/// What became of one case of the kit.
public struct CaseResult: Sendable {
  public enum Outcome: String, Sendable, CaseIterable {
    case success = "SUCCESS"
    case error = "ERROR"
    /// No case is passed over; the kit's form knows the word.
    case ignored = "IGNORED"
  }

  /// The folder of the level: `compliance-level-3`.
  public var level: String
  /// The folder of the model and its cases.
  public var folder: String
  /// The file of the case, without its ending.
  public var file: String
  public var id: String
  public var outcome: Outcome
  /// Why it failed; nil when it passed.
  public var problem: Diagnostic?
  /// Whether a result other than null is expected: an engine that answers null to everything fails these.
  public var expectsValue: Bool
}
