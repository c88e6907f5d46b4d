/// What a person has decided about two keys: that they are one record, or that they are not.
///
/// It is recorded as a batch of its own, and counts for all who ask by what is known from then on, until it is taken back.
public struct IdentityDecision: Hashable, Sendable {
  public enum Kind: String, Sendable, CaseIterable { case same, distinct }

  /// The batch that it was recorded as.
  public var batch: Int
  public var kind: Kind
  /// The id of the record type.
  public var type: String
  /// The key that stays.
  public var main: String
  public var other: String
  public var reason: String

  public init(batch: Int, kind: Kind, type: String, main: String, other: String, reason: String) {
    self.batch = batch
    self.kind = kind
    self.type = type
    self.main = main
    self.other = other
    self.reason = reason
  }
}
