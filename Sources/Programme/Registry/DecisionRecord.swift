public import FEEL

/// What was decided about a subject, with all that it takes to decide it again: by which packs, which facts as they were known, for
/// which day, and what came of it.
public struct DecisionRecord: Sendable {
  /// Counts up in the order of recording; 0 until it is recorded.
  public var id: Int
  public var recorded: RecordedTime
  public var actor: String
  /// Of the packs that decided.
  public var pack: String
  /// The key of the record that is decided about.
  public var subject: String
  public var moment: Moment
  /// The parameters that were set, as typed.
  public var parameters: [String: String]
  /// The schemes that were asked for; nil for all.
  public var schemes: [String]?
  /// Outcome and trace: JSON.
  public var outcome: String

  public init(
    id: Int = 0, recorded: RecordedTime = .now, actor: String, pack: String, subject: String, moment: Moment,
    parameters: [String: String], schemes: [String]?, outcome: String
  ) {
    self.id = id
    self.recorded = recorded
    self.actor = actor
    self.pack = pack
    self.subject = subject
    self.moment = moment
    self.parameters = parameters
    self.schemes = schemes
    self.outcome = outcome
  }
}
