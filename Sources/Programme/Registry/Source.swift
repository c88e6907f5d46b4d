public import FEEL
public import Policy

/// Who says something about records: a register of an office, a bank's system, the firms themselves.
public struct Source: Hashable, Sendable {
  /// A short word, the same for ever.
  public var id: String
  /// As readers see it.
  public var title: String
  /// Whose word it is.
  public var authority: Field.Authority

  public init(id: String, title: String, authority: Field.Authority) {
    self.id = id
    self.title = title
    self.authority = authority
  }
}

/// How sure a source is of what it says.
public enum Confidence: String, CaseIterable, Sendable {
  /// Seen on a document or in a register.
  case verified
  /// Said, and not looked into.
  case stated
  /// Worked out from something else.
  case estimated
}

/// When something is true: from a day on, up to another that is no longer part of it; nil for no end.
public struct Validity: Hashable, Sendable {
  public var from: CalendarDate?
  public var to: CalendarDate?

  public init(from: CalendarDate? = nil, to: CalendarDate? = nil) {
    self.from = from
    self.to = to
  }

  public static let always = Validity()
  /// The years that every database knows.
  public static let days = 1...9999

  public func contains(_ day: CalendarDate) -> Bool {
    (from.map { $0 <= day } ?? true) && (to.map { day < $0 } ?? true)
  }
}

/// What was recorded at once, from one source: all of it is there or none.
public struct Batch: Sendable {
  /// Counts up in the order of recording.
  public var id: Int
  public var source: Source
  public var recorded: RecordedTime
  public var confidence: Confidence
  public var validity: Validity
  /// The file or the form it came by.
  public var origin: String
  /// Who recorded it.
  public var actor: String
  /// SHA-256 of what was given, in hexadecimal digits.
  public var digest: String
  public var rows: Int
  /// The batch that this one takes back; nil for one that says something.
  public var withdraws: Int?

  public init(
    id: Int, source: Source, recorded: RecordedTime, confidence: Confidence, validity: Validity, origin: String,
    actor: String, digest: String, rows: Int, withdraws: Int? = nil
  ) {
    self.id = id
    self.source = source
    self.recorded = recorded
    self.confidence = confidence
    self.validity = validity
    self.origin = origin
    self.actor = actor
    self.digest = digest
    self.rows = rows
    self.withdraws = withdraws
  }
}

/// Which facts are asked for: those true on a day, by what was recorded up to a batch.
public struct Moment: Hashable, Sendable {
  public var asOf: CalendarDate
  /// The last batch that counts.
  public var known: Int

  public init(asOf: CalendarDate, known: Int) {
    self.asOf = asOf
    self.known = known
  }
}
