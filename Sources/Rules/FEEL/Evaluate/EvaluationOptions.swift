/// What an evaluation may use: the present moment, and how much work it may do before it gives up.
public struct EvaluationOptions: Sendable {
  /// What `now()` and `today()` answer; nil asks the system clock, in UTC, once per evaluation.
  public var now: DateTime?
  /// Work is counted in nodes evaluated, items visited and characters made.
  public var maximumSteps: Int
  /// How deep expressions and calls may nest; no more than ``deepest`` counts.
  public var maximumDepth: Int

  public init(now: DateTime? = nil, maximumSteps: Int = 20_000_000, maximumDepth: Int = 1_000) {
    self.now = now
    self.maximumSteps = maximumSteps
    self.maximumDepth = min(maximumDepth, Self.deepest)
  }

  /// What the stack has room for.
  public static let deepest = 1_500
}
